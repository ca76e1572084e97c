"""The register book as an administrator reads it: which number, when, to which application. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from runtime.cases import registerbook
from runtime.cases.registerbook import RegisterEntry
from runtime.datasets.writing import spreadsheet
from runtime.letters import checking, selectors
from runtime.letters.selectors import IssuedLetter
from runtime.modules import selectors as modules
from runtime.regions import calendar
from runtime.regions.models import Region
from schemas import exporting
from schemas.exporting import Way

State = IssuedLetter.State
PER_PAGE = 50
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One number. `what` is the letter, or the service when the application itself bears the number.

    `letter` is the letter that bears it, if one was issued; `state` what became of it.
    """

    number: str
    at: datetime
    what: str
    holder: str
    reference: str
    office: str
    letter: IssuedLetter | None = None

    @property
    def state(self) -> str:
        return str(State(self.letter.state).label) if self.letter else ""

    @property
    def counts(self) -> bool:
        """Whether the letter may be issued anew or withdrawn."""
        return self.letter is not None and self.letter.state == State.VERIFIED


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
        heads = [
            _("Number"),
            _("Day"),
            _("What for"),
            _("Name"),
            _("Reference number"),
            _("Office"),
            _("State"),
        ]
        return spreadsheet(heads, self._rows())

    def _rows(self) -> Iterator[tuple[str, ...]]:
        found = _entries(self.region, self.year, self.office).order_by("at", "pk")
        entries = found.iterator(AT_ONCE)
        while chunk := list(islice(entries, AT_ONCE)):
            for line in _lines(self.region, chunk, self.language):
                day = calendar.local(line.at, self.region).strftime("%Y-%m-%d")
                yield line.number, day, line.what, line.holder, line.reference, line.office, line.state


def book(region: Region, query: Mapping[str, str], language: str) -> Book:
    """Return the part of the book that `query` (`year`, `office`, `page`) asks for."""
    year, office = (_number(query.get(name, "")) for name in ("year", "office"))
    year = year if year and 1900 < year < 9999 else None
    page = Paginator(_entries(region, year, office), PER_PAGE).get_page(query.get("page"))
    return Book(region, language, year, office, page, tuple(_lines(region, list(page.object_list), language)))


def _entries(region: Region, year: int | None, office: int | None) -> QuerySet[RegisterEntry]:
    return registerbook.entries(region, year=year, office=office)


def _lines(region: Region, entries: Sequence[RegisterEntry], language: str) -> Iterator[Line]:
    """Yield the lines, each with the letter of its case that bears the number."""
    letters = {
        (one.case_id, one.number): one for one in selectors.of_cases(region, [e.case_id for e in entries])
    }
    return (_line(entry, language, letters.get((entry.case_id, entry.number))) for entry in entries)


def _line(entry: RegisterEntry, language: str, issued: IssuedLetter | None) -> Line:
    case, module = entry.case, modules.definition(entry.case.version)
    key = entry.letter or (issued.letter if issued else "")
    letter = next((letter for letter in module.letters if letter.key == key), None)
    return Line(
        number=entry.number,
        at=entry.at,
        what=checking.title(letter.title if letter else module.title, language),
        holder=case.applicant_name if exporting.names_applicant(module, Way.NAMES) else "",
        reference=case.reference,
        office=entry.counter.office.name,
        letter=issued,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
