"""The rules of a row: when it is shown, what it is worked out from, what it begins with, what it offers.

`Demands` are what an answer has to keep to. What cannot be said is named and left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.xlsform import literals, translate, xpath
from builder.xlsform.columns import Columns
from builder.xlsform.kinds import PLACES
from builder.xlsform.ledger import Ledger
from builder.xlsform.structure import NO, SHEET, YES, Structure
from builder.xlsform.terms import Term
from builder.xlsform.translate import Place
from builder.xlsform.tree import Node
from schemas import fieldtypes
from schemas.fieldtypes import longtext, text

Json = Any
_DYNAMIC = re.compile(r"\$\{|[\w-]\(.*\)|^\s*[0-9.]+\s*[-+*]\s*[0-9.]+\s*$", re.DOTALL)
_WORKED_OUT = {"text": "text", "date": "date", "time": "time", "boolean": "boolean"}
TYPES = {"integer": "number", "rating": "number", "longtext": "text", "choice": "text", "pattern": "text"}


class Reader:
    """Reads one column of one row, and names what cannot be taken of it."""

    def __init__(self, structure: Structure, columns: Columns, ledger: Ledger) -> None:
        self.structure, self.columns, self.ledger = structure, columns, ledger

    def text(self, node: Node, column: str) -> str:
        return self.columns.get(node.row, column)

    def without(self, node: Node, column: str, reason: str, **data: object) -> None:
        self.ledger.without(SHEET, node.row.number, self.columns.written(column), reason, **data)

    def look(self, node: Node, column: str, reason: str, **data: object) -> None:
        self.ledger.look(SHEET, node.row.number, self.columns.written(column), reason, **data)

    def said(self, node: Node, column: str, make: Callable[[str], Json]) -> Json:
        """Return what `make` makes of the text of a column; None, and an entry, when that cannot be said."""
        written = self.text(node, column)
        try:
            return make(written)
        except Unsayable as fault:
            self.without(node, column, fault.reason, value=written[:120], **fault.data)
            return None

    def place(self, node: Node, **more: Any) -> Place:
        return Place(node, self.structure.named, files=self.structure.files, **more)


class Rules(Reader):
    """What must be known before anything later can refer to the row."""

    def fill(self, node: Node) -> None:
        self._visible(node)
        if node.kind != "question" or node.refused:
            return
        self._calculate(node)
        if not node.refused:
            self._default(node)
            self._read_only(node)
            self._filter(node)

    def _visible(self, node: Node) -> None:
        written = self.text(node, "relevant")
        if not written or written.lower() in YES:
            return
        if written.lower() in NO:
            self.structure.refuse(node, "relevant", "relevant.never")
            return
        place = self.place(node)
        found = self.said(node, "relevant", lambda text: translate.condition(text, place))
        if found is False:
            self.structure.refuse(node, "relevant", "relevant.never")
        elif found is not None and found is not True:
            node.rules["visible"] = found

    def _calculate(self, node: Node) -> None:
        written = self.text(node, "calculation")
        if node.type == "hidden":
            self._hidden(node, written)
        if node.type == "calculate":
            self._worked_out(node, written)
        elif written and node.type not in ("hidden", "") and not node.refused:
            self._also_worked_out(node)

    def _hidden(self, node: Node, written: str) -> None:
        if written:
            node.type = "calculate"
        elif not self.text(node, "default"):
            self.structure.refuse(node, "type", "hidden.empty")
        else:
            node.type = "text"
            node.rules["readOnly"] = True
            self.without(node, "type", "hidden.shown")

    def _worked_out(self, node: Node, written: str) -> None:
        """Give what is only worked out the type of its formula; without a formula nothing is left of it."""
        if not written:
            if self.text(node, "default") and _DYNAMIC.search(self.text(node, "default")):
                written = self.text(node, "default")
            else:
                self.structure.refuse(node, "calculation", "calculate.none")
                return
        try:
            term = translate.value(written, self.place(node))
            node.type = self._type(term)
        except Unsayable as fault:
            column = self.columns.written("calculation")
            self.structure.refuse(node, column, fault.reason, value=written[:120], **fault.data)
            return
        if node.type == "number":
            node.settings["places"] = PLACES
        _lengthen(node, term)
        node.choices = None
        node.rules["calculate"] = term.raw
        self.look(node, "type", "calculate.shown")

    def _type(self, term: Term) -> str:
        if term.type == "number":
            return "integer" if term.whole else "number"
        if term.type not in _WORKED_OUT:
            raise Unsayable("expression.types")
        return _WORKED_OUT[term.type]

    def _also_worked_out(self, node: Node) -> None:
        place = self.place(node)
        if not fieldtypes.get(node.type).calculable:
            self.without(node, "calculation", "calculate.not_here")
            return

        def made(text: str) -> Json:
            term = translate.value(text, place)
            _lengthen(node, term)
            return _typed(term, node)

        found = self.said(node, "calculation", made)
        if found is not None:
            node.rules["calculate"] = found

    def _default(self, node: Node) -> None:
        written = self.text(node, "default")
        if not written or (node.rules.get("calculate") is not None and self.text(node, "calculation") == ""):
            return
        if (
            "calculate" in node.rules
            or fieldtypes.get(node.type).value_type is None
            or node.type == "metadata"
        ):
            self.without(node, "default", "default.no_use")
            return
        if _DYNAMIC.search(written):
            place = self.place(node)
            found = self.said(node, "default", lambda text: _typed(translate.first(text, place), node))
        else:
            found = literals.answer(node, written)
            if found is None:
                self.without(node, "default", "default.wrong", value=written[:120])
        if found is not None:
            node.rules["default"] = found

    def _read_only(self, node: Node) -> None:
        written = self.text(node, "readonly").lower()
        if not written or written in NO or "calculate" in node.rules:
            return
        if written not in YES:
            self.without(node, "readonly", "readonly.condition")
        elif fieldtypes.get(node.type).value_type is None:
            return
        elif "default" not in node.rules:
            self.without(node, "readonly", "readonly.empty")
        else:
            node.rules["readOnly"] = True

    def _searched(self, node: Node, tree: xpath.Tree) -> None:
        """Offer what `search()` finds in the file."""
        place = self.place(node, offered=node.choices, heads=node.choices.heads if node.choices else {})
        found = self.said(node, "appearance", lambda _: translate.of_tree(tree, place))
        if isinstance(found, dict):
            node.rules["filter"] = found

    def _filter(self, node: Node) -> None:
        if node.searched is not None:
            self._searched(node, node.searched)
        if not self.text(node, "choice_filter"):
            return
        if node.choices is None or node.type not in ("choice", "choices") or node.other:
            self.without(node, "choice_filter", "filter.not_here")
            return
        place = self.place(node, offered=node.choices, heads=node.choices.heads)
        found = self.said(node, "choice_filter", lambda text: translate.condition(text, place))
        if found is True or found is None:
            return
        if "filter" in node.rules:
            found = logic.both([node.rules["filter"], found])
        if found is False:
            self.without(node, "choice_filter", "expression.constant", value=self.text(node, "choice_filter"))
            return
        node.rules["filter"] = found


def _lengthen(node: Node, term: Term) -> None:
    """Make room for a text that is put together and may be longer than a line."""
    if node.type == "text" and term.type == "text" and term.longest > text.LONGEST:
        node.type = "longtext"
    if node.type == "longtext" and term.longest > longtext.USUAL:
        node.settings.setdefault("maxLength", longtext.LONGEST)


def _typed(term: Term, node: Node) -> Json:
    """Return a formula when it gives answers of the kind of the question."""
    if term.type != TYPES.get(node.type, node.type):
        raise Unsayable("expression.types")
    return term.raw
