"""Questions asked several times, in groups, and worked out: read, judged and drawn on a page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from runtime.forms.pageform import PageForm, page_form
from schemas import parse
from schemas.definition import Module
from tests.schemas.corpus import small_module

TODAY = date(2026, 11, 24)


def var(key: str) -> dict[str, str]:
    return {"var": key}


CHILDREN: dict[str, Any] = {
    "key": "anak",
    "type": "repeat",
    "label": "Anak",
    "item": "Anak",
    "minItems": 1,
    "maxItems": 3,
    "row": {"check": {"!=": [var("nama"), var("wali")]}, "messages": {"check": "Anak bukan walinya."}},
    "fields": [
        {"key": "nama", "type": "text", "label": "Nama", "required": True},
        {"key": "umur", "type": "integer", "label": "Umur"},
        {"key": "sekolah", "type": "text", "label": "Sekolah", "visible": {">": [var("umur"), 6]}},
        {
            "key": "hobi",
            "type": "repeat",
            "label": "Hobi",
            "maxItems": 2,
            "fields": [{"key": "apa", "type": "text", "label": "Apa", "required": True}],
        },
    ],
}
CONTACT: dict[str, Any] = {
    "key": "kontak",
    "type": "group",
    "label": "Kontak",
    "required": True,
    "messages": {"required": "Beri satu cara menghubungi Anda."},
    "fields": [
        {"key": "hp", "type": "phone", "label": "HP"},
        {"key": "surel", "type": "email", "label": "Surel"},
    ],
}
FIELDS: list[dict[str, Any]] = [
    {"key": "wali", "type": "text", "label": "Wali"},
    CONTACT,
    CHILDREN,
    {"key": "jumlah", "type": "integer", "label": "Jumlah", "calculate": {"count": [var("anak")]}},
    {"key": "iuran", "type": "money", "label": "Iuran", "calculate": {"*": [var("jumlah"), "12500.5"]}},
]


def module(fields: list[dict[str, Any]] = FIELDS) -> Module:
    checked = parse.check_value(small_module(fields))
    assert checked.module is not None, checked.problems
    return checked.module


def form(
    data: dict[str, Any] | None = None,
    answers: dict[str, Any] | None = None,
    *,
    fields: list[dict[str, Any]] = FIELDS,
    typed: dict[str, Any] | None = None,
) -> PageForm:
    built = module(fields)
    posted = None
    if data is not None:
        posted = MultiValueDict({k: v if isinstance(v, list) else [v] for k, v in data.items()})
    return page_form(
        built,
        built.pages[0],
        answers=answers or {},
        language="id",
        region=None,
        today=TODAY,
        data=posted,
        files=None if posted is None else {},
        typed=typed,
    )


TWO = {
    "hp": "081234567890",
    "_row": ["anak.0", "anak.1"],
    "anak.0.nama": "Ani",
    "anak.1.nama": "Budi",
    "anak.1.umur": "3",
}


class TestRows:
    def test_are_read_in_their_order_without_what_is_hidden(self) -> None:
        asked = form({**TWO, "anak.1.sekolah": "SD 1"})
        assert asked.is_valid(), (asked.errors, asked.marks)
        assert asked.answers()["anak"] == [{"nama": "Ani"}, {"nama": "Budi", "umur": 3}]

    def test_close_the_gaps_that_a_script_left(self) -> None:
        asked = form(
            {"hp": "081234567890", "_row": ["anak.7", "anak.2"], "anak.7.nama": "B", "anak.2.nama": "A"}
        )
        assert asked.is_valid(), asked.errors
        assert asked.answers()["anak"] == [{"nama": "A"}, {"nama": "B"}]
        assert "anak.1.nama" in asked.blocks[2].html

    def test_that_nobody_filled_in_do_not_count(self) -> None:
        asked = form({**TWO, "_row": ["anak.0", "anak.1", "anak.2"], "anak.2.nama": ""})
        assert asked.is_valid(), asked.errors
        assert len(asked.answers()["anak"]) == 2
        assert len(asked.answers(blank_rows=True)["anak"]) == 3

    def test_must_be_as_many_as_the_author_asks(self) -> None:
        assert form({"hp": "081234567890", "_row": ["anak.0"], "anak.0.nama": " "}).is_valid()
        must = [FIELDS[0], {**CHILDREN, "required": True}]
        assert not form({"wali": "W"}, fields=must).is_valid()
        one = form({"wali": "W", "_row": ["anak.0"], "anak.0.nama": " "}, fields=must)
        assert not one.is_valid()
        assert list(one.errors) == ["anak.0.nama"]
        names = {f"anak.{at}.nama": "X" for at in range(4)}
        many = form({"hp": "081234567890", "_row": [f"anak.{at}" for at in range(4)], **names})
        assert not many.is_valid()
        assert many.marks == {"anak": "“Anak” paling banyak 3 isian. Hapus sebagian."}

    def test_show_each_mistake_in_its_own_row(self) -> None:
        asked = form({**TWO, "anak.1.nama": "", "anak.1.umur": "tiga"})
        assert not asked.is_valid()
        assert sorted(asked.errors) == ["anak.1.nama", "anak.1.umur"]
        assert [problem.first_id for problem in asked.problems] == ["id_anak.1.nama", "id_anak.1.umur"]
        assert asked.typed() == {"anak": {"anak.1.umur": {"": "tiga"}}}

    def test_keep_a_rule_for_the_row_as_a_whole(self) -> None:
        asked = form({**TWO, "wali": "Budi"})
        assert not asked.is_valid()
        assert asked.marks == {"anak.1": "Anak bukan walinya."}
        assert asked.problems[0].first_id == "id_anak.1"

    def test_ask_for_a_question_that_came_up_in_this_row_only(self) -> None:
        asked = form({**TWO, "anak.1.umur": "9"})
        assert not asked.is_valid()
        assert asked.more == ["anak.1.sekolah"]

    def test_refuse_names_of_rows_that_are_not_on_the_page(self) -> None:
        asked = form({**TWO, "anak.5.nama": "X", "anak.0.palsu": "Y", "anak.0.hobi.0.apa": "Z"})
        assert asked.unknown == ["anak.5.nama", "anak.0.palsu", "anak.0.hobi.0.apa"]
        assert not asked.is_valid()

    @pytest.mark.parametrize(
        "marker", ["anak.-1", "anak.1e3", "anak.99999", "anak.", "anak.x", "wali.0", "anak.０"]
    )
    def test_take_no_strange_marker_for_a_row(self, marker: str) -> None:
        asked = form({**TWO, "_row": ["anak.0", "anak.1", marker]})
        assert asked.is_valid(), asked.errors
        assert len(asked.answers(blank_rows=True)["anak"]) == 2

    def test_stand_in_rows(self) -> None:
        asked = form({**TWO, "_row": ["anak.0", "anak.1", "anak.1.hobi.0"], "anak.1.hobi.0.apa": "Bola"})
        assert asked.is_valid(), asked.errors
        assert asked.answers()["anak"][1] == {"nama": "Budi", "umur": 3, "hobi": [{"apa": "Bola"}]}


class TestRowButtons:
    def pressed(self, button: str, **more: Any) -> tuple[list[Any], dict[str, Any]]:
        asked = form({**TWO, **more, "_rows": button})
        assert not asked.is_valid()
        return asked.answers(blank_rows=True).get("anak", []), asked.typed().get("anak", {})

    def test_add_a_row_behind_the_others(self) -> None:
        rows, _typed = self.pressed("add:anak")
        assert rows == [{"nama": "Ani"}, {"nama": "Budi", "umur": 3}, {}]

    def test_add_no_more_than_there_may_be(self) -> None:
        rows, _typed = self.pressed("add:anak", _row=["anak.0", "anak.1", "anak.2"])
        assert len(rows) == 3

    def test_take_away_a_row_and_move_what_was_typed_wrong(self) -> None:
        rows, typed = self.pressed("remove:anak.0", **{"anak.1.umur": "tiga", "anak.0.umur": "dua"})
        assert rows == [{"nama": "Budi"}]
        assert typed == {"anak.0.umur": {"": "tiga"}}

    def test_copy_a_row_with_what_was_typed_wrong(self) -> None:
        rows, typed = self.pressed("copy:anak.0", **{"anak.0.umur": "dua", "anak.1.umur": "tiga"})
        assert [row["nama"] for row in rows] == ["Ani", "Ani", "Budi"]
        assert typed == {name: {"": text} for name, text in {
            "anak.0.umur": "dua", "anak.1.umur": "dua", "anak.2.umur": "tiga"}.items()}  # fmt: skip

    def test_work_in_rows_of_rows(self) -> None:
        rows, _typed = self.pressed("add:anak.1.hobi")
        assert rows[1]["hobi"] == [{}]

    @pytest.mark.parametrize(
        "button",
        ["add:wali", "add:", "remove:anak", "remove:anak.x", "copy:anak.9", "drop:anak.0", "add:anak.0", "x"],
    )
    def test_say_nothing_where_no_such_button_is(self, button: str) -> None:
        asked = form({**TWO, "_rows": button})
        asked.is_valid()
        assert len(asked.answers(blank_rows=True)["anak"]) == 2

    def test_copy_no_files(self) -> None:
        deed = {"key": "akta", "type": "file", "label": "Akta"}
        fields = [FIELDS[0], {**CHILDREN, "fields": [*CHILDREN["fields"], deed]}]
        stored = {"anak": [{"nama": "Ani", "akta": [{"id": "1", "name": "a.pdf", "size": 9}]}]}
        data = {"_row": "anak.0", "anak.0.nama": "Ani", "_rows": "copy:anak.0"}
        asked = form(data, stored, fields=fields)
        asked.is_valid()
        rows = asked.answers(blank_rows=True)["anak"]
        assert [list(row) for row in rows] == [["nama", "akta"], ["nama"]]

    def test_draw_the_page_again_with_everything_typed(self) -> None:
        asked = form({**TWO, "anak.1.umur": "tiga", "_rows": "remove:anak.0"})
        asked.is_valid()
        again = asked.again()
        html = "".join(block.html for block in again.blocks)
        assert 'name="anak.0.umur"' in html
        assert 'value="tiga"' in html
        assert "anak.1.nama" not in html


class TestGroups:
    def test_ask_for_one_answer_with_the_words_of_the_author(self) -> None:
        asked = form({"_row": ["anak.0"], "anak.0.nama": "Ani"})
        assert not asked.is_valid()
        assert asked.marks == {"kontak:": "Beri satu cara menghubungi Anda."}
        assert asked.problems[0].first_id == "id_kontak-group"

    def test_are_content_with_one(self) -> None:
        assert form({**TWO, "hp": "", "surel": "a@b.id"}).is_valid()


class TestWorkedOut:
    def test_is_shown_and_never_read_from_the_page(self) -> None:
        """T10: what the server works out cannot be posted."""
        asked = form({**TWO, "jumlah": "99", "iuran": "1"})
        assert asked.unknown == ["jumlah", "iuran"]
        honest = form(TWO)
        assert honest.is_valid()
        assert "jumlah" not in honest.answers()
        assert "Rp25.001" in honest.blocks[-1].html

    def test_follows_the_stored_answers_on_a_fresh_page(self) -> None:
        fresh = form(answers={"anak": [{"nama": "A"}, {"nama": "B"}, {"nama": "C"}]})
        assert "Rp37.502" in fresh.blocks[-1].html

    def test_begins_with_as_many_rows_as_must_be_filled_in(self) -> None:
        html = form().blocks[2].html
        assert 'name="anak.0.nama"' in html
        assert "anak.1.nama" not in html


class TestDefault:
    def test_can_be_worked_out_from_earlier_answers(self) -> None:
        fields: list[dict[str, Any]] = [
            {"key": "a", "type": "integer", "label": "A"},
            {"key": "b", "type": "integer", "label": "B", "default": {"+": [{"default": [var("a"), 1]}, 2]}},
        ]
        assert 'value="3"' in form(fields=fields).blocks[1].html
        assert 'value="7"' not in form(answers={"a": 5}, fields=fields).blocks[1].html


class TestPage:
    def test_is_judged_as_a_whole_also_when_a_question_is_ruled_out(self) -> None:
        document = small_module(
            [
                {"key": "a", "type": "integer", "label": "A"},
                {"key": "b", "type": "integer", "label": "B"},
                {"key": "jalur", "type": "metadata", "label": "Jalur", "source": "channel"},
            ]
        )
        document["pages"][0] |= {"check": {"<": [var("a"), var("b")]}, "messages": {"check": "A sebelum B."}}
        built = parse.check_value(document).module
        assert built is not None
        asked = page_form(
            built, built.pages[0], answers={}, language="id", region=None, today=TODAY,
            data={"a": "3", "b": "2"}, files={},
        )  # fmt: skip
        assert not asked.is_valid()
        assert asked.page_problem == "A sebelum B."
