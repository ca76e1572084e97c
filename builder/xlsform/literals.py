"""Answers as they are written in a workbook."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from builder.jsonschema import values
from builder.xlsform.tree import Node

Json = Any
_NUMBER = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,6})?")


def answer(node: Node, written: str) -> Json | None:
    """Return the canonical answer that a text of the workbook stands for, None when it is none."""
    kind = node.type
    if kind in ("integer", "number", "rating"):
        if not _NUMBER.fullmatch(written) or (kind != "number" and "." in written):
            return None
        return int(written) if kind != "number" else values.to_answer({"type": kind}, Decimal(written))
    if kind == "choice" and node.choices is not None:
        return node.choices.value(written)
    if kind == "choices" and node.choices is not None:
        wanted = written.split()
        chosen = [option.value for option in node.choices.options if option.name in wanted]
        return chosen if len(chosen) == len(set(wanted)) else None
    if kind == "date":
        return values.to_answer({"type": kind}, written[:10])
    if kind == "time":
        return values.to_answer({"type": kind}, written if written.count(":") == 2 else f"{written}:00")
    if kind in ("text", "longtext", "datetime", "pattern"):
        return values.to_answer({"type": kind}, written)
    return None
