"""What people have to do, counted: U§8 C6 of a citizen, A3 of two officers. A1, A4: `test_clicks_browser`.

The figures are printed; `pytest -rP` shows them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from runtime.cases.models import Case, CaseEvent
from runtime.profiles import services as profiles
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.conftest import desk as desk  # the fixture
from tests.visiting import log_in

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
MINUTES = 4
MOST_TAPS = 20  # for ten questions: each chosen answer is one, each page one more, and beginning and sending


def _question(key: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": permit.text(label), "required": True, **more}


def ten_questions() -> str:
    """Return the permit with ten questions on two pages, four of which a profile answers."""
    document = permit.document(key="sepuluh")
    yes_no = [{"value": v, "label": permit.text(t)} for v, t in (("ya", "Ya"), ("tidak", "Tidak"))]
    person = [
        _question("name", "text", "Nama", prefill={"profile": "name"}),
        _question("nik", "nik", "NIK", prefill={"profile": "nik"}),
        _question("email", "email", "Email", prefill={"profile": "email"}),
        _question("hp", "phone", "Nomor HP", prefill={"profile": "phone"}),
        _question("village", "office", "Kelurahan", kinds=["village"]),
    ]
    business = [
        _question("usaha", "text", "Nama usaha"),
        _question("jenis", "choice", "Jenis usaha", options=yes_no),
        _question("age", "integer", "Jumlah pekerja"),
        _question("sejak", "date", "Mulai usaha"),
        _question("tetap", "choice", "Tempat tetap", options=yes_no),
    ]
    check = document["pages"][2]
    document["pages"] = [
        {"key": "data", "title": permit.text("Pemohon"), "fields": person},
        {"key": "more", "title": permit.text("Usaha"), "fields": business},
        check,
    ]
    return json.dumps(document)


class Counted:
    """A person at a telephone whose taps are counted, and what they type is typed letter by letter."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def type(self, label: str, words: str) -> None:
        self.page.get_by_label(label).press_sequentially(words)


@pytest.fixture
def siti(tangerang: Region, village: Region) -> User:
    factories.staff("clerk", village, "loket")
    factories.installed(tangerang, ten_questions())
    person = factories.person("siti")
    facts = {
        "name": "Siti Aminah",
        "nik": "3671014505900001",
        "email": "siti@contoh.id",
        "phone": "+6281290001234",
    }
    with scope.use(tangerang):
        profiles.save(region=tangerang, user=person, facts=facts, now=timezone.now())
    return person


class TestCitizen:
    """C6: somebody known is done with ten questions in four minutes, and sees the status in two taps."""

    def test_C6_applies_and_sees_where_it_stands(
        self, siti: User, tangerang: Region, site: Callable[..., str], open_page: Callable[..., Page]
    ) -> None:
        page = open_page(viewport=PHONE)
        log_in(page, site(tangerang, "/services/sepuluh/"), siti.username)
        person, began = Counted(page), time.monotonic()
        person.tap(page.get_by_role("button", name="Mulai"))
        expect(page.get_by_label("NIK")).to_have_value("3671014505900001")
        person.tap(page.get_by_label("Kelurahan Sukasari"))
        person.tap(page.get_by_role("button", name="Lanjut", exact=True))
        person.type("Nama usaha", "Warung Siti")
        person.type("Jumlah pekerja", "20")
        person.tap(page.get_by_role("group", name="Jenis usaha").get_by_label("Ya"))
        for part, value in {"day": "5", "month": "5", "year": "2020"}.items():
            page.locator(f"[name=sejak-{part}]").press_sequentially(value)
        person.tap(page.get_by_role("group", name="Tempat tetap").get_by_label("Tidak"))
        person.tap(page.get_by_role("button", name="Lanjut", exact=True))
        person.tap(page.get_by_label("Isian saya benar"))
        person.tap(page.get_by_role("button", name="Kirim permohonan"))
        expect(page.get_by_role("heading", name="Permohonan Anda sudah kami terima")).to_be_visible()
        took = time.monotonic() - began
        with scope.use(tangerang):
            case = Case.objects.get()
        assert len(case.answers) == 10

        page.goto(site(tangerang))
        looking = Counted(page)
        looking.tap(page.get_by_role("navigation").get_by_role("link", name="Akun").locator("visible=true"))
        looking.tap(page.get_by_role("link", name=case.reference).or_(page.get_by_text(case.reference)).first)
        expect(page.get_by_text("Diperiksa").first).to_be_visible()
        print(f"C6 ten questions: {person.taps} taps, {took:.1f} s by script; status: {looking.taps} taps")
        assert person.taps <= MOST_TAPS
        assert took <= MINUTES * 60
        assert looking.taps <= 2


class TestTwoOfficers:
    """A3: two at once make one decision, and the second reads who was first, and when."""

    def test_A3_decide_once_and_the_second_reads_who_and_when(
        self, desk: Village, site: Callable[..., str], open_page: Callable[..., Page]
    ) -> None:
        second = factories.staff("head", desk.office, "wakil")
        reference = desk.submit().reference
        desk.forward(reference)
        pages = []
        for name in (desk.head.username, second.username):
            page = open_page(viewport=PHONE)
            log_in(page, site(desk.region, f"/desk/cases/{reference}/"), name)
            page.get_by_role("link", name="Tanda tangani").click()
            pages.append(page)
        for page in pages:
            page.get_by_role("button", name="Tanda tangani").click()
        expect(pages[0].get_by_text("Sudah diputuskan")).to_have_count(0)
        told = pages[1].get_by_text("Sudah diputuskan oleh Lurah (Lurah)")
        expect(told.first).to_be_visible()
        with scope.use(desk.region):
            signed = CaseEvent.objects.filter(case__reference=reference, action="sign")
            assert [event.actor for event in signed] == [desk.head]
            at = timezone.localtime(signed[0].at).strftime("%H.%M")
        expect(pages[1].get_by_text(at).first).to_be_visible()
        print("A3 two officers at once: 1 decision, the second reads who and when")
