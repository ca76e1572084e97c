"""What is kept of a question between requests is the same for everybody."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from runtime.forms import fields as registry
from runtime.forms.drawing import drawing
from runtime.forms.face import Circumstances
from runtime.forms.question import Question
from schemas import parse
from schemas.definition import Field, Option, Text

LABEL = Text((("id", "Nama <b>"), ("en", "Name")))
OPTIONS = (Option("a", Text((("id", "A & B"),))), Option("b", Text((("id", "B"),))))
DEFINITIONS = Path(__file__).parents[2] / "definitions" / "valid"
EVERY = [
    field
    for _page, field in parse.load((DEFINITIONS / "every-field-type.json").read_text("utf-8")).fields()
    if field.type not in {"file", "photo"}  # what they keep are descriptions of files, no words
]
AROUND = Circumstances(language="id", today=date(2026, 11, 24))


def asked(field: Field, value: object, *, language: str = "id", error: str = "") -> str:
    """Return the drawn question."""
    around = Circumstances(language=language, today=date(2026, 11, 24))
    drawn = drawing(field, around, name="q", wrong=bool(error), conditional=False)
    return Question(drawn, {"": value}, error=error).html


class TestQuestion:
    """How a question is drawn."""

    def test_shows_what_this_person_typed_and_nothing_of_the_one_before(self) -> None:
        field = Field(key="q", type="text", label=LABEL)
        assert 'value="Siti"' in asked(field, "Siti")
        assert 'value=""' in asked(field, "")
        assert "Siti" not in asked(field, "Budi")

    def test_marks_what_this_person_picked(self) -> None:
        field = Field(key="q", type="choice", label=LABEL, options=OPTIONS)
        for picked in ("a", "b", "", "a"):
            html = asked(field, picked)
            assert html.count(" checked") == bool(picked)
            assert (f'value="{picked}" checked' in html or f'checked value="{picked}"' in html) or not picked

    def test_escapes_words_of_the_author_and_of_the_applicant(self) -> None:
        html = asked(Field(key="q", type="text", label=LABEL), '"><script>')
        assert "Nama &lt;b&gt;" in html
        assert "&quot;&gt;&lt;script&gt;" in html
        assert "A &amp; B" in asked(Field(key="q", type="choice", label=LABEL, options=OPTIONS), "")

    def test_speaks_each_language(self) -> None:
        field = Field(key="q", type="text", label=LABEL)
        assert "Name" in asked(field, "", language="en")
        assert "(opsional)" in asked(field, "", language="id")
        assert "(optional)" in asked(field, "", language="en")

    def test_names_the_error_beside_the_input(self) -> None:
        html = asked(Field(key="q", type="text", label=LABEL), "x", error="Salah <i>")
        assert 'aria-describedby="id_q-error"' in html
        assert 'aria-invalid="true"' in html
        assert "Salah &lt;i&gt;" in html
        assert "Salah" not in asked(Field(key="q", type="text", label=LABEL), "x")

    @pytest.mark.django_db  # areas are read from their list
    @pytest.mark.parametrize("field", EVERY, ids=lambda field: field.type)
    def test_is_the_same_drawn_from_what_is_kept_as_drawn_anew(self, field: Field) -> None:
        face = registry.face(field.type)
        drawn = drawing(field, AROUND, name="q", wrong=False, conditional=False)
        words = ("", "Siti", "<b>&\"'", "\n dua\nbaris ", "0", "yes", "12,5", "\ue0000\ue001", "a" * 300)
        for first, other in itertools.permutations(words, 2):
            typed = {part: (first, other, "")[n % 3] for n, part in enumerate(face.parts)}
            asked = Question(drawn, typed)
            with translation.override("id"):
                assert asked.html == asked.drawn()
