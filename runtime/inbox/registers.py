"""The register book as an administrator reads it: which number, when, to which application. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from runtime.cases import registerbook
from runtime.cases.registerbook import RegisterEntry
from runtime.datasets.writing import spreadsheet
from runtime.modules import selectors as modules
from runtime.regions import calendar
from runtime.regions.models import Region

PER_PAGE = 50
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One number. `what` is the letter, or the service when the application itself bears the number."""

    number: str
    at: datetime
    what: str
    holder: str
    reference: str
    office: str


@dataclass(frozen=True, slots=True)
class Book:
    """The page of the book that was asked for."""

    region: Region
    language: str
    year: int | None
    office: int | None
    page: Page[RegisterEntry]
    lines: tuple[Line, ...]

    @property
    def years(self) -> list[int]:
        return registerbook.years(self.region)

    @property
    def offices(self) -> QuerySet[Region]:
        return registerbook.offices(self.region)

    @property
    def chosen(self) -> str:
        """What was chosen, as the query of an address."""
        chosen = {"year": self.year, "office": self.office}
        return urlencode({name: value for name, value in chosen.items() if value is not None})

    @property
    def before(self) -> str:
        return self._at(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def after(self) -> str:
        return self._at(self.page.number + 1) if self.page.has_next() else ""

    def _at(self, page: int) -> str:
        return f"?{self.chosen}&page={page}" if self.chosen else f"?page={page}"

    def file(self) -> Iterator[str]:
        """Yield all that was chosen as a file for a spreadsheet, in the order of the numbers."""
        heads = [_("Number"), _("Day"), _("What for"), _("Name"), _("Reference number"), _("Office")]
        return spreadsheet(heads, self._rows())

    def _rows(self) -> Iterator[tuple[str, ...]]:
        found = _entries(self.region, self.year, self.office).order_by("at", "pk")
        for entry in found.iterator(AT_ONCE):
            line = _line(entry, self.language)
            day = calendar.local(line.at, self.region).strftime("%Y-%m-%d")
            yield line.number, day, line.what, line.holder, line.reference, line.office


def book(region: Region, query: Mapping[str, str], language: str) -> Book:
    """Return the part of the book that `query` (`year`, `office`, `page`) asks for."""
    year, office = (_number(query.get(name, "")) for name in ("year", "office"))
    year = year if year and 1900 < year < 9999 else None
    page = Paginator(_entries(region, year, office), PER_PAGE).get_page(query.get("page"))
    return Book(region, language, year, office, page, tuple(_lines(page.object_list, language)))


def _entries(region: Region, year: int | None, office: int | None) -> QuerySet[RegisterEntry]:
    return registerbook.entries(region, year=year, office=office)


def _lines(entries: Iterable[RegisterEntry], language: str) -> Iterator[Line]:
    return (_line(entry, language) for entry in entries)


def _line(entry: RegisterEntry, language: str) -> Line:
    case, module = entry.case, modules.definition(entry.case.version)
    letter = next((letter for letter in module.letters if letter.key == entry.letter), None)
    return Line(
        number=entry.number,
        at=entry.at,
        what=(letter.title if letter else module.title).say(language),
        holder=case.applicant_name,
        reference=case.reference,
        office=entry.counter.office.name,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
