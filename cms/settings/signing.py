"""Reads the file that says how regions sign letters; its passwords are names of environment variables."""

from __future__ import annotations

from typing import Any

from cms.settings import registers

_PDF = {
    "required": ["certificate"],
    "properties": {
        "adapter": {"const": "pdf"},
        "certificate": {"type": "string"},
        "password": registers.TOKEN,
    },
}
_BSRE = {
    "required": ["address", "user", "password"],
    "properties": {
        "adapter": {"const": "bsre"},
        "version": {"enum": [1, 2]},
        "address": {"type": "string", "pattern": "^https?://"},
        "user": {"type": "string"},
        "password": registers.TOKEN,
        "networks": {"type": "array", "items": {"type": "string"}},
        "authority": {"type": "string"},
    },
}
_PLAIN = {"properties": {"adapter": {"const": "plain"}}}
SCHEMA = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["adapter"],
        "oneOf": [{**one, "additionalProperties": False} for one in (_PLAIN, _PDF, _BSRE)],
    },
}


def read(path: str) -> dict[str, dict[str, Any]]:
    """Return how each region signs, by its key, with the passwords in place; none for an empty path."""
    found = registers.checked("RAKIT_SIGNING", path, SCHEMA)
    for connection in found.values():
        registers.fill("RAKIT_SIGNING", connection, "password")
    return found
