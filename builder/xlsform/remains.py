"""Cells of a row that nothing else looks at: each is named, so that nothing is dropped silently."""

from __future__ import annotations

from builder.xlsform.columns import FOREIGN, SURVEY
from builder.xlsform.kinds import looks, parameters
from builder.xlsform.ledger import HEADS
from builder.xlsform.rules import Reader
from builder.xlsform.structure import NO, SHEET
from builder.xlsform.tree import Node

OF_QUESTIONS = ("choice_filter", "readonly", "parameters")
OF_RANGES = frozenset(("start", "end", "step"))
OF_FILES = frozenset(("value", "label"))
UNLABELLED = ("calculate", "hidden", "metadata")


class Remains(Reader):
    """Names what means nothing here."""

    def heads(self) -> None:
        """Name the columns that are none of XLSForm's, and those that stand twice."""
        for written in self.columns.again:
            self.ledger.without(SHEET, HEADS, written, "column.twice")
        for one in self.columns.heads.values():
            if not (one.name in SURVEY | FOREIGN or one.name.startswith("media::") or "::" in one.name):
                self.ledger.look(SHEET, HEADS, one.written, "column.unknown")

    def fill(self, node: Node) -> None:
        if node.refused:
            return
        self._foreign(node)
        self._misplaced(node)
        self._parameters(node)
        for head, code in node.row.flaws:
            self.ledger.without(SHEET, node.row.number, head, code)
        for words, rule in (("constraint_message", "constraint"), ("required_message", "required")):
            if self.columns.texts(node.row, words) and self.text(node, rule).lower() in ("", *NO):
                self.look(node, words, "message.alone")
        if not node.label and node.kind == "question" and node.type not in UNLABELLED:
            self.look(node, "label", "label.none")

    def _foreign(self, node: Node) -> None:
        for one in self.columns.heads.values():
            if not node.row.cells.get(one.written):
                continue
            if one.name.startswith("media::"):
                self.ledger.without(SHEET, node.row.number, one.written, "column.media")
            elif one.name in FOREIGN or ("::" in one.name and one.name not in SURVEY):
                self.ledger.without(SHEET, node.row.number, one.written, "column.foreign")

    def _misplaced(self, node: Node) -> None:
        """Name rules that only questions, or only repeats, can have."""
        if node.kind != "repeat" and self.text(node, "repeat_count"):
            self.without(node, "repeat_count", "rule.no_use")
        if node.kind == "question":
            return
        for column in OF_QUESTIONS:
            if self.text(node, column) and self.text(node, column).lower() not in NO:
                self.without(node, column, "rule.no_use")
        for wish in sorted(looks(self.columns, node) - {"field-list"}):
            self.look(node, "appearance", "look.other", value=wish)

    def _parameters(self, node: Node) -> None:
        written = self.text(node, "parameters")
        if not written or node.kind != "question":
            return
        known = OF_RANGES if node.written.lower() == "range" else frozenset[str]()
        if "file" in node.written.lower():
            known = OF_FILES
        told = parameters(written)
        for name in sorted(told.keys() - known) or ([] if told else [written[:60]]):
            self.look(node, "parameters", "look.other", value=name)
