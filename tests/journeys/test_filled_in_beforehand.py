"""Siti applies with a profile, a link and the civil registry; the registry fails, and nobody waits for it.

With and without script, on a phone and on a desk. F23 from her first page to the officer's case page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from runtime.cases import verifying
from runtime.regions.models import Region, User
from tests import axe, factories
from tests.runtime.registers.registry import SITI, Registry
from tests.runtime.wizard import domicile

pytestmark = pytest.mark.browser
SIZES = ({"width": 360, "height": 740}, {"width": 1366, "height": 768})
FETCH = "Ambil data dari Dukcapil"


@pytest.fixture
def siti(tangerang: Region) -> User:
    village = Region.objects.get(key="sukasari")
    factories.staff("clerk", village, "loket")
    factories.staff("head", village, "lurah")
    pages = domicile.pages(one_page=True)
    next(f for f in pages[0]["fields"] if f["key"] == "sex")["readOnly"] = True
    factories.installed(tangerang, domicile.as_text(pages=pages))
    return factories.person("siti")


class Walk:
    """One person in one browser, looking at each page for what hinders people."""

    def __init__(self, page: Page, site: Callable[..., str], region: Region, *, script: bool) -> None:
        self.page, self.site, self.region, self.script = page, site, region, script

    def log_in(self, name: str, then: str) -> None:
        self.page.goto(self.site(self.region, f"/accounts/login/?next={then}"))
        self.page.locator("[name=login]").fill(name)
        self.page.locator("[name=password]").fill(factories.PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"**{then}")

    def look(self) -> None:
        """Find nothing that hinders anybody, in both widths; only script can look."""
        if not self.script:
            return
        for size in SIZES:
            self.page.set_viewport_size(size)
            rules = None if size is SIZES[0] else axe.BUT_COLOURS
            assert axe.run(self.page, options=rules).response["violations"] == []
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def keep_profile(self) -> None:
        self.page.get_by_label("NIK").fill(SITI["NIK"])
        for part, value in {"day": "5", "month": "5", "year": "1990"}.items():
            self.page.locator(f"[name=birth_date-{part}]").fill(value)
        self.page.get_by_role("button", name="Simpan profil").click()
        expect(self.page.get_by_text("Profil Anda sudah disimpan.")).to_be_visible()
        self.look()

    def begin(self) -> None:
        self.page.goto(self.site(self.region, "/services/domisili/?untuk=sekolah"))
        self.page.get_by_role("button", name="Mulai").click()
        expect(self.page.get_by_text("Dari profil Anda. Mohon diperiksa.")).to_have_count(2)
        expect(self.page.get_by_label("NIK")).to_have_value(SITI["NIK"])
        self.look()

    def go_on(self, title: str) -> None:
        self.page.get_by_role("button", name="Lanjut", exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def send(self) -> None:
        expect(self.page.get_by_text("Dari tautan yang Anda buka.")).to_be_visible()
        expect(self.page.get_by_label("Sekolah")).to_be_checked()
        self.page.get_by_label("Kelurahan Sukasari").check()
        self.go_on("Periksa jawaban Anda")
        self.page.get_by_label("Isian saya benar").check()
        self.page.get_by_role("button", name="Kirim permohonan").click()
        expect(self.page.get_by_role("heading", name="Permohonan Anda sudah kami terima")).to_be_visible()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def walk(
    request: pytest.FixtureRequest,
    open_page: Callable[..., Page],
    site: Callable[..., str],
    tangerang: Region,
    siti: User,
) -> Walk:
    page = open_page(javascript=request.param, viewport=SIZES[0])
    return Walk(page, site, tangerang, script=request.param)


class TestFilledInBeforehand:
    def test_takes_everything_that_is_known(
        self, walk: Walk, registry: Registry, open_page: Callable[..., Page]
    ) -> None:
        page = walk.page
        walk.log_in("siti", "/profile/")
        walk.keep_profile()
        walk.begin()

        page.get_by_role("button", name=FETCH).click()
        expect(page.get_by_label("Nama")).to_have_value("SITI AMINAH")
        expect(page.get_by_text("Diambil dari Dukcapil.")).to_have_count(2)
        expect(page.locator(".fixed")).to_have_text("Perempuan")
        expect(page.get_by_label("Perempuan")).to_have_count(0)
        expect(page.get_by_role("button", name=FETCH)).to_have_count(0)
        walk.look()
        walk.go_on("Lainnya")
        walk.look()
        walk.send()

        desk = Walk(open_page(viewport=SIZES[1]), walk.site, walk.region, script=True)
        desk.log_in("loket", "/desk/")
        desk.page.locator("a[href*='/desk/cases/']:visible").first.click()
        expect(desk.page.get_by_text("Diambil dari Dukcapil")).to_have_count(2)
        desk.look()

    def test_goes_on_when_the_register_fails(
        self, walk: Walk, registry: Registry, open_page: Callable[..., Page]
    ) -> None:
        page = walk.page
        walk.log_in("siti", "/profile/")
        walk.keep_profile()
        walk.begin()

        registry.mode = "slow"
        page.get_by_label("Nama").fill("Siti")
        page.get_by_role("button", name=FETCH).click()
        expect(page.get_by_text("Dukcapil sedang tidak dapat dihubungi.")).to_be_visible()
        expect(page.get_by_label("Nama")).to_have_value("Siti")
        expect(page.get_by_text("Belum dicocokkan dengan Dukcapil.")).to_have_count(2)
        walk.look()
        page.get_by_label("Nama").fill("Siti Aminah")
        page.get_by_label("Perempuan").check()
        walk.go_on("Lainnya")
        walk.send()

        desk = Walk(open_page(viewport=SIZES[1]), walk.site, walk.region, script=True)
        desk.log_in("loket", "/desk/")
        desk.page.locator("a[href*='/desk/cases/']:visible").first.click()
        expect(desk.page.get_by_text("Belum dicocokkan dengan Dukcapil")).to_have_count(2)
        registry.mode = "ok"
        assert verifying.verify_due(timezone.now() + timedelta(hours=1)) == 2
        desk.page.reload()
        expect(desk.page.get_by_text("Cocok dengan Dukcapil")).to_have_count(2)
        desk.look()
