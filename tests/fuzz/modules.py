"""Random valid modules and random answers to them. A new kind of question is one line in `QUESTIONS`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from random import Random
from typing import Any

from schemas import expressions, parse
from schemas.definition import Field, Module
from schemas.expressions import Kind
from tests.fuzz import dirt
from tests.fuzz.expressions import OPTIONS, Maker
from tests.schemas.corpus import small_module

TODAY = date(2026, 11, 24)
RULES = ("visible", "required", "check")
RULE_DEPTH = 3
MOST_REPAIRS = 12

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
    "note": (None, lambda r: {}, lambda r, f: None),
}


def document(random: Random) -> dict[str, Any]:
    """Return a random document; its rules may still be refused (one that is never true, say)."""
    pages: list[dict[str, Any]] = []
    kinds: dict[str, Kind] = {}
    for page in range(random.randint(1, 3)):
        fields = []
        rules = _rules(random, kinds, ("visible",), 0.15)
        for number in range(random.randint(1, 4)):
            key, kind = f"q{page}_{number}", random.choice(list(QUESTIONS))
            fields.append(_question(random, key, kind, kinds))
        pages.append({"key": f"p{page}", "title": "Halaman", "fields": fields, **rules})
    whole = small_module([])
    whole["pages"] = pages
    return whole


def _question(random: Random, key: str, name: str, kinds: dict[str, Kind]) -> dict[str, Any]:
    value_type, settings, _answer = QUESTIONS[name]
    question = {"key": key, "type": name, "label": "Pertanyaan", **settings(random)}
    question |= _rules(random, kinds, ("visible",), 0.3)
    if value_type is None:
        return question
    question |= {"required": True} if random.random() < 0.3 else _rules(random, kinds, ("required",), 0.2)
    options = frozenset(OPTIONS) if name in ("choice", "choices") else None
    kinds[key] = Kind(value_type, options)  # type: ignore[arg-type]
    return question | _rules(random, kinds, ("check",), 0.25)


def _rules(random: Random, kinds: dict[str, Kind], names: tuple[str, ...], share: float) -> dict[str, Any]:
    if not kinds or random.random() > share:
        return {}
    return {name: Maker(random, kinds).make("boolean", RULE_DEPTH) for name in names}


def module(random: Random) -> Module:
    """Return a random valid module: rules that the check refuses are taken out."""
    while True:
        whole = document(random)
        for _ in range(MOST_REPAIRS):
            checked = parse.check_value(whole)
            if checked.module is not None:
                return checked.module
            for problem in checked.problems:
                _take_out(whole, problem.pointer)


def _take_out(whole: dict[str, Any], pointer: str) -> None:
    place: Any = whole
    for step in pointer.split("/")[1:]:
        if isinstance(place, dict) and step in RULES:
            place.pop(step, None)
            return
        place = place[int(step)] if isinstance(place, list) else place.get(step)
        if place is None:
            return


def answers(random: Random, module: Module) -> dict[str, Any]:
    """Return answers as a careful person gives them, often spoilt in a place or two."""
    given: dict[str, Any] = {}
    for page, question in module.fields():
        if QUESTIONS[question.type][0] is None:
            continue
        shown = all(expressions.holds(rule, given, today=TODAY) for rule in (page.visible, question.visible))
        if shown and random.random() < 0.9:
            given[question.key] = QUESTIONS[question.type][2](random, question)
    while random.random() < 0.4:
        _spoil(random, module, given)
    return json.loads(json.dumps(given))  # type: ignore[no-any-return]


def _spoil(random: Random, module: Module, given: dict[str, Any]) -> None:
    _page, question = random.choice(list(module.fields()))
    if random.random() < 0.3:
        given.pop(question.key, None)
    elif random.random() < 0.5:
        given[question.key] = QUESTIONS[question.type][2](random, question)
    else:
        given[random.choice((question.key, question.key, "q9_9"))] = random.choice(dirt.DIRTY)
