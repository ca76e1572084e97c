"""Which version of JSON Schema a file names, and what that version reads otherwise than the newest.

Up to draft 7 nothing counts beside a `$ref` (draft-handrews-json-schema-01 §8.3); from 2019-09 on
everything does. A file that names no version is read as 2020-12.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Json = Any
_NAMED = re.compile(r"https?://json-schema\.org/draft(?:-0?([3-7])|/(2019-09|2020-12))/schema#?")
_YEARS = {"2019-09": 8, "2020-12": 9}
LAST_THAT_STANDS_ALONE = 7
WORDS = frozenset(
    (
        *("$ref", "title", "description", "default", "examples", "readOnly", "writeOnly", "deprecated"),
        *("$comment", "$schema", "definitions", "$defs", "enumNames", "x-enumNames"),
    )
)  # say nothing about the data, so they may stand beside a reference in every version
SINCE: Mapping[str, int] = {
    "const": 6, "contains": 6, "propertyNames": 6, "if": 7, "contentEncoding": 7, "contentMediaType": 7,
    "dependentRequired": 8, "dependentSchemas": 8, "unevaluatedProperties": 8, "unevaluatedItems": 8,
    "minContains": 8, "maxContains": 8, "prefixItems": 9,
}  # fmt: skip
UNTIL: Mapping[str, int] = {"dependencies": 7, "additionalItems": 8}


def of(root: Json) -> int | None:
    """Return the version a file names, 3 to 7 for the drafts, 8 for 2019-09, 9 for 2020-12; else None."""
    written = root.get("$schema") if isinstance(root, dict) else None
    found = _NAMED.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        return None
    return int(found[1]) if found[1] else _YEARS[found[2]]


def alone(schema: Mapping[str, Json], draft: int | None) -> bool:
    """Say whether a schema is a reference beside which nothing counts."""
    return draft is not None and draft <= LAST_THAT_STANDS_ALONE and isinstance(schema.get("$ref"), str)


def unknown(keyword: str, value: Json, draft: int | None) -> bool:
    """Say whether the version a file names has no such keyword, so that its validators pass over it."""
    if draft is None:
        return False
    listed = keyword == "items" and isinstance(value, list) and draft > UNTIL["additionalItems"]
    return listed or not SINCE.get(keyword, draft) <= draft <= UNTIL.get(keyword, draft)
