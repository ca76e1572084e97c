"""Which kind of question a row becomes: its type here, its settings, its list."""

from __future__ import annotations

import re

from builder.jsonschema.logic import Unsayable
from builder.xlsform import searching
from builder.xlsform.columns import Columns
from builder.xlsform.files import Files, stem
from builder.xlsform.ledger import Ledger
from builder.xlsform.lists import MOST_OPTIONS, Lists
from builder.xlsform.structure import SHEET, Structure
from builder.xlsform.tree import Node
from builder.xlsform.typenames import BOUNDED, DIGITS_ONLY, PARTIAL, PLAIN, SELECT, refusal
from schemas.fieldtypes.integer import LARGEST
from schemas.fieldtypes.matrix import MOST_OPTIONS as MOST_PLACES
from schemas.fieldtypes.number import NumberType

PLACES: int = NumberType.settings["places"]["maximum"]
_SEARCH = re.compile(r"(?:^|(?<=\s))search\s*\(.*", re.DOTALL | re.IGNORECASE)
HEADING = "heading"
"""The appearance by which an export tells a heading from a note; other programs pass over it."""
LOOKS = {
    "date": (("year", "month-year"), "look.part_of_date"),
    "photo": (("draw", "annotate"), "look.drawing"),
}
MINIMAL = frozenset(("minimal", "autocomplete", "search"))
KNOWN_LOOKS: dict[str, frozenset[str]] = {
    "longtext": frozenset({"multiline"}),
    "choice": MINIMAL,
    "signature": frozenset({"signature"}),
    "rating": frozenset({"rating"}),
    "date": frozenset(LOOKS["date"][0]),
    "photo": frozenset(LOOKS["photo"][0]),
    "heading": frozenset({HEADING}),
}


