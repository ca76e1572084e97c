"""An answer in words, in a letter and in the cells of a table, for every type that has one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from runtime.forms import fields
from runtime.forms.face import Circumstances
from schemas import fieldtypes
from schemas.definition import Field, Option, Text
from tests import factories

AROUND = Circumstances(language="id", today=date(2026, 11, 24))
OPTIONS = (
    Option("a", Text((("id", "Apel"), ("en", "Apple")))),
    Option("b", Text((("id", "Beri"), ("en", "Berry")))),
    Option("c", Text((("id", "Ceri"), ("en", "Cherry")))),
)
FILE = {"id": "x", "name": "kk.pdf", "size": 120_000, "type": "application/pdf", "sha256": "0" * 64}
LONG = {"from": "2026-09-07", "to": "2026-09-09"}
ADDRESS = {
    "street": "Jl. Merdeka 5",
    "rt": "003",
    "rw": "012",
    "hamlet": "Dusun II",
    "region": "36.71.01.1001",
    "postcode": "15111",
}
ROWS = [
    {"value": "r1", "label": {"id": "Bersih", "en": "Clean"}},
    {"value": "r2", "label": {"id": "Cepat", "en": "Quick"}},
]
PLACE = {"landmark": "Pasar", "lat": -6.1783, "lon": 106.0}

Row = tuple[str, dict[str, Any], Any, tuple[str, str], str, dict[str, str]]


def row(kind: str, answer: Any, words: str, english: str = "", letter: str = "", **more: Any) -> Row:
    """Return a type, its settings and answer; the words in both languages, the letter, the cells."""
    cells = more.pop("cells", answer)
    return (
        kind,
        more,
        answer,
        (words, english or words),
        letter or words,
        cells if isinstance(cells, dict) else {"": cells},
    )


SAID = [
    row(
        "address",
        ADDRESS,
        "Jl. Merdeka 5, RT 003 RW 012, Dusun II, Sukarasa, Tangerang, Kota Tangerang, Banten 15111",
        letter="Jl. Merdeka 5\nRT 003 RW 012, Dusun II, Sukarasa, Tangerang, Kota Tangerang, Banten 15111",
        cells={**ADDRESS, "region_name": "Sukarasa, Tangerang, Kota Tangerang, Banten"},
    ),
    row(
        "address",
        {"street": "Jl. Merdeka 5", "region": "36.71"},
        "Jl. Merdeka 5, Kota Tangerang, Banten",
        letter="Jl. Merdeka 5\nKota Tangerang, Banten",
        cells={
            **dict.fromkeys(ADDRESS, ""),
            "street": "Jl. Merdeka 5",
            "region": "36.71",
            "region_name": "Kota Tangerang, Banten",
        },
        level="regency",
    ),
    row("boolean", True, "Ya", "Yes", cells="yes"),
    row("boolean", False, "Tidak", "No", cells="no"),
    row("choice", "a", "Apel", "Apple"),
    row("choices", ["a"], "Apel", "Apple", cells="a"),
    row("choices", ["a", "b"], "Apel, Beri", "Apple, Berry", "Apel dan Beri", cells="a; b"),
    row(
        "choices",
        ["a", "b", "c"],
        "Apel, Beri, Ceri",
        "Apple, Berry, Cherry",
        "Apel, Beri dan Ceri",
        cells="a; b; c",
    ),
    row("consent", {"accepted": True, "text": "785b"}, "Setuju", "Agreed", cells={"": "yes", "text": "785b"}),
    row("date", "2026-08-17", "17 Agustus 2026", "17 August 2026"),
    row(
        "date_range",
        LONG,
        "7 September 2026 – 9 September 2026",
        "7 September 2026 – 9 September 2026",
        "7 September 2026 sampai dengan 9 September 2026",
    ),
    row(
        "datetime",
        "2026-09-07T14:05+07:00",
        "7 September 2026, 14.05 WIB",
        "7 September 2026, 14:05 WIB",
        "7 September 2026 pukul 14.05 WIB",
    ),
    row(
        "datetime",
        "2026-09-07T14:05+09:00",
        "7 September 2026, 14.05 WIT",
        "7 September 2026, 14:05 WIT",
        "7 September 2026 pukul 14.05 WIT",
    ),
    row("email", "siti@contoh.id", "siti@contoh.id"),
    row(
        "file",
        [FILE, FILE],
        "kk.pdf (0,1 MB), kk.pdf (0,1 MB)",
        "kk.pdf (0.1 MB), kk.pdf (0.1 MB)",
        "kk.pdf, kk.pdf",
        cells="kk.pdf; kk.pdf",
    ),
    row("integer", 1500, "1.500", "1,500", cells="1500"),
    row(
        "location",
        PLACE,
        "Pasar (-6.1783, 106)",
        cells={"landmark": "Pasar", "lat": "-6.1783", "lon": "106", "area": ""},
    ),
    row("longtext", "Satu\ndua", "Satu\ndua"),
    row(
        "matrix",
        {"r1": "b", "r2": "a"},
        "Bersih: Beri\nCepat: Apel",
        "Clean: Berry\nQuick: Apple",
        cells={"r1": "b", "r2": "a"},
        rows=ROWS,
    ),
    row("matrix", {"r2": "a"}, "Cepat: Apel", "Quick: Apple", cells={"r1": "", "r2": "a"}, rows=ROWS),
    row("metadata", "2026-09-07", "7 September 2026", source="filed_on"),
    row("metadata", "api", "lewat program lain", "by another program", source="channel"),
    row("metadata", "en", "Bahasa Inggris", "English", source="language"),
    row("metadata", "brosur", "brosur", source="query", parameter="asal"),
    row("money", 1250000, "Rp1.250.000", "", "Rp1.250.000,00", cells="1250000"),
    row("money", 125050, "USD\u00a01.250,50", "USD\u00a01,250.50", cells="1250.50", currency="USD"),
    row("nib", "9120001234567", "9120001234567"),
    row("nik", "3671014507880002", "3671014507880002"),
    row("nip", "198807052010011003", "19880705 201001 1 003"),
    row("nisn", "0051234567", "0051234567"),
    row("no_kk", "3671010101200001", "3671010101200001"),
    row("npwp", "0013000666091000", "01.300.066.6-091.000"),
    row("npwp", "3671014107030001", "3671014107030001"),
    row("number", "1234.5", "1.234,5", "1,234.5"),
    row("office", "karawaci", "karawaci"),
    row("pattern", "AB", "AB", pattern="[A-Z]+"),
    row("phone", "+6281234567890", "0812-3456-7890"),
    row("photo", [FILE], "kk.pdf (0,1 MB)", "kk.pdf (0.1 MB)", "kk.pdf", cells="kk.pdf"),
    row("plate", "B 1234 XYZ", "B 1234 XYZ"),
    row("postcode", "15810", "15810"),
    row("rating", 4, "4 dari 5 · Baik", "4 of 5 · Good", cells="4"),
    row(
        "region",
        "72.02.09.2001",
        "Uelene'e, Pamona Pusalemba, Kabupaten Poso, Sulawesi Tengah",
        cells={"": "72.02.09.2001", "name": "Uelene'e, Pamona Pusalemba, Kabupaten Poso, Sulawesi Tengah"},
    ),
    row("repeat", [{"x": "1"}, {"x": "2"}], "2 isian", "2 entries", cells="2"),
    row(
        "signature",
        {"name": "Siti Aminah", "text": "785b1e0c9f21", "strokes": "M1 1L2 2"},
        "Siti Aminah",
        cells={"name": "Siti Aminah", "text": "785b1e0c9f21"},
    ),
    row("text", "Siti", "Siti"),
    row("time", "14:05", "14.05", "14:05"),
    row("url", "https://contoh.id", "https://contoh.id"),
]


def question(kind: str, settings: dict[str, Any]) -> Field:
    """Make a field of a type."""
    return Field("q", kind, Text((("id", "Q"),)), options=OPTIONS, settings=settings)


@pytest.mark.django_db  # areas are read from their list
class TestEveryAnswer:
    def test_is_in_this_table(self) -> None:
        answered = {kind.name for kind in fieldtypes.all()} - fieldtypes.UNANSWERED
        assert {row[0] for row in SAID} == answered

    @pytest.mark.parametrize(("kind", "settings", "answer", "words", "letter", "cells"), SAID)
    def test_is_said_written_and_put_into_cells(
        self,
        kind: str,
        settings: dict[str, Any],
        answer: Any,
        words: tuple[str, str],
        letter: str,
        cells: dict[str, str],
    ) -> None:
        factories.areas()
        face, asked = fields.face(kind), question(kind, settings)
        for language, wanted in zip(("id", "en"), words, strict=True):
            with override(language):
                assert face.say(asked, answer, replace(AROUND, language=language)) == wanted
        with override("id"):
            assert face.letter(asked, answer, AROUND) == letter
        assert face.cells(asked, answer) == cells
        assert face.cells(asked, None) == dict.fromkeys(cells, "")

    @pytest.mark.parametrize("kind", sorted(fieldtypes.UNANSWERED))
    def test_takes_no_column_where_there_is_none(self, kind: str) -> None:
        assert fields.face(kind).cells(question(kind, {}), None) == {}
