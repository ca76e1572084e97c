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
TOKEN = {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"}
"""The name of the environment variable that holds a secret."""
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
    "credential": TOKEN,
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
    found = checked("RAKIT_REGISTERS", path, SCHEMA)
    for entry in found.values():
        for connection in (entry, *entry.get("regions", {}).values()):
            fill("RAKIT_REGISTERS", connection, "credential")
    return found


def checked(name: str, path: str, schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what the file at `path`, which `name` leads to, holds; raise `BadSetting` for another shape."""
    if not path:
        return {}
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise env.BadSetting(f"{name}: the file {path} cannot be read as JSON: {error}") from None
    for fault in validator.errors(validator.build(schema), found):
        where = "/" + "/".join(str(part) for part in fault.absolute_path)
        raise env.BadSetting(f"{name}: {path}, at {where}: {fault.message}")
    entries: dict[str, dict[str, Any]] = found
    return entries


def fill(name: str, connection: dict[str, Any], secret: str) -> None:
    """Put the secret in its place, which names an environment variable, and judge the networks."""
    if secret in connection:
        connection[secret] = _token(name, connection[secret])
    for network in connection.get("networks", ()):
        _must_be_network(name, network)


def _token(setting: str, name: str) -> str:
    if not os.environ.get(name):
        raise env.BadSetting(f"{setting}: set the environment variable {name}, which it names.")
    return os.environ[name]


def _must_be_network(setting: str, words: str) -> None:
    try:
        ip_network(words)
    except ValueError as error:
        raise env.BadSetting(f"{setting}: networks: {error}") from None
