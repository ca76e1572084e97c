"""The one door to JSON Schema validation: no network, closed formats, first errors only.

Everything that validates goes through `errors`, so that the library behind it can be exchanged.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from jsonschema_specifications import REGISTRY as SPECIFICATIONS
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from schemas import patterns
from schemas.definition import Json

MAX_ERRORS = 50

FORMATS = FormatChecker(formats=())

# One address as HTML's e-mail field accepts it, with a dot in the domain: what the form lets through.
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


@FORMATS.checks("email")
def _is_email(value: object) -> bool:
    return not isinstance(value, str) or _EMAIL.fullmatch(value) is not None


@FORMATS.checks("date", ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or (len(value) == 10 and date.fromisoformat(value).isoformat() == value)


@FORMATS.checks("uuid", ValueError)
def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or str(uuid.UUID(value)) == value


def _pattern(
    _validator: Validator, pattern: str, value: Json, schema: Mapping[str, Json]
) -> Iterator[ValidationError]:
    """Check `pattern`, unless `maxLength` has already refused the whole text."""
    if not isinstance(value, str) or len(value) > schema.get("maxLength", len(value)):
        return
    if not patterns.search(pattern)(value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _max_length(_validator: Validator, most: int, value: Json, _schema: Json) -> Iterator[ValidationError]:
    """Check `maxLength`; the library would write the whole text down in order to say that it is too long."""
    if isinstance(value, str) and len(value) > most:
        yield ValidationError(f"{len(value)} characters are too many")


def _unique(_validator: Validator, wanted: bool, value: Json, _schema: Json) -> Iterator[ValidationError]:
    """Check `uniqueItems` in one pass over the canonical text of the items; the library's is quadratic."""
    if wanted and isinstance(value, list):
        texts = [json.dumps(_canonical(item), sort_keys=True, default=repr) for item in value]
        if len(set(texts)) < len(texts):
            yield ValidationError("has non-unique elements")


def _canonical(value: Json) -> Json:
    """Return a value in which 1.0 is written like 1: to JSON Schema they are one number."""
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, dict):
        return {name: _canonical(item) for name, item in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _items(
    checker: Validator, items: Json, value: Json, schema: Mapping[str, Json]
) -> Iterator[ValidationError]:
    """Check `items`, unless `maxItems` has already refused the whole list."""
    if not isinstance(value, list) or len(value) <= schema.get("maxItems", len(value)):
        yield from Draft202012Validator.VALIDATORS["items"](checker, items, value, schema)


def _pattern_properties(
    checker: Any, wanted: Mapping[str, Json], value: Json, _schema: Json
) -> Iterator[ValidationError]:
    for pattern, schema in wanted.items() if isinstance(value, dict) else ():
        found = patterns.search(pattern)
        for name in value:
            if found(name):
                yield from checker.descend(value[name], schema, path=name, schema_path=pattern)


def _additional_properties(
    checker: Any, wanted: Json, value: Json, schema: Mapping[str, Json]
) -> Iterator[ValidationError]:
    if not isinstance(value, dict):
        return
    known, others = schema.get("properties", {}), [*map(patterns.search, schema.get("patternProperties", {}))]
    for name in value:
        if name in known or any(found(name) for found in others):
            continue
        if wanted is False:
            yield ValidationError(f"{name!r} is not expected")
            return
        yield from checker.descend(value[name], wanted, path=name)


def _unheard(_validator: Validator, _wanted: Json, _value: Json, _schema: Json) -> Iterator[ValidationError]:
    yield from ()


_Strict = extend(  # type: ignore[no-untyped-call]  # the package has no types
    Draft202012Validator,
    {
        "maxLength": _max_length,
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
        "uniqueItems": _unique,
        "items": _items,
    },
)


_VALIDATION = "https://json-schema.org/draft/2020-12/vocab/validation"
_ASSERTIONS = SPECIFICATIONS.contents("https://json-schema.org/draft/2020-12/meta/validation")["properties"]
_Unasserted = extend(_Strict, dict.fromkeys(_ASSERTIONS, _unheard))  # type: ignore[no-untyped-call]
"""For schemas of a dialect without the vocabulary of assertions: they only apply other schemas."""


class UnknownReference(ValueError):
    """A `$ref` to something that was not given. Nothing is ever fetched for it."""


def build(
    schema: Json,
    others: Iterable[Mapping[str, Json]] = (),
    *,
    at: Mapping[str, Json] | None = None,
    formats: bool = True,
) -> Validator:
    """Return a validator for `schema`; `$ref` reaches `others`, by their `$id`, and what is `at` an address.

    Without `formats` the word `format` only describes: so the standard reads it unless told otherwise.
    `$schema` is taken out: the library would fall back to its own keywords where it meets one. What it
    names is heard when it is among those given: a dialect may do without the words that assert.
    """
    named = [*((other["$id"], other) for other in others), *(at or {}).items()]
    registry: Registry[Json] = Registry().with_resources(
        (address, DRAFT202012.create_resource(_plain(other))) for address, other in named
    )
    judged = FORMATS if formats else None
    dialect = _Strict if _asserts(schema, dict(named)) else _Unasserted
    checker: Validator = dialect(_plain(schema), registry=registry, format_checker=judged)
    return checker


def _asserts(schema: Json, given: Mapping[str, Json]) -> bool:
    named = given.get(str(schema.get("$schema"))) if isinstance(schema, Mapping) else None
    vocabulary = named.get("$vocabulary") if isinstance(named, Mapping) else None
    return not isinstance(vocabulary, Mapping) or _VALIDATION in vocabulary


def _plain(schema: Json) -> Json:
    if not isinstance(schema, Mapping):
        return schema
    return {name: value for name, value in schema.items() if name != "$schema"}


def errors(validator: Validator, value: Json) -> Iterator[ValidationError]:
    """Yield at most `MAX_ERRORS` errors, the innermost ones of composed schemas.

    Raises `UnknownReference` where the schema names something that was not given to `build`.
    """
    try:
        yield from islice(_leaves(validator.iter_errors(value)), MAX_ERRORS)
    except Unresolvable as missing:
        raise UnknownReference(missing.ref) from missing


def check_schema(schema: Mapping[str, Json]) -> None:
    """Raise `jsonschema.SchemaError` when `schema` is not valid JSON Schema 2020-12."""
    Draft202012Validator.check_schema(dict(schema))


def _leaves(found: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for fault in found:
        if fault.context and fault.validator in ("anyOf", "oneOf"):
            yield from _leaves(fault.context)
        else:
            yield fault
