"""What a draft would change once it is published, against the latest release of its service."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from builder.models import Module, Release
from builder.panel.comparing.saying import Document, Speaker
from builder.panel.comparing.sentences import Change, changes
from schemas import parse
from schemas.definition import Module as Definition


def since(
    module: Module, document: Document, definition: Definition | None, language: str
) -> tuple[int, list[Change]]:
    """Return the number of the latest release and what has changed since, 0 if there is no release."""
    latest: Release | None = module.releases.order_by("-number").first()
    if latest is None:
        return 0, []
    return latest.number, changes(
        _speaker(latest.document, language), Speaker(document, definition, language)
    )


def between(older: str, newer: str, language: str) -> list[Change]:
    """Return what has changed between two texts of a document. Raises ValueError when one cannot be read."""
    return changes(_speaker(older, language), _speaker(newer, language))


@lru_cache(maxsize=16)
def _speaker(text: str, language: str) -> Speaker:
    document: Any = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("A document is an object.")
    return Speaker(document, parse.check(text).module or parse.understood(document), language)
