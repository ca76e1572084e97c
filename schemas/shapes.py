"""Has a value the shape that its JSON Schema asks for? Most answers have, and are let through quickly.

A shortcut only ever says yes, and only where JSON Schema says yes; whatever it does not let through is
judged by the validator. So the verdict is the validator's, and a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from schemas import fieldtypes, patterns, validator
from schemas.definition import Field, Json
from schemas.same import Same

Judge = Callable[[Json], bool]

_TEXT = frozenset({"type", "pattern", "format", "minLength", "maxLength"})
_WHOLE = frozenset({"type", "minimum", "maximum", "x-currency"})
_LIST = frozenset({"type", "items", "uniqueItems", "minItems", "maxItems"})


MOST_KEPT = 8192


def well_formed(field: Field, value: Json) -> bool:
    """Say whether a value has the shape of an answer to the question."""
    return _of(Same(field))(value)


def misfit(field: Field, value: Json) -> str:
    """Return the code that the answer's schema has for what is wrong with it, else the general one."""
    checker = validator.build(fieldtypes.get(field.type).answer_schema(field) or {})
    schemas = (fault.schema for fault in validator.errors(checker, value))
    codes = (schema.get("x-code") for schema in schemas if isinstance(schema, Mapping))
    return next((code for code in codes if code), "answers.format")


@lru_cache(maxsize=MOST_KEPT)
def _of(same: Same[Field]) -> Judge:
    return judge(fieldtypes.get(same.thing.type).answer_schema(same.thing) or {})


def judge(schema: Mapping[str, Json]) -> Judge:
    """Return the function that says whether a value fits `schema`."""
    quickly = shortcut(schema)
    checker = validator.build(schema)

    def fits(value: Json) -> bool:
        return quickly(value) or next(validator.errors(checker, value), None) is None

    return fits


def shortcut(schema: Mapping[str, Json]) -> Judge:
    """Return a function that says yes to plain, right values; for an unusual schema it never does."""
    words = set(schema)
    if schema == {"type": "boolean"}:
        return lambda value: value is True or value is False
    if words == {"enum"}:
        return _one_of(schema)
    kind = schema.get("type")
    if kind == "string" and words <= _TEXT:
        return _text(schema)
    if kind == "integer" and words <= _WHOLE:
        return _whole(schema)
    if kind == "array" and words <= _LIST and set(schema.get("items", ())) == {"enum"}:
        return _several(schema)
    return lambda _value: False


def _one_of(schema: Mapping[str, Json]) -> Judge:
    words = frozenset(word for word in schema["enum"] if isinstance(word, str))
    return lambda value: isinstance(value, str) and value in words


def _text(schema: Mapping[str, Json]) -> Judge:
    pattern, form = schema.get("pattern", ""), schema.get("format", "")
    search = patterns.search(pattern)
    least, most = schema.get("minLength", 0), schema.get("maxLength")

    def fits(value: Json) -> bool:
        return (
            isinstance(value, str)
            and least <= len(value)
            and (most is None or len(value) <= most)
            and search(value)
            and (not form or validator.FORMATS.conforms(value, form))
        )

    return fits


def _whole(schema: Mapping[str, Json]) -> Judge:
    least, most = schema.get("minimum"), schema.get("maximum")

    def fits(value: Json) -> bool:
        return (
            isinstance(value, int)
            and not isinstance(value, bool)
            and (least is None or least <= value)
            and (most is None or value <= most)
        )

    return fits


def _several(schema: Mapping[str, Json]) -> Judge:
    known, least, most = _one_of(schema["items"]), schema.get("minItems", 0), schema.get("maxItems")

    def fits(value: Json) -> bool:
        return (
            isinstance(value, list)
            and least <= len(value)
            and (most is None or len(value) <= most)
            and all(known(item) for item in value)
            and len(set(value)) == len(value)
        )

    return fits
