"""Arrays: several of some options become one question, everything else rows of a repeat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from builder.jsonschema import containing, objects, pointers, scalars, shape, words
from builder.jsonschema.gather import Claim
from builder.jsonschema.jsonvalues import ident
from builder.jsonschema.logic import Unsayable
from builder.jsonschema.resolve import Part
from builder.jsonschema.tree import All, Given, Item, Scope

if TYPE_CHECKING:
    from builder.jsonschema.build import Builder

Json = Any
MOST_ROWS = 100
DEEPEST = 2


def build(builder: Builder, place: objects.Place, own: list[Claim]) -> list[Item]:
    """Return the item or items that ask for an array."""
    for _, part in shape.all_of(own, "type"):
        builder.ledger.taken(part.at("type"), "question")
    tuples = _tuple(own)
    if tuples is not None:
        return _members(builder, place, own, *tuples)
    rows = _row_parts(builder, own)
    if rows is None:
        for claim in own:
            builder.ledger.refused(claim.part.pointer, "array.any")
        return []
    described = [Claim((), part) for part in rows]
    values = shape.values_of(described)
    if values is None:
        values = _alternatives(rows)
    if values is not None and (_once(own) or place.at in builder.lists):
        return _choices(builder, place, own, rows)
    if any(scalars.is_file(part) for part in rows):
        return _files(builder, place, own, rows)
    return _repeat(builder, place, own, described)


def _tuple(own: Sequence[Claim]) -> tuple[str, Part] | None:
    for claim in own:
        for keyword in ("prefixItems", "items"):
            if isinstance(claim.part.get(keyword), list) and claim.part.schema[keyword]:
                if _alike(claim.part, keyword):
                    continue
                return keyword, claim.part
    return None


def _alike(part: Part, keyword: str) -> bool:
    """Say whether all places of a list, and what comes after them, are described by the same words."""
    rest = part.get("items" if keyword == "prefixItems" else "additionalItems")
    same = isinstance(rest, dict) and all(ident(one) == ident(rest) for one in part.schema[keyword])
    return same and rest != {}


def _members(
    builder: Builder, place: objects.Place, own: list[Claim], keyword: str, part: Part
) -> list[Item]:
    """Ask for each place of a list of fixed length."""
    builder.ledger.taken(part.at(keyword), "members")
    builder.contain(place, "array")
    group = place.item("group", own[0].part.pointer)
    group.required = []
    scalars.describe(group, own, builder.ledger, builder.said)
    count = len(part.schema[keyword])
    least = max((v for v, _ in shape.all_of(own, "minItems") if isinstance(v, int)), default=0)
    for _when, demanded in place.needs if least < 1 else ():
        if demanded:
            builder.ledger.partial(demanded, "required.places")
    for at, schema in enumerate(part.schema[keyword]):
        pointer = part.at(keyword, at)
        parts = builder.sources.parts_of(schema, pointer, part.via)
        later: list[All] = [
            (Given(pointers.below(place.at, other), place.scope),) for other in range(at + 1, count)
        ]
        group.children += builder.node(
            [Claim((), p) for p in parts],
            pointers.below(place.at, at),
            place.scope,
            f"{place.name} {at + 1}",
            [(when, pointer) for when in [*(objects.present(place) if at < least else []), *later]],
            f"{group.label} {at + 1}",
        )
    _beyond(builder, own, keyword, count)
    return [group] if group.children else []


def _beyond(builder: Builder, own: list[Claim], keyword: str, count: int) -> None:
    """Deal with what is said of a list of fixed length beside its places."""
    for claim in own:
        for word in ("additionalItems", "items", "minItems", "maxItems", "unevaluatedItems", "uniqueItems"):
            value = claim.part.get(word)
            if word not in claim.part.schema or word == keyword:
                continue
            number = isinstance(value, int) and not isinstance(value, bool)
            if value is False and _shorter(claim.part, word, keyword, count):
                builder.ledger.partial(claim.part.at(word), "closed.beside")
            elif value is False or (word == "minItems" and number and value <= count):
                builder.ledger.taken(claim.part.at(word), "closed")
            elif word == "maxItems" and number and value >= count:
                builder.ledger.taken(claim.part.at(word), "no_effect")
            elif isinstance(value, dict):
                builder.ledger.refused(claim.part.at(word), "tuple.more")
            else:
                builder.ledger.partial(claim.part.at(word), "tuple.more")


def _shorter(part: Part, word: str, keyword: str, count: int) -> bool:
    """Say whether a part that says of `word` that nothing more may come describes fewer places itself."""
    own = part.get(keyword)
    return word != "unevaluatedItems" and (len(own) if isinstance(own, list) else 0) < count


def _row_parts(builder: Builder, own: Sequence[Claim]) -> list[Part] | None:
    """Return what describes one row; None when nothing does."""
    found: list[Part] = []
    for claim in own:
        schema, word = claim.part.get("items"), "items"
        for keyword in ("prefixItems", "items"):  # the same words for each place as for the rest
            for at in range(
                len(claim.part.get(keyword) if isinstance(claim.part.get(keyword), list) else ())
            ):
                builder.ledger.taken(claim.part.at(keyword), "no_effect")
                builder.ledger.taken(claim.part.at(keyword, at), "no_effect")
        if isinstance(schema, list):
            schema, word = claim.part.get("additionalItems"), "additionalItems"
        if isinstance(schema, dict):
            builder.ledger.taken(claim.part.at(word), "rows")
            found += builder.sources.parts_of(schema, claim.part.at(word), claim.part.via)
        elif schema is False:
            builder.ledger.refused(claim.part.at("items"), "schema.never")
    return found or None


def _alternatives(rows: list[Part]) -> list[Json] | None:
    """Return the values of rows whose alternatives are all constants."""
    for part in rows:
        for keyword in ("oneOf", "anyOf"):
            listed = part.get(keyword)
            if isinstance(listed, list) and listed and all(_single(branch) for branch in listed):
                return [branch.get("const", (branch.get("enum") or [None])[0]) for branch in listed]
    return None


def _single(branch: Json) -> bool:
    """Say whether a schema allows one value."""
    if not isinstance(branch, dict):
        return False
    return "const" in branch or (isinstance(branch.get("enum"), list) and len(branch["enum"]) == 1)


def _once(own: Sequence[Claim]) -> bool:
    return any(claim.part.get("uniqueItems") is True for claim in own)


def _choices(builder: Builder, place: objects.Place, own: list[Claim], rows: list[Part]) -> list[Item]:
    if builder.full(own):
        return []
    item = place.item("question", own[0].part.pointer)
    inner = builder.gathered([Claim((), part) for part in rows], place)
    builder.fixed.choice(item, shape.values_of(inner) or [], inner)
    if not item.options:  # the reason stands at the values
        return []
    item.settings.pop("style", None)
    item.type = "choices"
    scalars.describe(item, own, builder.ledger, builder.said)
    for part in rows:
        for word in ("title", "description", "default"):
            if word in part.schema:
                builder.ledger.look(part.at(word), "row.text")
    for claim in own:
        if claim.part.get("uniqueItems") is True:
            builder.ledger.taken(claim.part.at("uniqueItems"), "implied")
        elif "uniqueItems" in claim.part.schema:
            builder.ledger.partial(claim.part.at("uniqueItems"), "choices.once")
    if not _once(own):
        builder.ledger.partial(own[0].part.at("items"), "choices.once")
    counts(builder, item, own, len(item.options))
    may_be_empty(builder, item, place)
    from_default(builder, item, own)
    return [item]


def may_be_empty(builder: Builder, item: Item, place: objects.Place) -> None:
    """Demand no row where an empty list is right; it comes back as one."""
    if not item.settings.get("minItems"):
        item.required = []
        builder.contain(place, "array")


def from_default(builder: Builder, item: Item, own: Sequence[Claim]) -> None:
    """Begin with the options that the source begins with."""
    for value, part in shape.all_of(own, "default"):
        if isinstance(value, list):
            item.marks["default"] = value
            builder.ledger.taken(part.at("default"), "default")
        else:
            builder.ledger.partial(part.at("default"), "default.wrong")


def _files(builder: Builder, place: objects.Place, own: list[Claim], rows: list[Part]) -> list[Item]:
    if builder.full(own):
        return []
    item = place.item("question", own[0].part.pointer)
    builder.fixed.fill(item, "string", [Claim((), part) for part in rows])
    item.settings["maxItems"] = 10
    scalars.describe(item, own, builder.ledger, builder.said)
    counts(builder, item, own, 20, words_of=("maxItems",))
    return [item]


def _repeat(builder: Builder, place: objects.Place, own: list[Claim], described: list[Claim]) -> list[Item]:
    if place.scope.depth >= DEEPEST:
        for claim in own:
            if "items" in claim.part.schema:
                builder.ledger.refused(claim.part.at("items"), "repeat.deep")
        return []
    item = place.item("repeat", own[0].part.pointer)
    scalars.describe(item, own, builder.ledger, builder.said)
    item.rows = Scope(item)
    builder.questions += 1
    row = next((words.text(c.part.get("title")) for c in described if words.text(c.part.get("title"))), "")
    pointer = described[0].part.pointer
    children = builder.node(described, "", item.rows, place.name, [((), pointer)], row or item.label)
    item.children = objects.lifted(children)
    if row:
        item.marks["item"] = row
    for claim in own:
        if claim.part.get("uniqueItems") is True:
            builder.ledger.partial(claim.part.at("uniqueItems"), "rows.once")
        elif "uniqueItems" in claim.part.schema:
            builder.ledger.taken(claim.part.at("uniqueItems"), "no_effect")
        for word in ("additionalItems", "unevaluatedItems"):
            if word in claim.part.schema:
                builder.ledger.taken(claim.part.at(word), "no_effect")
    for value, part in shape.all_of(own, "default"):
        if value == []:
            builder.ledger.taken(part.at("default"), "empty")
        else:
            builder.ledger.partial(part.at("default"), "default.whole")
    counts(builder, item, own, MOST_ROWS)
    may_be_empty(builder, item, place)
    return [item] if item.children else []


def counts(
    builder: Builder,
    item: Item,
    own: Sequence[Claim],
    most: int,
    words_of: tuple[str, ...] = ("minItems", "maxItems"),
) -> None:
    """Take how many there may be; a list that must contain something is not empty."""
    least = max((_contained(claim.part) for claim in own), default=0)
    if 0 < least <= most:
        item.settings["minItems"] = least
    for word in ("minItems", "maxItems"):
        for value, part in shape.all_of(own, word):
            good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
            if not good:
                builder.ledger.refused(part.at(word), "schema.shape")
            elif word == "minItems" and value == 0:
                builder.ledger.taken(part.at(word), "no_effect")
            elif word not in words_of and value == 1:  # a list without entries is no answer
                builder.ledger.taken(part.at(word), "implied")
            elif word not in words_of:
                builder.ledger.refused(part.at(word), "count.files")
            elif (word == "minItems" and value > most) or value == 0:
                builder.ledger.refused(part.at(word), "count.wrong", limit=most)
            else:
                before = item.settings.get(word)
                closer = max if word == "minItems" else min
                item.settings[word] = min(value, most) if before is None else closer(before, value)
                builder.ledger.taken(part.at(word), "setting")


def _contained(part: Part) -> int:
    """Return how many entries of one kind there must be."""
    try:
        return containing.bounds(part)[0] if "contains" in part.schema else 0
    except Unsayable:  # it is named where it is checked
        return 0
