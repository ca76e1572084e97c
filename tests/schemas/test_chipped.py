"""Words of a form with answers in them: what a chip may name, and what is said where no answers are known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schemas import parse
from schemas.definition import Module
from tests.schemas.corpus import TESTS, small_module

VALID = json.loads((TESTS / "definitions" / "valid" / "chips.json").read_text(encoding="utf-8"))
NAME = {"key": "nama", "type": "text", "label": "Nama lengkap"}


def told(fields: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found = parse.check_value(small_module(fields)).problems
    place = "/pages/0/fields"
    return [(one.code, one.pointer.removeprefix(place)) for one in found if one.pointer.startswith(place)]


def module(fields: list[dict[str, Any]]) -> Module:
    found = parse.check_value(small_module(fields)).module
    assert found is not None
    return found


def about(**more: Any) -> dict[str, Any]:
    return {"key": "kerja", "type": "text", "label": "Apa pekerjaan {nama}?", "chips": True, **more}


class TestChipped:
    """What a definition says of words with chips."""

    def test_says_the_words_of_the_question_for_the_eyes_of_all(self) -> None:
        asked = module([NAME, about(help="Sesuai KTP {nama}")]).pages[0].fields[1]
        assert asked.label.say() == "Apa pekerjaan [Nama lengkap]?"
        assert asked.help.say() == "Sesuai KTP [Nama lengkap]"
        assert asked.chipped["label"].say() == "Apa pekerjaan {nama}?"

    def test_leaves_braces_alone_where_nothing_says_that_they_are_chips(self) -> None:
        asked = about()
        del asked["chips"]
        assert told([NAME, asked]) == []
        field = module([NAME, asked]).pages[0].fields[1]
        assert (field.label.say(), field.chipped) == ("Apa pekerjaan {nama}?", {})

    def test_fills_nothing_into_the_words_that_stand_for_an_answer(self) -> None:
        third = {"key": "lama", "type": "text", "label": "Sejak kapan {kerja}?", "chips": True}
        asked = module([NAME, about(), third]).pages[0].fields[2]
        assert asked.label.say() == "Sejak kapan [Apa pekerjaan …?]?"

    def test_knows_the_answers_of_the_row_first(self) -> None:
        found = parse.check_value(VALID).module
        assert found is not None
        child = next(field for _page, field in found.fields() if field.key == "anak")
        assert child.settings["item"] == {"id": "Anak [Nama anak]", "en": "Child [Name of the child]"}
        assert child.fields[1].label.say("en") == "Age of [Name of the child], child of [Name]"


class TestProblems:
    """What is wrong with chips; each code has its file, here is what a file cannot say."""

    @pytest.mark.parametrize("type_", ["repeat", "file", "address", "signature", "consent", "metadata"])
    def test_takes_no_answer_that_is_no_part_of_a_sentence(self, type_: str) -> None:
        more = {
            "repeat": {"fields": [NAME]},
            "address": {"level": "village"},
            "metadata": {"source": "language"},
        }
        other = {"key": "lain", "type": type_, "label": "Lain", **more.get(type_, {})}
        assert ("chips.kind", "/1/label") in told([other, about(label="Tentang {lain}")])

    def test_names_no_later_question_and_none_that_is_not_there(self) -> None:
        assert told([about(), NAME]) == [("expression.later", "/0/label")]
        assert told([about(label="{kerja}")]) == [("expression.later", "/0/label")]
        assert told([about(label="{siapa} dan {siapa}")]) == [("references.field", "/0/label")]

    def test_names_no_answer_of_rows_from_outside(self) -> None:
        rows = {"key": "anak", "type": "repeat", "label": "Anak", "fields": [NAME]}
        assert told([rows, about()]) == [("references.field", "/1/label")]

    def test_takes_facts_and_ways_of_writing_in_letters_only(self) -> None:
        assert told([NAME, about(label="{service.title} {nama|upper}")]) == [("chips.plain", "/1/label")] * 2

    def test_offers_no_words_that_would_lose_the_answers(self) -> None:
        two = about(label="Nama dan alamat {nama}", chips=True)
        children = [about(key=f"anak_{number}", label=f"Anak {number} dari {{nama}}") for number in (1, 2, 3)]
        codes = {code for code, _place in told([NAME, two, *children])}
        assert {code for code in codes if code.startswith("pitfalls.")} <= {"pitfalls.unit"}
