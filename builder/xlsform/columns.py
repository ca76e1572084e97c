"""What the heads of a workbook mean: the name of a column, and the language of its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from builder.xlsform.reading import Row, Sheet

TEXTS = frozenset(("label", "hint", "guidance_hint", "required_message", "constraint_message"))
MEDIA = frozenset(("image", "big-image", "audio", "video"))
ALIASES = {
    "caption": "label", "tag": "name", "value": "name", "command": "type",
    "relevance": "relevant", "bind::relevant": "relevant",
    "read_only": "readonly", "bind::readonly": "readonly",
    "bind::required": "required", "bind::constraint": "constraint",
    "calculate": "calculation", "bind::calculate": "calculation",
    "constraining_message": "constraint_message", "bind::jr:constraintmsg": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message", "bind::jr:requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "count": "repeat_count", "jr:count": "repeat_count", "control::jr:count": "repeat_count",
    "body::jr:count": "repeat_count", "control::appearance": "appearance", "body::appearance": "appearance",
    "list_name": "list_name", "list": "list_name", "set_form_title": "form_title", "title": "form_title",
    "set_form_id": "form_id", "id_string": "form_id",
}  # fmt: skip
SURVEY = frozenset(
    (
        *("type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant"),
        *("constraint", "constraint_message", "calculation", "default", "readonly", "appearance"),
        *("choice_filter", "repeat_count", "parameters", "disabled"),
    )
)
CHOICES = frozenset(("list_name", "name", "label"))
SETTINGS = frozenset(("form_title", "form_id", "version", "default_language", "style"))
FOREIGN = frozenset(
    (
        *("trigger", "save_to", "autoplay", "rows", "query", "noapperrorstring", "no_app_error_string"),
        *(
            f"sms_{name}"
            for name in ("field", "option", "separator", "allow_media", "date_format", "response")
        ),
    )
)
"""Columns of the survey that mean something elsewhere and nothing here: named in each row that uses them."""
_SPOKEN = {
    "id": "id", "ind": "id", "in": "id", "indonesia": "id", "indonesian": "id",
    "bahasa": "id", "bahasa indonesia": "id",
    "en": "en", "eng": "en", "english": "en", "inggris": "en", "bahasa inggris": "en",
}  # fmt: skip
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-_]*)?\s*\)\s*$")


@dataclass(frozen=True, slots=True)
class Head:
    """A head: as it is written, the name of the column, and the language as it is written."""

    written: str
    name: str
    language: str = ""


def head(written: str) -> Head:
    """Read one head: `Label::Bahasa Indonesia (id)`, `media::image`, `relevance`."""
    parts = [part.strip() for part in re.split(r"::", written)]
    if len(parts) == 1 and ":" in written and not written.lower().startswith(("jr:", "orx:", "odk:")):
        before, after = written.split(":", 1)
        if _named(before) in TEXTS | MEDIA:
            parts = [before.strip(), after.strip()]
    name, rest = _named(parts[0]), parts[1:]
    if name in ("media", "bind", "control", "body", "instance") and rest:
        name, rest = _alias(f"{name}::{rest[0].lower()}"), rest[1:]
    if name in MEDIA:
        name = f"media::{name}"
    is_text = name in TEXTS or name.startswith("media::")
    if rest and not is_text:
        return Head(written, "::".join([name, *rest]))
    return Head(written, name, rest[0] if rest else "")


def _named(written: str) -> str:
    return _alias(re.sub(r"[\s_]+", "_", written.strip().lower()))


def _alias(name: str) -> str:
    return ALIASES.get(name, name)


def language(written: str) -> str:
    """Return the code of a language that is written like `Bahasa Indonesia (id)`, in small letters."""
    found = _CODE.search(written)
    told = found[1].lower() if found else re.sub(r"\s+", " ", written.strip().lower())
    return _SPOKEN.get(told, told)


class Columns:
    """The heads of one sheet by what they mean; of two that mean the same the first counts."""

    def __init__(self, sheet: Sheet) -> None:
        self.heads: dict[str, Head] = {}
        self.again: list[str] = list(sheet.again)
        self.filled = {written for row in sheet.rows for written in row.cells}
        seen: set[tuple[str, str]] = set()
        for written in sheet.heads:
            one = head(written)
            if (one.name, one.language) in seen:
                self.again.append(written)
                continue
            seen.add((one.name, one.language))
            self.heads[written] = one

    def get(self, row: Row, name: str) -> str:
        """Return the text of a column without a language."""
        return next(
            (row.cells[at] for at, one in self.heads.items() if one.name == name and row.cells.get(at)), ""
        )

    def written(self, name: str) -> str:
        """Return how the head of a column is written in the workbook."""
        return next((at for at, one in self.heads.items() if one.name == name), name)

    def texts(self, row: Row, name: str) -> Mapping[str, str]:
        """Return the texts of a column by language as it is written; "" is the column without one."""
        return {
            one.language: row.cells[at]
            for at, one in self.heads.items()
            if one.name == name and row.cells.get(at)
        }

    def languages(self) -> list[str]:
        """Return the languages of the words as they are written, in the order of the columns."""
        spoken = [one for at, one in self.heads.items() if one.name in TEXTS and at in self.filled]
        return list(dict.fromkeys(one.language for one in spoken))
