"""Which kind of question a row becomes: its type here, its settings, its list."""

from __future__ import annotations

import re

from builder.xlsform.columns import Columns
from builder.xlsform.ledger import Ledger
from builder.xlsform.lists import MOST_OPTIONS, Lists
from builder.xlsform.structure import SHEET, Structure
from builder.xlsform.tree import Node
from schemas.fieldtypes.integer import LARGEST
from schemas.fieldtypes.matrix import MOST_OPTIONS as MOST_PLACES
from schemas.fieldtypes.number import NumberType

PLACES: int = NumberType.settings["places"]["maximum"]
PLAIN = {
    "text": "text", "string": "text", "add text prompt": "text", "q string": "text",
    "integer": "integer", "int": "integer", "add integer prompt": "integer", "q int": "integer",
    "percentage": "integer",
    "decimal": "number", "add decimal prompt": "number", "q decimal": "number",
    "date": "date", "add date prompt": "date", "q date": "date", "time": "time", "q time": "time",
    "datetime": "datetime", "date time": "datetime", "add datetime prompt": "datetime",
    "add date time prompt": "datetime", "q date time": "datetime", "q datetime": "datetime",
    "note": "note", "add note prompt": "note", "q note": "note",
    "acknowledge": "consent", "trigger": "consent", "add acknowledge prompt": "consent",
    "image": "photo", "photo": "photo", "add image prompt": "photo", "add photo prompt": "photo",
    "q image": "photo", "q picture": "photo",
    "file": "file", "add file prompt": "file",
    "geopoint": "location", "location": "location", "gps": "location", "q geopoint": "location",
    "add location prompt": "location", "q location": "location",
    "barcode": "text", "add barcode prompt": "text", "q barcode": "text",
    "calculate": "calculate", "q calculate": "calculate", "add calculate prompt": "calculate",
    "hidden": "hidden", "range": "range", "today": "metadata", "get today": "metadata",
}  # fmt: skip
PARTIAL = {
    "geopoint": "kind.place",
    "barcode": "kind.barcode",
    "location": "kind.place",
    "today": "kind.today",
}
NOT_ASKED = {
    "geotrace": "type.lines", "geoshape": "type.lines",
    "q geotrace": "type.lines", "q geoshape": "type.lines",
    "audio": "type.sound", "video": "type.sound", "add audio prompt": "type.sound", "q audio": "type.sound",
    "add video prompt": "type.sound", "q video": "type.sound", "background-audio": "type.sound",
    "xml-external": "type.outside", "csv-external": "type.outside", "osm": "type.lines",
    **dict.fromkeys(
        ("start", "end", "deviceid", "device id", "get device id", "subscriberid", "subscriber id",
         "get subscriber id", "simserial", "sim id", "get sim id", "phonenumber", "phone number",
         "get phone number", "username", "email", "audit", "imei", "start time", "get start time", "end time",
         "get end time", "start-geopoint", "background-geopoint", "uri:subscriberid", "uri:phonenumber",
         "uri:simserial", "uri:deviceid", "uri:username", "uri:email"),
        "type.device",
    ),
}  # fmt: skip
_SELECT = re.compile(
    r"(?P<how>select[\s_]?one|select1|select[\s_]multiple|select all that apply from|select one from"
    r"|select multiple from|add select one prompt using|add select multiple prompt using|select one using"
    r"|select multiple using|q select1|q select|rank|select_one_external"
    r"|select[\s_]one[\s_]from[\s_]file|select[\s_]multiple[\s_]from[\s_]file)"
    r"\s+(?P<list>\S+)(?P<other>\s+or[\s_]+(other|specify other))?",
    re.IGNORECASE,
)
OTHER = "other"
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
}


class Kinds:
    """Gives each node its type; what cannot be asked is refused."""

    def __init__(self, structure: Structure, columns: Columns, lists: Lists, ledger: Ledger) -> None:
        self.structure, self.columns, self.lists, self.ledger = structure, columns, lists, ledger

    def fill(self, node: Node) -> None:
        if node.kind != "question":
            node.type = node.kind
            return
        written = node.written.lower()
        if found := _SELECT.fullmatch(written):
            self._select(node, found, node.written[found.start("list") : found.end("list")])
        elif written in NOT_ASKED:
            self.structure.refuse(node, "type", NOT_ASKED[written], type=node.written)
        elif written not in PLAIN:
            self.structure.refuse(node, "type", "type.unknown", type=node.written)
        else:
            node.type = PLAIN[written]
            self._plain(node, written)
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
        if "file" in how or how == "select one external":
            self.structure.refuse(node, "type", "type.file", name=listed)
            return
        choices = self.lists.found.get(listed)
        if listed.startswith("${"):
            self.structure.refuse(node, "type", "list.answers")
        elif choices is None:
            self.structure.refuse(node, "type", "list.none", name=listed)
        elif len(choices.options) + bool(found["other"]) > MOST_OPTIONS:
            self.structure.refuse(
                node, "type", "list.long", name=listed, limit=MOST_OPTIONS, number=len(choices.options)
            )
        if node.refused or choices is None:
            return
        node.choices, node.other = choices, bool(found["other"])
        node.type = "choices" if "multiple" in how or how.startswith(("select all", "q select")) else "choice"
        if how == "q select1":
            node.type = "choice"
        if how == "rank":
            self._rank(node)
        if not node.refused:
            choices.users.append(node)

    def _rank(self, node: Node) -> None:
        assert node.choices is not None
        number = len(node.choices.options)
        if not 2 <= number <= MOST_PLACES:
            self.structure.refuse(node, "type", "rank.long", limit=MOST_PLACES)
            return
        node.type = "matrix"
        self.ledger.without(SHEET, node.row.number, "type", "rank.places")

    def _looks(self, node: Node) -> None:
        place = (SHEET, node.row.number, "appearance")
        wished = looks(self.columns, node)
        if node.type == "text" and "multiline" in wished:
            node.type = "longtext"
        elif node.type == "photo" and "signature" in wished:
            node.type = "signature"
            self.ledger.look(*place, "look.signature")
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
