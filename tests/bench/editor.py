"""The editor of services with 150 and 300 questions on a processor four times slower.

What counts is the time the page keeps the processor busy, times four: of a key until all is drawn again,
for a new question until its words can be typed. What else the machine does is not in it.
The questions have words in two languages, as long as those of real services; what one autosave sends is
counted on the wire, with its headers.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Request, sync_playwright

from tests.bench import budget
from tests.browser import CHROMIUM, FLAGS
from tests.stack import Stack

SIZES = (150, 300)
DESK = {"width": 1366, "height": 768}
SERVED = {"RAKIT_DEBUG": "no"}
SLOWER_CPU = 4
REPEATS = 7
KEY, ADD, READY = 100, 1000, 2500
AUTOSAVE = 32
ASKED = (
    ("Nama lengkap sesuai KTP elektronik {}", "Full name of {} as on the electronic identity card"),
    ("Alamat tempat tinggal {} saat ini", "Where {} lives at present"),
    ("Nomor telepon {} yang dapat dihubungi", "Telephone number at which {} can be reached"),
    ("Pekerjaan {} dan nama tempat bekerja", "Occupation of {} and the name of the workplace"),
    ("Tempat dan tanggal lahir {}", "Place and date of birth of {}"),
    ("Berapa jumlah tanggungan {} dalam satu rumah?", "How many people does {} support in the household?"),
    ("Apakah {} sudah pernah mengajukan izin serupa?", "Has {} applied for a similar permit before?"),
    ("Luas bangunan milik {} dalam meter persegi", "Floor area of the building of {} in square metres"),
    ("Jenis usaha {} menurut akta pendirian", "Kind of business of {} according to the founding deed"),
    ("Bagaimana {} ingin menerima hasil permohonan?", "How would {} like to receive the outcome?"),
    ("Hubungan {} dengan pemilik tanah atau bangunan", "How {} is related to the owner of the land"),
    ("Nomor surat keterangan {} dari RT dan RW", "Number of the letter about {} from the neighbourhood head"),
    ("Rencana kegiatan {} selama masa berlaku izin", "What {} plans to do while the permit is valid"),
    ("Nomor pokok wajib pajak {} bila ada", "Taxpayer number of {}, if there is one"),
    ("Penghasilan {} rata-rata setiap bulan", "Average income of {} in a month"),
)
WHOM = (
    ("pemohon", "the applicant"),
    ("penanggung jawab", "the person in charge"),
    ("saksi pertama", "the first witness"),
    ("saksi kedua", "the second witness"),
    ("ahli waris", "the heir"),
    ("pemilik usaha", "the owner of the business"),
    ("ketua panitia", "the head of the committee"),
    ("tetangga sebelah kiri", "the neighbour on the left"),
    ("tetangga sebelah kanan", "the neighbour on the right"),
    ("kuasa pemohon", "the agent of the applicant"),
)
HELP = (
    ("Tulis persis seperti pada dokumen aslinya.", "Write it exactly as on the original document."),
    ("Petugas kami akan mencocokkannya dengan berkas Anda.", "Our officers compare it with your papers."),
    ("Boleh dikosongkan bila belum ada.", "You may leave it empty if there is none yet."),
)
CHOICES = (
    ("Belum pernah", "Never"),
    ("Pernah, masih berlaku", "Yes, still valid"),
    ("Pernah, habis", "Expired"),
)
MAKE = """
import json, sys
from builder import blank, services
from runtime.regions import scope
from runtime.regions.models import Region
from tests.bench.editor import document
region = Region.objects.get(key="tangerang")
with scope.use(region):
    for size in {sizes}:
        module = services.create_module(region=region, title=f"Ukur {{size}}", user=None)
        services.save_document(module=module, document=json.dumps(document(module.key, size)), user=None)
        print("module", size, module.pk)
