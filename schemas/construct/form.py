"""Builds pages, groups, repeats and questions. A rule is parsed against what comes early enough for it.

`visible`, `calculate`, `filter` and `default` look at earlier questions only; `required` and `check` also
at those of the same page or row. So there are no circles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from schemas import expressions, fieldtypes
from schemas.construct.chipped import Around, chipped
from schemas.construct.kinds import columns, kinds, questions
from schemas.construct.words import Raw, Reader
from schemas.definition import Dataset, Field, Group, Json, Option, Page, RowRules, Text
from schemas.expressions import Expression, Scope
from schemas.expressions.tree import OPERATORS, Kind

COMMON = frozenset(
    (
        *("key", "type", "label", "help", "visible", "required", "check", "default", "calculate", "filter"),
        *("messages", "options", "privacy", "autocomplete", "prefill", "readOnly", "width", "dataset"),
        *("fields", "row", "chips"),
    )
)


@dataclass(frozen=True, slots=True)
class _Room:
    """Where questions stand: on a page or in a row, with what is known there."""

    kinds: Mapping[str, Kind]
    earlier: frozenset[str]
    whole: frozenset[str]
    items: Mapping[str, Raw]
    outer: _Room | None = None

    def scope(self, *, back: bool) -> Scope:
        """Return what a rule here may name: with `back` only what comes before it."""
        outer = self.outer.scope(back=back) if self.outer else None
        return Scope(self.kinds, self.earlier if back else self.whole, outer)

    def around(self) -> Around:
        """Return what words here may fill in: what comes before them."""
        return Around(self.scope(back=True), tuple(self._every()))

    def _every(self) -> Iterator[Mapping[str, Raw]]:
        yield self.items
        if self.outer:
            yield from self.outer._every()

    def after(self, key: str) -> _Room:
        return replace(self, earlier=self.earlier | {key})


class FormBuilder:
    """Builds the questions of a document."""

    def __init__(self, document: Raw, reader: Reader) -> None:
        self.document = document
        self.reader = reader
        self.datasets = self._datasets(document.get("datasets", {}))
        pages = document["pages"]
        items = [item for page in pages for item in page["fields"]]
        self.kinds = kinds(items, document.get("datasets", {}))
        self.items = _by_key(items)
        later = {action.get("ask", {}).get("page") for action in document["workflow"]["actions"]}
        self.later = {
            page["key"]
            for page in pages
            if page["key"] in later or page.get("for", "applicant") != "applicant"
        }

    def pages(self) -> tuple[Page, ...]:
        """Build pages in order; a rule of a later page sees the application and all pages before it."""
        filed: list[str] = []
        before: list[str] = []
        built = []
        for at, raw in enumerate(self.document["pages"]):
            is_later = raw["key"] in self.later
            known = frozenset([*self._filing_keys(), *before] if is_later else filed)
            built.append(self._page(raw, f"/pages/{at}", known))
            keys = _keys(raw["fields"])
            before.extend(keys)
            if not is_later:
                filed.extend(keys)
        return tuple(built)

    def _datasets(self, raw: Mapping[str, Raw]) -> dict[str, Dataset]:
        return {
            key: Dataset(
                key,
                dict(told.get("columns", {})),
                tuple(self._option(item) for item in told.get("items", [])),
                told.get("source", ""),
                told.get("edition", ""),
            )
            for key, told in raw.items()
        }

    def _option(self, raw: Raw) -> Option:
        cells = {name: cell for name, cell in raw.items() if name not in ("label", "help")}
        text = self.reader.text
        label = text(raw["label"])
        return Option(raw["value"], label, text(raw.get("help")), {**cells, "label": label.say()})

    def _filing_keys(self) -> list[str]:
        return [
            key for page in self.document["pages"] if page["key"] not in self.later
            for key in _keys(page["fields"])
        ]  # fmt: skip

    def _page(self, raw: Raw, pointer: str, known: frozenset[str]) -> Page:
        room = _Room(self.kinds, known, known | frozenset(_keys(raw["fields"])), self.items)
        fields, groups = self._items(raw["fields"], f"{pointer}/fields", room)
        said, written = self._words(raw, ("title", "intro"), pointer, room)
        return Page(
            raw["key"],
            said["title"],
            fields,
            said["intro"],
            raw.get("for", "applicant"),
            self.reader.optional(raw, "visible", pointer, room.scope(back=True)),
            groups,
            self.reader.optional(raw, "check", pointer, room.scope(back=False)),
            self.reader.texts(raw.get("messages", {})),
            written,
        )

    def _words(
        self, raw: Raw, names: Iterable[str], pointer: str, room: _Room
    ) -> tuple[dict[str, Text], dict[str, Text]]:
        """Return the words of these names as they may be shown to all, and as written those with chips."""
        told = {name: chipped(self.reader, raw, name, pointer, room.around()) for name in names}
        said = {name: words for name, (words, _written) in told.items()}
        return said, {name: written for name, (_words, written) in told.items() if written is not None}

    def _items(
        self, raw: Iterable[Raw], pointer: str, room: _Room
    ) -> tuple[tuple[Field, ...], tuple[Group, ...]]:
        fields: list[Field] = []
        groups: list[Group] = []
        for at, item in enumerate(raw):
            place = f"{pointer}/{at}"
            if item["type"] == "group":
                group = self._group(item, place, room)
                groups.append(group)
                for inner_at, inner in enumerate(item["fields"]):
                    fields.append(self._field(inner, f"{place}/fields/{inner_at}", room, group))
                    room = room.after(inner["key"])
            else:
                fields.append(self._field(item, place, room))
                room = room.after(item["key"])
        return tuple(fields), tuple(groups)

    def _group(self, raw: Raw, pointer: str, room: _Room) -> Group:
        said, written = self._words(raw, ("label", "help"), pointer, room)
        return Group(
            key=raw["key"],
            label=said["label"],
            keys=tuple(_keys(raw["fields"])),
            at=pointer,
            help=said["help"],
            visible=self.reader.optional(raw, "visible", pointer, room.scope(back=True)),
            required=self.reader.demand(raw, pointer, room.scope(back=False)),
            check=self.reader.optional(raw, "check", pointer, room.scope(back=False)),
            messages=self.reader.texts(raw.get("messages", {})),
            chipped=written,
        )

    def _field(self, raw: Raw, pointer: str, room: _Room, group: Group | None = None) -> Field:
        reader, before, beside = self.reader, room.scope(back=True), room.scope(back=False)
        visible = reader.optional(raw, "visible", pointer, before)
        around = group.visible if group else None
        others = replace(beside, allowed=beside.allowed - {raw["key"]})
        fields, groups = self._rows(raw, pointer, room)
        said, written = self._words(raw, ("label", "help"), pointer, room)
        settings = {name: value for name, value in raw.items() if name not in COMMON}
        item, own = self._item(raw, pointer, room)
        return Field(
            key=raw["key"],
            type=raw["type"],
            label=said["label"],
            help=said["help"],
            required=reader.demand(raw, pointer, others),
            visible=expressions.both(around, visible),
            check=reader.optional(raw, "check", pointer, beside),
            default=self._default(raw, pointer, before),
            messages=reader.texts(raw.get("messages", {})),
            options=self._options(raw),
            privacy=raw.get("privacy", "none"),
            autocomplete=raw.get("autocomplete", ""),
            settings={**settings, **item},
            at=pointer,
            group=group.key if group else "",
            own_visible=visible,
            calculate=self._calculate(raw, pointer, before),
            filter=self._filter(raw, pointer, before),
            dataset=raw.get("dataset", ""),
            prefill=raw.get("prefill"),
            read_only=raw.get("readOnly", False),
            width=raw.get("width", "full"),
            fields=fields,
            groups=groups,
            row=self._row_rules(raw, pointer, room),
            chipped={**written, **own},
        )

    def _item(self, raw: Raw, pointer: str, room: _Room) -> tuple[dict[str, Json], dict[str, Text]]:
        """Return what an entry is called where it names answers of its own: for all, and as it is written."""
        if raw["type"] != "repeat" or "item" not in raw:
            return {}, {}
        inside = self._inside(raw, room)
        said, written = chipped(
            self.reader, raw, "item", pointer, replace(inside, earlier=inside.whole).around()
        )
        return ({}, {}) if written is None else ({"item": dict(said.values)}, {"item": written})

    def _options(self, raw: Raw) -> tuple[Option, ...]:
        if "options" in raw:
            return tuple(self._option(item) for item in raw["options"])
        dataset = self.datasets.get(raw.get("dataset", ""))
        return dataset.items if dataset else ()

    def _rows(self, raw: Raw, pointer: str, room: _Room) -> tuple[tuple[Field, ...], tuple[Group, ...]]:
        if raw["type"] != "repeat":
            return (), ()
        return self._items(raw["fields"], f"{pointer}/fields", self._inside(raw, room))

    def _inside(self, raw: Raw, room: _Room) -> _Room:
        """Return the room of a row; a rule in it may look at the whole page around, but not at its rows."""
        around = replace(room, whole=room.whole - {raw["key"]})
        inner = kinds(raw["fields"], self.document.get("datasets", {}))
        return _Room(inner, frozenset(), frozenset(_keys(raw["fields"])), _by_key(raw["fields"]), around)

    def _row_rules(self, raw: Raw, pointer: str, room: _Room) -> RowRules:
        told = raw.get("row")
        if told is None or raw["type"] != "repeat":
            return RowRules()
        scope = self._inside(raw, room).scope(back=False)
        check = self.reader.optional(told, "check", f"{pointer}/row", scope)
        return RowRules(check, self.reader.texts(told.get("messages", {})))

    def _calculate(self, raw: Raw, pointer: str, scope: Scope) -> Expression | None:
        wants = fieldtypes.get(raw["type"]).value_type
        if "calculate" not in raw or wants is None:
            return None
        return self.reader.expression(raw["calculate"], f"{pointer}/calculate", scope, wants=wants)

    def _filter(self, raw: Raw, pointer: str, scope: Scope) -> Expression | None:
        dataset = self.document.get("datasets", {}).get(raw.get("dataset", ""))
        scope = replace(scope, columns=columns(dataset) if dataset else {})
        return self.reader.optional(raw, "filter", pointer, scope)

    def _default(self, raw: Raw, pointer: str, scope: Scope) -> Json | Expression:
        """Return the answer to begin with: as it is written, or worked out when the question is shown."""
        default, wants = raw.get("default"), fieldtypes.get(raw["type"]).value_type
        worked_out = isinstance(default, dict) and wants != "thing" and not set(OPERATORS).isdisjoint(default)
        if wants is None or not worked_out:
            return default
        return self.reader.expression(default, f"{pointer}/default", scope, wants=wants)


def _keys(items: Iterable[Raw]) -> list[str]:
    return [question["key"] for question in questions(items)]


def _by_key(items: Iterable[Raw]) -> dict[str, Raw]:
    """Return the questions among items by their keys; the first of a key counts."""
    found: dict[str, Raw] = {}
    for question in questions(items):
        found.setdefault(question["key"], question)
    return found
