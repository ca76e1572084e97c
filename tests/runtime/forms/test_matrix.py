"""Statements in rows with the same answers: a table at a desk, cards on a phone, right for every reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from runtime.forms import fields
from runtime.forms.face import Circumstances, Refused
from schemas import parse
from schemas.definition import Field
from tests.runtime.forms.asking import DESK, PHONE, Asked
from tests.schemas.corpus import small_module

AROUND = Circumstances(language="id", today=date(2026, 11, 24))
ROWS: list[dict[str, Any]] = [
    {"value": "ramah", "label": {"id": "Petugas ramah", "en": "The staff are friendly"}},
    {"value": "cepat", "label": {"id": "Pelayanan cepat", "en": "The service is quick"}},
    {"value": "jelas", "label": {"id": "Syarat jelas", "en": "The requirements are clear"}},
]
OPTIONS: list[dict[str, Any]] = [
    {"value": "1", "label": {"id": "Tidak setuju", "en": "Disagree"}},
    {"value": "2", "label": {"id": "Kurang setuju", "en": "Rather disagree"}},
    {"value": "3", "label": {"id": "Setuju", "en": "Agree"}},
    {"value": "4", "label": {"id": "Sangat setuju", "en": "Agree fully"}},
]
MATRIX: dict[str, Any] = {
    "key": "skm",
    "type": "matrix",
    "label": {"id": "Bagaimana pelayanan kami?", "en": "How was our service?"},
    "required": True,
    "rows": ROWS,
    "options": OPTIONS,
}
DETAIL = {
    "key": "saran",
    "type": "text",
    "label": {"id": "Saran", "en": "Advice"},
    "visible": {"answered": {"var": "skm"}},
}


def question(**changes: Any) -> Field:
    made = parse.check_value(small_module([{**MATRIX, **changes}])).module
    assert made is not None
    found = made.field("skm")
    assert found is not None
    return found


class TestMatrixFace:
    face = fields.face("matrix")

    def test_names_the_rows_that_are_missing(self) -> None:
        with pytest.raises(Refused) as refused:
            self.face.clean(question(), {"1": "3"}, AROUND)
        assert (refused.value.code, refused.value.data) == (
            "matrix.rows",
            {"rows": "“Pelayanan cepat”, “Syarat jelas”"},
        )
        assert self.face.lead(question(), {"1": "3"}) == "2"

    def test_takes_some_rows_where_none_is_demanded(self) -> None:
        assert self.face.clean(question(required=False), {"2": "4"}, AROUND) == {"cepat": "4"}

    @pytest.mark.parametrize("typed", [{"1": "9", "2": "1", "3": "1"}, {"4": "1", "1": "1"}])
    def test_refuses_answers_that_are_not_offered(self, typed: dict[str, str]) -> None:
        with pytest.raises(Refused) as refused:
            self.face.clean(question(), typed, AROUND)
        assert refused.value.code == "option.unknown"

    def test_shows_and_says_what_was_answered(self) -> None:
        answer = {"ramah": "4", "cepat": "3", "jelas": "1"}
        shown = self.face.show(question(), answer, AROUND)
        assert self.face.clean(question(), shown, AROUND) == answer
        assert self.face.say(question(), answer, AROUND) == (
            "Petugas ramah: Sangat setuju\nPelayanan cepat: Setuju\nSyarat jelas: Tidak setuju"
        )
        assert self.face.cells(question(), {"ramah": "4"}) == {"ramah": "4", "cepat": "", "jelas": ""}


@pytest.mark.browser
class TestMatrix:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_is_read_and_answered_by_everybody(self, ask: Callable[..., Asked], language: str) -> None:
        asked = ask([MATRIX, DETAIL], language=language)
        asked.judge()
        asked.go_on()
        asked.is_refused(MATRIX["label"][language])
        rows = [asked.page.get_by_role("radiogroup", name=row["label"][language]) for row in ROWS]
        rows[0].get_by_role("radio", name=OPTIONS[3]["label"][language]).check()
        expect(asked.page.get_by_label(DETAIL["label"][language])).to_be_visible()
        asked.go_on()
        asked.is_refused(ROWS[1]["label"][language])
        asked.is_refused(ROWS[2]["label"][language])
        asked.judge()
        asked.page.get_by_role("alert").get_by_role("link").click()
        first = rows[1].get_by_role("radio").first
        expect(first).to_be_focused()
        asked.page.keyboard.press("ArrowRight")
        expect(rows[1].get_by_role("radio").nth(1)).to_be_checked()
        rows[2].get_by_role("radio").nth(2).check()
        asked.judge()
        asked.go_on()
        asked.is_reviewed(ROWS[0]["label"][language])
        assert asked.answers() == {"skm": {"ramah": "4", "cepat": "2", "jelas": "3"}}

    def test_is_a_table_at_a_desk_and_cards_on_a_phone(self, ask: Callable[..., Asked]) -> None:
        asked = ask([MATRIX], viewport=DESK)
        radios = asked.page.get_by_role("radiogroup").first.get_by_role("radio")

        def places() -> set[float]:
            boxes = [radio.bounding_box() for radio in radios.all()]
            return {round(box["y"]) for box in boxes if box}

        assert len(places()) == 1
        below = [group.get_by_role("radio").nth(2) for group in asked.page.get_by_role("radiogroup").all()]
        assert len({round(box["x"]) for radio in below if (box := radio.bounding_box())}) == 1
        asked.page.set_viewport_size(PHONE)
        assert len(places()) == len(OPTIONS)
