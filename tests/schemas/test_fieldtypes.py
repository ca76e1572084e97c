"""Every kind of question: its settings, its answers, its verdicts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from schemas import digest, fieldtypes, parse, structure, validator
from schemas.definition import Field, Text
from schemas.fieldtypes import wording
from schemas.fieldtypes.nik import birth
from schemas.fieldtypes.phone import normalise
from tests.schemas.corpus import VALID

FILE = {"id": "0b0c2d3e-0000-4000-8000-000000000000", "name": "a.pdf", "size": 1, "type": "application/pdf"}

SIGNED = wording.of(
    Field("s", "signature", Text((("id", "Pertanyaan signature"),)), help=Text((("id", "Bantuan"),)))
)

GOOD: dict[str, list[Any]] = {
    "boolean": [True, False],
    "choice": ["a"],
    "choices": [["a"], ["b", "a"]],
    "consent": [{"accepted": True, "text": "785bdbdf222e"}],
    "date": ["2000-02-29", "0001-01-01"],
    "email": ["siti@contoh.go.id", "a+b@x.co"],
    "file": [[{**FILE, "sha256": "a" * 64}]],
    "integer": [0, 5],
    "location": [{"landmark": "Depan pasar"}, {"lat": -6.17, "lon": 106, "landmark": ""}],
    "longtext": ["a\nb"],
    "matrix": [{"bersih": "a", "cepat": "b"}, {"bersih": "b"}],
    "money": [0, 10**9],
    "nik": ["3671014107030001", "7202012508990002", "3671012902000003", "9202011508900001"],
    "no_kk": ["3671010101200001"],
    "heading": [],
    "image": [],
    "note": [],
    "notice": [],
    "number": ["0", "1.125", "5"],
    "office": ["kel-babakan"],
    "phone": ["+6281234567890"],
    "photo": [[{**FILE, "sha256": "a" * 64}]],
    "date_range": [{"from": "2026-09-07", "to": "2026-09-07"}],
    "datetime": ["2026-09-07T14:05+07:00", "2024-02-29T00:00-03:30"],
    "nib": ["9120001234567"],
    "nip": ["198807052010011003", "199001012021212001"],
    "nisn": ["0051234567"],
    "npwp": ["0013000666091000", "3671014107030001", "1091000000001234"],
    "pattern": ["AB-1234"],
    "plate": ["B 1234 XYZ", "DN 1", "AB 12 C"],
    "postcode": ["15810", "55555"],
    "region": ["36.71.01"],
    "address": [
        {"street": "Jl. Merdeka 5", "region": "36.71.01.1001"},
        {
            "street": "Jl.",
            "rt": "003",
            "rw": "010",
            "hamlet": "X",
            "region": "72.02.09.2001",
            "postcode": "94663",
        },
    ],
    "rating": [1, 5],
    "time": ["00:00", "14:05", "23:59"],
    "url": ["https://www.contoh.go.id", "http://a.id:8080/x?y=1#z", "https://xn--kopi-tj3b.id/%C3%A9"],
    "metadata": ["web"],
    "repeat": [[{}], [{"nama": "Ani"}, {"nama": "Budi"}]],
    "signature": [
        {"name": "Siti", "text": SIGNED},
        {"name": "Siti", "text": SIGNED, "strokes": "M0 0L600 240M5 6L7 8L9 10"},
    ],
    "text": ["ab", "Ñ'a"],
}
BAD: dict[str, list[Any]] = {
    "boolean": ["true", 1, None],
    "choice": ["c", "", ["a"]],
    "choices": [[], ["a", "a"], "a"],
    "consent": ["on", True, {"accepted": True}, {"accepted": False, "text": "785bdbdf222e"}],
    "date": ["2001-02-29", "1-1-2000", "2000-1-1", "2000-01-01T00:00", "20000101", "2000-W01-1"],
    "email": ["a@b", "a b@c.id", "a@b.id\n", "a@-b.id", "@b.id", "a@b..id"],
    "file": [[], [{**FILE}], [{**FILE, "sha256": "x"}], "a.pdf"],
    "integer": ["1", 6, -1, 1.5, True],
    "location": [{}, {"lat": 1}, {"lat": 91, "lon": 0}, {"lat": "1", "lon": "2"}, {"x": 1}],
    "longtext": ["", " \n "],
    "matrix": [{}, {"bersih": "c"}, {"bersih": ["a"]}, {"lain": "a"}, "a", []],
    "money": [-1, "100", 10**9 + 1],
    "nik": ["367101410703000", "36710141070300011", "367101410703000a", "３" * 16, 3671014107030001],
    "no_kk": ["367101010120000"],
    "heading": [],
    "image": [],
    "note": [],
    "notice": [],
    "number": ["1.1250", "01", "1,5", "1e3", "", "+1", "6", 1],
    "office": ["", "kel babakan", "../x"],
    "phone": ["0812345678", "+0812345678", "+62", "+62 812 3456"],
    "photo": [[]],
    "date_range": [{}, {"from": "2026-09-07"}, {"from": "2026-09-08", "to": "2026-09-07"}, "2026-09-07"],
    "datetime": [
        *("2026-09-07T14:05", "2026-09-07T14:05Z", "2026-09-07T24:00+07:00", "2026-02-30T14:05+07:00"),
        *("2026-09-07 14:05+07:00", "2026-09-07T14:05:00+07:00", "2026-09-07T14:05+07:00\n", 1),
    ],
    "nib": ["912000123456", "9" * 13, "912000123456a"],
    "nip": ["19880705201001100", "1" * 18],
    "nisn": ["51234567", "0" * 10],
    "npwp": ["013000666091000", "01.300.066.6-091.000", "0" * 16],
    "pattern": ["", "ab-1234", "AB-1234 ", "AB-1234\n", "xAB-1234", "A" * 21, 5],
    "plate": ["b 1234 xyz", "B1234XYZ", "B 0123 XY", "ABC 1 D", "B 1234 ", "B 12345 A"],
    "postcode": ["1581", "158100", "1581O", 15810],
    "metadata": ["", 1, None],
    "repeat": [[], {}, [1], [{"nama": 1}], [{"umur": 1}], [{}, {}, {}, {}]],
    "region": ["36.71", "36.72.01", "36.71.01.1001", "367101", "", "36.71.1", "36x71.01", ["36.71.01"]],
    "address": [
        "Jl. Merdeka 5",
        {"region": "36.71.01.1001"},
        {"street": "Jl.", "region": "36.71.01"},
        {"street": " ", "region": "36.71.01.1001"},
        {"street": "Jl.", "region": "36.71.01.1001", "rt": "3"},
        {"street": "Jl.", "region": "36.71.01.1001", "postcode": "01234"},
        {"street": "Jl.", "region": "36.71.01.1001", "city": "x"},
        {"street": "x" * 201, "region": "36.71.01.1001"},
    ],
    "rating": [0, 6, "5"],
    "time": ["24:00", "14.05", "9:00", "14:60", "14:05:00", "14:05\n"],
    "url": [
        *(
            "www.contoh.id",
            "ftp://contoh.id",
            "javascript:alert(1)",
            "https://localhost",
            "https://127.0.0.1",
        ),
        *(
            "https://bank.id@evil.id",
            "https://contoh.id/a b",
            "https://a..id",
            "https://" + "a" * 2000 + ".id",
        ),
    ],
    "signature": [
        "Siti",
        {"name": "Siti"},
        {"name": " ", "text": SIGNED},
        {"name": "Siti", "text": "0" * 12},
        *(
            {"name": "Siti", "text": SIGNED, "strokes": strokes}
            for strokes in (
                "",
                "M1 1",
                "L1 1",
                "M1 1L601 1",
                "M1 1L1 241",
                "M1 1L-1 1",
                "M1 1L1.5 1",
                "M1 1l1 1",
                "M01 1L1 1",
                "M1 1L2 2\n",
                'M1 1L2 2"/><script>',
                "M1 1C1 1 2 2 3 3",
                "M1 1" + "L2 2" * 5000,
            )
        ),
    ],
    "text": ["", "a", "   ", "abcdefghij"],
}


@pytest.fixture(scope="module")
def fields() -> dict[str, Field]:
    path = next(path for path in VALID if path.stem == "every-field-type")
    module = parse.load(path.read_text(encoding="utf-8"))
    return {field.type: field for _, field in reversed(list(module.fields()))}


def accepts(field: Field, value: Any) -> bool:
    schema = fieldtypes.get(field.type).answer_schema(field)
    assert schema is not None
    if any(validator.errors(validator.build(schema), value)):
        return False
    return fieldtypes.get(field.type).verdict(field, value) is None


class TestEachType:
    def test_is_in_the_sound_corpus_and_in_these_tables(self, fields: dict[str, Field]) -> None:
        names = {kind.name for kind in fieldtypes.all()}
        assert set(fields) == set(GOOD) == set(BAD) == names

    @pytest.mark.parametrize("name", GOOD)
    def test_accepts_what_people_mean(self, name: str, fields: dict[str, Field]) -> None:
        assert [value for value in GOOD[name] if not accepts(fields[name], value)] == []

    @pytest.mark.parametrize("name", BAD)
    def test_refuses_what_is_no_answer(self, name: str, fields: dict[str, Field]) -> None:
        assert [value for value in BAD[name] if accepts(fields[name], value)] == []

    @pytest.mark.parametrize("kind", fieldtypes.all(), ids=lambda kind: kind.name)
    def test_has_settings_that_are_sound_json_schema(self, kind: fieldtypes.FieldType) -> None:
        validator.check_schema(structure.field_schema(kind.name))
        assert set(kind.settings) <= set(digest.ORDER)


class TestConsent:
    def test_is_bound_to_the_words_in_every_language(self) -> None:
        words = Text((("id", "Setuju"), ("en", "I agree")))
        field = Field("setuju", "consent", words, required=True)
        agreed = {"accepted": True, "text": wording.of(field)}
        assert accepts(field, agreed)
        for reworded in (
            replace(field, label=Text((("id", "Setuju"), ("en", "I do agree")))),
            replace(field, help=Text((("id", "Baca dulu."),))),
        ):
            assert not accepts(reworded, agreed)

    def test_does_not_mind_the_order_of_the_languages(self) -> None:
        field = Field("setuju", "consent", Text((("id", "Setuju"), ("en", "I agree"))))
        turned = replace(field, label=Text((("en", "I agree"), ("id", "Setuju"))))
        assert wording.of(turned) == wording.of(field)


class TestNik:
    @pytest.mark.parametrize(
        ("number", "code"),
        [
            ("3671013102990001", "nik.date"),
            ("3671018108900001", "nik.date"),
            ("1" * 16, "nik.same"),
            ("3671014107030000", "nik.serial"),
            ("9202011508900001", None),
        ],
    )
    def test_judges_the_date_inside(self, number: str, code: str | None) -> None:
        field = Field("nik", "nik", Text(()))
        assert fieldtypes.get("nik").verdict(field, number) == code

    def test_never_refuses_a_region_it_does_not_know(self) -> None:
        field = Field("nik", "nik", Text(()))
        assert fieldtypes.get("nik").verdict(field, "9999994107030001") is None
        assert fieldtypes.get("nik").hint(field, "9999994107030001") == "nik.region"

    def test_reads_the_day_of_a_woman(self) -> None:
        found = birth("3671014107030001")
        assert found is not None
        assert (found[0].month, found[0].day, found[1]) == (7, 1, True)


class TestNormalise:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("0812 3456-7890", "+6281234567890"),
            ("62 812 3456 7890", "+6281234567890"),
            ("81234567890", "+6281234567890"),
            ("+62 0812 3456 7890", "+6281234567890"),
            ("0060123456789", "+60123456789"),
            ("(021) 555.1234", "+62215551234"),
            ("halo", "halo"),
        ],
    )
    def test_turns_what_people_write_into_e164(self, written: str, kept: str) -> None:
        assert normalise(written) == kept
