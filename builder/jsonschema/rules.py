"""The rules of JSON Forms: show, hide, enable or disable when a condition holds."""

from __future__ import annotations

from typing import Any

from builder.jsonschema import pointers
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.resolve import Part
from builder.jsonschema.tree import AnyOf, Condition, Holds, Scope

Json = Any
HIDING = {"SHOW": False, "HIDE": True, "ENABLE": False, "DISABLE": True}
INWARD = ("then", "else", "if", "items")
NUMBERED = ("anyOf", "oneOf", "allOf")


def read(rule: Json, at: str, scope: Scope, ledger: Ledger) -> Condition | None:
    """Return when an element with `rule` is shown; None when the rule cannot be understood."""
    effect = rule.get("effect") if isinstance(rule, dict) else None
    condition = _condition(rule.get("condition"), at, scope) if effect in HIDING else None
    if condition is None:
        ledger.refused(at, "ui.rule")
        return None
    if effect in ("ENABLE", "DISABLE"):
        ledger.partial(at, "ui.enable")
    else:
        ledger.taken(at, "condition")
    return AnyOf(((condition,),), negate=HIDING[str(effect)])


def _condition(rule: Json, of: str, scope: Scope) -> Condition | None:
    """Read `schema`, `expectedValue`, AND and OR."""
    if not isinstance(rule, dict):
        return None
    if isinstance(rule.get("conditions"), list):
        found = [_condition(one, of, scope) for one in rule["conditions"]]
        known = tuple(one for one in found if one is not None)
        if len(known) != len(found) or not known:
            return None
        return AnyOf((known,)) if rule.get("type") == "AND" else AnyOf(tuple((one,) for one in known))
    place = data_pointer(rule.get("scope"))
    schema = {"const": rule["expectedValue"]} if "expectedValue" in rule else rule.get("schema", {})
    if place is None or not isinstance(schema, dict):
        return None
    undefined = False if rule.get("failWhenUndefined") is True else fits_nothing(schema)
    return Holds((Part(f"ui:{of}", schema),), place, scope, undefined=undefined, of=of, ui=True)


def data_pointer(scope: Json) -> str | None:
    """Return where in the data a scope such as `#/properties/a/properties/b` leads."""
    if not isinstance(scope, str):
        return None
    steps = pointers.tokens("/" + scope.lstrip("#").strip("/")) if scope.strip("#/") else []
    found, at = "", 0
    while at < len(steps):
        step = steps[at]
        if step == "properties" and at + 1 < len(steps):
            found += pointers.below("", steps[at + 1])
            at += 2
        elif step in INWARD:
            at += 1
        elif step in NUMBERED and at + 1 < len(steps):
            at += 2
        else:
            return None
    return found


def fits_nothing(schema: Json) -> bool:
    """Say whether a validator calls a value that is not there valid, as JSON Forms asks it."""
    if isinstance(schema, bool):
        return schema
    if any(word in schema for word in ("const", "enum", "type")):
        return False
    return (
        not ("not" in schema and fits_nothing(schema["not"]))
        and all(fits_nothing(one) for one in listed(schema.get("allOf")))
        and all(
            any(fits_nothing(one) for one in listed(schema[word]))
            for word in ("anyOf", "oneOf")
            if word in schema
        )
    )


def listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
