"""The whole way from a schema and its UI schema to a document and a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from builder.jsonschema import (
    emit,
    foreign,
    inside,
    jsonforms,
    jsonformsparts,
    order,
    pointers,
    reading,
    rjsf,
    scalars,
    screens,
    twice,
    words,
    wrapped,
)
from builder.jsonschema.build import Builder
from builder.jsonschema.conditions import Compiler, Index
from builder.jsonschema.ledger import Entry, Ledger, Status
from builder.jsonschema.repair import repair
from builder.jsonschema.resolve import Part, Sources, TooMany
from builder.jsonschema.sweep import sweep
from builder.jsonschema.tree import Check, Item, Scope, Screen
from schemas import structure

Json = Any
LONGEST_TITLE = 200
MOST_ITEMS = structure.MAX_FIELDS - 10  # what a page or a group of too many things is divided into


@dataclass(frozen=True)
class Conversion:
    """A document, or None when nothing could be made, and what became of every part of the source."""

    document: dict[str, Json] | None
    schema: Ledger
    ui: Ledger

    def entries(self, status: Status) -> Iterator[Entry]:
        """Yield what was taken, partial or refused, first of the schema, then of the UI schema."""
        yield from self.schema.of(status)
        yield from self.ui.of(status)

    @property
    def whole(self) -> bool:
        """Say whether everything that is about data is represented; the look may differ."""
        return self.document is not None and not any(
            entry.about == "data" for status in LESS for entry in self.entries(status)
        )


LESS: tuple[Status, ...] = ("partial", "refused")


def convert(schema: Json, ui: Json = None, *, base: Mapping[str, Json], said: words.Words) -> Conversion:
    """Make a document of ours; `base` is the document without questions. Never raises on any input."""
    ledger, looks = Ledger("schema"), Ledger("ui")
    try:
        reading.measure(schema)
        reading.measure(ui)
        if not isinstance(schema, dict):
            return _nothing("schema.shape", ui)
        if foreign.refused(schema, ledger):
            return _nothing_of(ledger, looks, ui)
        if found := wrapped.opened(schema):
            return _opened(found, schema, ui, base=base, said=said)
        if held := inside.held(schema):
            if len(held.forms) != 1:
                ledger.refused("", _several(schema), names=held.names)
                return _nothing_of(ledger, looks, ui)
            return _inside(held.forms[0], schema, ui, base=base, said=said)
        if ui is not None and not isinstance(ui, dict):
            looks.refused("", "ui.shape")
            ui = None
        document = _Work(schema, ui, ledger, looks, said).document(base)
    except reading.Unreadable as fault:
        return _nothing(fault.reason, ui, **fault.data)
    except TooMany:
        return _nothing("schema.many", ui)
    return Conversion(document, ledger, looks)


def _opened(
    found: wrapped.Wrapped, root: dict[str, Json], ui: Json, *, base: Mapping[str, Json], said: words.Words
) -> Conversion:
    """Convert the schema inside a file; a UI schema of its own counts before the one inside."""
    inside = ui is None and bool(found.ui)
    made = convert(root[found.schema], root[found.ui] if inside else ui, base=base, said=said)
    made.schema.moved(found.schema)
    made.schema.taken("", "about_schema")
    for name in found.others if inside or not found.ui else (*found.others, found.ui):
        made.schema.look(pointers.below("", name), "source.beside", value=words.visible(name)[:60])
    if inside:
        made.ui.moved(found.ui)
    return made


def _several(root: dict[str, Json]) -> str:
    return "source.openapi" if {"openapi", "swagger", "components"} & set(root) else "source.several"


def _inside(
    at: str, root: dict[str, Json], ui: Json, *, base: Mapping[str, Json], said: words.Words
) -> Conversion:
    """Convert the one schema of a file that can be the form, with all that it refers to."""
    holder = pointers.tokens(at)[0]
    known = {name: root[name] for name in ("$schema", holder) if name in root}
    made = convert({**known, "$ref": f"#{at}"}, ui, base=base, said=said)
    told = root.get("info")
    named = (pointers.follow(root, f"{at}/title"), told.get("title") if isinstance(told, dict) else None)
    title = next(
        (words.text(one) for one in (*named, words.humanised(pointers.last(at))) if words.text(one)), ""
    )
    made.schema.only_real(root)
    if made.document is not None:
        if title:
            made.document["title"] = title[:LONGEST_TITLE]
        made.schema.again("", "source.inside", name=words.visible(pointers.last(at))[:60])
        made.schema.again(f"/{holder}", "about_schema")
    for name in root:
        if name not in (*known, "$ref"):
            made.schema.look(pointers.below("", name), "source.beside", value=words.visible(name)[:60])
    return made


def _nothing_of(ledger: Ledger, looks: Ledger, ui: Json) -> Conversion:
    if ui is not None:
        looks.refused("", "ui.nothing")
    return Conversion(None, ledger, looks)


def _nothing(reason: str, ui: Json, **data: Any) -> Conversion:
    """Return that nothing could be made, for a reason about the whole."""
    ledger, looks = Ledger("schema"), Ledger("ui")
    ledger.refused("", reason, **data)
    return _nothing_of(ledger, looks, ui)


class _Work:
    """One conversion."""

    def __init__(
        self,
        schema: dict[str, Json],
        ui: dict[str, Json] | None,
        ledger: Ledger,
        looks: Ledger,
        said: words.Words,
    ) -> None:
        self.schema, self.ui, self.ledger, self.looks, self.said = schema, ui, ledger, looks, said
        self.sources = Sources(schema, ledger)
        lists = rjsf.lists(ui) if ui and not jsonforms.is_layout(ui) else frozenset()
        self.builder = Builder(self.sources, said, lists)

    def document(self, base: Mapping[str, Json]) -> dict[str, Json] | None:
        items, scope = self.builder.root()
        made = self._made(items, scope, base) if items else None
        if self.ui is not None and made is None:
            self.looks.refused("", "ui.nothing")
        sweep(self.sources, self.ledger)
        self.ledger.only_real(self.schema)
        if self.ui is not None:
            sweep_ui(self.ui, self.looks)
            self.looks.only_real(self.ui)
        if made is None and not self.ledger.refuses(""):
            told = any(True for _ in self.ledger.of("refused"))
            said = "nothing.asked" if foreign.is_schema(self.schema) else "source.plain"
            self.ledger.refused("", "nothing.left" if told else said)
        return made

    def _made(self, items: list[Item], scope: Scope, base: Mapping[str, Json]) -> dict[str, Json] | None:
        """Return the document, when one is left that passes the check of documents."""
        pages, writer = self._pages(items, scope)
        made = deepcopy(dict(base))
        made["title"] = words.text(self.schema.get("title"))[:LONGEST_TITLE] or made["title"]
        scalars.cut_off(Part("", self.schema), "title", LONGEST_TITLE, self.ledger)
        if words.text(self.schema.get("description")):
            made["summary"] = words.text(self.schema["description"])
        scalars.cut_off(Part("", self.schema), "description", words.LONGEST_TEXT, self.ledger)
        made["pages"] = pages
        if self.builder.datasets:
            made["datasets"] = {**made.get("datasets", {}), **self.builder.datasets}
        applicant = _applicant(pages)
        if applicant:
            made["applicant"] = applicant
        made["x-source"] = self._containers(scope, writer)
        if not pages or not repair(made, writer):
            return None
        for key in twice.together(made["pages"]):
            writer.asked_twice(key)
        return made

    def _pages(self, items: list[Item], scope: Scope) -> tuple[list[dict[str, Json]], emit.Writer]:
        made = self._screens(items, scope)
        room = [MOST_ITEMS - sum(1 for s in made for top in s.items for _ in top.walk())]
        for screen in made:
            screen.items = screens.flatten(screen.items, room)
        made = screens.portioned(made)
        self._shorten(made)
        self.builder.demand_members({id(one) for s in made for top in s.items for one in top.walk()})
        emit.name_all(made)
        everything = [item for screen in made for item in screen.items]
        self._row_checks(everything)
        compiler = Compiler(self.sources, Index(everything), self.builder.always(), self.builder.nulls)
        writer = emit.Writer(compiler, self.ledger, self.looks, self.said.language)
        pages = [writer.page(screen) for screen in made]
        self._rows(everything, pages, writer)
        order.arrange(pages, self.said.page, writer.dropped)
        for check in self.builder.wide:
            if check.place and check.place[0] is scope:
                self._page_check(pages, check, writer)
        return pages, writer

    def _shorten(self, made: list[Screen]) -> None:
        """Refuse what is more than a document may hold; what depends on a question stands after it."""
        seen = 0

        def kept(items: list[Item]) -> list[Item]:
            nonlocal seen
            found = []
            for item in items:
                seen += 1
                if seen > structure.MAX_FIELDS:
                    if item.source:
                        self.ledger.refused(item.source, "questions.many", limit=structure.MAX_FIELDS)
                    continue
                had, item.children = bool(item.children), kept(item.children)
                if item.children or not had:
                    found.append(item)
            return found

        for screen in made:
            screen.items = kept(screen.items)
        made[:] = [screen for screen in made if screen.items]

    def _screens(self, items: list[Item], scope: Scope) -> list[Screen]:
        if self.ui is not None and jsonforms.is_layout(self.ui):
            layout = jsonforms.Layout(self.looks, self.sources, items, scope, self.said)
            return layout.screens(self.ui)
        if self.ui is not None:
            rjsf.Annotator(self.looks, items, scope).annotate(self.ui)
        return screens.by_default(jsonformsparts.whole(items), self.said.page)

    def _row_checks(self, items: list[Item]) -> None:
        """Give each repeat the demands on its rows."""
        for item in [one for top in items for one in top.walk() if one.rows is not None]:
            item.marks["row_checks"] = [
                check for check in self.builder.wide if check.place and check.place[0] is item.rows
            ]

    def _page_check(self, pages: list[dict[str, Json]], check: Check, writer: emit.Writer) -> None:
        """Ask for a demand on the page where its last question stands."""
        demand = writer.wide(check)
        if demand is None:
            return
        keys = order.variables(demand)
        last = max((path[0] for item, path in order.walk(pages) if item["key"] in keys), default=0)
        pages[last]["check"] = writer.beside(pages[last].get("check", True), check, demand)
        writer.remember(pages[last]["key"], check)

    def _rows(self, items: list[Item], pages: list[dict[str, Json]], writer: emit.Writer) -> None:
        """Remember of each repeat how its rows are built."""
        written = {item["key"]: item for item, _ in order.walk(pages)}
        for item in [one for top in items for one in top.walk() if one.rows is not None]:
            shape = self._containers(item.rows, writer)
            if item.rows is not None and item.key in written and shape:
                written[item.key]["x-rows"] = shape

    def _containers(self, scope: Scope | None, writer: emit.Writer) -> dict[str, Json]:
        """Return which places are lists, which must be there (some only when …), and which are null then."""
        mine = {at: kind for (owner, at), kind in self.builder.containers.items() if owner == id(scope)}
        lists = sorted(at for at, (kind, _) in mine.items() if kind == "array")
        needed = sorted(at for at, (_, needs) in mine.items() if any(not when for when, _ in needs))
        others = [(at, when) for at, (_, needs) in mine.items() if at not in needed for when, _ in needs]
        nulls = [
            (at, w) for (owner, at), whens in self.builder.nulls.items() if owner == id(scope) for w in whens
        ]
        shape = {
            "lists": lists,
            "needed": needed,
            "needed_when": writer.places(others),
            "nulls": sorted({at for at, when in nulls if not when}),
            "nulls_when": writer.places([(at, when) for at, when in nulls if when and (at, ()) not in nulls]),
        }
        return {name: found for name, found in shape.items() if found}


def _applicant(pages: list[dict[str, Json]]) -> dict[str, str]:
    """Return which questions reach the applicant: the first of each kind that everybody is asked."""
    found: dict[str, str] = {}
    for page in pages:
        for item in [] if "visible" in page else page["fields"]:
            inner = item["fields"] if item["type"] == "group" and "visible" not in item else [item]
            for one in inner:
                if one["type"] in ("email", "phone") and "visible" not in one:
                    found.setdefault(one["type"], one["key"])
    return found


def sweep_ui(ui: Json, ledger: Ledger) -> None:
    """Enter every member of the UI schema that has no entry and stands below nothing entered whole."""
    above: set[str] = set()
    for pointer in ledger.entries:
        while pointer:
            pointer = pointers.parent(pointer)
            above.add(pointer)
    waiting: list[tuple[Json, str]] = [(ui, "")]
    while waiting:
        part, at = waiting.pop()
        named = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        for name, value in named:
            place = pointers.below(at, name)
            if place in above:
                waiting.append((value, place))
            if not ledger.knows(place) and (place not in above and isinstance(part, dict)):
                ledger.refused(place, "ui.unknown", about="look", value=str(name)[:60])
            elif not ledger.knows(place) and place not in above:
                ledger.refused(place, "ui.shape", about="look")
