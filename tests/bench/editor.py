"""The editor of services with 150 and 300 questions on a processor four times slower.

What counts is the time the page keeps the processor busy, times four: of a key until all is drawn again,
for a new question until its words can be typed. What else the machine does is not in it.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.bench import budget
from tests.browser import CHROMIUM, FLAGS
from tests.stack import Stack

SIZES = (150, 300)
DESK = {"width": 1366, "height": 768}
SERVED = {"RAKIT_DEBUG": "no"}
SLOWER_CPU = 4
REPEATS = 7
KEY, ADD, READY = 100, 1000, 2500
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
    label = {"id": f"Pertanyaan nomor {number}", "en": f"Question number {number}"}
    made: dict[str, Any] = {"key": f"q{number}", "type": "text", "label": label}
    if number % 3 == 0:
        words = ("merah", "kuning", "hijau")
        options = [{"value": word, "label": {"id": word, "en": word}} for word in words]
        made |= {"type": "choice", "options": options}
    elif number % 2:
        made["visible"] = {"==": [{"var": f"q{number - number % 3}"}, "merah"]}
    return made


def report() -> None:
    """Print milliseconds for a key, a new question and until the editor answers, beside their budgets."""
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
    sent = len(page.locator("[data-builder-target=document]").input_value())
    print(
        f"{size:>4} questions   key {key:5.0f} ms {budget.at_most(key, KEY, ' ms')}"
        f"   add {add:5.0f} ms {budget.at_most(add, ADD, ' ms')}"
        f"   answers after {ready:5.0f} ms {budget.at_most(ready, READY, ' ms')}"
        f"   document {sent / 1000:.0f} KB"
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


def _log_in(page: Page, stack: Stack) -> None:
    page.goto(stack.url("tangerang", "/accounts/login/?next=/admin/"))
    page.fill("[name=login]", "perancang.tangerang")
    page.fill("[name=password]", "rakit-demo")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/admin/**")
