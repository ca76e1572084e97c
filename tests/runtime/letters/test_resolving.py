"""What a letter says: chips, filters, conditions, entries, and what must not be said."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.forms.words import MAY_BREAK
from runtime.letters.resolving import resolve
from tests.runtime.letters import printed

FIELDS: list[dict[str, Any]] = [
    {"key": "nama", "type": "text", "label": "Nama"},
    {"key": "jumlah", "type": "integer", "label": "Jumlah"},
    {"key": "luas", "type": "number", "label": "Luas"},
    {"key": "biaya", "type": "money", "label": "Biaya"},
    {"key": "hari", "type": "date", "label": "Hari"},
    {"key": "nik", "type": "nik", "label": "NIK"},
    {"key": "menikah", "type": "boolean", "label": "Menikah"},
    {
        "key": "pasangan",
        "type": "text",
        "label": "Pasangan",
        "visible": {"==": [{"var": "menikah"}, True]},
    },
    {"key": "tahun", "type": "integer", "label": "Tahun", "calculate": {"+": [{"var": "jumlah"}, 1]}},
    {"key": "rahasia", "type": "text", "label": "Rahasia", "privacy": "never_export"},
    {
        "key": "anak",
        "type": "repeat",
        "label": "Anak",
        "fields": [
            {"key": "nama", "type": "text", "label": "Nama anak"},
            {"key": "umur", "type": "integer", "label": "Umur"},
        ],
    },
]
ANSWERS: dict[str, Any] = {
    "nama": "h. ma'ruf al-farisi",
    "jumlah": 21,
    "luas": "12.50",
    "biaya": 1_250_000,
    "hari": "2026-09-07",
    "nik": "3671014107030001",
    "menikah": False,
    "pasangan": "Ani",
    "rahasia": "kanker",
    "anak": [{"nama": "budi", "umur": 20}, {"umur": 7}],
}


def blocks(*body: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    made = printed.made(FIELDS, {"body": list(body)}, **{"answers": ANSWERS, **more})
    found: list[dict[str, Any]] = resolve(made.letter, made.facts)["blocks"]
    return found


def said(runs: list[dict[str, Any]]) -> str:
    return "".join(run["text"] for run in runs).replace(MAY_BREAK, "")


def paragraph(words: str, **more: Any) -> str:
    return said(blocks({"paragraph": words}, **more)[0]["text"])


class TestChips:
    @pytest.mark.parametrize(
        ("words", "wanted"),
        [
            ("{nama|title}", "H. Ma'ruf Al-Farisi"),
            ("{nama|upper}", "H. MA'RUF AL-FARISI"),
            ("{jumlah} ({jumlah|words})", "21 (dua puluh satu)"),
            ("{jumlah|words|title}", "Dua Puluh Satu"),
            ("{luas} {luas|words}", "12,50 dua belas koma lima"),
            ("{biaya} {biaya|words} rupiah", "Rp1.250.000,00 satu juta dua ratus lima puluh ribu rupiah"),
            ("{jumlah|rupiah} {jumlah|roman}", "Rp21,00 XXI"),
            ("{hari} {hari|day}", "7 September 2026 Senin, 7 September 2026"),
            ("{nik|mask}", "••••••••••••0001"),
            ("{nama|mask}", "•••••••••••••••risi"),
            ("{letter.date|day}", "Senin, 7 September 2026"),
            ("{letter.number} {signer.title}", "400.12.2.1/015/Kel.Babakan Lurah Babakan"),
            ("{case.reference} {pasangan} {rahasia}", "- - -"),
            ("{nama|roman|rupiah|day}", "h. ma'ruf al-farisi"),
        ],
    )
    def test_say(self, words: str, wanted: str) -> None:
        assert paragraph(words) == wanted

    def test_T17_keep_their_style_and_are_not_read_again(self) -> None:
        answers = {**ANSWERS, "nama": "**{nik}** __x__"}
        (block,) = blocks({"paragraph": "a **{nama}** *b __c__*"}, answers=answers)
        assert block["text"] == [
            {"text": "a ", "styles": []},
            {"text": "**{nik}** __x__", "styles": ["bold"]},
            {"text": " ", "styles": []},
            {"text": "b ", "styles": ["italic"]},
            {"text": "c", "styles": ["italic", "underline"]},
        ]

    def test_fill_in_the_title(self) -> None:
        made = printed.made(
            FIELDS,
            {"title": "Izin {nama|title}", "body": [{"paragraph": "{letter.title}"}]},
            answers=ANSWERS,
        )
        data = resolve(made.letter, made.facts)
        assert data["title"] == said(data["blocks"][0]["text"]) == "Izin H. Ma'ruf Al-Farisi"

    def test_fill_in_the_posts_in_whose_name_it_is_signed(self) -> None:
        signer = {"action": "x", "mandate": "Wali {region.name}", "through": "Camat **{office.above}**"}
        made = printed.made(FIELDS, {"body": [{"paragraph": "x"}], "signer": signer}, answers=ANSWERS)
        lines = resolve(made.letter, made.facts)["signature"]["lines"]
        assert lines == [
            "a.n. Wali Kota Tangerang",
            "Camat Kecamatan Tangerang",
            "u.b.",
            "Lurah Babakan",
        ]


class TestBlocks:
    def test_are_left_out_where_their_condition_does_not_hold(self) -> None:
        when = {"==": [{"var": "menikah"}, True]}
        assert blocks({"paragraph": "a", "when": when}) == []
        assert len(blocks({"paragraph": "a", "when": when}, answers={"menikah": True})) == 1
        assert blocks({"paragraph": "a", "when": when}, answers={}) == []

    def test_leave_out_the_line_of_a_question_that_was_not_asked(self) -> None:
        details = {"details": [{"question": "nama"}, {"question": "pasangan"}, {"question": "hari"}]}
        (block,) = blocks(details, answers={"menikah": False, "pasangan": "Ani", "hari": "2026-09-07"})
        lines = [(said(line["label"]), said(line["value"])) for line in block["lines"]]
        assert lines == [("Nama", "-"), ("Hari", "7 September 2026")]
        assert blocks({"details": [{"question": "pasangan"}]}) == []

    def test_tell_what_was_worked_out_as_it_was_filed(self) -> None:
        assert paragraph("{tahun}") == "22"
        assert paragraph("{tahun}", answers={**ANSWERS, "tahun": 30}) == "30"

    def test_have_a_line_for_each_entry(self) -> None:
        columns = [
            {"title": "Nama", "value": "{nama|title} {jumlah}"},
            {"title": "Umur", "value": "{umur}", "align": "right"},
        ]
        (table,) = blocks({"table": "anak", "columns": columns})
        assert [[said(cell) for cell in row] for row in table["rows"]] == [["Budi 21", "20"], ["- 21", "7"]]
        assert [column["align"] for column in table["columns"]] == ["left", "right"]

    def test_are_repeated_for_each_entry_that_fits(self) -> None:
        inside = {"paragraph": "{nama} {hari}", "when": {">": [{"var": "umur"}, 17]}}
        assert [said(block["text"]) for block in blocks({"each": "anak", "body": [inside]})] == [
            "budi 7 September 2026"
        ]
        assert blocks({"each": "anak", "body": [inside]}, answers={}) == []


class TestLanguage:
    def test_is_that_of_the_letter(self) -> None:
        from dataclasses import replace

        made = printed.made(FIELDS, {"body": [{"paragraph": "{hari|day} {jumlah|words}"}]}, answers=ANSWERS)
        facts = replace(made.facts, around=replace(made.facts.around, language="en"))
        data = resolve(made.letter, facts)
        assert said(data["blocks"][0]["text"]) == "Monday, 7 September 2026 twenty-one"
        assert data["words"]["number"] == "Number"
