"""The UI schema of react-jsonschema-form: order, words and widgets, laid over the schema's own tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from builder.jsonschema import pointers, words
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.tree import Item, Scope

Json = Any
DEEPEST = 60
LONG = frozenset(("textarea", "markdown", "html", "richtext"))
TYPED = {"email": "email", "date": "date", "alt-date": "date", "uri": "url", "time": "time",
         "date-time": "datetime", "alt-datetime": "datetime"}  # fmt: skip
LISTED = frozenset(("checkboxes", "CheckboxesWidget", "select", "SelectWidget"))
STYLES = {"radio": "radio", "select": "select", "RadioWidget": "radio", "SelectWidget": "select"}


@dataclass(frozen=True)
class Spot:
    """A place in the UI schema, the place in the data it is about, and the items around that."""

    place: str
    at: str
    scope: Scope
    items: list[Item]
    depth: int = 0

    def below(self, place: str, at: str) -> Spot:
        return replace(self, place=place, at=at, depth=self.depth + 1)

    def here(self) -> list[Item]:
        return [item for item in _walk(self.items, self.scope) if item.at == self.at]


class Annotator:
    """Lays one UI schema over the items."""

    def __init__(self, ledger: Ledger, items: list[Item], scope: Scope) -> None:
        self.ledger = ledger
        self.items = items
        self.scope = scope

    def annotate(self, ui: Json) -> None:
        self._at(ui, Spot("", "", self.scope, self.items))

    def _at(self, ui: Json, spot: Spot) -> None:
        if not isinstance(ui, dict) or spot.depth > DEEPEST:
            self.ledger.refused(spot.place, "ui.shape")
            return
        here = spot.here()
        for name, value in ui.items():
            below = pointers.below(spot.place, name)
            if name == "ui:options" and isinstance(value, dict):
                self.ledger.taken(below, "options")
                for option, own in value.items():
                    self._option(option, own, pointers.below(below, option), here)
            elif name.startswith("ui:"):
                self._option(name[3:], value, below, here)
            elif name in ("classNames", "style"):
                self.ledger.look(below, "ui.sugar", value=name)
            else:
                self._below(name, value, below, spot)

    def _below(self, name: str, value: Json, place: str, spot: Spot) -> None:
        repeat = next((item for item in spot.here() if item.kind == "repeat" and item.rows), None)
        if name in ("items", "additionalItems", "additionalProperties") and repeat and repeat.rows:
            self.ledger.taken(place, "rows")
            if isinstance(value, dict) and self._order(value.get("ui:order"), f"{place}/ui:order", repeat):
                value = {one: own for one, own in value.items() if one != "ui:order"}
            self._at(value, Spot(place, "", repeat.rows, repeat.children, spot.depth + 1))
        elif isinstance(value, list):
            if name not in ("items", "anyOf", "oneOf"):
                self.ledger.refused(place, "ui.shape")
                return
            self.ledger.taken(place, "members")
            for number, one in enumerate(value):
                inner = pointers.below(spot.at, number) if name == "items" else spot.at
                self._at(one, spot.below(pointers.below(place, number), inner))
        elif isinstance(value, dict):
            inner = pointers.below(spot.at, name)
            if any(pointers.inside(item.at, inner) for item in _walk(spot.items, spot.scope)):
                self.ledger.taken(place, "question")
                self._at(value, spot.below(place, inner))
            else:
                self.ledger.refused(place, "ui.scope", value=name[:80], about="look")
        else:
            self.ledger.look(place, "ui.sugar", value=name)

    def _option(self, name: str, value: Json, place: str, here: list[Item]) -> None:
        item = here[-1] if here else None
        handler = getattr(self, f"_{name.lower()}", None) if name.lower() in HANDLED else None
        if item is None or handler is None or not handler(value, place, item):
            self.ledger.look(place, "ui.sugar", value=name[:60])

    def _title(self, value: Json, place: str, item: Item) -> bool:
        if not words.text(value):
            return False
        item.label = words.text(value)[:500]
        self.ledger.taken(place, "text")
        return True

    def _description(self, value: Json, place: str, item: Item) -> bool:
        if not words.text(value):
            return False
        item.help = words.text(value)
        self.ledger.taken(place, "text")
        return True

    def _help(self, value: Json, place: str, item: Item) -> bool:
        text = words.text(value)
        if not text:
            return False
        item.help = text if item.help in ("", text) else f"{item.help} {text}"
        self.ledger.taken(place, "text")
        return True

    def _placeholder(self, value: Json, place: str, item: Item) -> bool:
        return not item.help and self._help(value, place, item)

    def _enumnames(self, value: Json, place: str, item: Item) -> bool:
        if not isinstance(value, list) or not item.options:
            return False
        named = [words.text(name) for name in value]
        item.options = [
            (own, named[at] if at < len(named) and named[at] else label)
            for at, (own, label) in enumerate(item.options)
        ]
        self.ledger.taken(place, "label")
        return True

    def _autocomplete(self, value: Json, place: str, item: Item) -> bool:
        good = (
            isinstance(value, str) and value.replace("-", "").replace(" ", "").isalpha() and value.islower()
        )
        if good and value not in ("on", "off") and item.kind == "question" and len(value) <= 60:
            item.settings["autocomplete"] = value
            self.ledger.taken(place, "setting")
            return True
        return False

    def _readonly(self, value: Json, place: str, item: Item) -> bool:
        if value is not True or item.kind != "question":
            return False
        if "default" in item.marks:
            item.marks["fixed"] = True
            self.ledger.taken(place, "setting")
        else:
            self.ledger.partial(place, "read_only")
        return True

    _disabled = _readonly

    def _order(self, value: Json, place: str, item: Item) -> bool:
        if not isinstance(value, list) or item.kind not in ("group", "repeat"):
            return False
        names = [name for name in value if isinstance(name, str)]
        star = names.index("*") if "*" in names else len(names)
        above = item.at if item.kind == "group" else ""  # in rows pointers begin at the row
        rank = {pointers.below(above, name): number for number, name in enumerate(names)}
        item.children.sort(key=lambda child: rank.get(child.at, star))
        self.ledger.taken(place, "order")
        return True

    def _inputtype(self, value: Json, place: str, item: Item) -> bool:
        return self._widget("phone" if value == "tel" else value, place, item)

    def _widget(self, value: Json, place: str, item: Item) -> bool:
        if not isinstance(value, str):
            return False
        if value in LONG and item.type in ("text", "longtext"):
            item.type = "longtext"
        elif value in STYLES and item.type == "choice":
            item.settings["style"] = STYLES[value]
        elif (value in TYPED and item.type == "text" and not item.settings) or not (
            value in LISTED and item.type == "choices"
        ):
            return False
        self.ledger.taken(place, "setting")
        return True


HANDLED = frozenset(
    (
        *("title", "description", "help", "placeholder", "enumnames", "autocomplete", "readonly"),
        *("disabled", "order", "inputtype", "widget"),
    )
)


def _walk(items: list[Item], scope: Scope) -> list[Item]:
    """Return the items of one scope, not those of rows inside it."""
    return [one for item in items for one in item.walk() if one.scope is scope]


def lists(ui: Json) -> frozenset[str]:
    """Return where in the data the UI schema asks for tick boxes."""
    found: set[str] = set()
    waiting: list[tuple[Json, str]] = [(ui, "")]
    while waiting:
        part, at = waiting.pop()
        if isinstance(part, dict):
            options = part.get("ui:options")
            asked = part.get("ui:widget", options.get("widget") if isinstance(options, dict) else None)
            if asked in ("checkboxes", "CheckboxesWidget"):
                found.add(at)
            waiting.extend((v, pointers.below(at, n)) for n, v in part.items() if not n.startswith("ui:"))
    return frozenset(found)
