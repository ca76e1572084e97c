"""What tells the branches of `oneOf` and `anyOf` apart."""

from __future__ import annotations

from typing import Any

from builder.jsonschema import fitting, words
from builder.jsonschema.jsonvalues import ident, type_of
from builder.jsonschema.resolve import Part, Sources

Json = Any
ANNOTATIONS = frozenset(("title", "description", "default", "examples", "readOnly", "$comment", "deprecated"))
_ONLY_MEMBERS = ANNOTATIONS | {"type", "properties", "required", "$ref", "allOf"}


def constants(parts: list[Part]) -> list[Json] | None:
    """Return the values that parts allow when they list them, else None."""
    for part in parts:
        if "properties" in part.schema or "items" in part.schema:
            return None
    for part in parts:
        listed = [part.schema["const"]] if "const" in part.schema else part.get("enum")
        if isinstance(listed, list) and listed:
            return [v for v in listed if all(fitting.typed(v, one.get("type")) for one in parts)]
    return None


def members(part: Part) -> dict[str, Json]:
    """Return the members a part names; what is written there instead is named elsewhere."""
    named = part.get("properties")
    return named if isinstance(named, dict) else {}


LONGEST_LABEL = 200


def title_of(parts: list[Part]) -> str:
    return next((words.text(p.get("title")) for p in parts if words.text(p.get("title"))), "")


def described(parts: list[Part]) -> str:
    """Return what stands for a title where there is none: a short description."""
    found = next((words.text(p.get("description")) for p in parts if words.text(p.get("description"))), "")
    return found if len(found) <= LONGEST_LABEL and "\n" not in found else ""


def telling_member(branches: list[list[Part]], sources: Sources) -> tuple[str, list[list[Json]]] | None:
    """Return a member that has values of its own in every alternative, and those values."""
    names = [n for p in branches[0] if isinstance(p.get("properties"), dict) for n in p.schema["properties"]]
    for name in names:
        values: list[list[Json]] = []
        for parts in branches:
            found = [
                constants(sources.parts_of(p.schema["properties"][name], p.at("properties", name), p.via))
                for p in parts
                if isinstance(p.get("properties"), dict) and name in p.schema["properties"]
            ]
            values.append(next((v for v in found if v), []))
        flat = [value for own in values for value in own]
        apart = len({ident(value) for value in flat}) == len(flat)
        if all(values) and apart and all(isinstance(v, (str, int)) for v in flat):
            return name, values
    return None


def demands(parts: list[Part], name: str) -> bool:
    """Say whether one of the parts requires the member."""
    return any(name in _names(part.get("required")) for part in parts)


def fit_without(branches: list[list[Part]], name: str) -> bool:
    """Say whether data without the member `name` fits several alternatives alike, so that `oneOf` refuses it.

    Certain where two or more do not demand it, and none of these demands or forbids anything else, or
    describes the same member otherwise than another.
    """
    left = [parts for parts in branches if not demands(parts, name)]
    others: dict[str, str] = {}
    for part in (piece for parts in left for piece in parts):
        if set(_names(part.get("required"))) - {name} or set(part.schema) - _ONLY_MEMBERS:
            return False
        for one, schema in members(part).items():
            if one != name and others.setdefault(one, ident(schema)) != ident(schema):
                return False
    return len(left) > 1


def says_nothing(branch: Json) -> bool:
    """Say whether an alternative takes any value at all."""
    return branch is True or (isinstance(branch, dict) and set(branch) <= ANNOTATIONS)


def never(schema: Json) -> bool:
    """Say whether a schema takes no value at all, in either way of writing it."""
    return schema is False or schema in ({"not": {}}, {"not": True})


def discriminated(part: Part, branches: list[tuple[Json, list[Part]]]) -> tuple[str, list[list[Json]]] | None:
    """Return the member by which OpenAPI tells alternatives apart, and its values in each of them.

    They are the names in `mapping`, else those of the schemas that are referred to (OpenAPI 3.1, 4.8.25).
    """
    told = part.get("discriminator")
    name = told.get("propertyName") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(name, str):
        return None
    mapping = told.get("mapping")
    named = mapping.items() if isinstance(mapping, dict) else ()
    values: list[list[Json]] = []
    for branch, parts in branches:
        target = str(branch.get("$ref")) if isinstance(branch, dict) else ""
        if "/" not in target or not any(name in members(one) for one in parts):
            return None
        own = target.rpartition("/")[2]
        values.append([value for value, to in named if str(to).rpartition("/")[2] == own] or [own])
    flat = [str(value) for own in values for value in own]
    return (name, values) if len(set(flat)) == len(flat) else None


def apart(branches: list[list[Part]], sources: Sources) -> bool:
    """Say whether it is certain that what the form makes of one alternative fits no other.

    The form asks for the members of one alternative only; another that demands one more never fits.
    """
    return all(
        _differ(one, other, sources)
        for at, one in enumerate(branches)
        for place, other in enumerate(branches)
        if at != place
    )


def _differ(one: list[Part], other: list[Part], sources: Sources) -> bool:
    kinds, others = _kinds(one), _kinds(other)
    if kinds and others and not kinds & others:
        return True
    listed, list_of_others = constants(one), constants(other)
    if listed and list_of_others:
        return not {*map(ident, listed)} & {*map(ident, list_of_others)}
    if kinds == others == {"array"}:  # an empty list is no answer
        rows, other_rows = _rows(one, sources), _rows(other, sources)
        return bool(rows and other_rows) and _differ(rows, other_rows, sources)
    return kinds == others == {"object"} and _other_members(one, other, sources)


def _other_members(one: list[Part], other: list[Part], sources: Sources) -> bool:
    mine, theirs = _members(one), _members(other)
    if any(name not in mine for part in other for name in _names(part.get("required"))):
        return True
    closed = any(part.get("additionalProperties") is False for part in other)
    demanded = {name for part in one for name in _names(part.get("required"))}
    if closed and (not demanded <= set(theirs) or not mine.keys() & theirs.keys()):
        return True  # an object in which nothing is answered is no answer
    return any(
        telling_member([[mine_of], [theirs_of]], sources) is not None
        for mine_of in one
        for theirs_of in other
        if demanded & _members([mine_of]).keys() & _members([theirs_of]).keys()
    )


def _rows(parts: list[Part], sources: Sources) -> list[Part]:
    return [
        row
        for part in parts
        if isinstance(part.get("items"), dict)
        for row in sources.parts_of(part.schema["items"], part.at("items"), part.via)
    ]


def _kinds(parts: list[Part]) -> set[str]:
    """Return the types that an alternative leaves possible, numbers as one; nothing when it names none."""
    found: set[str] | None = None
    for part in parts:
        own: set[str] = set()
        if "type" in part.schema:
            own = set(_names(part.get("type")) or [str(part.get("type"))])
        elif values := constants([part]):
            own = {type_of(value) for value in values}
        elif "properties" in part.schema or "required" in part.schema:
            own = {"object"}
        own = {"number" if kind == "integer" else kind for kind in own}
        if own:
            found = own if found is None else found & own
    return found or set()


def _members(parts: list[Part]) -> dict[str, Json]:
    return {name: schema for part in parts for name, schema in members(part).items()}


def _names(written: Json) -> list[str]:
    return [name for name in written if isinstance(name, str)] if isinstance(written, list) else []
