"""A clerk starts a service from a JSON Schema in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from runtime.regions.models import Region, User
from tests import axe, corpora, visiting

pytestmark = pytest.mark.browser
DESK = {"width": 1366, "height": 768}
FORM = Path(corpora.__file__).parent / "governments" / "pengaduan.json"


class TestFromSchema:
    def test_shows_the_report_and_opens_the_editor_with_the_questions(
        self, site, open_page, tangerang: Region, clerk: User, tmp_path: Path
    ):
        form = json.loads(FORM.read_text(encoding="utf-8"))
        form["schema"]["properties"]["kontak"]["properties"]["telepon"] = {"$ref": "lain.json#/telepon"}
        form["schema"]["properties"]["bukti"] = {"type": "string", "format": "data-url", "title": "Bukti"}
        for name in ("schema", "uischema"):
            (tmp_path / f"{name}.json").write_text(json.dumps(form[name]), encoding="utf-8")
        page: Page = open_page(viewport=DESK)
        visiting.log_in(page, site(tangerang, "/admin/services/add/"), clerk.username)
        page.get_by_role("link", name="Mulai dari JSON Schema").click()
        page.get_by_label("JSON Schema").first.set_input_files(tmp_path / "schema.json")
        page.get_by_label("UI schema").set_input_files(tmp_path / "uischema.json")
        page.get_by_role("button", name="Lihat hasilnya").click()

        expect(page.get_by_text("Tidak semuanya dapat diambil.")).to_be_visible()
        lost = page.get_by_role("row").filter(has_text="Kontak › Telepon")
        expect(lost).to_contain_text("“lain.json#/telepon” ada di berkas lain.")
        main = axe.run(page, options=axe.WCAG)
        assert [violation["id"] for violation in main.response["violations"]] == []

        page.get_by_role("button", name="Buat draf").click()
        expect(page.get_by_role("tab", name="Pertanyaan")).to_be_visible()
        expect(page.locator("body")).to_contain_text("Pelapor")
