"""A clerk tries a service out in a real browser: as citizen and officers, past a time limit, to a story."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from builder import services
from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import axe
from tests.builder.conftest import DESK
from tests.visiting import log_in

pytestmark = pytest.mark.browser

STARTER = Path(__file__).resolve().parents[2] / "builder" / "starters" / "surat-domisili.json"


@pytest.fixture
def starter(tangerang: Region, clerk: User) -> Module:
    """The draft of a service that has everything: a desk, a correction, a head, a letter, time limits."""
    value = json.loads(STARTER.read_text(encoding="utf-8"))
    with scope.use(tangerang):
        return services.create_from(region=tangerang, document={**value, "stories": []}, user=clerk)


def shoot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def take(page: Page, what: str) -> FrameLocator:
    """Open a step of the officer shown on the phone, and take it with examples."""
    phone = page.frame_locator(".b-phone__screen")
    phone.get_by_role("link", name=what).click()
    phone.get_by_role("link", name="Isi dengan contoh").click()
    expect(phone.get_by_role("link", name="Isi dengan contoh")).to_have_count(0)
    with page.expect_navigation():
        phone.get_by_role("button", name=what).click()
    return phone


def put_right(page: Page) -> None:
    """Change an answer of the applicant as the officer at the counter."""
    phone = page.frame_locator(".b-phone__screen")
    phone.get_by_role("link", name="Betulkan jawaban").click()
    phone.get_by_label("Nama lengkap").fill("Siti Aminah")
    phone.get_by_label("Mengapa diubah?").fill("Menurut KTP.")
    judged(page)
    shoot(page, "3-edit")
    with page.expect_navigation():
        phone.get_by_role("button", name="Simpan jawaban").click()
    expect(page.locator(".b-run__lines ins")).to_have_text("Siti Aminah")
    shoot(page, "3-edited")


def judged(page: Page) -> None:
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()


class TestTryout:
    def test_is_walked_from_the_form_to_a_story(
        self, site, open_page, starter: Module, tangerang: Region, clerk: User
    ):
        page = open_page(viewport=DESK)
        log_in(page, site(tangerang, f"/admin/services/edit/{starter.pk}/"), clerk.username)
        page.get_by_role("link", name="Coba", exact=True).click()
        phone = page.frame_locator(".b-phone__screen")
        expect(phone.get_by_role("button", name="Lanjut")).to_be_visible()
        shoot(page, "1-form")
        phone.get_by_role("button", name="Lanjut").click()
        expect(phone.locator(".govuk-error-summary")).to_be_visible()
        page.get_by_role("button", name="Isi dengan contoh").click()
        phone.get_by_role("checkbox").check()
        shoot(page, "2-check")
        with page.expect_navigation():
            phone.get_by_role("button", name="Kirim permohonan").click()
        expect(page.locator(".b-run__desk[aria-current]")).to_contain_text("Petugas")
        shoot(page, "3-desk")
        judged(page)
        put_right(page)
        take(page, "Lengkap, teruskan ke kepala seksi")
        expect(page.locator(".b-run__desk[aria-current]")).to_contain_text("Kepala seksi")
        take(page, "Minta perbaikan")
        expect(page.locator(".b-run__desk[aria-current]")).to_contain_text("Pemohon")
        shoot(page, "4-correction")
        page.get_by_role("button", name="Mundur satu langkah").click()
        take(page, "Paraf, teruskan ke lurah atau kepala desa")
        take(page, "Tanda tangani dan beri nomor")
        expect(page.locator(".b-run__side")).to_contain_text("Surat tidak diambil dalam 90 hari")
        shoot(page, "5-signed")
        page.get_by_role("button", name="Lewati sampai saat itu").click()
        expect(page.locator(".b-run__side")).to_contain_text("Permohonan sudah selesai.")
        judged(page)
        page.get_by_label("Nama cerita").fill("Surat tidak diambil")
        page.get_by_role("button", name="Simpan sebagai cerita").click()
        expect(page.locator(".messages")).to_contain_text("Cerita “Surat tidak diambil” sudah disimpan")
        shoot(page, "6-saved")
        page.get_by_role("link", name="Lihat pada tab “Terbitkan”").click()
        story = page.locator(".b-story", has_text="Surat tidak diambil")
        expect(story).to_have_class("b-story b-story--out")
        shoot(page, "7-story")
