"""From a letter and the facts to plain data for the template: words, styles, rows. Asks nobody for anything.

A text becomes a list of runs `{"text", "styles"}`, a block a mapping with its `kind`. What is filled in is
never read as marks or chips again. Nothing here knows the typesetter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation

from runtime.forms import fields as registry
from runtime.forms import words
from runtime.letters import drawing, rooms
from runtime.letters.facts import Facts, Said
from runtime.letters.frame import frame
from runtime.letters.rooms import Room
from runtime.letters.words import filtered, of_fact
from schemas import chips, exporting, expressions
from schemas.definition import (
    Block,
    Break,
    Detail,
    Details,
    Each,
    Field,
    Heading,
    Items,
    Letter,
    Paragraph,
    Table,
    Text,
)

Run = dict[str, Any]
Data = dict[str, Any]
NARROW = 12
NARROWEST, WIDEST = 6, 40


def resolve(letter: Letter, facts: Facts) -> Data:
    """Return what the template prints: the frame of `runtime.letters.frame`, and `blocks`."""
    with translation.override(facts.language):
        title = _Resolver(facts, _said(facts, ""), (rooms.whole(facts),)).plain(letter.title)
        resolver = _Resolver(facts, _said(facts, title), (rooms.whole(facts),))
        return {
            **frame(letter, _signed(letter, facts, resolver), resolver.runs, title=title),
            "blocks": resolver.blocks(letter.body),
        }


def left_out(letter: Letter, facts: Facts) -> list[str]:
    """Return where blocks stand that are not printed because of their conditions, such as "2" or "4.0"."""
    with translation.override(facts.language):
        return list(_Resolver(facts, _said(facts, ""), (rooms.whole(facts),)).left_out(letter.body))


def _said(facts: Facts, title: str) -> Said:
    """Return every fact that a chip may name."""
    signature = facts.signature
    return {
        "letter.title": title,
        "letter.date": facts.issued,
        "service.title": facts.module.title.say(facts.language),
        "signer.name": signature.name if signature else "",
        "signer.title": signature.title if signature else "",
        **facts.said,
    }


def _signed(letter: Letter, facts: Facts, resolver: _Resolver) -> Facts:
    """Return the facts with the posts in whose name, and by way of which, it is signed filled in."""
    if letter.signer is None or facts.signature is None:
        return facts
    mandate, through = resolver.plain(letter.signer.mandate), resolver.plain(letter.signer.through)
    return replace(facts, signature=replace(facts.signature, mandate=mandate, through=through))


def _width(cells: Sequence[Sequence[Run]]) -> int:
    """Return the share of the width that a column takes beside others: by its longest line, within limits."""
    lines = [line for cell in cells for line in "".join(run["text"] for run in cell).split("\n")]
    return min(max(NARROWEST, *map(len, lines)), WIDEST)


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Resolves texts and blocks in one place: the last of `rooms` is the innermost."""

    facts: Facts
    said: Said
    rooms: tuple[Room, ...]

    def plain(self, text: Text) -> str:
        """Return a text without its styles."""
        return "".join(run["text"] for run in self.runs(text)).replace(words.MAY_BREAK, "")

    def runs(self, text: Text, *, longest: int = words.LONGEST_WORD) -> list[Run]:
        """Return a text in the language of the letter, filled in; longer words may be broken anywhere."""
        language = self.facts.language
        found = []
        for run in chips.runs(text.say(language)):
            content = run.content if isinstance(run.content, str) else self._chip(run.content)
            found.append({"text": words.printable(content, longest=longest), "styles": sorted(run.styles)})
        return found

    def blocks(self, body: Sequence[Block]) -> list[Data]:
        """Return the blocks whose conditions hold; those of entries one after the other."""
        return [said for block in body if self._holds(block) for said in self._block(block)]

    def left_out(self, body: Sequence[Block], around: str = "") -> Iterator[str]:
        """Yield where blocks stand that are not printed; of those for each entry, in none of them."""
        for at, block in enumerate(body):
            place = f"{around}{at}"
            if not self._holds(block):
                yield place
            elif isinstance(block, Each):
                found = [list(one.left_out(block.body, f"{place}.")) for one in self._entries(block.of)]
                yield from (each for each in found[0] if all(each in one for one in found)) if found else ()

    def _holds(self, block: Block) -> bool:
        facts = self.facts
        return expressions.holds(
            block.when, self.rooms[-1].known, today=facts.around.today, tables=facts.module.tables
        )

    def _block(self, block: Block) -> Iterator[Data]:
        match block:
            case Paragraph():
                yield {
                    "kind": "paragraph",
                    "text": self.runs(block.text),
                    "align": block.align,
                    "indent": block.indent,
                }
            case Heading():
                yield {"kind": "heading", "text": self.runs(block.text)}
            case Items():
                items = [self.runs(item) for item in block.items]
                yield {"kind": "items", "items": items, "numbered": block.numbered}
            case Details():
                yield from self._details(block)
            case Table():
                yield self._table(block)
            case Each():
                for entry in self._entries(block.of):
                    yield from entry.blocks(block.body)
            case Break():
                yield {"kind": "break"}

    def _details(self, block: Details) -> Iterator[Data]:
        lines = [self._detail(line) for line in block.lines if self._applies(line)]
        if lines:
            yield {"kind": "details", "lines": lines, "numbered": block.numbered}

    def _applies(self, line: Detail) -> bool:
        """Tell whether a line says something: one of a question that was not asked does not."""
        room = self._room(line.question) if line.question else None
        return room is None or line.question in room.asked

    def _detail(self, line: Detail) -> Data:
        room = self._room(line.question) if line.question else None
        if room is None:
            return {"label": self.runs(line.label), "value": self.runs(line.value)}
        question = room.fields[line.question]
        label = line.label or question.chipped.get("label", question.label)
        value = self._answer(room, line.question).text
        said = {"label": self.runs(label), "value": [{"text": words.printable(value), "styles": []}]}
        drawn = self._drawing(room, line.question)
        return said | {"drawing": drawn, "alt": words.printable(value)} if drawn else said

    def _drawing(self, room: Room, key: str) -> str:
        """Return what was drawn for a question as SVG, "" for nothing."""
        question = room.fields[key]
        strokes = registry.face(question.type).strokes(room.answer(key))
        return drawing.svg(strokes) if strokes and question.privacy != "never_export" else ""

    def _table(self, block: Table) -> Data:
        titles = [self.runs(column.title, longest=NARROW) for column in block.columns]
        rows = [
            [entry.runs(column.value, longest=NARROW) for column in block.columns]
            for entry in self._entries(block.of)
        ]
        columns = [
            {"title": title, "align": column.align, "width": _width([title, *cells])}
            for title, column, *cells in zip(titles, block.columns, *rows, strict=True)
        ]
        return {"kind": "table", "numbered": block.numbered, "columns": columns, "rows": rows}

    def _entries(self, of: str) -> Iterator[_Resolver]:
        room = self._room(of)
        for entry in room.entries(of) if room else ():
            yield _Resolver(self.facts, self.said, (*self.rooms, entry))

    def _room(self, key: str) -> Room | None:
        """Return the innermost room with a question `key`."""
        return next((room for room in reversed(self.rooms) if key in room.fields), None)

    def _chip(self, chip: chips.Chip) -> str:
        language = self.facts.language
        if "." in chip.name:
            return filtered(of_fact(self.said.get(chip.name, "")), chip.filters, language)
        room = self._room(chip.name)
        said = self._answer(room, chip.name) if room else words.Words(words.NOTHING)
        return filtered(said, chip.filters, language)

    def _answer(self, room: Room, key: str) -> words.Words:
        question: Field = room.fields[key]
        if not exporting.leaves(question, exporting.Way.PAPER):
            return words.Words(words.NOTHING)
        return words.of_answer(question, room.answer(key), self.facts.around)
