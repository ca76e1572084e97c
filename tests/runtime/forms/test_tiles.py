"""Answers as large tiles, with words under single ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.runtime.forms.asking import PHONE, Asked

pytestmark = pytest.mark.browser
OPTIONS: list[dict[str, Any]] = [
    {
        "value": "antar",
        "label": {"id": "Diantar ke rumah", "en": "Brought to your home"},
        "help": {"id": "Gratis, paling lama tiga hari kerja.", "en": "Free, within three working days."},
    },
    {"value": "ambil", "label": {"id": "Diambil di kelurahan", "en": "Collected at the village office"}},
    {
        "value": "digital",
        "label": {"id": "Berkas digital", "en": "A digital file"},
        "help": {"id": "Dikirim ke email Anda.", "en": "Sent to your e-mail."},
    },
]
FIELDS: list[dict[str, Any]] = [
    {
        "key": "cara",
        "type": "choice",
        "style": "tiles",
        "label": {"id": "Cara menerima surat", "en": "How you receive the letter"},
        "required": True,
        "options": OPTIONS,
    },
    {
        "key": "kabar",
        "type": "choices",
        "style": "tiles",
        "label": {"id": "Kabar lewat", "en": "News by"},
        "options": OPTIONS,
    },
]


class TestTiles:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_are_read_and_picked_by_everybody(self, ask: Callable[..., Asked], language: str) -> None:
        asked = ask(FIELDS, language=language)
        asked.judge()
        asked.go_on()
        asked.is_refused({"id": "Cara menerima surat", "en": "How you receive the letter"}[language])
        asked.judge()
        first = asked.page.get_by_role("radio").first
        expect(first).to_have_accessible_description(OPTIONS[0]["help"][language])
        first.press("Space")
        asked.page.get_by_role("checkbox").nth(2).check()
        asked.judge()
        asked.go_on()
        asked.is_reviewed(OPTIONS[0]["label"][language])
        assert asked.answers() == {"cara": "antar", "kabar": ["digital"]}

    def test_can_be_touched_anywhere(self, ask: Callable[..., Asked]) -> None:
        asked = ask(FIELDS, viewport=PHONE)
        tile = asked.page.locator(".tick-tiles > *").first
        box = tile.bounding_box()
        assert box is not None
        assert box["height"] >= 72
        asked.page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
        expect(tile.get_by_role("radio")).to_be_checked()
