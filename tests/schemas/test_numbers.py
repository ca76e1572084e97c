"""Numbers of people, telephones and money: what is sure is refused, what is only odd is a hint."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from schemas import answers, fieldtypes, parse
from schemas.definition import Field, Text
from schemas.fieldtypes import money, phone, plate, url
from tests.schemas.corpus import small_module

REGENCIES = Path(__file__).parents[2] / "node_modules" / "idn-area-data" / "data" / "regencies.csv"
# Regencies and cities of young provinces that the widely used checker of NIK does not know.
YOUNG = (
    "65.01",
    "65.02",
    "65.03",
    "65.04",
    "65.71",
    "92.02",
    "92.71",
    "93.01",
    "93.04",
    "95.01",
    "96.01",
    "96.71",
)


def field(kind: str, **settings: Any) -> Field:
    return Field("x", kind, Text(()), settings=settings)


def verdict(kind: str, value: str, **settings: Any) -> str | None:
    return fieldtypes.get(kind).verdict(field(kind, **settings), value)


def hint(kind: str, value: str) -> str | None:
    return fieldtypes.get(kind).hint(field(kind), value)


class TestNik:
    @pytest.mark.parametrize("code", YOUNG)
    def test_takes_people_of_young_provinces(self, code: str) -> None:
        number = f"{code.replace('.', '')}011507900001"
        assert verdict("nik", number) is None
        assert hint("nik", number) is None

    def test_takes_every_regency_there_is_without_a_doubt(self) -> None:
        if not REGENCIES.exists():
            pytest.skip("The front-end packages are not installed, and with them not the list of areas.")
        with REGENCIES.open(encoding="utf-8", newline="") as file:
            codes = [row["code"].replace(".", "") for row in csv.DictReader(file)]
        assert len(codes) >= 514
        for code in codes:
            assert (verdict("nik", f"{code}014107030001"), hint("nik", f"{code}014107030001")) == (None, None)
            assert (verdict("no_kk", f"{code}010101200001"), hint("no_kk", f"{code}010101200001")) == (
                None,
                None,
            )

    @pytest.mark.parametrize("number", ["9999994107030001", "3600014107030001", "3671004107030001"])
    def test_only_doubts_a_place_that_cannot_be(self, number: str) -> None:
        assert (verdict("nik", number), hint("nik", number)) == (None, "nik.region")


class TestNikBesideOtherAnswers:
    """UU 23/2006: a NIK never changes, so what stands in it is at most a doubt."""

    LISTED = ({"value": "L", "label": "L"}, {"value": "P", "label": "P"})
    FIELDS = (
        {"key": "nik", "type": "nik", "label": "NIK"},
        {"key": "lahir", "type": "date", "label": "Lahir", "prefill": {"profile": "birth_date"}},
        {"key": "jk", "type": "choice", "label": "JK", "options": list(LISTED)},
    )

    @pytest.mark.parametrize(
        ("number", "born", "sex", "doubts"),
        [
            ("3671014107030001", "2003-07-01", "P", []),
            ("3671014107030001", "1903-07-01", "P", []),
            ("3671014107030001", "2003-01-07", "P", ["nik.birth"]),
            ("7202012508990002", "1999-08-25", "L", []),
            ("7202012508990002", "1999-08-25", "P", ["nik.sex"]),
            ("7202012508990002", "1999-08-26", "P", ["nik.birth", "nik.sex"]),
            ("3671012902000003", "1900-02-28", "L", ["nik.birth"]),
        ],
    )
    def test_is_doubted_where_they_differ_and_taken_all_the_same(
        self, number: str, born: str, sex: str, doubts: list[str]
    ) -> None:
        module = parse.check_value(small_module([dict(field) for field in self.FIELDS])).module
        assert module is not None
        given = {"nik": number, "lahir": born, "jk": sex}
        assert answers.validate(module, given) == ()
        assert [problem.code for problem in answers.hints(module, given)] == doubts

    def test_is_not_doubted_where_two_people_stand_together(self) -> None:
        fields = [*map(dict, self.FIELDS), {"key": "ibu", "type": "nik", "label": "Ibu"}]
        module = parse.check_value(small_module(fields)).module
        assert module is not None
        assert answers.hints(module, {"nik": "3671014107030001", "lahir": "1999-01-01", "jk": "L"}) == ()
        apart = [
            *map(dict, self.FIELDS),
            {"key": "g", "type": "group", "label": "Ibu", "fields": fields[-1:]},
        ]
        module = parse.check_value(small_module(apart)).module
        assert module is not None
        given = {"nik": "3671014107030001", "lahir": "1999-01-01", "jk": "L", "ibu": "3671014107030001"}
        assert [p.code for p in answers.hints(module, given)] == ["nik.birth", "nik.sex"]


class TestNoKk:
    def test_only_doubts_an_older_form(self) -> None:
        assert (verdict("no_kk", "3671019912990001"), hint("no_kk", "3671019912990001")) == (
            None,
            "no_kk.date",
        )


class TestNpwp:
    @pytest.mark.parametrize(
        ("number", "doubt"),
        [
            ("0013000666091000", None),
            ("0013000667091000", "npwp.check"),
            ("3671014107030001", None),
            ("1091000000009999", "npwp.form"),
        ],
    )
    def test_never_refuses_what_it_only_doubts(self, number: str, doubt: str | None) -> None:
        assert (verdict("npwp", number), hint("npwp", number)) == (None, doubt)


class TestNip:
    @pytest.mark.parametrize(
        ("number", "doubt"),
        [
            ("198807052010011003", None),
            ("199001012021212001", None),
            ("198813052010011003", "nip.form"),
            ("198807052010013003", "nip.form"),
        ],
    )
    def test_never_refuses_what_it_only_doubts(self, number: str, doubt: str | None) -> None:
        assert (verdict("nip", number), hint("nip", number)) == (None, doubt)


class TestPhone:
    @pytest.mark.parametrize(
        ("written", "mobile"),
        [
            ("0812 3456 7890", True),
            ("62895123456789", True),
            ("+60 12-345 6789", True),
            ("+1 415 555 0100", True),
            ("62812345", False),
            ("0812345", False),
            ("(021) 555 0123", False),
            ("+65 6234 5678", False),
            ("+62812345678901234", False),
        ],
    )
    def test_knows_whether_a_message_arrives(self, written: str, mobile: bool) -> None:
        assert phone.is_mobile(phone.normalise(written)) is mobile

    def test_refuses_a_fixed_line_only_where_a_mobile_number_is_demanded(self) -> None:
        assert verdict("phone", "+62215550123", mobile=True) == "phone.mobile"
        assert verdict("phone", "+62215550123") is None
        assert verdict("phone", "+6281234567890", mobile=True) is None

    def test_doubts_a_number_of_no_plan(self) -> None:
        assert hint("phone", "+62812345") == "phone.unknown"
        assert hint("phone", "+6281234567890") is None

    def test_stays_exact_as_json_schema_where_no_mobile_number_is_demanded(self) -> None:
        for mobile in (False, True):
            asked = {"key": "hp", "type": "phone", "label": "HP", "mobile": mobile}
            module = parse.check_value(small_module([asked])).module
            assert module is not None
            assert answers.schema(module)["x-exact"] is not mobile


class TestMoney:
    @pytest.mark.parametrize(
        ("code", "places"),
        [("IDR", 0), ("USD", 2), ("SGD", 2), ("JPY", 0), ("KWD", 3), ("SAR", 2), ("VND", 0)],
    )
    def test_knows_the_smallest_coin(self, code: str, places: int) -> None:
        assert money.PLACES[code] == places

    def test_knows_each_currency_once(self) -> None:
        assert len(money.PLACES) == 155
        assert all(len(code) == 3 and code.isupper() for code in money.PLACES)


class TestPlate:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("b1234xyz", "B 1234 XYZ"),
            ("B-1234-XYZ", "B 1234 XYZ"),
            ("dn 0123 a", "DN 123 A"),
            ("ri 1", "RI 1"),
            ("12 AB", "12 AB"),
        ],
    )
    def test_is_written_in_one_way(self, written: str, kept: str) -> None:
        assert plate.normalise(written) == kept


class TestUrl:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            (" www.contoh.go.id ", "https://www.contoh.go.id"),
            ("HTTP://Contoh.ID/A?b=C", "http://contoh.id/A?b=C"),
            ("https:/contoh.id", "https://contoh.id"),
            ("contoh.id/é", "https://contoh.id/%C3%A9"),
            ("kopi☕.id", "https://xn--kopi-tj3b.id"),
            ("contoh.id/a%20b", "https://contoh.id/a%20b"),
            ("dua kata", "dua kata"),
        ],
    )
    def test_is_completed(self, written: str, kept: str) -> None:
        assert url.normalise(written) == kept
