"""Objects: named members become a group, free names become rows of a name and a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from builder.jsonschema import nothing, pointers, regexes, scalars, words
from builder.jsonschema.alternatives import never
from builder.jsonschema.covered import covered
from builder.jsonschema.gather import Claim, Gathered, Need
from builder.jsonschema.resolve import Part
from builder.jsonschema.tree import All, AnyOf, Check, Given, Item, Kind, Scope, excludes

if TYPE_CHECKING:
    from builder.jsonschema.build import Builder

Json = Any
MOST_NAMES = 40
Needs = list[tuple[All, str]]


@dataclass
class Place:
    """Where a value stands, what it is called, when it is asked for and when it must be there."""

    at: str
    scope: Scope
    name: str
    label: str
    when: All
    needs: Needs = field(default_factory=list)

    def item(self, kind: Kind, source: str) -> Item:
        item = Item(kind, self.at, self.scope, self.name or "data", source, label=self.label)
        item.visible = [self.when] if self.when else []
        item.required = [(_without(when, self.when), pointer) for when, pointer in self.needs]
        return item


def build(
    builder: Builder, place: Place, own: list[Claim], others: list[Claim], found: Gathered
) -> list[Item]:
    """Return the group of an object's members, or the rows of its free names."""
    builder.typed([*own, *others], "object")
    whole = [*own, *others]
    claims = [replace(c, when=_without(c.when, place.when)) for c in whole]
    group = place.item("group", own[0].part.pointer)
    group.required = []
    group.marks["all"] = not place.at and place.scope.repeat is None
    scalars.describe(group, own, builder.ledger, builder.said)
    builder.contain(place, "object")
    builder.scopes[id(place.scope)] = place.scope
    builder.questions += 1
    needs = [
        replace(need, when=_without(need.when, place.when))
        for need in found.needs
        if any(need.origin.pointer == c.part.pointer and need.base == c.when for c in whole)
    ]
    for name in _names(claims):
        group.children += _member(builder, place, name, claims, needs, found)
    _missing(builder, claims, needs, found)
    group.children += _free(builder, place, claims, bool(group.children))
    _counts(builder, claims, group)
    for check in found.checks:
        if any(check.part.pointer == c.part.pointer and check.when == c.when for c in whole):
            there = present(place)
            when = check.when if () in there else (*check.when, AnyOf(tuple(there)))
            builder.wide.append(replace(check, when=when, place=(place.scope, place.at)))
    builder.questions -= not group.children
    return [group] if group.children else []


def _names(claims: Sequence[Claim]) -> list[str]:
    found = []
    for claim in claims:
        members = claim.part.get("properties")
        if isinstance(members, dict):
            found += list(members)
    return list(dict.fromkeys(found))


def _member(
    builder: Builder, place: Place, name: str, claims: list[Claim], needs: list[Need], found: Gathered
) -> list[Item]:
    at = pointers.below(place.at, name)
    if builder.spent():
        return _too_many(builder, name, claims)
    incoming: list[Claim] = []
    barred: list[All] = []
    mine = [need for need in needs if need.name == name]
    for claim in claims:
        members = claim.part.get("properties")
        if not isinstance(members, dict) or name not in members:
            continue
        builder.ledger.taken(claim.part.at("properties"), "members")
        pointer = claim.part.at("properties", name)
        if pointer in builder.consumed:
            continue
        if never(members[name]) and claim.when and all(excludes(claim.when, n.when) for n in mine):
            barred.append(claim.when)
            builder.ledger.taken(pointer, "condition")
            if members[name] is not False:
                builder.ledger.taken(pointers.below(pointer, "not"), "condition")
            continue
        parts = builder.sources.parts_of(members[name], pointer, claim.part.via)
        incoming += [Claim(claim.when, part) for part in parts]
        if members[name] is True:
            builder.ledger.refused(pointer, "type.any")
    incoming += found.tellers.get(name, [])
    if not incoming:
        return []
    for need in mine:
        builder.ledger.taken(need.pointer, "required")
    asked, written = nothing.demanded(mine, incoming, builder.sources)
    for when in written:
        groups = [(*place.when, *when, *above) for above in present(place)]
        builder.nulls.setdefault((id(place.scope), at), []).extend(groups)
    wanted = [((*need.when, *above), need.pointer) for need in asked for above in present(place)]
    items = builder.node(
        incoming, at, place.scope, f"{place.name} {name}".strip(), wanted, words.humanised(name)
    )
    for item in items if barred else ():
        under(item, [(AnyOf(tuple(barred), negate=True),)])
    return items


