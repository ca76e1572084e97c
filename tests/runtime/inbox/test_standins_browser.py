"""A head of a village is away: the whole way in a real browser without JavaScript, axe on each page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from runtime.regions import appointing, scope, standins
from runtime.regions.models import Substitution
from tests import factories
from tests.runtime.conftest import Village
from tests.visiting import follow, judge, log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def village_site(site: Callable[..., str], desk: Village) -> Callable[..., str]:
    """The sites, with somebody who administers the village's region."""
    factories.staff("administrator", desk.region, "pengelola")
    return site


class TestSomebodyIsAway:
    @pytest.mark.parametrize("width", [360, 1366])
    def test_and_the_substitute_signs(
        self, desk: Village, village_site: Callable[..., str], open_page: Callable[..., Page], width: int
    ) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        page = open_page(viewport={"width": width, "height": 740})
        log_in(page, village_site(desk.region, "/desk/staff/standins/"), "pengelola")
        judge(page)
        follow(page, page.get_by_role("link", name="Tunjuk Plh."))
        page.get_by_role("button", name="Tunjuk").click()
        expect(page.get_by_role("alert")).to_contain_text("Pilih siapa yang menggantikan.")
        judge(page)
        page.get_by_label("Jabatan siapa yang digantikan").select_option(
            label="Lurah · Kelurahan Sukasari · Lurah"
        )
        page.get_by_label("Siapa yang menggantikan").select_option(label="Loket")
        last = standins.today(desk.region) + timedelta(days=2)
        page.get_by_label("Hari terakhir").fill(last.isoformat())
        page.get_by_label("Nomor keputusan atau surat perintah").fill("Surat Perintah 1")
        page.get_by_role("button", name="Tunjuk").click()
        expect(page.get_by_text("Loket menggantikan Lurah")).to_be_visible()
        judge(page)
        for link in ("Akhiri", "Batal", "Ubah aturan"):
            follow(page, page.get_by_role("link", name=link).first)
            judge(page)

        page = open_page(viewport={"width": width, "height": 740})
        log_in(page, village_site(desk.region, "/desk/"), "loket")
        expect(page.get_by_text("sebagai Plh. Lurah, mewakili Lurah")).to_be_visible()
        judge(page)
        page.get_by_role("link", name=f"Buka {reference}").click()
        expect(page.get_by_text("Anda bertindak sebagai Plh. Lurah")).to_be_visible()
        judge(page)
        follow(page, page.get_by_role("link", name="Tanda tangani"))
        judge(page)
        follow(page, page.get_by_role("button", name="Tanda tangani"))
        page.goto(village_site(desk.region, f"/desk/cases/{reference}/"))
        expect(page.get_by_text("Loket (Plh. Lurah, mewakili Lurah)")).to_be_visible()
        judge(page)

    def test_and_says_so_themselves(
        self, desk: Village, village_site: Callable[..., str], open_page: Callable[..., Page]
    ) -> None:
        appointing.change_rules(region=desk.region, by=None, officers_appoint=True)
        page = open_page(javascript=False)
        log_in(page, village_site(desk.region, "/desk/account/"), "lurah")
        page.get_by_role("link", name="Saya tidak hadir").click()
        page.get_by_label("Jabatan siapa yang digantikan").select_option(index=1)
        page.get_by_label("Siapa yang menggantikan").select_option(label="Loket")
        page.get_by_label("Hari terakhir").fill(standins.today(desk.region).isoformat())
        page.get_by_label("Nomor keputusan atau surat perintah").fill("Surat Perintah 1")
        page.get_by_role("button", name="Tunjuk").click()
        expect(page.get_by_text("Loket menggantikan Anda sebagai Plh. Lurah.")).to_be_visible()
        page.get_by_role("button", name="Saya sudah kembali: akhiri sekarang").click()
        expect(page.get_by_text("Loket tidak lagi menggantikan Anda.")).to_be_visible()
        with scope.use(desk.region):
            assert Substitution.objects.get().ended_at is not None
