"""The shape of a module document: JSON Schema from `documents/v1`, plus each field type's settings.

Says whether names, kinds and sizes are right. Knows nothing of what the parts mean together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from schemas import fieldtypes, validator
from schemas.definition import Json
from schemas.fieldtypes.repeat import MOST_LEVELS
from schemas.problems import Problem, error, pointer

MAX_FIELDS = 300
UNANSWERED = (
    *("required", "check", "default", "calculate", "readOnly", "messages"),
    *("prefill", "privacy", "autocomplete"),
)

_CODES = {
    "required": "structure.missing",
    "type": "structure.type",
    "enum": "structure.value",
    "const": "structure.value",
    "minLength": "structure.empty",
    "minItems": "structure.empty",
    "minProperties": "structure.empty",
    "maxLength": "structure.long",
    "maxItems": "structure.many",
    "maxProperties": "structure.many",
    "minimum": "structure.range",
    "maximum": "structure.range",
    "uniqueItems": "structure.repeated",
    "pattern": "structure.key",
}


def problems(document: Json) -> Iterator[Problem]:
    """Yield what is wrong with the shape of `document`, which must have passed `schemas.reading`."""
    if not isinstance(document, dict):
        yield error("structure.object", "")
        return
    if document.get("format") != 1 or isinstance(document.get("format"), bool):
        yield error("structure.format", "/format", value=document.get("format", "–"))
        return
    total = _count_fields(document)
    if total > MAX_FIELDS:
        yield error("structure.fields", "/pages", limit=MAX_FIELDS, count=total)
        return
    yield from _mapped(_module_validator(), document, ())
    for at, page in enumerate(_list(document.get("pages"))):
        yield from _items_problems(page, ("pages", at), 0, in_group=False)


def documents() -> dict[str, dict[str, Json]]:
    """Return the published JSON Schemas of format 1 by file name."""
    folder = resources.files("schemas").joinpath("documents", "v1")
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".json")), key=lambda i: i.name)
    return {item.name: json.loads(item.read_text(encoding="utf-8")) for item in found}


def field_schema(name: str) -> dict[str, Json]:
    """Return the JSON Schema of a question of the field type `name`."""
    kind = fieldtypes.get(name)
    common = documents()["form.json"]["$defs"]["field"]
    properties = {**common["properties"], **kind.settings, "type": {"const": name}}
    if kind.value_type is None:
        for unanswered in UNANSWERED:
            properties.pop(unanswered)
    return {
        "$id": f"urn:rakit:v1:field:{name}",
        "type": "object",
        "required": [*common["required"], *kind.needs],
        "properties": properties,
        "patternProperties": {"^x-": True},
        "additionalProperties": False,
    }


@lru_cache(maxsize=1)
def _module_validator() -> Validator:
    schemas = documents()
    return validator.build(schemas["module.json"], schemas.values())


@lru_cache(maxsize=64)
def _field_validator(name: str) -> Validator:
    return validator.build(field_schema(name), documents().values())


@lru_cache(maxsize=1)
def _group_validator() -> Validator:
    return validator.build({"$ref": "urn:rakit:v1:form#/$defs/group"}, documents().values())


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _count_fields(document: Mapping[str, Any]) -> int:
    """Count questions, groups and repeats, also those inside others."""
    waiting, total = _list(document.get("pages")), 0
    while waiting:
        inside = [
            item for holder in waiting if isinstance(holder, dict) for item in _list(holder.get("fields"))
        ]
        total += len(inside)
        waiting = inside
    return total


def _items_problems(
    holder: Json, path: tuple[str | int, ...], rows: int, *, in_group: bool
) -> Iterator[Problem]:
    """Judge the items of a page, a group or a row; `rows` tells how many rows deep they stand."""
    for at, item in enumerate(_list(holder.get("fields")) if isinstance(holder, dict) else ()):
        if isinstance(item, dict):
            yield from _item_problems(item, (*path, "fields", at), rows, in_group=in_group)


def _item_problems(
    item: dict[str, Any], path: tuple[str | int, ...], rows: int, *, in_group: bool
) -> Iterator[Problem]:
    if not {"key", "type", "label"} <= set(item):
        return  # the schema of what it stands in has said so
    name = item["type"]
    if name == "group":
        if in_group:
            yield error("structure.nested_group", pointer(*path))
            return
        yield from _mapped(_group_validator(), item, path)
        yield from _items_problems(item, path, rows, in_group=True)
        return
    if not isinstance(name, str) or not fieldtypes.known(name):
        yield error("structure.field_type", pointer(*path, "type"), value=name)
        return
    yield from _mapped(_field_validator(name), item, path)
    if name == "repeat":
        if rows == MOST_LEVELS:
            yield error("structure.nested_rows", pointer(*path), limit=MOST_LEVELS)
            return
        yield from _items_problems(item, path, rows + 1, in_group=False)


def _mapped(checker: Validator, value: Json, path: tuple[str | int, ...]) -> Iterator[Problem]:
    for fault in validator.errors(checker, value):
        yield from _problems_of(fault, (*path, *fault.absolute_path))


def _problems_of(fault: ValidationError, path: tuple[str | int, ...]) -> Iterator[Problem]:
    rule, limit, value = str(fault.validator), fault.validator_value, fault.instance
    if rule == "additionalProperties":
        for name in _unknown_names(fault):
            yield error("structure.unknown", pointer(*path, name), name=name)
    elif rule == "required" and isinstance(limit, list):
        for name in limit:
            if isinstance(value, dict) and name not in value and f"'{name}'" in fault.message:
                yield error("structure.missing", pointer(*path), name=name)
    else:
        data = {"value": "" if isinstance(value, (dict, list)) else value, "limit": limit}
        if rule.startswith("max") and isinstance(value, (str, dict, list)):
            data["count"] = len(value)
        elif rule in {"minimum", "maximum"}:
            data["rule"] = rule
        yield error(_CODES.get(rule, "structure.value"), pointer(*path), **data)


def _unknown_names(fault: ValidationError) -> list[str]:
    schema, value = fault.schema, fault.instance
    if not isinstance(schema, Mapping) or not isinstance(value, dict):
        return []
    known = schema.get("properties", {})
    languages = any(not name.startswith("^x-") for name in schema.get("patternProperties", {}))
    extra = "^x-" in schema.get("patternProperties", {})
    names = [name for name in value if name not in known and not (extra and name.startswith("x-"))]
    return [name for name in names if not (languages and _is_language(name))]


def _is_language(name: str) -> bool:
    head = name.partition("-")[0]
    return head.isascii() and head.isalpha() and head.islower() and 2 <= len(head) <= 3
