"""A declaration is ticked or it is no answer; rules read it as yes, and a case keeps the words read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from schemas.definition import Field, Text
from schemas.fieldtypes import wording
from tests.runtime.forms.asking import Asked

pytestmark = pytest.mark.browser
WORDS = {"id": "Saya bersedia dihubungi", "en": "I may be contacted"}
DECLARED: dict[str, Any] = {"key": "setuju", "type": "consent", "label": WORDS, "required": True}
DETAIL: dict[str, Any] = {
    "key": "jam",
    "type": "text",
    "label": {"id": "Jam berapa?", "en": "At what time?"},
    "visible": {"var": "setuju"},
}
AGREED = {"accepted": True, "text": wording.of(Field("setuju", "consent", Text(tuple(WORDS.items()))))}


class TestConsent:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_is_ticked_by_everybody(self, ask: Callable[..., Asked], language: str) -> None:
        asked = ask([DECLARED, DETAIL], language=language)
        detail = asked.page.get_by_label(DETAIL["label"][language])
        asked.judge()
        expect(detail).to_be_hidden()
        asked.go_on()
        asked.is_refused(WORDS[language])
        asked.judge()
        asked.page.get_by_label(WORDS[language]).check()
        expect(detail).to_be_visible()
        asked.judge()
        asked.go_on()
        asked.is_reviewed(WORDS[language])
        assert asked.answers() == {"setuju": AGREED}
