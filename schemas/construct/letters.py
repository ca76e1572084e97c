"""Builds the letters of a document; what their texts name is checked by `schemas.rules`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from schemas.construct.words import Raw, Reader
from schemas.definition import (
    Block,
    Break,
    Column,
    Detail,
    Details,
    Each,
    Heading,
    Items,
    Letter,
    Paragraph,
    Signer,
    Table,
    Validity,
)
from schemas.expressions import Expression, Scope

Made = Callable[[Raw, Any, str, Scope], Block]


class LetterBuilder:
    """Builds letters; conditions may name every question of `scope`, in an entry its own first."""

    def __init__(self, reader: Reader, scope: Scope) -> None:
        self.reader = reader
        self.scope = scope
        self.builders: dict[str, Made] = {
            "paragraph": self._paragraph,
            "heading": lambda raw, when, _at, _scope: Heading(self.reader.text(raw["heading"]), when),
            "items": self._items,
            "details": self._details,
            "table": self._table,
            "each": self._each,
            "break": lambda _raw, when, _at, _scope: Break(when),
        }

    def build(self, raw: Sequence[Raw]) -> tuple[Letter, ...]:
        return tuple(self._letter(letter, f"/letters/{at}") for at, letter in enumerate(raw))

    def _letter(self, raw: Raw, pointer: str) -> Letter:
        text, validity = self.reader.text, raw.get("validity")
        return Letter(
            key=raw["key"],
            title=text(raw["title"]),
            body=self._body(raw["body"], f"{pointer}/body", self.scope),
            paper=raw.get("paper", "f4"),
            register=raw.get("register", ""),
            subject=text(raw.get("subject")),
            recipient=text(raw.get("recipient")),
            validity=Validity(validity["amount"], validity["unit"]) if validity else None,
            signer=self._signer(raw.get("signer")),
            holder=raw.get("holder", False),
            copies=tuple(text(copy) for copy in raw.get("copies", [])),
        )

    def _signer(self, raw: Raw | None) -> Signer | None:
        if raw is None:
            return None
        text = self.reader.text
        return Signer(raw["action"], text(raw.get("mandate")), text(raw.get("through")))

    def _body(self, raw: Sequence[Raw], pointer: str, scope: Scope) -> tuple[Block, ...]:
        return tuple(self._block(block, f"{pointer}/{at}", scope) for at, block in enumerate(raw))

    def _block(self, raw: Raw, pointer: str, scope: Scope) -> Block:
        when = self.reader.optional(raw, "when", pointer, scope)
        make = next(make for name, make in self.builders.items() if name in raw)
        return make(raw, when, pointer, scope)

    def _paragraph(self, raw: Raw, when: Expression | None, pointer: str, scope: Scope) -> Block:
        text = self.reader.text(raw["paragraph"])
        return Paragraph(text, raw.get("align", "justify"), raw.get("indent", False), when)

    def _items(self, raw: Raw, when: Expression | None, pointer: str, scope: Scope) -> Block:
        items = tuple(self.reader.text(item) for item in raw["items"])
        return Items(items, raw.get("numbered", False), when)

    def _details(self, raw: Raw, when: Expression | None, pointer: str, scope: Scope) -> Block:
        text = self.reader.text
        lines = tuple(
            Detail(text(line.get("label")), text(line.get("value")), line.get("question", ""))
            for line in raw["details"]
        )
        return Details(lines, raw.get("numbered", False), when)

    def _table(self, raw: Raw, when: Expression | None, pointer: str, scope: Scope) -> Block:
        text = self.reader.text
        columns = tuple(
            Column(text(each["title"]), text(each["value"]), each.get("align", "left"))
            for each in raw["columns"]
        )
        return Table(raw["table"], columns, raw.get("numbered", False), when)

    def _each(self, raw: Raw, when: Expression | None, pointer: str, scope: Scope) -> Block:
        rows = scope.kinds[raw["each"]].rows if raw["each"] in scope.kinds else {}
        inside = Scope(rows, frozenset(rows), scope)
        return Each(raw["each"], self._body(raw["body"], f"{pointer}/body", inside), when)
