"""Twelve forms such as offices have: what is taken of each, and that nothing of it is lost without a word."""

from __future__ import annotations

import datetime
from typing import Any

import openpyxl
import pytest

from builder import xlsimport
from tests.builder.xlsform import forms
from tests.builder.xlsform.books import counted, fields, q, run, saved, told
from tests.builder.xlsform.reference import unnamed
from tests.builder.xlsform.test_round import again

Json = Any
ROWS = {
    "census": (17, 0, 1), "clinic": (21, 2, 10), "disaster": (31, 3, 2), "household": (31, 4, 4),
    "kobo": (12, 0, 7), "land": (23, 2, 4), "livestock": (15, 2, 1), "opensrp": (15, 2, 1),
    "permit": (24, 0, 1), "school": (29, 1, 0), "vaccination": (22, 1, 0), "waterpoint": (17, 5, 3),
}  # fmt: skip
"""How many rows of the questions are taken whole, without something, and not."""
PEOPLE = [
    q("begin repeat", "member"), q("integer", "age"), q("select_one yn", "works"), {"type": "end repeat"},
]  # fmt: skip
YES_NO = [{"list_name": "yn", "name": name, "label": name.upper()} for name in ("y", "n")]


@pytest.mark.parametrize("name", forms.NAMES)
class TestForms:
    def test_lose_nothing_without_a_word(self, name: str) -> None:
        content = forms.form(name)
        made = xlsimport.run(content, language="en", judged=False)
        assert counted(made) == ROWS[name]
        assert unnamed(content) in ([], None)

    def test_are_the_same_from_the_second_way_on(self, name: str) -> None:
        made = xlsimport.run(forms.form(name), language="en", judged=False)
        second, _, _ = again(made.document)
        third, _, _ = again(second)
        assert third == second


class TestRules:
    @pytest.mark.parametrize(
        ("written", "raw"),
        [
            ("count(${member}[${age} < 18])", {"default": [{"<": [{"var": "age"}, 18]}, False]}),
            ("count(/data/member[works = 'y'])", {"default": [{"==": [{"var": "works"}, "y"]}, False]}),
            ("count-if(${member}, ${age} >= 60)", {"default": [{">=": [{"var": "age"}, 60]}, False]}),
        ],
    )
    def test_count_the_rows_for_which_something_holds(self, written: str, raw: Json) -> None:
        made = run(*PEOPLE, q("calculate", "young", calculation=written), choices=YES_NO)
        assert told(made) == []
        found = fields(made)["young"]
        assert found["type"] == "integer"
        assert found["calculate"] == {"default": [{"sum": [{"var": "member"}, {"if": [raw, 1, 0]}]}, 0]}

    def test_know_the_year_of_a_day(self) -> None:
        made = run(
            q("date", "d"),
            q("integer", "y", constraint=". >= 1900 and . <= int(format-date(today(), '%Y'))"),
            q("calculate", "n", calculation="format-date(${d}, '%Y') - 1"),
            q("text", "t", relevant="format-date(${d}, '%Y') = '2026'"),
        )
        assert told(made) == []
        year = {"+": [{"years": ["0001-01-01", {"var": "d"}]}, 1]}
        assert fields(made)["n"]["calculate"] == {"-": [year, 1]}
        assert fields(made)["t"]["visible"] == {"==": [year, 2026]}
        assert fields(made)["y"]["minimum"] == 1900
        second, lost, _ = again(made.document)
        assert lost == set()
        assert fields(xlsimport.Import(xlsimport.Conversion(second, made.conversion.ledger)))["n"] == {
            **fields(made)["n"]
        }

    @pytest.mark.parametrize(
        "written", ["jr:choice-name(${a}, '${a}')", "instance('yn')/root/item[name = ${a}]/label"]
    )
    def test_show_the_words_of_a_chosen_answer(self, written: str) -> None:
        rows = (q("select_one yn", "a"), q("calculate", "w", calculation=written))
        made = run(*rows, choices=YES_NO)
        assert told(made) == []
        assert fields(made)["w"]["calculate"] == {"attr": [{"var": "a"}, "choice_name"]}
        assert made.document is not None
        assert [one["choice_name"] for one in made.document["datasets"]["yn"]["items"]] == ["Y", "N"]
        both = [{**one, "label::English (en)": "E"} for one in YES_NO]
        assert told(run(*rows, choices=both)) == [(3, "calculation", "expression.choice_name")]

    def test_take_a_text_as_a_text(self) -> None:
        made = run(q("select_one yn", "a"), q("text", "t", relevant="string(${a}) = 'y'"), choices=YES_NO)
        assert told(made) == []

    def test_say_that_a_shifted_day_is_no_answer(self) -> None:
        made = run(q("date", "d", default="today() + 28"))
        assert told(made) == [(2, "default", "expression.shifted")]


class TestSheets:
    """What people and programs do with a sheet before it is sent."""

    def opened(self, rows: list[list[Any]], change: Any = None) -> xlsimport.Import:
        made = openpyxl.Workbook()
        made.active.title = "survey"
        for row in rows:
            made.active.append(row)
        if change:
            change(made)
        return xlsimport.run(saved(made), language="en", judged=False)

    def test_may_have_a_title_and_empty_lines_above(self) -> None:
        made = self.opened([[], ["Form of the village"], [], ["type", "name", "label"], ["text", "a", "A"]])
        assert set(fields(made)) == {"a"}
        assert told(made) == [(2, "", "row.above")]

    def test_may_begin_further_to_the_right(self) -> None:
        made = self.opened([[None, None, "type", "name", "label"], [None, None, "text", "a", "A"]])
        assert set(fields(made)) == {"a"}
        assert told(made) == []

    def test_an_empty_column_does_not_count_before_a_full_one(self) -> None:
        made = self.opened([["label", "type", "name", "Label"], [None, "text", "a", "Words"]])
        assert fields(made)["a"]["label"] == "Words"
        assert told(made) == []

    def test_cells_may_be_numbers_and_days(self) -> None:
        day = datetime.datetime(2026, 1, 5)  # noqa: DTZ001 - a cell knows no time zone
        heads = ["type", "name", "label", "default", "relevant"]
        rows = [heads, ["integer", "n", 1.0, 3.0, None], ["date", "d", "D ", day, True], ["text ", " t", 7]]
        made = self.opened(rows)
        found = fields(made)
        assert (found["n"]["default"], found["n"]["label"]) == (3, "1")
        assert (found["d"]["default"], found["d"]["label"]) == ("2026-01-05", "D")
        assert found["t"]["label"] == "7"
        assert told(made) == []

    def test_hidden_sheets_and_merged_cells_are_read(self) -> None:
        def change(made: Any) -> None:
            sheet = made.create_sheet("choices")
            for row in (["list_name", "name", "label"], ["a", 1.0, "One"], ["a", 2, "Two"]):
                sheet.append(row)
            sheet.sheet_state = "hidden"
            made["survey"].merge_cells("C2:D2")

        made = self.opened([["type", "name", "label"], ["select_one a", "a", "A"]], change)
        assert [
            one["x-name"] if "x-name" in one else one["value"] for one in fields(made)["a"]["options"]
        ] == [
            "1",
            "2",
        ]
        assert told(made) == []
