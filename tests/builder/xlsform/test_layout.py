"""Pages ask for something: what is noted or worked out stands beside questions; the report is short."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from builder import xlsreport
from builder.xlsimport import Import
from tests.builder.xlsform.books import choices, q, run, told


def pages(made: Import) -> list[tuple[Any, list[str]]]:
    assert made.document is not None
    return [(page["title"], [item["key"] for item in page["fields"]]) for page in made.document["pages"]]


def lines(made: Import, language: str) -> list[tuple[str, str]]:
    ledger = made.conversion.ledger
    with translation.override(language):
        return [(line.place, line.sentence) for line in xlsreport.lines(ledger, ledger.of("refused"))]


GROUP = [q("begin group", "g", "Pemohon"), q("text", "a", "Nama"), {"type": "end group"}]


class TestPages:
    def test_of_what_is_noted_are_none(self) -> None:
        made = run(q("today", "today", None), *GROUP)
        assert pages(made) == [("Pemohon", ["today", "a"])]
        assert made.document is not None
        noted = made.document["pages"][0]["fields"][0]
        assert (noted["type"], noted["label"]) == ("metadata", "Tanggal pengiriman")
        assert pages(run(*GROUP, q("today", "t", None))) == [("Pemohon", ["a", "t"])]

    def test_of_a_group_that_only_notes_are_none_and_it_is_named(self) -> None:
        made = run(q("begin group", "m", "Meta"), q("today", "t", None), {"type": "end group"}, *GROUP)
        assert pages(made) == [("Pemohon", ["t", "a"])]
        assert "group.noted" in {entry.reason for entry in made.conversion.ledger.of("look")}

    def test_of_what_is_worked_out_are_none(self) -> None:
        total = q("calculate", "c", "Jumlah", calculation="${n} + 1")
        made = run(q("begin group", "g", "G"), q("integer", "n"), {"type": "end group"}, total)
        assert pages(made) == [("G", ["n", "c"])]

    def test_that_are_not_always_shown_do_not_hide_what_is_worked_out_after_them(self) -> None:
        rows = [
            q("integer", "n"), q("begin group", "g", "G", relevant="${n} > 1"), q("text", "a"),
            {"type": "end group"}, q("calculate", "c", "C", calculation="${n} + 1"),
        ]  # fmt: skip
        assert [keys for _, keys in pages(run(*rows))] == [["n"], ["a"], ["c"]]

    def test_are_left_when_nothing_is_asked_at_all(self) -> None:
        assert [keys for _, keys in pages(run(q("today", "t", None)))] == [["t"]]


class TestReport:
    def test_names_rows_with_the_same_reason_together(self) -> None:
        rows = [
            q("text", "a"),
            *(q("geotrace", f"g{at}") for at in range(3)),
            q("text", "b"),
            q("geotrace", "h"),
        ]
        made = run(*rows, choices=choices(unused=[f"o{at}" for at in range(12)]))
        [survey, listed] = lines(made, "id")
        assert survey[0] == "Lembar “survey”, 4 baris: 3–5, 7"
        assert listed[0] == "Lembar “choices”, 12 baris: 2–13"
        assert lines(made, "en")[0][0] == "Sheet “survey”, 4 rows: 3–5, 7"

    def test_names_the_column_that_several_rows_share(self) -> None:
        made = run(q("text", "a"), *(q("text", f"t{at}", relevant="position(..) = 1") for at in range(2)))
        ledger = made.conversion.ledger
        with translation.override("id"):
            [line] = xlsreport.lines(ledger, ledger.of("without"))
        assert line.place == "Lembar “survey”, kolom “relevant”, 2 baris: 3, 4"

    def test_of_what_telephones_note_says_what_a_case_keeps(self) -> None:
        made = run(q("text", "a"), q("start", "s", None), q("end", "e", None), q("deviceid", "d", None))
        assert [code for _, _, code in told(made)] == ["type.moment", "type.moment", "type.device"]
        assert "sudah menyimpan sendiri kapan dikirim" in lines(made, "id")[0][1]

    def test_writes_numbers_in_spans(self) -> None:
        assert xlsreport.spans([2, 4, 5, 6, 9, 10]) == "2, 4–6, 9, 10"
