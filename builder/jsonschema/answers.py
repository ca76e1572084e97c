"""Between answers to an imported document and data in the shape of its schema, both ways.

`to_data` and `to_answers` are each other's inverse, up to what is no answer: an empty text, null, an
empty list, object or row. Both read only the document: `x-source` says where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from builder.jsonschema import order, pointers, values
from builder.jsonschema.logic import both
from builder.jsonschema.pointers import MISSING
from schemas import expressions, fieldtypes, validator
from schemas.definition import NO_TEXT, Field
from schemas.expressions import Kind, Scope

Json = Any
Raw = Mapping[str, Json]
_NUMBERS = ("minimum", "maximum", "places")
_NEVER = date(1, 1, 1)


@dataclass
class Taken:
    """Answers made of data; `left` are the places in the data that no question asks for or takes."""

    answers: dict[str, Json]
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """Some data, where it stands in the whole, and the places that questions have taken."""

    data: Json
    base: str
    used: set[str]


def to_data(document: Raw, answers: Raw) -> Json:
    """Return answers in the shape of the schema that the document was made of; MISSING for none at all."""
    fields = _all(document)
    return _built(fields, answers, document.get("x-source", {}), _Reader(fields), {})


def to_answers(document: Raw, data: Json) -> Taken:
    """Return data as answers to the document, and what of it could not be taken."""
    fields = _all(document)
    reader = _Reader(fields)
    used: set[str] = set()
    found = reader.read(fields, Look(data, "", used), {}, {})
    return Taken(found, [leaf for leaf in leaves(data) if leaf not in used])


def flat(fields: Sequence[Raw]) -> Iterator[Raw]:
    """Yield questions and repeats with groups taken apart; what holds for a group holds for what is in it."""
    for item in fields:
        if item["type"] != "group":
            yield item
            continue
        for child in flat(item["fields"]):
            kind = {**item.get("x-kind", {}), **child.get("x-kind", {})}
            rules = [one["visible"] for one in (item, child) if "visible" in one]
            yield {
                **child,
                **({"x-kind": kind} if kind else {}),
                **({"visible": both(rules)} if rules else {}),
            }


def _all(document: Raw) -> list[Raw]:
    """Return the questions and repeats of all pages; the condition of a page holds for each of them."""
    return list(flat([{"type": "group", **page} for page in document["pages"]]))


def without_blanks(data: Json) -> Json:
    """Return data without what is no answer; MISSING when nothing is left."""
    if isinstance(data, dict):
        kept = {name: without_blanks(value) for name, value in data.items()}
        kept = {name: value for name, value in kept.items() if value is not MISSING}
        return kept or MISSING
    if isinstance(data, list):
        rows = [row for row in map(without_blanks, data) if row is not MISSING]
        return rows or MISSING
    return MISSING if data is None or data == "" else data


def leaves(data: Json, at: str = "") -> Iterator[str]:
    """Yield the pointer of every value in data that holds something."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from leaves(value, pointers.below(at, name))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from leaves(value, pointers.below(at, number))
    elif data is not None and data != "":
        yield at


def _built(fields: Sequence[Raw], answers: Raw, shape: Raw, reader: _Reader, outer: Raw) -> Json:
    found: Json = MISSING
    lists = set(shape.get("lists", ()))
    for item in fields:
        if "x-source" not in item or item["key"] not in answers or item.get("x-name"):
            continue
        answer = answers[item["key"]]
        if item["type"] == "repeat":
            value = _rows(item, answer, reader, {**outer, **answers})
        else:
            value = values.to_value(item, answer)
        if item.get("x-map"):
            for name, own in value.items():
                found = _put(found, pointers.below(item["x-source"], name), own, lists)
        else:
            found = _put(found, item["x-source"], value, lists)
    known = {**outer, **answers}
    for at in reader.places(shape, "needed", known):
        above = pointers.parent(at)
        there = MISSING if found is MISSING else pointers.follow(found, at)
        if (there is MISSING or there is None) and (  # None keeps a place in a list for what comes later
            at in shape.get("needed", ()) or not above or pointers.follow(found, above) is not MISSING
        ):
            found = _put(found, at, [] if at in lists else {}, lists) if at or found is MISSING else found
    for at in reader.places(shape, "nulls", known):
        above = pointers.follow(found, pointers.parent(at)) if found is not MISSING else MISSING
        if isinstance(above, dict) and pointers.follow(found, at) is MISSING:
            found = _put(found, at, None, lists)
    return found


