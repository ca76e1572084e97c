"""Files that are damaged, huge or meant to do harm are refused in a sentence; formulas count by result."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from django.utils import translation

from builder import xlsimport, xlsreport
from builder.xlsform import reading
from tests.builder.xlsform import oldbooks
from tests.builder.xlsform.books import book, fields, fill, q, saved, told
from tests.runtime.datasets import books as bad


def refused(content: bytes) -> str:
    made = xlsimport.run(content, language="id")
    assert made.document is None
    assert made.unreadable is not None
    for language in ("id", "en"):
        with translation.override(language):
            said = xlsreport.unreadable(made.unreadable)
            assert said
            assert "{" not in said
            assert "%" not in said
    return made.unreadable.code


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file.nothing"),
            (b"%PDF-1.7", "file.other"),
            (b"<xml/>", "file.other"),
            (b"PK\x03\x04 broken", "xlsx.broken"),
            (b"\xd0\xcf\x11\xe0 broken", "file.broken"),
            (b"just words", "file.broken"),
            (b"\x00" * 50, "csv.encoding"),
            (b"," * 500_000, "csv.line"),
            (b"x" * (reading.MOST_BYTES + 1), "file.size"),
        ],
    )
    def test_that_are_no_workbook_are_refused(self, content: bytes, code: str) -> None:
        assert refused(content) == code

    def test_that_unpack_to_far_too_much_are_refused(self) -> None:
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
        assert refused(kept.getvalue()) == "xlsx.bomb"

    def test_without_questions_are_refused(self) -> None:
        made = openpyxl.Workbook()
        made.create_sheet("other")
        assert refused(saved(made)) == "sheet.survey"
        assert refused(saved(openpyxl.Workbook())) == "sheet.heads"

    def test_with_too_many_rows_or_columns_are_refused(self) -> None:
        assert (
            refused(book([q("text", f"n{n}") for n in range(reading.MOST_QUESTION_ROWS + 1)])) == "sheet.rows"
        )
        wide = openpyxl.Workbook()
        wide.active.append([f"c{n}" for n in range(reading.MOST_COLUMNS + 5)])
        assert refused(saved(wide)) == "sheet.columns"

    def test_are_read_as_csv(self) -> None:
        text = '"survey",,,\n,"type","name","label"\n,"text","a","Nama"\n"choices",,,\n,"list_name","name"\n'
        made = xlsimport.run(text.encode(), language="id")
        assert fields(made)["a"]["label"] == "Nama"

    def test_are_read_in_the_old_format_with_the_numbers_of_their_rows(self) -> None:
        rows = [["type", "name", "label"], ["text", "a", "Nama ñ"], [], ["nonsense", "b", "B"]]
        made = xlsimport.run(oldbooks.workbook({"survey": rows, "other": []}), language="id")
        assert fields(made)["a"]["label"] == "Nama ñ"
        assert told(made) == [(4, "type", "type.unknown")]
        assert "Unknown question type" in made.verdict.refused

    def test_in_the_old_format_that_say_they_are_vast_are_refused(self) -> None:
        far = [["type", "name", "label"], *[[] for _ in range(60_000)], ["text", "a", *["x"] * 60]]
        assert refused(oldbooks.workbook({"survey": far})) == "file.wide"

    def test_say_when_pyxform_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("builder.xlsform.judge.installed", lambda: False)
        assert refused(book([q("text", "a")])) == "pyxform.missing"


class TestCells:
    def test_of_formulas_count_by_their_result_and_are_named_without_one(self) -> None:
        made = openpyxl.Workbook()
        sheet = made.active
        sheet.title = "survey"
        fill(sheet, [q("text", "a", "=1+1"), q("text", "b")], ("type", "name", "label"))
        read = xlsimport.run(saved(made), language="id")
        assert told(read) == [(2, "label", "cell.formula")]
        assert fields(read)["a"]["label"] == "A"

    def test_that_are_merged_or_empty_are_rows_without_a_type(self) -> None:
        made = openpyxl.Workbook()
        sheet = made.active
        fill(sheet, [q("text", "a"), {}, q("", "b"), {}, q("text", "c")], ("type", "name", "label"))
        sheet.merge_cells("A2:A4")
        read = xlsimport.run(saved(made), language="id")
        assert told(read) == [(4, "type", "type.none")]
        assert list(fields(read)) == ["a", "c"]

    def test_hold_script_as_words(self) -> None:
        words = "<script>alert('${a}')</script>{{ 7*7 }}{% url %}"
        read = xlsimport.run(book([q("text", "a", words)]), language="id")
        assert fields(read)["a"]["label"].startswith("<script>alert('“")

    def test_that_are_dates_and_numbers_are_texts(self) -> None:
        read = xlsimport.run(
            book([q("date", "a", default=date(2026, 1, 31)), q("integer", "b", default=7.0)]), language="id"
        )
        assert [fields(read)[key]["default"] for key in "ab"] == ["2026-01-31", 7]


class TestBooksOfLists:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (bad.linked(), "xlsx.names"),
            (bad.crowded(500), "xlsx.entries"),
            (bad.understated(40_000_000), "xlsx.broken"),
            (bad.entities("[Content_Types].xml"), "xlsx.entities"),
        ],
    )
    def test_meet_the_same_gate(self, content: bytes, code: str) -> None:
        assert refused(content) == code
