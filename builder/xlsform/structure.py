"""The rows of the first sheet as a tree of groups, repeats and questions, however badly they are closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.xlsform.columns import Columns
from builder.xlsform.files import Files
from builder.xlsform.ledger import Ledger
from builder.xlsform.reading import Row, Sheet
from builder.xlsform.tree import Kind, Node
from builder.xlsform.typenames import IN_ROWS, OF_PROGRAMS
from schemas.fieldtypes.repeat import MOST_LEVELS

SHEET = "survey"
YES = frozenset(("yes", "true", "true()", "1", "ya"))
NO = frozenset(("no", "false", "false()", "0", "tidak"))
_BEGIN = re.compile(
    r"(begin|end)[\s_]*(group|repeat|loop|lgroup|looped group)(?:\s+(?:over\s+)?\S+)?", re.IGNORECASE
)
_KNOWN = ("group", "repeat", "lgroup", "looped group")
_KINDS: dict[str, Kind] = {"group": "group", "repeat": "repeat", "lgroup": "repeat", "looped group": "repeat"}
_NAME = re.compile(r"[^\W\d][\w.-]*")


class Structure:
    """Builds the tree; `nodes` are all of it in the order of the rows, those not taken included."""

    def __init__(self, sheet: Sheet, columns: Columns, ledger: Ledger) -> None:
        self.columns, self.ledger = columns, ledger
        self.top: list[Node] = []
        self.nodes: list[Node] = []
        self.open: list[Node] = []
        self.named: dict[str, Node] = {}
        self.said: dict[str, str] = {}
        self.files: Files | None = None
        for number in sheet.above:
            ledger.begin(SHEET, number)
            ledger.refused(SHEET, number, "", "row.above")
        for row in sheet.rows:
            ledger.begin(SHEET, row.number, columns.get(row, "name") or columns.get(row, "type"))
            self._row(row)
        for node in self.open:
            ledger.without(SHEET, node.row.number, "type", "group.open")

    def taken(self) -> Iterator[Node]:
        return (node for node in self.nodes if not node.refused)

    def refuse(self, node: Node, column: str, reason: str, **data: object) -> None:
        """Leave a row out, and all that stands inside it."""
        node.refused = True
        self.ledger.refused(SHEET, node.row.number, column, reason, **data)
        for inner in node.walk():
            if inner is not node and not inner.refused:
                inner.refused = True
                self.ledger.refused(SHEET, inner.row.number, "type", "inside", name=node.name or node.written)

    def _row(self, row: Row) -> None:
        written = re.sub(r"\s+", " ", self.columns.get(row, "type")).strip()
        if self.columns.get(row, "disabled").lower() in YES:
            self.ledger.refused(SHEET, row.number, "disabled", "row.disabled")
        elif not written:
            self.ledger.refused(SHEET, row.number, "type", "type.none")
        elif setting := IN_ROWS.get(written.lower()):
            self.said.setdefault(setting, self.columns.get(row, "name"))
            self.ledger.look(SHEET, row.number, "type", "settings.in_rows")
        elif (found := _block(written)) and found[1].lower() == "end":
            self._end(row, found[2].lower())
        else:
            self._node(row, written, found[2].lower() if found else "")

    def _node(self, row: Row, written: str, begins: str) -> None:
        kind: Kind = _KINDS.get(begins, "group") if begins else "question"
        name = self.columns.get(row, "name")
        node = Node(row, kind, name, written, self.open[-1] if self.open else None, at=len(self.nodes))
        self.nodes.append(node)
        (node.parent.children if node.parent else self.top).append(node)
        if begins:
            self.open.append(node)
        if node.parent is not None and node.parent.refused:
            node.refused = True
            name = node.parent.name or node.parent.written
            self.ledger.refused(SHEET, row.number, "type", "inside", name=name)
        elif begins == "loop":
            self.refuse(node, "type", "type.old", type=written)
        elif begins and begins not in _KNOWN:
            self.refuse(node, "type", "type.program", type=written)
        elif kind == "repeat" and len(node.rows) == MOST_LEVELS:
            self.refuse(node, "type", "repeat.deep")
        self._name(node)

    def _name(self, node: Node) -> None:
        """Remember a name for references; the first row that has it keeps it."""
        if not node.name:
            if node.kind == "question" and _word(node.written) != "note" and not node.refused:
                self.ledger.without(SHEET, node.row.number, "name", "name.none")
            return
        if node.name in self.named:
            if not node.refused:
                self.ledger.without(SHEET, node.row.number, "name", "name.twice", name=node.name)
            return
        self.named[node.name] = node
        if not _NAME.fullmatch(node.name) and not node.refused:
            self.ledger.look(SHEET, node.row.number, "name", "name.form", name=node.name)

    def _end(self, row: Row, what: str) -> None:
        """Close the innermost group or repeat of this kind; what was opened after it is closed with it."""
        for column in ("relevant", "repeat_count", "required", "constraint", "calculation", "appearance"):
            if self.columns.get(row, column):
                self.ledger.look(SHEET, row.number, column, "rule.no_use")
        kind = _KINDS.get(what, "group")
        matching = [node for node in self.open if node.kind == kind]
        if not matching:
            self.ledger.refused(SHEET, row.number, "type", "group.never_begun")
            return
        while self.open:
            node = self.open.pop()
            if node is matching[-1]:
                if node.refused:
                    self.ledger.refused(SHEET, row.number, "type", "inside", name=node.name or node.written)
                return
            self.ledger.without(SHEET, node.row.number, "type", "group.open")


def _block(written: str) -> re.Match[str] | None:
    """Return what begins or ends here: a group, a repeat, or a block that only one program knows."""
    return _BEGIN.fullmatch(written) or OF_PROGRAMS.fullmatch(written)


def _word(written: str) -> str:
    return written.strip().lower()