def _rows(item: Raw, rows: Sequence[Raw], reader: _Reader, outer: Raw) -> Json:
    fields = list(flat(item["fields"]))
    name = next((one["key"] for one in fields if one.get("x-name")), None)
    built = [_built(fields, row, item.get("x-rows", {}), reader, outer) for row in rows]
    if name is None:
        return [{} if value is MISSING else value for value in built]
    return {
        row[name]: value
        for row, value in zip(rows, built, strict=True)
        if name in row and value is not MISSING
    }


def _put(root: Json, at: str, value: Json, lists: set[str]) -> Json:
    """Return `root` with `value` at `at`; what stands above is made as needed.

    Where one of two kinds of value stands already, the later one counts.
    """
    return _within(root, "", pointers.tokens(at), value, lists)


def _within(here: Json, above: str, steps: Sequence[str], value: Json, lists: set[str]) -> Json:
    if not steps:
        return value
    token = steps[0]
    listed = isinstance(here, list) or (above in lists and not isinstance(here, dict))
    place = pointers.below(above, token)
    if listed and token.isdigit():
        rows = here if isinstance(here, list) else []
        rows.extend([None] * (int(token) + 1 - len(rows)))
        rows[int(token)] = _within(rows[int(token)], place, steps[1:], value, lists)
        return rows
    members = here if isinstance(here, dict) else {}
    members[token] = _within(members.get(token, MISSING), place, steps[1:], value, lists)
    return members


