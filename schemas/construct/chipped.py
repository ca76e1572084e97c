"""Words of a form with chips in them: which question each names, and what stands there for everybody's eyes.

A chip may name what a rule in its place may name. Without `chips: true` braces are braces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas import chips, fieldtypes
from schemas.chips import Chip
from schemas.construct.words import Raw, Reader
from schemas.definition import Text
from schemas.expressions import Scope
from schemas.problems import Problem, error

GAP = "…"
AGREED = frozenset({"consent", "signature"})
"""Kinds whose words are what somebody agrees to: they are kept with the answer and are the same for all."""
SAID = frozenset({"text", "number", "date", "time", "datetime", "boolean", "choices"})
Items = Mapping[str, Raw]


class Around:
    """What chips in one place may name: by `scope`, and `items` are the questions as they are written.

    `items` of a row stand before those around it, as in the scope.
    """

    def __init__(self, scope: Scope, items: tuple[Items, ...]) -> None:
        self.scope = scope
        self.items = items

    def item(self, name: str) -> Raw | None:
        """Return the question that a chip means, None when there is none."""
        return next((room[name] for room in self.items if name in room), None)

    def comes_early(self, name: str) -> bool:
        """Tell whether the question is answered before these words are read."""
        scope: Scope | None = self.scope
        for room in self.items:
            if scope is None or name in room:
                break
            scope = scope.outer
        return scope is not None and name in scope.allowed


def chipped(reader: Reader, raw: Raw, name: str, pointer: str, around: Around) -> tuple[Text, Text | None]:
    """Return the words `raw[name]` as they may be shown to all, and as they are written if chips are in them.

    What is wrong with the chips is noted.
    """
    written = reader.text(raw.get(name))
    if not raw.get("chips"):
        return written, None
    reader.faults.extend(dict.fromkeys(_faults(raw, written, f"{pointer}/{name}", around)))
    if not any(chips.chips(words) for _code, words in written.values):
        return written, None
    shown = ((code, chips.filled(words, _title(reader, code, around))) for code, words in written.values)
    return Text(tuple(shown)), written


def _title(reader: Reader, code: str, around: Around) -> chips.Say:
    """Return what says the words of the question that a chip means; in them nothing is filled in."""

    def said(chip: Chip) -> str:
        item = around.item(chip.name)
        words = reader.text(item["label"]).say(code) if item else chip.name
        return f"[{chips.filled(words, _gap) if item and item.get('chips') else words}]"

    return said


def _gap(_chip: Chip) -> str:
    return GAP


def _faults(raw: Raw, written: Text, pointer: str, around: Around) -> Iterator[Problem]:
    for _code, words in written.values:
        if stray := chips.stray(words):
            yield error("chips.braces", pointer, name=stray)
        for chip in chips.chips(words):
            if raw.get("type") in AGREED:
                yield error("chips.agreed", pointer, name=chip.name)
            yield from _fault(chip, pointer, around)


def _fault(chip: Chip, pointer: str, around: Around) -> Iterator[Problem]:
    item = around.item(chip.name)
    if chip.filters or "." in chip.name:
        yield error("chips.plain", pointer, name="|".join((chip.name, *chip.filters)))
    elif item is None:
        yield error("references.field", pointer, name=chip.name)
    elif not said(item["type"]):
        yield error("chips.kind", pointer, name=chip.name)
    elif item.get("privacy") == "never_export":
        yield error("chips.never_export", pointer, name=chip.name)
    elif not around.comes_early(chip.name):
        yield error("expression.later", pointer, name=chip.name)


def said(type_: str) -> bool:
    """Tell whether answers to this kind of question can stand within a sentence of a form."""
    kind = fieldtypes.get(type_)
    return kind.asked and kind.value_type in SAID and type_ not in AGREED
