"""Reads the file of outside registers; the tokens in it are names of environment variables."""

from __future__ import annotations

import json
import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from cms.settings import env
from schemas import validator

_POINTER = {"type": "string", "pattern": "^(/[^/]*)+$"}
_TAKEN = {
    "if": {"type": "object"},
    "then": {
        "required": ["at"],
        "properties": {
            "at": _POINTER,
            "words": {"type": "object", "additionalProperties": {"type": ["string", "boolean"]}},
            "date": {"type": "string", "maxLength": 20},
        },
        "additionalProperties": False,
    },
    "else": _POINTER,
}
_CONNECTION: dict[str, Any] = {
    "adapter": {"type": "string"},
    "address": {"type": "string", "pattern": "^https?://"},
    "credential": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"},
    "authority": {"type": "string"},
    "seconds": {"type": "number", "exclusiveMinimum": 0, "maximum": 5},
    "networks": {"type": "array", "items": {"type": "string"}},
    "echo": {"type": "object", "minProperties": 1, "additionalProperties": _TAKEN},
    "take": {"type": "object", "minProperties": 1, "additionalProperties": _TAKEN},
    "nobody": {
        "type": "object",
        "required": ["at", "is"],
        "properties": {"at": _POINTER, "is": {"type": "array", "items": {"type": "string"}}},
        "additionalProperties": False,
    },
}
SCHEMA = {
    "type": "object",
    "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,39}$"},
    "additionalProperties": {
        "type": "object",
        "required": ["title", "address", "echo", "take"],
        "properties": {
            **_CONNECTION,
            "title": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
            "only": {"type": "array", "items": {"type": "string"}},
            "regions": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "properties": _CONNECTION,
                    "additionalProperties": False,
                },
            },
        },
        "additionalProperties": False,
    },
}


def read(path: str) -> dict[str, dict[str, Any]]:
    """Return the registers of the file at `path`, with the tokens in place; none for an empty path."""
    if not path:
        return {}
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise env.BadSetting(f"RAKIT_REGISTERS: the file {path} cannot be read as JSON: {error}") from None
    for fault in validator.errors(validator.build(SCHEMA), found):
        where = "/" + "/".join(str(part) for part in fault.absolute_path)
        raise env.BadSetting(f"RAKIT_REGISTERS: {path}, at {where}: {fault.message}")
    for entry in found.values():
        for connection in (entry, *entry.get("regions", {}).values()):
            if "credential" in connection:
                connection["credential"] = _token(connection["credential"])
            for network in connection.get("networks", ()):
                _must_be_network(network)
    registers: dict[str, dict[str, Any]] = found
    return registers


def _token(name: str) -> str:
    if not os.environ.get(name):
        raise env.BadSetting(f"RAKIT_REGISTERS: set the environment variable {name}, which it names.")
    return os.environ[name]


def _must_be_network(words: str) -> None:
    try:
        ip_network(words)
    except ValueError as error:
        raise env.BadSetting(f"RAKIT_REGISTERS: networks: {error}") from None