class _Reader:
    """Reads data into answers, choosing between kinds; a question that is not asked takes nothing."""

    def __init__(self, fields: Sequence[Raw]) -> None:
        self.kinds: dict[str, Kind] = {}
        self._learn(fields)

    def _learn(self, fields: Sequence[Raw]) -> dict[str, Kind]:
        found: dict[str, Kind] = {}
        for item in fields:
            kind = fieldtypes.get(item["type"]).value_type if fieldtypes.known(item["type"]) else None
            if item["type"] == "repeat":
                found[item["key"]] = Kind("rows", rows=self._learn(list(flat(item["fields"]))))
            elif kind is not None:
                options = frozenset(o["value"] for o in item["options"]) if "options" in item else None
                found[item["key"]] = Kind(kind, options)
        self.kinds |= found
        return found

    def places(self, shape: Raw, name: str, answers: Raw) -> list[str]:
        """Return the places that hold something in any case, and those that do with these answers."""
        told = [one["at"] for one in shape.get(f"{name}_when", ()) if self._holds(one["when"], answers)]
        return [*shape.get(name, ()), *told]

    def read(self, fields: Sequence[Raw], look: Look, outer: Raw, chosen: dict[str, str]) -> dict[str, Json]:
        """Return the answers in the data; places that were taken go into `look.used`."""
        found: dict[str, Json] = {}
        for item in fields:
            if any(chosen.get(switch) != value for switch, value in item.get("x-kind", {}).items()):
                continue
            if "x-kind-of" in item:
                self._choose(item, fields, look, {**outer, **found}, chosen, found)
                continue
            if "x-source" not in item or item.get("x-name"):
                continue
            if not self._shown(item, {**outer, **found}):
                continue
            answer = self._one(item, fields, look, {**outer, **found})
            if answer not in (None, []):
                found[item["key"]] = answer
        return found

    def _one(self, item: Raw, fields: Sequence[Raw], look: Look, outer: Raw) -> Json:
        place, value = look.base + item["x-source"], pointers.follow(look.data, item["x-source"])
        if value is MISSING:
            return None
        inner = Look(value, place, look.used)
        if item.get("x-map"):
            return self._map(item, fields, inner, outer)
        if item["type"] == "repeat":
            return self._list(item, inner, outer)
        answer = values.to_answer(item, value)
        if answer is not None:
            look.used.update([place, *leaves(value, place)])
        return answer

    def _list(self, item: Raw, look: Look, outer: Raw) -> Json:
        if not isinstance(look.data, list):
            return None
        fields = list(flat(item["fields"]))
        rows = (
            self.read(fields, Look(row, pointers.below(look.base, number), look.used), outer, {})
            for number, row in enumerate(look.data)
        )
        return [row for row in rows if row]

    def _map(self, item: Raw, fields: Sequence[Raw], look: Look, outer: Raw) -> Json:
        """Return the members of an object whose names are not fixed, each as a row."""
        if not isinstance(look.data, dict):
            return None
        above = item["x-source"]
        fixed = {
            pointers.tokens(one["x-source"][len(above) :])[0]
            for one in fields
            if one.get("x-source", "").startswith(above + "/")
        }
        inner = list(flat(item["fields"]))
        namer = next(one for one in inner if one.get("x-name"))
        rows = []
        for name, own in look.data.items():
            at = pointers.below(look.base, name)
            if name in fixed or any(pointers.inside(one, at) for one in look.used) or not _suits(namer, name):
                continue
            mine: set[str] = set()
            row = self.read(inner, Look(own, at, mine), outer, {})
            if set(leaves(own, at)) <= mine:
                look.used.update(mine)
                rows.append({namer["key"]: name, **row})
        return rows

    def _choose(
        self,
        switch: Raw,
        fields: Sequence[Raw],
        look: Look,
        outer: Raw,
        chosen: dict[str, str],
        found: dict[str, Json],
    ) -> None:
        """Choose the kind that takes most of the data, fits it best and misses least."""
        here = pointers.follow(look.data, switch["x-kind-of"])
        all_leaves = set(leaves(here, look.base + switch["x-kind-of"]))
        best: tuple[tuple[int, int, int], str] | None = None
        for option in switch["options"]:
            value = option["value"]
            mine = [item for item in fields if item.get("x-kind", {}).get(switch["key"]) == value]
            taken: set[str] = set()
            trial = Look(look.data, look.base, taken)
            kind = {switch["key"]: value}
            made = self.read(mine, trial, {**outer, **kind}, {**chosen, **kind})
            missing = sum(1 for item in mine if item.get("required") is True and item["key"] not in made)
            known = {**outer, **kind, **made}
            wrong = sum(
                not (_suits(item, made[item["key"]]) and self._holds(item.get("check", True), known))
                for item in mine
                if item["key"] in made
            )
            score = (len(all_leaves - taken), wrong, missing)
            if taken and (best is None or score < best[0]):
                best = (score, value)
        if best is not None:
            chosen[switch["key"]] = best[1]
            found[switch["key"]] = best[1]

    def _shown(self, item: Raw, answers: Raw) -> bool:
        """Say whether a question is asked at all; without it there is nothing to take."""
        rule = item.get("visible")
        return rule is None or self._holds(rule, answers)

    def _holds(self, rule: Json, answers: Raw) -> bool:
        """Say whether a rule holds; one that names what is not asked for holds."""
        if not order.variables(rule) <= set(self.kinds):
            return True
        parsed, problems = expressions.parse(rule, "", Scope.of(self.kinds))
        return bool(problems) or expressions.holds(parsed, answers, today=_NEVER)


def _suits(item: Raw, answer: Json) -> bool:
    """Say whether an answer is within the settings of a question; rows are not looked into."""
    settings = {word: item[word] for word in ("minLength", "maxLength", "pattern", *_NUMBERS) if word in item}
    question = Field(item["key"], item["type"], NO_TEXT, settings=settings)
    if item["type"] == "repeat" or "options" in item or "x-own" in item:
        return True
    kind = fieldtypes.get(question.type)
    schema = kind.answer_schema(question)
    if schema is None or any(True for _ in validator.errors(validator.build(schema), answer)):
        return False
    return kind.verdict(question, answer) is None
