"""What a question offers of its list as the page stands: what fits its filter, or what a search finds.

A small list stands on the page, a large one of the region is searched and never stands there whole. With a
script both follow the answers at once; without it a button brings the page again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from runtime.datasets import addresses, asking
from runtime.datasets.tables import RegionTables
from runtime.forms import browser, rules
from runtime.forms.drawing import Drawing, Mark, option_mark
from runtime.forms.face import Choice, Typed, part_name
from runtime.forms.fields.choice import WORDS, as_choice
from runtime.forms.spots import Spot
from schemas import listing
from schemas.definition import Field, Json, Option

if TYPE_CHECKING:
    from runtime.forms.pageform import PageForm

Cells = Mapping[str, tuple[Json, ...]]


@dataclass(frozen=True, slots=True)
class Search:
    """A box for words, and what was found so far. `narrow` tells a script how the filter is asked."""

    id: str
    name: str
    words: str
    address: str
    narrow: str
    cells: str
    more_rows: str
    found: bool
    blank: tuple[Mark, ...]

    @property
    def nothing(self) -> str:
        """Return what is said when nothing was found."""
        return _("Nothing was found. Try other or fewer letters.")

    @property
    def said(self) -> str:
        """Return what is said below what was found."""
        if not self.found:
            return self.nothing
        return self.more % {"more": self.more_rows} if self.more_rows else ""

    @property
    def more(self) -> str:
        """Return what is said of `more` further rows, still to be filled in."""
        return _("There are %(more)s more. Type more letters of the one you look for.")


@dataclass(frozen=True, slots=True)
class Offer:
    """What is drawn in place of all options. `first` says what to answer first, `gone` that there is no list.

    `every` are all rows of a small list, for a script, where an answer on the same page decides.
    """

    options: tuple[Mark, ...]
    table: str
    first: str = ""
    gone: bool = False
    needs: str = ""
    filter: str = ""
    every: tuple[Mark, ...] = ()
    search: Search | None = None

    @property
    def follows(self) -> bool:
        """Say whether an answer on the same page decides, for which a page without a script has a button."""
        return bool(self.filter)


def applies(question: Field) -> bool:
    """Tell whether a question offers something else than the options that stand in its document."""
    return bool(question.dataset) and (question.filter is not None or not question.options)


def offer(form: PageForm, spot: Spot, drawn: Drawing, typed: Typed) -> Offer:
    """Return what the question at `spot` offers, given what stands in it."""
    return _Offering(form, spot, drawn, typed).offer()


def first_of(form: PageForm, spot: Spot) -> str:
    """Return the label of the question that has to be answered before the one at `spot`, "" for none."""
    key = listing.first(spot.question, _known(form, spot))
    return _label(form, spot, key) if key else ""


def read_by(form: PageForm, spot: Spot) -> str:
    """Return the labels of the questions that decide what the one at `spot` offers."""
    return ", ".join(_label(form, spot, key) for key in listing.needs(spot.question))


def _known(form: PageForm, spot: Spot) -> Mapping[str, Json]:
    asked = form.judged.asked.get(spot.path)
    return asked.known if asked else {}


def _label(form: PageForm, spot: Spot, key: str) -> str:
    """Return the label of a question as seen from `spot`: its own row first, then what is around."""
    rooms = [form.page.fields]
    for part in spot.path[:-1]:
        if isinstance(part, str):
            rooms.append(next(field.fields for field in rooms[-1] if field.key == part))
    found = next((field for room in reversed(rooms) for field in room if field.key == key), None)
    found = found or form.module.field(key)
    return found.label.say(form.around.language) if found else key


class _Offering:
    """Works out the offer of one question."""

    def __init__(self, form: PageForm, spot: Spot, drawn: Drawing, typed: Typed) -> None:
        self.form, self.spot, self.drawn, self.typed = form, spot, drawn, typed
        self.question, self.around = spot.question, form.around
        self.known = _known(form, spot)
        self.lists = self.around.tables if isinstance(self.around.tables, RegionTables) else None
        own = {field.key for field in form.page.fields}
        self.follows = rules.looks_here(self.question.filter, own, len(spot.path) // 2)

    def offer(self) -> Offer:
        """Return the offer: of a list in the document, of a small or of a large one of the region."""
        key = self.question.dataset
        if not self.question.options and (self.lists is None or self.lists.edition(key) is None):
            return Offer((), key, gone=True)
        if self.question.options or (self.lists and self.lists.is_small(key)):
            return self._small()
        assert self.lists is not None, "only lists of a region are large"
        return self._large(self.lists)

    def _small(self) -> Offer:
        options = self.question.options or (self.lists.options(self.question.dataset) if self.lists else ())
        chosen = _chosen(self.typed)
        marks = {value: on if value in chosen else off for value, off, on in self.drawn.options}
        fitting = tuple(marks[o.value] for o in options if self._passes(o) and o.value in marks)
        return Offer(
            fitting,
            self.question.dataset,
            first="" if fitting else self._first(),
            needs=self._needs(),
            filter=browser.compact(self.question.filter) if self.question.filter and self.follows else "",
            every=tuple(off for _value, off, _on in self.drawn.options) if self.follows else (),
        )

    def _large(self, lists: RegionTables) -> Offer:
        key, words = self.question.dataset, str(self.typed.get(WORDS, ""))
        cells = listing.narrowed(
            self.question, self.known, today=self.around.today, tables=self.form.module.tables
        )
        picked = [o for value in sorted(_chosen(self.typed)) if (o := lists.option(key, value))]
        picked = [option for option in picked if self._passes(option)]
        asked = cells is not None and bool(words or cells)
        found = [o for o in lists.options(key, words, cells=cells) if o not in picked] if asked else []
        count = lists.count(key, words, cells=cells) if asked else 0
        options = enumerate([*picked, *found], 1)
        more = count - len(found) - sum(asking.finds(option, words) for option in picked)
        search = Search(
            id=f"{self.drawn.id}-{WORDS}",
            name=part_name(self.drawn.name, WORDS),
            words=words,
            address=self._address(lists),
            narrow=self._narrow() if self.follows else "",
            cells=_spelt(cells),
            more_rows=number_format(more, force_grouping=True) if more > 0 else "",
            found=not asked or bool(found),
            blank=(self._mark(Choice("", ""), 0, on=False),),
        )
        return Offer(
            tuple(self._drawn(option, number, on=option in picked) for number, option in options),
            key,
            first=self._first() if cells is None else "",
            needs=self._needs(),
            filter=browser.compact(self.question.filter) if self.question.filter and self.follows else "",
            search=search,
        )

    def _passes(self, option: Option) -> bool:
        row, tables = option.cells, self.form.module.tables
        return listing.passes(self.question, row, self.known, today=self.around.today, tables=tables)

    def _first(self) -> str:
        key = listing.first(self.question, self.known)
        return _first_words(_label(self.form, self.spot, key)) if key else ""

    def _needs(self) -> str:
        """Return the questions that decide with what is said while they have no answer, for the script."""
        if not self.follows:
            return ""
        keys = listing.needs(self.question)
        return rules.as_json([[key, _first_words(_label(self.form, self.spot, key))] for key in keys])

    def _narrow(self) -> str:
        assert self.question.filter is not None, "only a filter follows answers"
        demands = listing.demands(self.question.filter.root)
        return rules.as_json([[d.column, browser.node(d.wanted)] for d in demands])

    def _address(self, lists: RegionTables) -> str:
        edition = lists.edition(self.question.dataset)
        assert edition is not None, "a list without an edition offers nothing"
        return addresses.of(edition, self._columns, self.around.language)

    @property
    def _columns(self) -> set[str]:
        return rules.columns(self.form.page, self.question)

    def _drawn(self, option: Option, number: int, *, on: bool) -> Mark:
        choice = as_choice(option, self.around.language)
        cells = {name: option.cells[name] for name in sorted(self._columns) if name in option.cells}
        mark = self._mark(choice, number, on=on)
        return {**mark, "cells": escape(rules.as_json(cells))} if cells else mark

    def _mark(self, choice: Choice, number: int, *, on: bool) -> Mark:
        drawn = self.drawn
        _value, off, chosen = option_mark(
            choice, drawn.name, f"{drawn.id}-{number}", drawn.face, as_select=False
        )
        return chosen if on else off


def _first_words(label: str) -> str:
    return _("Answer “%(label)s” first; then the choices that fit are shown here.") % {"label": label}


def _chosen(typed: Mapping[str, Any]) -> set[str]:
    value = typed.get("", "")
    return {str(one) for one in value} if isinstance(value, list) else {str(value)} - {""}


def _spelt(cells: Cells | None) -> str:
    """Return the narrowing as a script works it out, too: columns with their cells as in an address."""
    found: Iterable[tuple[str, Any]] = (cells or {}).items()
    return rules.as_json([[column, [asking.spelt(cell) for cell in held]] for column, held in found])