def _too_many(builder: Builder, name: str, claims: list[Claim]) -> list[Item]:
    """Refuse a member whole when the form has as many questions as it may have; nothing below is read."""
    for claim in claims:
        if isinstance(claim.part.get("properties"), dict) and name in claim.part.schema["properties"]:
            builder.ledger.taken(claim.part.at("properties"), "members")
            builder.too_many(claim.part.at("properties", name))
    return []


def present(place: Place) -> list[All]:
    """Return when the object is there: always, or when something in it is answered."""
    whens = [_without(when, place.when) for when, _ in place.needs]
    return [()] if () in whens else [*whens, (Given(place.at, place.scope),)]


def _missing(builder: Builder, claims: list[Claim], needs: list[Need], found: Gathered) -> None:
    named: dict[str, list[All]] = {}
    for claim in claims:
        for name in _names([claim]):
            named.setdefault(name, []).append(claim.when)
    for name, tellers in found.tellers.items():
        named.setdefault(name, []).extend(claim.when for claim in tellers)
    for need in needs:
        if not covered(need.when, named.get(need.name, ())):
            builder.ledger.partial(need.pointer, "required.unasked", name=need.name)


def _free(builder: Builder, place: Place, claims: list[Claim], named: bool) -> list[Item]:
    """Return rows for members whose names are not fixed."""
    items: list[Item] = []
    for claim in claims:
        part = claim.part
        patterns = part.get("patternProperties")
        for pattern, schema in patterns.items() if isinstance(patterns, dict) else ():
            builder.ledger.taken(part.at("patternProperties"), "members")
            items += _rows(builder, place, claim, ("patternProperties", pattern), schema, pattern)
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            if keyword not in part.schema:
                continue
            schema = part.schema[keyword]
            if isinstance(schema, dict) and schema:
                items += _rows(builder, place, claim, (keyword,), schema, "")
            elif (schema is True or schema == {}) and not named and not patterns:
                items += _rows(builder, place, claim, (keyword,), None, "")
            elif schema:
                builder.ledger.taken(part.at(keyword), "no_effect")
            else:
                _close(builder, claim, keyword, claims)
    for claim in claims:
        _names_of_rows(builder, claim, items)
    fixed = _names(claims)[:MOST_NAMES]
    for item in items if fixed else ():  # whose own question has the say
        taken = Part(item.source, {"not": {"enum": fixed}})
        item.children[0].checks.append(Check(taken, "not"))
    return items


def _close(builder: Builder, claim: Claim, keyword: str, claims: list[Claim]) -> None:
    """Enter that nothing else may be given: it forbids also what stands beside the part that says so."""
    part = claim.part
    claims = [one for one in claims if not excludes(one.when, claim.when)]
    seen = set(_names([claim]))
    if keyword == "unevaluatedProperties":  # it sees into what stands below it
        inside = [one for one in claims if one.part.pointer.startswith(part.pointer)]
        seen |= set(_names(inside))
    if seen >= set(_names(claims)) or part.get("patternProperties"):
        builder.ledger.taken(part.at(keyword), "closed")
    else:
        builder.ledger.partial(part.at(keyword), "closed.beside")


def _rows(
    builder: Builder, place: Place, claim: Claim, path: tuple[str, ...], schema: Json, pattern: str
) -> list[Item]:
    pointer = claim.part.at(*path)
    if place.scope.depth >= 2:
        builder.ledger.refused(pointer, "repeat.deep")
        return []
    item = place.item("repeat", pointer)
    item.visible = [claim.when] if claim.when else []
    item.required = []
    item.name = f"{place.name} {words.humanised(pattern) or 'members'}"
    item.marks["map"] = True
    rows = Scope(item)
    item.rows = rows
    name = Item("question", "", rows, f"{item.name} name", pointer, "text", builder.said.name)
    name.required = [((), pointer)]
    name.marks["name"] = True
    if pattern:
        _pattern(builder, name, pattern, pointer)
    parts = [] if schema is None else builder.sources.parts_of(schema, pointer, claim.part.via)
    values = [] if schema is not None else [_any_text(builder, item, rows, pointer)]
    values = values or builder.node(
        [Claim((), part) for part in parts],
        "",
        rows,
        f"{item.name} value",
        [((), pointer)],
        builder.said.value,
    )
    if not values:
        return []
    builder.questions += 1
    builder.ledger.partial(pointer, "map.text" if schema is None else "map.twice")
    item.children = [name, *lifted(values)]
    item.label = next((words.text(p.get("title")) for p in parts if p.get("title")), "") or item.label
    return [item]