class Kinds:
    """Gives each node its type; what cannot be asked is refused."""

    def __init__(
        self,
        structure: Structure,
        columns: Columns,
        lists: Lists,
        outside: Lists,
        files: Files,
        ledger: Ledger,
    ) -> None:
        self.structure, self.columns, self.ledger = structure, columns, ledger
        self.lists, self.outside, self.files = lists, outside, files

    def fill(self, node: Node) -> None:
        if node.kind != "question":
            node.type = node.kind
            return
        written = node.written.lower()
        if written in PLAIN:
            node.type = PLAIN[written]
            self._plain(node, written)
        elif found := SELECT.fullmatch(node.written):
            self._select(node, found, found["list"])
        else:
            reason, near = refusal(written)
            self.structure.refuse(node, "type", reason, type=node.written, near=near)
        if not node.refused:
            self._looks(node)

    def _plain(self, node: Node, written: str) -> None:
        if written in PARTIAL or node.type == "location" or written.endswith("barcode prompt"):
            reason = PARTIAL.get(written, "kind.place" if node.type == "location" else "kind.barcode")
            self.ledger.without(SHEET, node.row.number, "type", reason)
        if node.type == "metadata":
            node.settings["source"] = "filed_on"
        elif node.type == "number":
            node.settings["places"] = PLACES
        elif node.type == "range":
            self._range(node)
        elif not self.columns.get(node.row, "constraint"):
            self._bounded(node, written)

    def _bounded(self, node: Node, written: str) -> None:
        """Ask what types of their own ask for; a constraint of the row stands in place of it."""
        if written in BOUNDED:
            node.settings |= {"minimum": 0, "maximum": BOUNDED[written]}
        elif written in DIGITS_ONLY:
            node.type = "pattern"
            node.settings["pattern"] = "[0-9]*"

    def _range(self, node: Node) -> None:
        """Read `start=1 end=10 step=1`; XLSForm's own values stand in for what is not said."""
        told = parameters(self.columns.get(node.row, "parameters"))
        values = [told.get(name, usual) for name, usual in (("start", "1"), ("end", "10"), ("step", "1"))]
        if not all(re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", value) for value in values):
            self.structure.refuse(node, "parameters", "range.wrong")
            return
        start, end, step = values
        whole = all("." not in value for value in values)
        node.type = "integer" if whole else "number"
        if not whole:
            node.settings["places"] = PLACES
        if whole and start == step == "1" and 2 <= int(end) <= 10 and "rating" in looks(self.columns, node):
            node.type, node.settings = "rating", {"max": int(end)}
            return
        for name, value in (("minimum", start), ("maximum", end)):
            if "." in value:
                node.rules.setdefault("bounds", {})[name] = value
            elif abs(int(value)) <= LARGEST:
                node.settings[name] = int(value)
        if step != "1":
            node.rules["step"] = (start, step)

    def _select(self, node: Node, found: re.Match[str], listed: str) -> None:
        how = re.sub(r"[\s_]+", " ", found["how"].lower())
        searched = _SEARCH.search(self.columns.get(node.row, "appearance"))
        sheet = self.outside if how.endswith("external") else self.lists
        if searched:
            column = self.columns.written("appearance")
            try:
                sheet, listed = searching.read(node, listed, searched[0], self.lists, self.files)
            except Unsayable as fault:
                self.structure.refuse(node, column, fault.reason, **fault.data)
                return
        elif how.endswith("from file"):
            found_in = self._file(node, listed)
            if found_in is None:
                return
            sheet, listed = found_in, stem(listed)
        choices = sheet.found.get(listed)
        if listed.startswith("${"):
            self.structure.refuse(node, "type", "list.answers")
        elif choices is None:
            self.structure.refuse(node, "type", "list.none", name=listed, among=sheet.sheet)
        elif len(choices.options) + bool(found["other"]) > MOST_OPTIONS:
            self.structure.refuse(
                node, "type", "list.long", name=listed, limit=MOST_OPTIONS, number=len(choices.options)
            )
        if node.refused or choices is None:
            return
        node.choices, node.other = choices, bool(found["other"])
        several = "multiple" in how or how.startswith("select all") or how == "q select"
        node.type = "choices" if several else "choice"
        if how == "rank":
            self._rank(node)
        if not node.refused:
            choices.users.append(node)

    def _file(self, node: Node, name: str) -> Lists | None:
        """Return the file beside the workbook as lists; without it, or its column, refuse the row."""
        told = parameters(self.columns.get(node.row, "parameters"))
        value, label = told.get("value", "name"), told.get("label", "label")
        found = self.files.listed(name, value, label)
        if found is None and self.files.table(name) is None:
            self.structure.refuse(node, "type", "type.file", name=name)
        elif found is None:
            self.structure.refuse(node, "type", "type.file_column", name=name, head=value)
        return found

    def _rank(self, node: Node) -> None:
        assert node.choices is not None
        number = len(node.choices.options)
        if not 2 <= number <= MOST_PLACES:
            self.structure.refuse(node, "type", "rank.long", limit=MOST_PLACES)
            return
        node.type = "matrix"
        if node.other:
            node.other = False
            self.ledger.without(SHEET, node.row.number, "type", "rank.other")
        self.ledger.without(SHEET, node.row.number, "type", "rank.places")

    def _looks(self, node: Node) -> None:
        place = (SHEET, node.row.number, "appearance")
        wished = looks(self.columns, node)
        if node.type == "text" and "multiline" in wished:
            node.type = "longtext"
        elif node.type == "photo" and "signature" in wished:
            node.type = "signature"
            self.ledger.look(*place, "look.signature")
        elif node.type == "note" and HEADING in wished:
            node.type = "heading"
        elif node.type == "choice" and wished & {"minimal", "autocomplete", "search"}:
            node.settings["style"] = "select"
        for kind, (words, reason) in LOOKS.items():
            if node.type == kind and wished & set(words):
                self.ledger.without(*place, reason)
        for wish in sorted(wished - KNOWN_LOOKS.get(node.type, frozenset())):
            self.ledger.look(*place, "look.other", value=wish)


def looks(columns: Columns, node: Node) -> set[str]:
    """Return the words of the appearance, without those that depend on answers."""
    return set(re.sub(r"\$\{[^}]*\}|\([^()]*\)", " ", columns.get(node.row, "appearance").lower()).split())


def parameters(written: str) -> dict[str, str]:
    """Read `a=1 b=2`, also with commas or semicolons between."""
    pairs = re.findall(r"([\w-]+)\s*=\s*([^\s,;=]+)", written)
    return {name.lower(): value for name, value in pairs}
