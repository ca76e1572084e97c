"""A permit as a city would have it: agencies advise, a committee votes, the head may object, time runs.

It is the document of `tests/runtime/committee.py`, whose head may object while the committee still votes;
the second version names the sitting otherwise and no longer asks for the area.
"""

from __future__ import annotations

import json
from typing import Any

from tests.runtime import committee

TITLE = "Izin contoh"


def first() -> str:
    """Return the document that the applications are filed under."""
    document = json.loads(committee.as_text())
    (veto,) = (task for task in _status(document, "sidang")["tasks"] if task["key"] == "veto")
    del veto["after"]
    return json.dumps(document)


def second() -> str:
    """Return the document that follows: a status renamed, a question taken away."""
    document = json.loads(first().replace('"sidang"', '"rapat"'))
    _status(document, "rapat")["title"] = {"id": "Rapat panitia", "en": "Committee meeting"}
    for page in document["pages"]:
        page["fields"] = [field for field in page["fields"] if field["key"] != "luas"]
    return json.dumps(document)


def _status(document: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in document["workflow"]["statuses"] if one["key"] == key)
    return found
