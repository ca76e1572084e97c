"""The columns of a sheet by what their heads mean, and the languages of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from builder.xlsform.heads import TEXTS, Head, head, snake
from builder.xlsform.reading import Row, Sheet

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
            for name in (
                "field",
                "option",
                "separator",
                "allow_media",
                "date_format",
                "datetime_format",
                "response",
            )
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
        for one in _distinct(sheet):
            if one.name:
                self.heads[one.written] = one
            else:
                self.again.append(one.written)

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


def _filled(sheet: Sheet, heads: list[Head]) -> list[Head]:
    """Leave out an empty column where another that means the same holds something."""
    filled = {written for row in sheet.rows for written in row.cells}
    said = {(one.name, one.language) for one in heads if one.written in filled}
    return [one for one in heads if one.written in filled or (one.name, one.language) not in said]


def _distinct(sheet: Sheet) -> Iterator[Head]:
    """Yield the heads in their order, one that means what another means without a name.

    The usual name counts before another name for it. In the lists such a column is one that filters may use.
    """
    found = _filled(sheet, [head(written, sheet.name) for written in sheet.heads])
    usual = {(one.name, one.language) for one in found if snake(one.written) == one.name}
    seen: set[tuple[str, str]] = set()
    for one in found:
        meant = (one.name, one.language)
        if meant in seen or (meant in usual and snake(one.written) != one.name):
            listed = (
                sheet.name in ("choices", "external_choices")
                and snake(one.written) != one.name
                and not one.language
            )
            yield Head(one.written, one.written if listed else "")
            continue
        seen.add(meant)
        yield one
