"""Walks the letters of a module: every block with where it stands, every text with its JSON Pointer."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import chips
from schemas.definition import (
    Block,
    Details,
    Each,
    Heading,
    Items,
    Letter,
    Module,
    Paragraph,
    Table,
    Text,
)

Rows = tuple[str, ...]
Said = tuple[str, Text, bool]
Found = tuple[str, Text, Rows]


def blocks(module: Module) -> Iterator[tuple[str, Block, Rows]]:
    """Yield every block with the repeated questions in whose entries it stands, the outermost first."""
    for at, letter in enumerate(module.letters):
        yield from _blocks(letter.body, f"/letters/{at}/body", ())


def naming(module: Module, name: str) -> Iterator[tuple[str, Letter]]:
    """Yield every text that fills in `name`: its JSON Pointer, with the letter it belongs to."""
    for pointer, text, _rows in filled(module):
        said = (chip.name for _language, words in text.values for chip in chips.chips(words))
        if name in said:
            yield pointer, module.letters[int(pointer.split("/")[2])]


def texts(module: Module) -> Iterator[Said]:
    """Yield every text with whether it must not be empty."""
    for at, letter in enumerate(module.letters):
        yield f"/letters/{at}/title", letter.title, True
        for pointer, text in _head(letter, f"/letters/{at}"):
            yield pointer, text, False
        for number, copy in enumerate(letter.copies):
            yield f"/letters/{at}/copies/{number}", copy, True
    for pointer, block, _rows in blocks(module):
        for place, text, needed in _said(block):
            yield f"{pointer}/{place}", text, needed


def filled(module: Module) -> Iterator[Found]:
    """Yield every text that may hold chips, with the repeated questions whose entries it may name."""
    for at, letter in enumerate(module.letters):
        yield f"/letters/{at}/title", letter.title, ()
        for pointer, text in _head(letter, f"/letters/{at}"):
            yield pointer, text, ()
        for number, copy in enumerate(letter.copies):
            yield f"/letters/{at}/copies/{number}", copy, ()
    for pointer, block, rows in blocks(module):
        inside = (*rows, block.of) if isinstance(block, Table) else rows
        for place, text, _needed in _said(block):
            yield f"{pointer}/{place}", text, inside


def _blocks(body: tuple[Block, ...], pointer: str, rows: Rows) -> Iterator[tuple[str, Block, Rows]]:
    for at, block in enumerate(body):
        yield f"{pointer}/{at}", block, rows
        if isinstance(block, Each):
            yield from _blocks(block.body, f"{pointer}/{at}/body", (*rows, block.of))


def _head(letter: Letter, pointer: str) -> Iterator[tuple[str, Text]]:
    yield f"{pointer}/subject", letter.subject
    yield f"{pointer}/recipient", letter.recipient
    if letter.signer:
        yield f"{pointer}/signer/mandate", letter.signer.mandate
        yield f"{pointer}/signer/through", letter.signer.through


def _said(block: Block) -> Iterator[Said]:
    match block:
        case Paragraph():
            yield "paragraph", block.text, True
        case Heading():
            yield "heading", block.text, True
        case Items():
            for at, item in enumerate(block.items):
                yield f"items/{at}", item, True
        case Details():
            for at, line in enumerate(block.lines):
                yield f"details/{at}/label", line.label, not line.question
                yield f"details/{at}/value", line.value, not line.question
        case Table():
            for at, column in enumerate(block.columns):
                yield f"columns/{at}/title", column.title, True
                yield f"columns/{at}/value", column.value, True