def _any_text(builder: Builder, item: Item, rows: Scope, pointer: str) -> Item:
    """Return the question for a value of which nothing is said."""
    value = Item("question", "", rows, f"{item.name} value", pointer, "text", builder.said.value)
    value.required = [((), pointer)]
    builder.questions += 1
    return value


def _pattern(builder: Builder, name: Item, pattern: str, pointer: str) -> None:
    made = regexes.whole(pattern)
    if made is None:
        builder.ledger.partial(pointer, "pattern.foreign")
    else:
        name.type, name.settings["pattern"] = "pattern", made


def _names_of_rows(builder: Builder, claim: Claim, items: list[Item]) -> None:
    """Put what is said about free names on the question that asks for them."""
    rule = claim.part.get("propertyNames")
    if rule is None:
        return
    place = claim.part.at("propertyNames")
    free = [item.children[0] for item in items if item.children[0].type == "text"]
    if not free or not isinstance(rule, dict):
        builder.ledger.refused(place, "names.rule") if items else builder.ledger.taken(place, "no_effect")
        return
    parts = builder.sources.parts_of(rule, place, claim.part.via)
    for name in free:
        builder.fixed.fill(name, "string", [Claim((), part) for part in parts])
    builder.ledger.taken(place, "setting")


def lifted(items: list[Item]) -> list[Item]:
    """Return items with a group that stands alone taken apart; its conditions go to its questions."""
    if len(items) != 1 or items[0].kind != "group":
        return items
    for child in items[0].children:
        under(child, items[0].visible)
    return items[0].children


def under(item: Item, visible: list[All]) -> None:
    """Show `item` only where `visible` holds too."""
    if visible:
        mine: list[All] = item.visible or [()]
        item.visible = [(*outer, *inner) for outer in visible for inner in mine]


def _counts(builder: Builder, claims: list[Claim], group: Item) -> None:
    """Deal with the keywords about the object as a whole."""
    maps = [item for item in group.children if item.marks.get("map")]
    for claim in claims:
        part = claim.part
        for keyword, setting in (("minProperties", "minItems"), ("maxProperties", "maxItems")):
            value = part.get(keyword)
            if value is None:
                continue
            only = len(maps) == 1 and len(maps) == len(group.children)
            if only and isinstance(value, int) and 0 <= value <= 1000:
                maps[0].settings[setting] = value
                builder.ledger.taken(part.at(keyword), "setting")
            elif keyword == "minProperties" and value in (0, 1) and not claim.when:
                builder.ledger.taken(part.at(keyword), "setting")
                whens = [when for when, _ in builder.containers[id(group.scope), group.at][1]]
                if value and whens:  # elsewhere an object without members is no answer anyway
                    group.marks["some"] = () in whens and not group.marks["all"]
                    when = () if () in whens else (AnyOf(tuple(whens)),)
                    builder.some.append((group, Check(part, keyword, when, (group.scope, group.at))))
            elif not maps and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
                builder.wide.append(Check(part, keyword, claim.when, (group.scope, group.at)))
            else:
                builder.ledger.refused(part.at(keyword), "count.members")
        if "default" in part.schema:
            _defaults(builder, part, group)


def _defaults(builder: Builder, part: Part, group: Item) -> None:
    """Hand the default of an object down to its questions."""
    place, value = part.at("default"), part.schema["default"]
    builder.ledger.taken(place, "default" if value else "empty")
    for item in group.questions():
        if item.scope is not group.scope or item.marks.get("variant"):
            continue
        own = pointers.follow(value, item.at[len(group.at) :])
        if own is pointers.MISSING or own in (None, "", []):
            continue
        if item.kind == "repeat":
            builder.ledger.partial(place, "default.whole")
        else:
            item.marks.setdefault("default", own)
            item.marks.setdefault("default_at", place)


def _without(when: All, chosen: All) -> All:
    return tuple(condition for condition in when if condition not in chosen)
