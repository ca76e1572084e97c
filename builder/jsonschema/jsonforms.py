"""The layout tree of JSON Forms: pages, groups, order, labels and rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.jsonschema import jsonformsoptions as options_of
from builder.jsonschema import jsonformsparts as parts
from builder.jsonschema import pointers, rules, words
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.objects import under
from builder.jsonschema.resolve import Sources
from builder.jsonschema.tree import All, Item, Scope, Screen

Json = Any
LAYOUTS = frozenset(("VerticalLayout", "HorizontalLayout", "Group", "Categorization", "Category"))
CONTROLS = frozenset(("Control", "ListWithDetail"))
WIDTHS = {2: "half", 3: "third"}
DEEPEST = 40
MOST_NOTES = 30
SUGAR = "ui.sugar"


def is_layout(ui: Json) -> bool:
    """Say whether a UI schema is one of JSON Forms."""
    return isinstance(ui, dict) and isinstance(ui.get("type"), str) and ("elements" in ui or "scope" in ui
        or ui["type"] in LAYOUTS | {"Label"})  # fmt: skip


class Layout:
    """Places the items of a schema as a JSON Forms layout says."""

    def __init__(
        self, ledger: Ledger, sources: Sources, items: list[Item], scope: Scope, said: words.Words
    ) -> None:
        self.ledger = ledger
        self.sources = sources
        self.said = said
        self.scope = scope
        self.items = items
        self.placed: set[int] = set()
        self.notes = 0

    def screens(self, ui: Json) -> list[Screen]:
        """Return the pages; what no element shows comes on a page at the end."""
        first = Screen(self.said.page)
        screens = [first]
        self._element(ui, "", screens, (), 0)
        rest = self._beside([left for item in self.items for left in parts.whole(self._left(item))], screens)
        screens = [screen for screen in screens if screen.items]
        if rest:
            screens.append(Screen(self.said.rest if screens else self.said.page, rest))
        return screens

    def _beside(self, rest: list[Item], screens: list[Screen]) -> list[Item]:
        """Put members that no element shows on the page of their siblings; return what has none."""
        alone: list[Item] = []
        for item in rest:
            homes = [
                screen
                for screen in screens
                if item.kind == "group"
                and any(pointers.inside(one.at, item.at) for top in screen.items for one in top.questions())
            ]
            (homes[-1].items if homes else alone).append(item)
        return alone

    def _element(self, ui: Json, at: str, screens: list[Screen], when: All, depth: int) -> None:
        """Put one element on the last page; categories begin pages of their own."""
        if not isinstance(ui, dict) or depth > DEEPEST:
            self.ledger.refused(at, "ui.shape")
            return
        kind = ui.get("type")
        if kind == "Categorization":
            self._categories(ui, at, screens, when, depth)
        elif kind == "VerticalLayout" and parts.has_categories(ui):
            self._known(ui, at, {"type": "layout", "elements": "layout"})
            inner = self._ruled(ui, at, when)
            for number, child in enumerate(rules.listed(ui.get("elements"))):
                self._on_page(child, pointers.below(at, "elements", number), screens, inner, depth + 1)
        else:
            screens[-1].items += self.inside(ui, at, when, depth)

    def _categories(self, ui: dict[str, Json], at: str, screens: list[Screen], when: All, depth: int) -> None:
        self._known(ui, at, {"type": "page", "elements": "page"})
        when = self._ruled(ui, at, when)
        title = screens[-1].title if len(screens) > 1 and not screens[-1].items else ""
        for number, category in enumerate(rules.listed(ui.get("elements"))):
            place = pointers.below(at, "elements", number)
            if not isinstance(category, dict):
                self.ledger.refused(place, "ui.shape")
                continue
            label = parts.label_of(category) or str(number + 1)
            self._text(category, place, "label")
            nested = category.get("type") == "Categorization"
            screen = Screen(f"{title} – {label}" if title else label)
            inner = when if nested else self._ruled(category, place, when)
            screen.visible = [inner] if inner else []
            screens.append(screen)
            if nested:
                self._element(category, place, screens, inner, depth + 1)
                continue
            self._known(category, place, {"type": "page", "elements": "page"})
            for at_child, child in enumerate(rules.listed(category.get("elements"))):
                self._on_page(child, pointers.below(place, "elements", at_child), screens, inner, depth + 1)

    def _on_page(self, ui: Json, at: str, screens: list[Screen], when: All, depth: int) -> None:
        if isinstance(ui, dict) and ui.get("type") == "Categorization":
            self._element(ui, at, screens, when, depth)
        else:
            page = screens[-1].visible
            screens[-1].items += self.inside(ui, at, () if page == [when] else when, depth)

    def inside(self, ui: Json, at: str, when: All, depth: int) -> list[Item]:
        """Return the items of an element that is no page."""
        if not isinstance(ui, dict) or depth > DEEPEST:
            self.ledger.refused(at, "ui.shape")
            return []
        kind = ui.get("type")
        when = self._ruled(ui, at, when)
        if kind in CONTROLS:
            return self._control(ui, at, when)
        if kind == "Label":
            return self._note(ui, at, when)
        if kind not in LAYOUTS:
            self.ledger.refused(pointers.below(at, "type"), "ui.element", about="look", value=str(kind)[:60])
            children = self._children(ui, at, when, depth)
            self._known(ui, at, {"elements": "layout"})
            return children
        self._known(ui, at, {"type": "layout", "elements": "layout"})
        if kind == "Group" or (kind == "Category" and parts.label_of(ui)):
            return self._group(ui, at, when, depth)
        found = self._children(ui, at, when, depth)
        if kind == "HorizontalLayout":
            for item in found:
                if item.kind == "question" and len(found) in WIDTHS:
                    item.settings["width"] = WIDTHS[len(found)]
        return found

    def _children(self, ui: dict[str, Json], at: str, when: All, depth: int) -> list[Item]:
        found: list[Item] = []
        for number, child in enumerate(rules.listed(ui.get("elements"))):
            found += self.inside(child, pointers.below(at, "elements", number), when, depth + 1)
        return found

    def _group(self, ui: dict[str, Json], at: str, when: All, depth: int) -> list[Item]:
        self._text(ui, at, "label")
        children = self._children(ui, at, (), depth)
        label = parts.label_of(ui)
        if not label and children and when:
            label = children[0].label
        if not label or not children:
            for child in children:
                under(child, [when] if when else [])
            return children
        group = Item("group", "", self.scope, label, label=label)
        group.children = children
        group.visible = [when] if when else []
        return [group]

    def _note(self, ui: dict[str, Json], at: str, when: All) -> list[Item]:
        self._known(ui, at, {"type": "text"})
        self._text(ui, at, "text")
        label = words.text(ui.get("text"))
        if not label:
            return []
        if self.notes >= MOST_NOTES:
            self.ledger.refused(pointers.below(at, "text"), "questions.many", about="look", limit=MOST_NOTES)
            return []
        self.notes += 1
        note = Item("question", "", self.scope, f"note {self.notes}", type="note", label=label)
        note.marks["note"] = True
        note.visible = [when] if when else []
        return [note]

    def _control(self, ui: dict[str, Json], at: str, when: All) -> list[Item]:
        scope_at = pointers.below(at, "scope")
        place = rules.data_pointer(ui.get("scope"))
        self._known(ui, at, {"type": "question"})
        found = [] if place is None else list(self._at(place))
        asked = (item for top in self.items for item in top.questions())
        if found:
            self.ledger.taken(scope_at, "question")
        elif place is not None and any(pointers.inside(item.at, place) for item in asked):
            self.ledger.look(scope_at, "ui.again")
        else:
            self.ledger.refused(scope_at, "ui.scope", value=str(ui.get("scope"))[:80])
        for item in found:
            self.placed.add(id(item))
            under(item, [when] if when else [])
        self._label_of(ui, at, found)
        self._options(ui, at, found)
        return found

    def _at(self, place: str) -> Iterator[Item]:
        """Take the items for a place out of the tree of the schema: all that are there, not yet shown."""
        for item in self.items:
            yield from self._taken(item, place, [])

    def _taken(self, item: Item, place: str, above: list[All]) -> Iterator[Item]:
        if id(item) in self.placed:
            return
        if item.at == place:
            for left in self._left(item):
                under(left, above)
                yield from parts.whole([left])
        elif item.kind == "group" and pointers.inside(place, item.at):
            for child in item.children:
                yield from self._taken(child, place, parts.product(above, item.visible))

    def _left(self, item: Item) -> list[Item]:
        """Return what of an item has not been placed yet."""
        if id(item) in self.placed:
            return []
        if item.kind == "group":
            item.children = [left for child in item.children for left in self._left(child)]
            return [item] if item.children else []
        return [item]

    def _label_of(self, ui: dict[str, Json], at: str, found: list[Item]) -> None:
        if "label" not in ui:
            return
        written = ui["label"]
        text = words.text(written.get("text") if isinstance(written, dict) else written)
        if text:
            for item in found[-1:]:
                item.label = text[:500]
            self.ledger.taken(pointers.below(at, "label"), "text")
        else:
            self.ledger.look(pointers.below(at, "label"), "ui.no_label")

    def _text(self, ui: dict[str, Json], at: str, keyword: str) -> None:
        if keyword in ui:
            if words.text(ui[keyword]):
                self.ledger.taken(pointers.below(at, keyword), "text")
            else:
                self.ledger.look(pointers.below(at, keyword), "ui.no_label")

    def _options(self, ui: dict[str, Json], at: str, found: list[Item]) -> None:
        options = ui.get("options")
        if not isinstance(options, dict):
            return
        place = pointers.below(at, "options")
        self.ledger.taken(place, "options")
        for name, value in options.items():
            below, item = pointers.below(place, name), found[-1] if found else None
            if name == "detail" and isinstance(value, dict) and item is not None:
                self._detail(value, below, item)
            elif item is None or not options_of.apply(name, value, below, item, self.ledger):
                self.ledger.look(below, SUGAR, value=name)

    def _detail(self, ui: dict[str, Json], at: str, item: Item) -> None:
        """Lay out the row of a repeat, or the members of a group."""
        if "type" not in ui:
            self.ledger.look(at, SUGAR, value="detail")
            return
        if item.kind == "repeat" and item.rows is not None:
            inner = Layout(self.ledger, self.sources, item.children, item.rows, self.said)
        else:
            inner = _Relative(self.ledger, self.sources, item.children, self.scope, self.said)
            inner.base = item.at
        inner.notes = self.notes
        found = inner.inside(ui, at, (), 1)
        item.children = [*found, *(left for child in item.children for left in inner._left(child))]
        self.notes = inner.notes

    def _ruled(self, ui: dict[str, Json], at: str, when: All) -> All:
        """Return `when` together with the rule of an element."""
        if "rule" not in ui:
            return when
        found = rules.read(ui["rule"], pointers.below(at, "rule"), self.scope, self.ledger)
        return when if found is None else (*when, found)

    def _known(self, ui: dict[str, Json], at: str, known: dict[str, str]) -> None:
        """Enter the plain keywords of an element; wishes about its look are named."""
        for keyword in ui:
            place = pointers.below(at, keyword)
            if keyword in known:
                self.ledger.taken(place, known[keyword])
            elif keyword in ("scope", "label", "text", "rule", "elements") or (
                keyword == "options" and ui.get("type") in CONTROLS
            ):
                continue
            elif keyword == "i18n":
                self.ledger.look(place, "ui.i18n")
            else:
                self.ledger.look(place, SUGAR, value=keyword)


class _Relative(Layout):
    """A layout whose scopes begin at a member of the data."""

    base = ""

    def _at(self, place: str) -> Iterator[Item]:
        return super()._at(self.base + place)
