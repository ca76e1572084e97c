"""A signature: the typed name is enough; a drawing is kept as lines inside a box and shown again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from runtime.forms import fields
from runtime.forms.face import Circumstances, Refused
from runtime.forms.summary import summary
from schemas import parse
from schemas.definition import Field, Text
from schemas.fieldtypes import wording
from schemas.fieldtypes.signature import drawable
from tests.runtime.forms.asking import DESK, Asked
from tests.schemas.corpus import small_module

AROUND = Circumstances(language="id", today=date(2026, 11, 24))
QUESTION = Field("ttd", "signature", Text((("id", "Dengan ini saya setuju"),)))
SIGNED = wording.of(QUESTION)
ASKED: dict[str, Any] = {
    "key": "ttd",
    "type": "signature",
    "label": {"id": "Tanda tangan pemohon", "en": "Signature of the applicant"},
    "help": {"id": "Saya menjamin data ini benar.", "en": "I vouch for these data."},
    "required": True,
}
NAME = {"id": "Nama lengkap sebagai tanda tangan", "en": "Full name, as your signature"}
UNDO = {"id": "Urungkan goresan terakhir", "en": "Undo the last stroke"}
CLEAR = {"id": "Hapus gambar", "en": "Clear the drawing"}


class TestSignatureFace:
    face = fields.face("signature")

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ({"name": "", "strokes": "M1 1L2 2"}, "signature.name"),
            ({"name": "Siti", "strokes": "M1 1C2 2 3 3 4 4"}, "signature.strokes"),
            ({"name": "Siti", "strokes": '"/><script>'}, "signature.strokes"),
            ({"name": "S" * 201, "strokes": ""}, "text.long"),
        ],
    )
    def test_refuses(self, typed: dict[str, str], code: str) -> None:
        with pytest.raises(Refused) as refused:
            self.face.clean(QUESTION, typed, AROUND)
        assert refused.value.code == code

    def test_must_be_given_anew_when_the_words_have_changed(self) -> None:
        older = {"name": "Siti", "text": "0123456789ab", "strokes": "M1 1L2 2"}
        assert self.face.show(QUESTION, older, AROUND) == {"name": "", "strokes": ""}
        assert self.face.show(QUESTION, {**older, "text": SIGNED}, AROUND)["name"] == "Siti"

    def test_stands_in_tables_without_its_drawing(self) -> None:
        answer = {"name": "Siti", "text": SIGNED, "strokes": "M1 1L2 2"}
        assert self.face.cells(QUESTION, answer) == {"name": "Siti", "text": SIGNED}

    def test_shows_no_drawing_that_was_not_judged(self) -> None:
        assert self.face.strokes({"strokes": "M1 1L2 2"}) == "M1 1L2 2"
        assert self.face.strokes({"strokes": '"/><script>'}) == ""
        assert not drawable("M1 1" + "L2 2" * 5000)

    @pytest.mark.django_db
    def test_stands_in_the_summary_with_its_drawing(self) -> None:
        module = parse.check_value(small_module([ASKED])).module
        assert module is not None
        question = module.field("ttd")
        assert question is not None
        answer = {"name": "Siti", "text": wording.of(question), "strokes": "M1 1L2 2"}
        (page,) = summary(module, {"ttd": answer}, language="id", region=None)
        assert (page.rows[0].value, page.rows[0].strokes) == ("Siti", "M1 1L2 2")


def draw(asked: Asked, pad: Locator, *points: tuple[float, float]) -> None:
    """Draw one stroke with the mouse between points given as shares of the pad."""
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    asked.page.mouse.move(*places[0])
    asked.page.mouse.down()
    for place in places[1:]:
        asked.page.mouse.move(*place)
    asked.page.mouse.up()


@pytest.mark.browser
class TestSignature:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_is_signed_and_drawn_by_everybody(self, ask: Callable[..., Asked], language: str) -> None:
        asked = ask([ASKED], language=language)
        asked.judge()
        asked.go_on()
        asked.is_refused(ASKED["label"][language])
        asked.judge()
        pad = asked.page.get_by_role("img").last
        undo = asked.page.get_by_role("button", name=UNDO[language])
        expect(undo).to_be_disabled()
        draw(asked, pad, (0.1, 0.5), (0.3, 0.2), (0.5, 0.8))
        draw(asked, pad, (0.6, 0.5), (0.9, 0.5))
        undo.click()
        draw(asked, pad, (0.7, 0.7))
        asked.go_on()
        asked.is_refused(ASKED["label"][language])
        expect(undo).to_be_enabled()  # what was drawn is still there
        asked.page.get_by_label(NAME[language]).fill("Siti Aminah")
        asked.judge()
        asked.go_on()
        asked.is_reviewed("Siti Aminah")
        asked.judge()
        answer = asked.answers()["ttd"]
        assert drawable(answer["strokes"])
        assert [stroke.count("L") for stroke in answer["strokes"].split("M")[1:]] == [2, 1]
        path = asked.page.locator("svg.drawn path")
        assert path.get_attribute("d") == answer["strokes"]

    def test_can_be_cleared_and_never_leaves_its_box(self, ask: Callable[..., Asked]) -> None:
        asked = ask([ASKED], viewport=DESK)
        pad = asked.page.get_by_role("img").last
        draw(asked, pad, (0.5, 0.5), (1.4, 1.4), (-0.3, -0.3))
        strokes = asked.page.locator("[data-sign-strokes]")
        assert strokes.input_value().endswith("L600 240L0 0")
        asked.page.get_by_role("button", name=CLEAR["id"]).click()
        assert strokes.input_value() == ""
        asked.page.get_by_label(NAME["id"]).fill("Siti")
        asked.go_on()
        assert set(asked.answers()["ttd"]) == {"name", "text"}

    def test_stays_within_its_length_however_long_it_is_drawn(self, ask: Callable[..., Asked]) -> None:
        asked = ask([ASKED], viewport=DESK)
        drawn = asked.page.evaluate(
            """() => {
              const pad = document.querySelector("[data-sign-pad]");
              const { left, top, width, height } = pad.getBoundingClientRect();
              pad.setPointerCapture = () => {};
              const at = (kind, x, y) => pad.dispatchEvent(new PointerEvent(kind, {
                isPrimary: true, pointerId: 1, clientX: left + x * width, clientY: top + y * height }));
              at("pointerdown", 0, 0);
              for (let n = 0; n < 9000; n += 1) at("pointermove", n % 2 ? 0.99 : 0.5, (n % 97) / 97);
              at("pointerup", 1, 1);
              return document.querySelector("[data-sign-strokes]").value;
            }"""
        )
        assert 19_900 < len(drawn) <= 20_000
        assert drawable(drawn)

    def test_works_with_a_finger(self, ask: Callable[..., Asked]) -> None:
        asked = ask([ASKED], has_touch=True)
        pad = asked.page.get_by_role("img").last
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box is not None
        session = asked.page.context.new_cdp_session(asked.page)
        for kind, share in (("touchStart", 0.2), ("touchMove", 0.5), ("touchMove", 0.8), ("touchEnd", None)):
            points = [{"x": box["x"] + share * box["width"], "y": box["y"] + 40}] if share else []
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        assert drawable(asked.page.locator("[data-sign-strokes]").input_value())
