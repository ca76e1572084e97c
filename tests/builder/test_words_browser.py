"""A clerk puts an earlier answer into the words of a question in a real browser, with the keyboard alone."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region
from tests import axe

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}


def add(page: Page, kind: str, words: str) -> None:
    page.locator(".b-palette").get_by_role("button", name=kind, exact=False).first.click()
    label = page.get_by_label("Kalimat pertanyaan")
    expect(label).to_be_focused()
    label.fill(words)


def asked(page: Page, region: Region, key: str, words: str) -> dict[str, Any]:
    """Return the question `key` of the draft once its words are saved."""
    with scope.use(region):
        for _attempt in range(50):
            document = json.loads(Module.objects.get().get_latest_revision_as_object().document)
            fields = [field for one in document["pages"] for field in one["fields"]]
            found = next((field for field in fields if field["key"] == key), None)
            if found and words in str(found["label"]):
                return dict(found)
            page.wait_for_timeout(200)
    pytest.fail(f"“{words}” was not saved within ten seconds: {fields}")


def look(page: Page, name: str) -> None:
    if folder := os.environ.get("RAKIT_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


class TestAnAnswerInWords:
    def test_is_inserted_told_asked_about_and_brought_back(self, panel: Page, tangerang: Region):
        add(panel, "Teks pendek", "Nama lengkap")
        expect(panel.get_by_text("Sisipkan jawaban")).to_have_count(0)  # nothing is answered before it
        add(panel, "Teks pendek", "Apa pekerjaan")
        label = panel.get_by_label("Kalimat pertanyaan")
        box = panel.locator(".b-field", has=label)
        insert = box.get_by_text("Sisipkan jawaban")
        chips = box.locator("[data-f^='chip:']")
        expect(chips).to_have_count(0)  # a long form would bring hundreds, for each of its texts
        insert.focus()
        panel.keyboard.press("Enter")
        expect(chips).to_have_count(1)
        panel.keyboard.press("Tab")
        panel.keyboard.press("Enter")
        expect(label).to_be_focused()
        panel.keyboard.type("?")
        expect(label).to_have_value("Apa pekerjaan {Nama lengkap}?")
        expect(panel.locator(".b-question__label").nth(1)).to_have_text("Apa pekerjaan {Nama lengkap}?")
        for name, size in (("desk", DESK), ("phone", PHONE)):
            panel.set_viewport_size(size)  # type: ignore[arg-type] (the sizes are whole numbers)
            panel.wait_for_timeout(1500)
            assert axe.run(panel, context=".b-inspector").response["violations"] == []
            look(panel, f"insert-{name}")
        panel.set_viewport_size(DESK)  # type: ignore[arg-type] (the sizes are whole numbers)
        panel.keyboard.press("Tab")
        held = asked(panel, tangerang, "apa_pekerjaan_nama_lengkap", "{nama_lengkap}")
        assert held["chips"] is True

        panel.locator(".b-question__label").first.click()
        panel.get_by_role("button", name="Hapus", exact=True).click()
        dialog = panel.get_by_role("dialog")
        expect(dialog).to_contain_text("Kata-kata “Apa pekerjaan {Nama lengkap}?” mendapat titik-titik")
        dialog.locator("[data-f='dialog:do']").click()
        expect(panel.locator(".b-question__label")).to_have_text(["Apa pekerjaan …?"])
        panel.get_by_role("button", name="Urungkan").click()
        expect(panel.locator(".b-question__label").nth(1)).to_have_text("Apa pekerjaan {Nama lengkap}?")

    def test_leaves_braces_that_somebody_typed(self, panel: Page, tangerang: Region):
        add(panel, "Teks pendek", "Nama")
        add(panel, "Teks pendek", "Kode {nama} di kartu")
        expect(panel.locator(".b-doubt:visible")).to_have_count(0)
        panel.keyboard.press("Tab")
        assert "chips" not in asked(panel, tangerang, "kode_nama_di_kartu", "Kode {nama} di kartu")
