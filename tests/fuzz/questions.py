"""Kinds of question: what each is in a rule, its settings, a right answer. A new kind is one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from schemas.definition import Field
from tests.fuzz import dirt
from tests.fuzz.expressions import OPTIONS

Settings = Callable[[Random], dict[str, Any]]
Answer = Callable[[Random, Field], Any]
_CHOICES = {"options": [{"value": value, "label": value.upper()} for value in OPTIONS]}
_PLACES = ({"landmark": "pasar"}, {"lat": -6, "lon": 106})
_FILE = {
    "id": "0a0b0c0d-0000-4000-8000-000000000001",
    "name": "ktp.pdf",
    "size": 1000,
    "type": "application/pdf",
    "sha256": "ab" * 32,
}


def _several(random: Random, field: Field) -> Any:
    return random.sample(OPTIONS, random.randint(field.settings.get("minItems", 1), 3))


def _text_limits(random: Random) -> dict[str, Any]:
    return random.choice(({}, {"minLength": 2}, {"maxLength": 5}))


QUESTIONS: Mapping[str, tuple[str | None, Settings, Answer]] = {
    "text": ("text", _text_limits, lambda r, f: r.choice(dirt.CONSTANTS["text"])),
    "longtext": ("text", lambda r: {}, lambda r, f: r.choice(("satu\ndua", "Ibu Sri", "😀"))),
    "email": ("text", lambda r: {}, lambda r, f: r.choice(("a@b.id", "sri.w@desa.go.id"))),
    "phone": ("text", lambda r: {}, lambda r, f: r.choice(("+6281234567890", "+62215551234"))),
    "integer": (
        "number",
        lambda r: r.choice(({}, {"minimum": 0}, {"maximum": 50})),
        lambda r, f: r.choice((0, 1, 2, 17, 50, 51, -1)),
    ),
    "number": ("number", lambda r: {"decimals": 2}, lambda r, f: r.choice(("0.50", "2.5", "12", "-1.25"))),
    "money": ("number", lambda r: {}, lambda r, f: r.choice((0, 15000, 10**9))),
    "boolean": ("boolean", lambda r: {}, lambda r, f: r.random() < 0.5),
    "date": ("date", lambda r: {}, lambda r, f: r.choice(dirt.CONSTANTS["date"])),
    "choice": ("text", lambda r: _CHOICES, lambda r, f: r.choice(OPTIONS)),
    "choices": ("choices", lambda r: {**_CHOICES, **r.choice(({}, {"minItems": 2}))}, _several),
    "rating": ("number", lambda r: {}, lambda r, f: r.randint(1, 5)),
    "location": (
        "thing",
        lambda r: {},
        lambda r, f: dict(r.choice(_PLACES)),
    ),
    "nik": ("text", lambda r: {}, lambda r, f: r.choice(("3671010101900001", "3671014101900002"))),
    "file": ("thing", lambda r: {}, lambda r, f: [dict(_FILE)]),
    "time": ("time", lambda r: {}, lambda r, f: r.choice(dirt.CONSTANTS["time"])),
    "url": ("text", lambda r: {}, lambda r, f: r.choice(("https://desa.id/a?b=1", "http://x.id"))),
    "postcode": ("text", lambda r: {}, lambda r, f: r.choice(("15111", "94619"))),
    "pattern": ("text", lambda r: {"pattern": "[a-c]{1,2}|sapi"}, lambda r, f: r.choice((*OPTIONS, "ab"))),
    "date_range": (
        "thing",
        lambda r: {},
        lambda r, f: {"from": "2026-01-01", "to": r.choice(("2026-01-01", "2026-02-28"))},
    ),
    "matrix": (
        "thing",
        lambda r: {**_CHOICES, "rows": [{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}]},
        lambda r, f: {"x": r.choice(OPTIONS), "y": r.choice(OPTIONS)},
    ),
    "note": (None, lambda r: {}, lambda r, f: None),
}
