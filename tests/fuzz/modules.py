"""Random valid modules with groups and rows, and random answers to them."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from schemas import fieldtypes, listing, parse
from schemas.construct import kinds as telling
from schemas.definition import Field, Module
from schemas.expressions import Kind
from schemas.walk import Walk
from tests.fuzz import dirt
from tests.fuzz.expressions import OPTIONS, Maker
from tests.fuzz.questions import LISTS, QUESTIONS
from tests.schemas.corpus import small_module

TODAY = date(2026, 11, 24)
RULES = ("visible", "required", "check", "calculate", "default", "filter", "prefill", "readOnly")
RULE_DEPTH = 3
MOST_REPAIRS = 12
DEEPEST_ROWS = 2
COLUMNS = telling.columns(LISTS["kelas"])

Kinds = dict[str, Kind]


class Writer:
    """Writes one document; keys are numbered through it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.count = 0

    def key(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def rules(self, kinds: Kinds, name: str, share: float) -> dict[str, Any]:
        """Return the rule `name`, now and then."""
        if not kinds or self.random.random() > share:
            return {}
        return {name: Maker(self.random, kinds).make("boolean", RULE_DEPTH)}

    def page(self, number: int, kinds: Kinds) -> dict[str, Any]:
        visible = self.rules(kinds, "visible", 0.15)
        fields = self.items(kinds, self.random.randint(1, 4), rows=0)
        check = self.rules(kinds, "check", 0.08)
        return {"key": f"p{number}", "title": "Halaman", "fields": fields, **visible, **check}

    def items(self, kinds: Kinds, count: int, *, rows: int, grouped: bool = False) -> list[dict[str, Any]]:
        made = []
        for _ in range(count):
            chance = self.random.random()
            if chance < 0.12 and rows < DEEPEST_ROWS and not grouped:
                made.append(self.repeat(kinds, rows + 1))
            elif chance < 0.24 and not grouped:
                made.append(self.group(kinds, rows))
            else:
                made.append(self.question(kinds))
        return made

    def group(self, kinds: Kinds, rows: int) -> dict[str, Any]:
        made = {"key": self.key("g"), "type": "group", "label": "Kelompok"}
        made |= self.rules(kinds, "visible", 0.3)
        made |= {"required": True} if self.random.random() < 0.2 else self.rules(kinds, "required", 0.1)
        fields = self.items(kinds, self.random.randint(1, 3), rows=rows, grouped=True)
        return made | {"fields": fields} | self.rules(kinds, "check", 0.15)

    def repeat(self, kinds: Kinds, rows: int) -> dict[str, Any]:
        key = self.key("r")
        made = {"key": key, "type": "repeat", "label": "Daftar", "item": "Baris"}
        made |= self.rules(kinds, "visible", 0.3)
        made |= {"required": True} if self.random.random() < 0.3 else {}
        made |= self.random.choice(({}, {}, {"minItems": 2}, {"maxItems": 2}))
        inside = dict(kinds)
        made["fields"] = self.items(inside, self.random.randint(1, 3), rows=rows)
        if check := self.rules(inside, "check", 0.2):
            made["row"] = check
        kinds[key] = Kind("rows", rows={name: kind for name, kind in inside.items() if name not in kinds})
        return made | self.rules(kinds, "check", 0.15)

    def question(self, kinds: Kinds) -> dict[str, Any]:
        name = self.random.choice(list(QUESTIONS))
        made = {"key": self.key("q"), "type": name, "label": "Pertanyaan"}
        made |= QUESTIONS[name][0](self.random) | self.rules(kinds, "visible", 0.3)
        told = telling.kind(made, LISTS)
        if told is None:
            return made
        if fieldtypes.get(name).asked:
            made |= self.asked(kinds, told.type, calculable=fieldtypes.get(name).calculable)
            if "dataset" in made and self.random.random() < 0.6:
                made["filter"] = Maker(self.random, kinds, COLUMNS).make("boolean", RULE_DEPTH)
        kinds[made["key"]] = told
        return made | self.rules(kinds, "check", 0.25)

    def asked(self, kinds: Kinds, wants: str, *, calculable: bool) -> dict[str, Any]:
        """Return how a question comes by its answer: a formula, or a person who may find one there."""
        possible = wants in dirt.CONSTANTS or any(kind.type == wants for kind in kinds.values())
        if calculable and possible and kinds and self.random.random() < 0.1:
            return {"calculate": Maker(self.random, kinds).make(wants, RULE_DEPTH)}
        made = {"required": True} if self.random.random() < 0.3 else self.rules(kinds, "required", 0.2)
        if possible and self.random.random() < 0.1:
            made["default"] = Maker(self.random, kinds).make(wants, RULE_DEPTH)
        if self.random.random() < 0.05:
            made["prefill"] = self.random.choice(({"previous": True}, {"query": "asal"}))
        return made | ({"readOnly": True} if self.random.random() < 0.1 else {})


def document(random: Random) -> dict[str, Any]:
    """Return a random document; its rules may still be refused (one that is never true, say)."""
    writer, kinds, whole = Writer(random), Kinds(), small_module([])
    whole["datasets"] = copy.deepcopy(LISTS)
    whole["pages"] = [writer.page(number, kinds) for number in range(random.randint(1, 3))]
    return whole


def module(random: Random) -> tuple[Module, dict[str, Any]]:
    """Return a random valid module and its document: rules that the check refuses are taken out."""
    while True:
        whole = document(random)
        for _ in range(MOST_REPAIRS):
            checked = parse.check_value(whole)
            if checked.module is not None:
                return checked.module, whole
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


def facts(random: Random, module: Module) -> dict[str, Any]:
    """Return what the server notes beside the answers; a link may have brought nothing along."""
    noted = [field.key for _page, field in module.fields() if field.type == "metadata"]
    return {key: random.choice(OPTIONS) for key in noted if random.random() < 0.8}


def answers(random: Random, module: Module, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as a careful person gives them, often spoilt in a place or two."""
    walk, given = Walk(TODAY, module.tables, fresh=True), {}  # type: ignore[var-annotated]
    for page in module.filing_pages():
        if walk.holds(page.visible, {**facts, **given}):
            given |= _filled(random, walk, page.fields, {**facts, **given})
    while random.random() < 0.4:
        _spoil(random, list(module.fields()), given)
    return json.loads(json.dumps(given))  # type: ignore[no-any-return]


def _filled(random: Random, walk: Walk, fields: Sequence[Field], around: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for field in fields:
        known = {**around, **given}
        if not walk.holds(field.visible, known):
            continue
        if field.settled:
            value = walk.calculated(field, known) if field.calculate is not None else walk.first(field, known)
        elif field.type == "repeat":
            known = {**known, **dict.fromkeys((inner.key for inner in field.fields), None)}
            count = random.randint(field.settings.get("minItems", 1), field.settings.get("maxItems", 3))
            value = [_filled(random, walk, field.fields, known) for _ in range(count)]
        else:
            value = _right(random, walk, field, known)
        if value is not None and random.random() < 0.93:
            given[field.key] = value
    return given


def _right(random: Random, walk: Walk, field: Field, known: dict[str, Any]) -> Any:
    """Return a right answer, of a list what it offers here; None where nobody is asked."""
    if not fieldtypes.get(field.type).asked:
        return None
    value = QUESTIONS[field.type][1](random, field)
    if not field.dataset:
        return value
    offered = [
        option
        for option in OPTIONS
        if not listing.fault(field, option, known, today=walk.today, tables=walk.tables)
    ]
    if isinstance(value, list):
        return [option for option in value if option in offered] or None
    return random.choice(offered) if offered else None


def _spoil(random: Random, fields: Sequence[Any], given: dict[str, Any]) -> None:
    """Take an answer away, give another, or anything at all; also inside rows."""
    field = random.choice([each[1] if isinstance(each, tuple) else each for each in fields])
    rows = given.get(field.key)
    if field.type == "repeat" and isinstance(rows, list) and rows and random.random() < 0.7:
        row = random.choice(rows)
        if isinstance(row, dict):
            return _spoil(random, field.fields, row)
    if random.random() < 0.3:
        given.pop(field.key, None)
    elif random.random() < 0.5 and field.type in QUESTIONS:
        given[field.key] = QUESTIONS[field.type][1](random, field)
    else:
        key = random.choice((field.key, field.key, "q99"))
        given[key] = copy.deepcopy(random.choice((*dirt.DIRTY, [{}], [{}, {}], [{field.key: 1}], [[]])))
    return None