"""
TYPED = """() => {
  const box = document.querySelector('[data-f="label"]');
  box.value += "a";
  box.dispatchEvent(new Event("input", {bubbles: true}));
  document.body.offsetHeight;
}"""
ADDED = """() => {
  document.querySelector('[data-f="add:text"]').click();
  document.body.offsetHeight;
}"""


def document(key: str, size: int) -> dict[str, Any]:
    """Return a service of `size` questions on pages of ten."""
    from builder import blank  # needs Django, which the report does not

    made = blank.document(key=key, title=key, role={"key": "officer", "title": blank.first_role()})
    made["pages"] = [
        {
            "key": f"page_{page + 1}",
            "title": {"id": f"Halaman {page + 1}", "en": f"Page {page + 1}"},
            "fields": [_question(page * 10 + at) for at in range(10)],
        }
        for page in range(size // 10)
    ]
    return made


def _question(number: int) -> dict[str, Any]:
    whom, asked = WHOM[number // len(ASKED) % len(WHOM)], ASKED[number % len(ASKED)]
    made: dict[str, Any] = {"key": f"q{number}", "type": "text", "label": _both(asked, whom)}
    if number % 2:
        made["help"] = _both(HELP[number % len(HELP)])
    if number % 3 == 0:
        made |= {"type": "choice", "options": [_option(at) for at in range(len(CHOICES))]}
    elif number % 2:
        made["visible"] = {"==": [{"var": f"q{number - number % 3}"}, "jawaban_1"]}
    return made


def _option(at: int) -> dict[str, Any]:
    return {"value": f"jawaban_{at}", "label": _both(CHOICES[at])}


def _both(words: tuple[str, str], whom: tuple[str, str] = ("", "")) -> dict[str, str]:
    return {"id": words[0].format(whom[0]), "en": words[1].format(whom[1])}


def report() -> None:
    """Print what a key, a new question, the first answer and an autosave cost, beside their budgets."""
    with tempfile.TemporaryDirectory(prefix="rakit-editor-") as folder:
        stack = Stack(Path(folder), settings=SERVED)
        stack.manage("collectstatic", "--noinput", "--verbosity", "0")
        with stack, sync_playwright() as playwright:
            told = stack.manage("shell", "--no-imports", "-c", MAKE.format(sizes=SIZES))
            modules = [line.split()[1:] for line in told.splitlines() if line.startswith("module ")]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            print("\nThe editor, processor 4 times slower (median of", REPEATS, "times)")
            for size, pk in modules:
                _print(browser, stack, size, pk)
            browser.close()


def _print(browser: Browser, stack: Stack, size: str, pk: str) -> None:
    page = browser.new_context(viewport=DESK, locale="id-ID").new_page()
    page.set_default_timeout(60_000)
    _log_in(page, stack)
    protocol = page.context.new_cdp_session(page)
    protocol.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(stack.url("tangerang", f"/admin/services/edit/{pk}/"))
    page.locator(".b-question").first.wait_for()
    ready = _busy(protocol)
    page.locator(".b-question__main").nth(int(size) // 2).click()
    key = _cost(page, protocol, TYPED)
    add = _cost(page, protocol, ADDED)
    held = len(page.locator("[data-builder-target=document]").input_value().encode())
    wire = _autosave(page) / 1000
    print(
        f"{size:>4} questions   key {key:5.0f} ms {budget.at_most(key, KEY, ' ms')}"
        f"   add {add:5.0f} ms {budget.at_most(add, ADD, ' ms')}"
        f"   answers after {ready:5.0f} ms {budget.at_most(ready, READY, ' ms')}"
        f"   autosave {wire:.1f} KB on the wire {budget.at_most(wire, AUTOSAVE, ' KB')}"
        f"   (document {held / 1000:.0f} KB)"
    )
    page.context.close()


def _busy(protocol: CDPSession) -> float:
    """Return the milliseconds the page has kept the processor busy so far, were it four times slower."""
    told = {one["name"]: one["value"] for one in protocol.send("Performance.getMetrics")["metrics"]}
    return float(told["TaskDuration"]) * 1000 * SLOWER_CPU


def _cost(page: Page, protocol: CDPSession, script: str) -> float:
    """Return the middle of what running `script` costs."""
    costs = []
    for _ in range(REPEATS):
        before = _busy(protocol)
        page.evaluate(script)
        costs.append(_busy(protocol) - before)
    return statistics.median(costs)


def _autosave(page: Page) -> float:
    """Return the bytes that one autosave sends, its headers among them."""
    with page.expect_event("requestfinished", _saves_by_itself) as finished:
        page.evaluate(TYPED)
    sizes = finished.value.sizes()
    return float(sizes["requestHeadersSize"] + sizes["requestBodySize"])


def _saves_by_itself(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return request.method == "POST" and "/edit/" in request.url and accepted == "application/json"


def _log_in(page: Page, stack: Stack) -> None:
    page.goto(stack.url("tangerang", "/accounts/login/?next=/admin/"))
    page.fill("[name=login]", "perancang.tangerang")
    page.fill("[name=password]", "rakit-demo")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/admin/**")
