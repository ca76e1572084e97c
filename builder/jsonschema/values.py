"""Between a JSON value of the source and the canonical answer of a question, both ways."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from builder.jsonschema.jsonvalues import exact, ident, is_number, type_of
from builder.jsonschema.tree import Item
from schemas import fieldtypes
from schemas.fieldtypes import phone

Json = Any
TEXTS = frozenset(("text", "longtext", "email", "url", "phone", "pattern"))
COMPARABLE = TEXTS | {"choice", "integer", "number", "boolean", "date"}
OWN_COMPARABLE = frozenset(("text", "number", "boolean", "date", "time"))
ZONE = timezone(timedelta(hours=7))
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(:00(\.0+)?)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def json_types(item: Item) -> frozenset[str]:
    """Return the JSON types that answers of the question stand for."""
    if own := item.marks.get("own"):
        return frozenset({own})
    if item.type in ("choice", "choices") and item.options:
        from_options = {type_of(value) for value, _ in item.options}
        return frozenset(from_options) if item.type == "choice" else frozenset({"array"})
    return frozenset(
        {{"integer": "integer", "number": "number", "boolean": "boolean"}.get(item.type, "string")}
    )


def number(value: Json) -> int | str:
    """Return a number as conditions and answers write it: whole, or decimals as text."""
    found = exact(value)
    return int(found) if found == found.to_integral_value() else decimal_text(found)


def decimal_text(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    return "0" if text in ("-0", "0") else text


def is_number_question(item: Item) -> bool:
    """Say whether answers of the question stand for JSON numbers."""
    return bool(json_types(item) & {"integer", "number"}) and not item.options


def is_text_question(item: Item) -> bool:
    """Say whether answers of the question are texts as they stand in the data."""
    return fieldtypes.get(item.type).value_type == "text" if item.marks.get("own") else item.type in TEXTS


def is_comparable(item: Item) -> bool:
    """Say whether answers of the question can be held against a constant of JSON."""
    if not item.marks.get("own"):
        return item.type in COMPARABLE
    return item.type != "number" and fieldtypes.get(item.type).value_type in OWN_COMPARABLE


def literal(item: Item, value: Json) -> Json:
    """Return a JSON value as a constant beside the question in a condition; None when it can never be."""
    if item.type in ("choice", "choices") and item.options:
        return item.values.get(ident(value))
    if item.type in ("boolean", "consent"):
        return value if isinstance(value, bool) else None
    if is_number_question(item):
        return number(value) if is_number(value) else None
    return value if isinstance(value, str) and value else None


def to_answer(question: Mapping[str, Json], value: Json) -> Json:
    """Return the canonical answer for a JSON value, or None when it cannot be one."""
    kind = question["type"]
    if "x-own" in question:  # the data are answers of ours already
        return value if type_of(value) == question["x-own"] and value not in ("", [], {}) else None
    if kind == "choice":
        return _option(question, value)
    if kind == "choices":
        chosen = [_option(question, one) for one in value] if isinstance(value, list) else [None]
        order = [option["value"] for option in question["options"]]
        return None if None in chosen else [one for one in order if one in chosen] or None
    if kind == "boolean":
        return value if isinstance(value, bool) else None
    if kind == "integer":
        whole = is_number(value) and exact(value) == exact(value).to_integral_value()
        return int(value) if whole else None
    if kind == "number":
        return decimal_text(exact(value)) if is_number(value) else None
    if not isinstance(value, str) or not value.strip():
        return None
    if kind == "time":
        found = _TIME.fullmatch(value.removesuffix("Z"))
        return f"{found[1]}:{found[2]}" if found else None
    if kind == "datetime":
        return _moment(value)
    if kind == "date":
        return value if _DAY.fullmatch(value) else None
    if kind == "phone":
        return phone.normalise(value)
    return value if kind in TEXTS else None


def to_value(question: Mapping[str, Json], answer: Json) -> Json:
    """Return the JSON value that a canonical answer stands for."""
    kind = question["type"]
    if "x-own" in question:
        return answer
    if kind == "choice":
        return _original(question, answer)
    if kind == "choices":
        return [_original(question, one) for one in answer]
    if kind == "number":
        found = Decimal(answer)
        return int(found) if found == found.to_integral_value() else float(found)
    if kind == "time":
        return f"{answer}:00"
    if kind == "datetime":
        return f"{answer[:16]}:00{answer[16:]}"
    return answer


def _moment(value: str) -> str | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZONE)
    if moment.second or moment.microsecond:
        return None
    local = moment.astimezone(ZONE)
    return local.strftime("%Y-%m-%dT%H:%M") + "+07:00"


def _option(question: Mapping[str, Json], value: Json) -> str | None:
    wanted = ident(value)
    for option in question["options"]:
        if ident(_source(option)) == wanted:
            return str(option["value"])
    return None


def _original(question: Mapping[str, Json], answer: Json) -> Json:
    for option in question["options"]:
        if option["value"] == answer:
            return _source(option)
    return answer


def _source(option: Mapping[str, Json]) -> Json:
    """Return the value of the source that an option stands for; it is kept as JSON text."""
    return json.loads(option["x-source"]) if "x-source" in option else option["value"]
