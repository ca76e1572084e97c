"""Kinds of question: the settings one may have, and a right answer. A new kind is one line."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from PIL import Image

from schemas.definition import Field
from schemas.fieldtypes import wording
from tests.fuzz import dirt
from tests.fuzz.expressions import OPTIONS

Settings = Callable[[Random], dict[str, Any]]
Answer = Callable[[Random, Field], Any]
LISTS: Mapping[str, Any] = {
    "kelas": {
        "columns": {"tarif": "money", "induk": "text", "sejak": "date", "buka": "boolean"},
        "items": [
            {"value": "a", "label": "A", "tarif": 15000, "induk": "b", "sejak": "2024-02-29", "buka": True},
            {"value": "b", "label": "B", "tarif": 0, "induk": "sapi", "sejak": "2026-11-24", "buka": False},
            {"value": "c", "label": "C", "induk": "a"},
            {"value": "sapi", "label": "Sapi", "tarif": 7, "buka": True},
        ],
    }
}
"""The lists of each random module; some cells are missing."""

_CHOICES = {"options": [{"value": value, "label": value.upper()} for value in OPTIONS]}
_LIST = {"dataset": "kelas"}
_PLACES = (
    {"landmark": "pasar"},
    {"lat": -6, "lon": 106},
    {"lat": -6.25, "lon": 106.5, "landmark": "balai desa"},
    {"area": "36.71.01"},
    {"area": "36.71.01.1001", "landmark": "pasar"},
)
_WITHIN = ({}, {"level": "village", "within": "36.71"}, {"level": "district"}, {"level": "province"})
_FILE = {
    "id": "0a0b0c0d-0000-4000-8000-000000000001",
    "name": "ktp.pdf",
    "size": 1000,
    "type": "application/pdf",
    "sha256": "ab" * 32,
}


def _picture() -> str:
    stream = io.BytesIO()
    Image.new("RGB", (1, 1)).save(stream, "PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


_PICTURE = {"image": {"data": _picture(), "alt": "Denah"}}


def _none(random: Random) -> dict[str, Any]:
    return {}


def _one_of(*settings: Mapping[str, Any]) -> Settings:
    return lambda random: dict(random.choice(settings))


def _any(*answers: Any) -> Answer:
    return lambda random, field: random.choice(answers)


def _several(random: Random, field: Field) -> Any:
    return random.sample(OPTIONS, random.randint(field.settings.get("minItems", 1), 3))


def _files(random: Random, field: Field) -> Any:
    return [dict(_FILE) for _ in range(random.randint(1, field.settings.get("maxItems", 1)))]


def _area(random: Random, field: Field) -> str:
    levels = ("province", "regency", "district", "village")
    pieces = 1 + levels.index(field.settings.get("level", "village"))
    code = random.choice(("36.71.01.1001", "36.71.02.1003", "51.03.05.2001"))
    return ".".join(code.split(".")[:pieces])


def _address(random: Random, field: Field) -> dict[str, Any]:
    more = {"rt": "001", "rw": "012", "hamlet": "Krajan", "postcode": "15111"}
    chosen = {name: more[name] for name in more if random.random() < 0.5}
    return {"street": "Jl. Melati 4", "region": _area(random, field), **chosen}


def _consent(random: Random, field: Field) -> dict[str, Any]:
    return {"accepted": True, "text": wording.of(field)}


def _signature(random: Random, field: Field) -> dict[str, Any]:
    drawn = random.choice(({}, {"strokes": "M10 20L30 40L600 240"}, {"strokes": "M0 0L1 1M5 5L6 6"}))
    return {"name": random.choice(("Sri", "Ibu Sri")), "text": wording.of(field), **drawn}


QUESTIONS: Mapping[str, tuple[Settings, Answer]] = {
    "address": (_one_of({}, {"within": "36.71"}, {"level": "district"}), _address),
    "boolean": (_none, _any(True, False)),
    "choice": (_one_of(_CHOICES, {**_CHOICES, "style": "select"}, _LIST, _LIST), _any(*OPTIONS)),
    "choices": (_one_of(_CHOICES, {**_CHOICES, "minItems": 2}, _LIST, {**_LIST, "maxItems": 2}), _several),
    "consent": (_none, _consent),
    "date": (_none, _any(*dirt.CONSTANTS["date"])),
    "date_range": (
        _none,
        lambda r, f: {"from": "2026-01-01", "to": r.choice(("2026-01-01", "2026-02-28"))},
    ),
    "datetime": (
        _none,
        _any("2026-11-24T08:00+07:00", "2024-02-29T23:59-03:30", "0001-01-01T00:00+14:00"),
    ),
    "email": (_none, _any("a@b.id", "sri.w@desa.go.id")),
    "file": (_one_of({}, {"maxItems": 3}, {"accept": ["image/*"]}), _files),
    "heading": (_none, _any(None)),
    "image": (_one_of(_PICTURE), _any(None)),
    "integer": (_one_of({}, {"minimum": 0}, {"maximum": 50}), _any(0, 1, 2, 17, 50, 51, -1)),
    "location": (
        _one_of({}, {"level": "village", "within": "36"}, {"level": "district"}),
        lambda r, f: dict(r.choice(_PLACES)),
    ),
    "longtext": (_one_of({}, {"maxLength": 7}), _any("satu\ndua", "Ibu Sri", "😀")),
    "matrix": (
        _one_of({**_CHOICES, "rows": [{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}]}),
        lambda r, f: {"x": r.choice(OPTIONS), "y": r.choice(OPTIONS)},
    ),
    "metadata": (_one_of({"source": "filed_on"}, {"source": "query", "parameter": "asal"}), _any("web")),
    "money": (_one_of({}, {"currency": "USD"}, {"minimum": 1}), _any(0, 15000, 10**9)),
    "nib": (_none, _any("1234567890123", "0220001234567")),
    "nik": (_none, _any("3671010101900001", "3671014101900002", "9971014101900002")),
    "nip": (_none, _any("198501012010011001", "198501012010219001")),
    "nisn": (_none, _any("0012345678", "9991234567")),
    "no_kk": (_none, _any("3671010101100001", "3671019901100001")),
    "note": (_none, _any(None)),
    "notice": (_one_of({}, {"tone": "warning"}), _any(None)),
    "npwp": (_none, _any("3671010101900001", "0012345678901000")),
    "number": (_one_of({}, {"places": 1}, {"places": 0}, {"minimum": 0}), _any("0.5", "2.5", "12", "-1.25")),
    "office": (_one_of({"kinds": ["village"]}), _any("karawaci", "desa-mekar_2")),
    "pattern": (_one_of({"pattern": "[a-c]{1,2}|sapi"}), _any(*OPTIONS, "ab")),
    "phone": (_one_of({}, {"mobile": True}), _any("+6281234567890", "+62215551234")),
    "photo": (_one_of({}, {"maxItems": 2}), _files),
    "plate": (_none, _any("B 1234 XYZ", "AD 1", "RI 1 A")),
    "postcode": (_none, _any("15111", "94619")),
    "rating": (_one_of({}, {"max": 3}), lambda r, f: r.randint(1, 5)),
    "region": (_one_of(*_WITHIN), _area),
    "signature": (_none, _signature),
    "text": (_one_of({}, {"minLength": 2}, {"maxLength": 5}), _any(*dirt.CONSTANTS["text"])),
    "time": (_none, _any(*dirt.CONSTANTS["time"])),
    "url": (_none, _any("https://desa.id/a?b=1", "http://x.id")),
}
"""Every kind but `repeat`, which `modules` builds of the others."""
