"""Writes the items down as pages of a document, and remembers in `x-source` where answers came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from builder import keys
from builder.jsonschema import logic, values, words
from builder.jsonschema.conditions import Compiler, check_of
from builder.jsonschema.jsonvalues import ident, plain
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.tree import All, AnyOf, Check, Condition, Is, Item, Scope, Screen

Json = Any
NO_PAGE_KEYS = frozenset(("review", "receipt", "save", "upload", "done", "saved"))
OPTION_VALUE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def name_all(screens: Sequence[Screen]) -> None:
    """Give every page, group and question its key, and every option its value."""
    taken: set[str] = set()
    pages: set[str] = set(NO_PAGE_KEYS)
    for screen in screens:
        screen.key = keys.free(keys.question_key(screen.title) or "page", pages)
        pages.add(screen.key)
        for top in screen.items:
            for item in top.walk():
                item.key = keys.free(keys.question_key(item.name), taken)
                taken.add(item.key)
                _name_options(item)


def _name_options(item: Item) -> None:
    taken: set[str] = set()
    for value, _ in item.options:
        usable = isinstance(value, str) and usable_value(value) and value not in taken
        made = value if usable else keys.free(keys.option_value(words.said(value)), taken)
        item.values[ident(value)] = made
        taken.add(made)


def usable_value(value: str) -> bool:
    """Say whether a text can stand as the value of an option as it is."""
    marks = OPTION_VALUE + "_.+-"
    return 0 < len(value) <= 60 and value[0] in OPTION_VALUE and all(mark in marks for mark in value)


Told = Callable[[Check], Json | None]


class Writer:
    """Writes pages; conditions that cannot be written are refused where they stand in the source."""

    def __init__(self, compiler: Compiler, ledger: Ledger, ui: Ledger, language: str) -> None:
        self.compiler = compiler
        self.ledger = ledger
        self.ui = ui
        self.language = language
        self.origins: dict[tuple[str, str], list[tuple[str, bool]]] = {}

    def page(self, screen: Screen) -> dict[str, Json]:
        page: dict[str, Json] = {"key": screen.key, "title": screen.title[:200] or screen.key}
        if screen.intro:
            page["intro"] = screen.intro
        self._visible(page, screen.visible)
        self._check(page, screen.checks, self.wide)
        page["fields"] = [self.item(item) for item in screen.items]
        return page

    def item(self, item: Item) -> dict[str, Json]:
        label = item.label or words.humanised(item.name) or item.key
        made: dict[str, Json] = {"key": item.key, "type": item.type or item.kind, "label": label[:500]}
        if item.help:
            made["help"] = item.help
        self._visible(made, item.visible)
        self.origins[item.key, ""] = [(item.source, False)] if item.source else []
        branch = _branch(item.visible)
        if branch:
            made["x-kind"] = branch
        if item.kind == "group":
            if item.marks.get("some"):
                made["required"] = True
            made["fields"] = [self.item(child) for child in item.children]
            return made
        self._demands(item, made)
        made.update(item.settings)
        self._source(item, made)
        if item.kind == "repeat":
            self._repeat(item, made)
        elif item.options and not item.marks.get("own"):
            made["options"] = [self._option(item, value, label) for value, label in item.options]
            self._worded(item)
        self._default(item, made)
        made.update(item.marks.get("words", {}))
        return made

    def _repeat(self, item: Item, made: dict[str, Json]) -> None:
        if item.marks.get("item"):
            made["item"] = item.marks["item"]
        row: dict[str, Json] = {}
        self._check(row, item.marks.get("row_checks", ()), self.wide)
        if row:
            made["row"] = row
            self.origins[made["key"], "row"] = _places(item.marks["row_checks"])
        made["fields"] = [self.item(child) for child in item.children]

    def _demands(self, item: Item, made: dict[str, Json]) -> None:
        required = self.needed(item)
        if required is not False:
            made["required"] = required
        self.origins[made["key"], "required"] = [(p, False) for _, p in item.required if p]
        self.origins[made["key"], "check"] = _places(item.checks)
        self._check(made, item.checks, lambda check: self.narrow(check, item))

    def _check(self, made: dict[str, Json], checks: Sequence[Check], told: Told) -> None:
        """Demand all that `told` makes of checks; what does not fit beside the others is refused."""
        demand: Json = True
        for check in checks:
            demand = self.beside(demand, check, told(check))
        found = logic.yes_only(demand, missing=True)
        if found is not True:
            made["check"] = found

    def beside(self, demand: Json, check: Check, more: Json | None) -> Json:
        """Return both demands; the second, made of `check`, is refused where they are too long together."""
        if more is None:
            return demand
        try:
            together = logic.both([demand, more])
            if demand is True or logic.fits(together):
                return together
        except logic.Unsayable:
            pass
        self.ledger.refused(check.part.at(check.keyword), "condition.long")
        return demand

    def _visible(self, made: dict[str, Json], visible: list[All]) -> None:
        shown = self.shown(visible)
        if shown is not None:
            made["visible"] = shown
            self.origins[made["key"], "visible"] = [
                (pointer, ui) for group in visible for pointer, ui in _origins(group)
            ]

    def shown(self, visible: list[All]) -> Json | None:
        """Return the condition under which something is shown, None for always."""
        found: list[Json] = []
        for group in visible:
            written = self._written(group)
            if written is None:
                return None
            found.append(written)
        if not found:
            return None
        try:
            condition = logic.yes_only(logic.either(found))
        except logic.Unsayable as fault:
            for condition in [condition for group in visible for condition in group]:
                self._refuse(condition, fault.reason)
            return None
        return None if condition is True else condition

    def needed(self, item: Item) -> Json:
        found: list[Json] = []
        for group, pointer in item.required:
            try:
                found.append(self.compiler.all(group, without=item))
                self._enter("required", group)
            except logic.Unsayable as fault:
                self.compiler.used.clear()
                self.ledger.partial(pointer, fault.reason if pointer else "condition.keyword")
        try:
            condition = logic.yes_only(logic.either(found))
            if logic.fits(condition):
                return condition
        except logic.Unsayable:
            pass
        for _, pointer in item.required:
            self.ledger.partial(pointer, "condition.long")
        return False

    def places(self, told: Sequence[tuple[str, All]]) -> list[dict[str, Json]]:
        """Return places in the data with the condition under which something stands there."""
        found: list[dict[str, Json]] = []
        for at, group in sorted(told, key=lambda one: one[0]):
            try:
                when = self.compiler.all(group)
            except logic.Unsayable:
                continue  # what cannot be said is named where the condition itself stands
            finally:
                self.compiler.used.clear()
            if when is not False and logic.fits(when):
                found.append({"at": at, "when": when})
        return found

    def remember(self, page: str, check: Check) -> None:
        """Note that the check of a page comes from `check`, too."""
        self.origins.setdefault((page, "check"), []).extend(_places([check]))

    def not_possible(self, key: str, name: str, sentence: str) -> None:
        """Name what the check of documents does not let pass: a setting, or without a name a question."""
        places = self.origins.get((key, name)) or self.origins.get((key, ""), [])
        for pointer, ui in places:
            (self.ui if ui else self.ledger).refused(pointer, "not_possible", sentence=sentence)

    def asked_twice(self, key: str) -> None:
        """Name a question that may be asked together with another of the same place."""
        for pointer, _ in self.origins.get((key, ""), ()):
            self.ledger.partial(pointer, "asked.twice")

    def dropped(self, owner: dict[str, Json], name: str) -> None:
        """Name a rule that had to be taken away again because it cannot look back."""
        for pointer, ui in self.origins.get((owner["key"], name), ()):
            (self.ui if ui else self.ledger).refused(pointer, f"order.{name}")

    def _written(self, group: All) -> Json | None:
        """Return a conjunction in our language; what cannot be said is refused and left out."""
        found: list[Json] = []
        for condition in group:
            try:
                written = self.compiler.one(condition)
                if not logic.fits(written):
                    raise logic.Unsayable("condition.long")
                found.append(written)
                self._enter("condition", (condition,))
            except logic.Unsayable as fault:
                self.compiler.used.clear()
                self._refuse(condition, fault.reason)
        written = logic.both(found)
        return None if written is True else written

    def _refuse(self, condition: Condition, reason: str) -> None:
        for pointer, ui in _origins((condition,)):
            (self.ui if ui else self.ledger).refused(pointer, reason)

    def narrow(self, check: Check, item: Item) -> Json | None:
        """Return what a check demands of one question."""
        place = check.part.at(check.keyword)
        try:
            demand = check_of(self.compiler, check, item)
            if not logic.fits(demand):
                raise logic.Unsayable("condition.long")
            if demand is False:
                raise logic.Unsayable("schema.never")
        except logic.Unsayable as fault:
            self.compiler.used.clear()
            self.ledger.refused(place, fault.reason)
            return None
        reason = "no_effect" if demand is True and check.keyword == "contains" else "check"
        self._enter(reason, check.when)
        self.ledger.taken(place, reason)
        return demand

    def wide(self, check: Check) -> Json | None:
        """Return what a check demands of several questions together."""
        place = check.part.at(check.keyword)
        if check.place is None:
            return None
        try:
            demand = self._demand(check, *check.place)
            if demand is True and check.keyword in ("minProperties", "maxProperties"):
                self.ledger.taken(place, "implied")
                return None
            if check.when:
                demand = logic.either([logic.no(self.compiler.all(check.when)), demand])
            if demand is True:  # the form takes nothing else anyway
                self._enter("implied", check.when)
                self.ledger.taken(place, "implied")
                return None
            if isinstance(demand, bool) or not logic.fits(demand):
                raise logic.Unsayable(
                    "condition.long" if not isinstance(demand, bool) else "condition.keyword"
                )
        except logic.Unsayable as fault:
            self.compiler.used.clear()
            self.ledger.refused(place, fault.reason)
            return None
        self._enter("check", check.when)
        self.ledger.taken(place, "check")
        return demand

    def _demand(self, check: Check, scope: Scope, at: str) -> Json:
        value = check.part.get(check.keyword)
        if check.keyword == "minProperties" and value == 1:
            return self.compiler.some(scope, at)
        if check.keyword in ("minProperties", "maxProperties"):
            return self.compiler.counted(scope, at, check.keyword, int(value))
        return self.compiler.composed(
            check.part, check.keyword, lambda parts: self.compiler.parts(parts, scope, at, None)
        )

    def _enter(self, reason: str, group: All = ()) -> None:
        for pointer, ui in _origins(group):
            if not ui:
                self.ledger.taken(pointer, "condition")
        for pointer in self.compiler.used:
            self.ledger.taken(pointer, reason)
        self.compiler.used.clear()

    def _option(self, item: Item, value: Json, label: str) -> dict[str, Json]:
        own = item.values[ident(value)]
        made: dict[str, Json] = {"value": own, "label": (label or words.worded(value) or own)[:500]}
        if value != own and not item.marks.get("variant"):
            made["x-source"] = json.dumps(plain(value), ensure_ascii=not words.storable(plain(value)))
        return made

    def _worded(self, item: Item) -> None:
        """Tell where the names of answers are shown as words."""
        names = [value for value, label in item.options if not label]
        put = next((value for value in names if words.worded(value) != words.said(value)), None)
        for pointer in item.marks.get("named_at", ()) if put is not None else ():
            if self.ledger.knows(pointer) and not self.ledger.lost(pointer):
                told = {"value": words.said(put), "words": words.worded(put)}
                self.ledger.again(pointer, "option.worded", **told)

    def _source(self, item: Item, made: dict[str, Json]) -> None:
        if item.marks.get("variant"):
            made["x-kind-of"] = item.at
        elif not item.marks.get("note"):
            made["x-source"] = item.at
        if item.marks.get("own"):
            made["x-own"] = item.marks["own"]
        for mark in ("map", "name"):
            if item.marks.get(mark):
                made[f"x-{mark}"] = True

    def _default(self, item: Item, made: dict[str, Json]) -> None:
        if "default" not in item.marks:
            return
        answer = values.to_answer(made, item.marks["default"])
        if answer is None:
            self.ledger.partial(item.marks.get("default_at", item.source), "default.wrong")
            return
        made["default"] = answer
        self.origins[item.key, "default"] = [(item.marks.get("default_at", item.source), False)]
        if item.marks.get("fixed"):
            made["readOnly"] = True


def _places(checks: Sequence[Check]) -> list[tuple[str, bool]]:
    return [(check.part.at(check.keyword), False) for check in checks]


def _branch(visible: list[All]) -> dict[str, str]:
    """Return which kinds must have been chosen for an item to be asked."""
    first = visible[0] if visible else ()
    return {
        condition.switch.key: condition.values[0]
        for condition in first
        if isinstance(condition, Is) and condition.switch.marks.get("variant")
    }


def _origins(group: All) -> Iterator[tuple[str, bool]]:
    """Yield where in the source conditions come from, and whether that is the UI schema."""
    for condition in group:
        if isinstance(condition, AnyOf):
            for inner in condition.conditions:
                yield from _origins(inner)
        elif condition_pointer(condition):
            yield condition_pointer(condition), bool(getattr(condition, "ui", False))


def condition_pointer(condition: Any) -> str:
    return str(getattr(condition, "of", ""))
