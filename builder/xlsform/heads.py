"""What one head of a sheet means: the name of its column, and the language of its words.

Heads are read as pyxform reads them, in any letter case, with blanks for underscores, with one colon or two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

TEXTS = frozenset(("label", "hint", "guidance_hint", "required_message", "constraint_message"))
MEDIA = frozenset(("image", "big-image", "audio", "video"))
_COMMON = {"caption": "label", "value": "name"}
_SURVEY = {
    **_COMMON, "tag": "name", "command": "type",
    "relevance": "relevant", "bind::relevant": "relevant",
    "read_only": "readonly", "bind::readonly": "readonly",
    "bind::required": "required", "bind::constraint": "constraint",
    "calculate": "calculation", "bind::calculate": "calculation",
    "constraining_message": "constraint_message", "bind::jr:constraintmsg": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message", "bind::jr:requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "count": "repeat_count", "jr:count": "repeat_count", "control::jr:count": "repeat_count",
    "control::appearance": "appearance",
    "no_app_error_string": "noapperrorstring", "bind::jr:noapperrorstring": "noapperrorstring",
    "compact_tag": "instance::odk:tag", "bind::entities:saveto": "save_to",
    "control::autoplay": "autoplay", "control::rows": "rows",
}  # fmt: skip
_CHOICES = {**_COMMON, "list": "list_name"}
_SETTINGS = {
    "set_form_title": "form_title", "title": "form_title",
    "set_form_id": "form_id", "id_string": "form_id",
}  # fmt: skip
ALIASES: Mapping[str, Mapping[str, str]] = {
    "survey": _SURVEY,
    "choices": _CHOICES,
    "external_choices": _CHOICES,
    "settings": _SETTINGS,
}
_OUTER = {"media": "media", "bind": "bind", "control": "control", "body": "control", "instance": "instance"}
"""Columns whose name goes on behind the colon."""
_PREFIXES = frozenset(("jr", "orx", "odk", "entities"))
"""Name spaces: their colon does not divide a head."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head: as it is written, the name of the column, and the language as it is written."""

    written: str
    name: str
    language: str = ""


def head(written: str, sheet: str = "survey") -> Head:
    """Read one head: `Label::Bahasa Indonesia (id)`, `media:image`, `bind:jr:constraintMsg`, `relevance`."""
    aliases = ALIASES.get(sheet, {})
    parts = _parts(written, aliases)
    name, rest = _named(parts[0], aliases), parts[1:]
    name = _OUTER.get(name, name)
    if name in _OUTER and rest:
        name, rest = f"{name}::{rest[0].lower()}", rest[1:]
        name = aliases.get(name, name)
    if name in MEDIA:
        name = f"media::{name}"
    is_text = name in TEXTS or name.startswith("media::")
    if rest and not is_text:
        return Head(written, "::".join([name, *rest]))
    return Head(written, name, rest[0] if rest else "")


def _parts(written: str, aliases: Mapping[str, str]) -> list[str]:
    """Divide a head at its double colons, or at single ones where what stands before them can go on."""
    if "::" in written:
        return [part.strip() for part in written.split("::")]
    parts: list[str] = []
    for part in (part.strip() for part in written.split(":")):
        if parts and parts[-1].lower() in _PREFIXES:
            parts[-1] = f"{parts[-1]}:{part}"
        else:
            parts.append(part)
    goes_on = _named(parts[0], aliases) in TEXTS | MEDIA | _OUTER.keys()
    return parts if goes_on else [written.strip()]


def _named(written: str, aliases: Mapping[str, str]) -> str:
    name = snake(written)
    return aliases.get(name, name)


def snake(written: str) -> str:
    """Return a head in small letters, with one underscore for blanks and underscores."""
    return re.sub(r"[\s_]+", "_", written.strip().lower())
