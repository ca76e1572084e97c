"""Files that are JSON and hold forms, but are no JSON Schema: what they are, so that a clerk can be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from builder.jsonschema.ledger import Ledger
from builder.jsonschema.shape import OWNER, TYPES

Json = Any
OF_SCHEMAS = frozenset((*OWNER, "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "$schema"))


def is_schema(root: Mapping[str, Json]) -> bool:
    """Tell whether an object says something as JSON Schema does; an empty one is a schema as well."""
    return not root or bool(OF_SCHEMAS & set(root)) or root.get("type") in TYPES


def refused(root: Json, ledger: Ledger) -> bool:
    """Refuse a file that has the marks of another format; say whether it was."""
    if not isinstance(root, dict) or {"properties", "$schema", "$ref"} & set(root):
        return False
    name = next((name for name, marked in _KNOWN.items() if marked(root)), "")
    if name == "XLSForm":
        ledger.refused("", "source.xlsform")
    elif name:
        ledger.refused("", "source.format", name=name)
    return bool(name)


def _parts(root: Mapping[str, Json], name: str) -> list[dict[str, Json]]:
    """Return the objects of a list that stands under `name`."""
    listed = root.get(name)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _survey(root: Mapping[str, Json]) -> bool:
    elements = [
        *_parts(root, "elements"),
        *(one for page in _parts(root, "pages") for one in _parts(page, "elements")),
    ]
    return any({"type", "name"} <= set(one) for one in elements)


def _fields(root: Mapping[str, Json], *names: str) -> bool:
    return any(set(names) <= set(one) for one in _parts(root, "fields"))


def _is_type(*types: str) -> Callable[[Mapping[str, Json]], bool]:
    return lambda root: isinstance(root.get("type"), str) and root["type"] in types


_KNOWN: Mapping[str, Callable[[Mapping[str, Json]], bool]] = {
    "Form.io": lambda root: any({"key", "type"} & set(one) for one in _parts(root, "components")),
    "SurveyJS": _survey,
    "FHIR Questionnaire": lambda root: root.get("resourceType") == "Questionnaire",
    "Google Forms": lambda root: any(
        "questionItem" in one or "itemId" in one for one in _parts(root, "items")
    ),
    "XGov Digital Form Builder": lambda root: any("components" in one for one in _parts(root, "pages")),
    "XLSForm": lambda root: root.get("type") == "survey" and bool(_parts(root, "children")),
    "Avro": lambda root: root.get("type") == "record" and _fields(root, "name"),
    "GeoJSON": _is_type("FeatureCollection", "Feature"),
    "Adaptive Cards": _is_type("AdaptiveCard"),
    "Typeform": lambda root: _fields(root, "title", "type"),
    "Frictionless Data": lambda root: _fields(root, "name", "type") or bool(_parts(root, "resources")),
}
"""Formats by what only they have at the outermost place; the first that fits counts."""
