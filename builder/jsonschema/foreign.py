"""Files that are JSON and hold forms, but are no JSON Schema: what they are, so that a clerk can be told."""

from __future__ import annotations

from typing import Any

from builder.jsonschema.ledger import Ledger
from builder.jsonschema.shape import OWNER

Json = Any
OF_SCHEMAS = frozenset((*OWNER, "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "$schema"))
MOST_NAMED = 5


def refused(root: dict[str, Json], ledger: Ledger) -> bool:
    """Refuse a file whose outermost words are those of another format; say whether it was.

    Known are OpenAPI and Swagger (schemas under `components/schemas` or `definitions`), and forms of Form.io
    (a list of `components`).
    """
    listed = root.get("components")
    if isinstance(listed, list) and any(isinstance(one, dict) and "key" in one for one in listed):
        ledger.refused("", "source.formio")
    elif OF_SCHEMAS & set(root):
        return False
    elif "openapi" in root or "swagger" in root:
        held = listed.get("schemas") if isinstance(listed, dict) else root.get("definitions")
        names = list(held)[:MOST_NAMED] if isinstance(held, dict) else []
        ledger.refused("", "source.openapi", names=", ".join(names) or "…")
    else:
        return False
    return True
