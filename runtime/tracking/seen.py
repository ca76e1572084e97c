"""Who saw the data of a case, told to its applicant: one line for each post and day, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runtime.cases.selectors import Case
from runtime.modules import selectors as modules
from runtime.viewlog import selectors as viewlog
from runtime.viewlog.selectors import Did, Purpose, Viewing
from schemas.walk import files_in


@dataclass(frozen=True, slots=True)
class Seen:
    """What one post in one office saw on one day. `name` is empty where the region answers as an office."""

    day: date
    post: str
    office: str
    name: str
    did: tuple[str, ...]
    why: tuple[str, ...]


def seen(case: Case, language: str) -> tuple[Seen, ...]:
    """Return who saw the case, in the words of `language`."""
    zone, named = ZoneInfo(case.region.timezone), viewlog.names_officers(case.region)
    papers = _papers(case, language)

    def of(row: Viewing) -> tuple[date, str, str, str]:
        day = row.at.astimezone(zone).date()
        return day, row.post(language), row.office.name, row.name if named else ""

    rows = sorted(((of(row), row) for row in viewlog.of_case(case)), key=lambda pair: pair[0])
    found = groupby(rows, key=lambda pair: pair[0])
    lines = [_line(*key, rows=[row for _key, row in group], papers=papers) for key, group in found]
    return tuple(sorted(lines, key=lambda line: line.day, reverse=True))


def _line(
    day: date, post: str, office: str, name: str, *, rows: list[Viewing], papers: dict[str, str]
) -> Seen:
    return Seen(day, post, office, name, tuple(_did(rows, papers)), tuple(_why(rows)))


def _did(rows: Iterable[Viewing], papers: dict[str, str]) -> Iterator[str]:
    """Yield what was done, each thing once."""
    kinds = [Did(row.did) for row in rows]
    if times := kinds.count(Did.VIEWED):
        words = ngettext("Opened your application", "Opened your application %(times)s times", times)
        yield words % {"times": times}
    if Did.REVEALED in kinds:
        yield _("Made hidden numbers visible, such as your NIK")
    for kind, words in (
        (Did.OPENED, _("Looked at: %(documents)s")),
        (Did.DOWNLOADED, _("Saved: %(documents)s")),
    ):
        names = dict.fromkeys(
            papers.get(str(row.file), _("a document of the office")) for row in rows if row.did == kind
        )
        if names:
            yield words % {"documents": ", ".join(names)}


def _why(rows: Iterable[Viewing]) -> Iterator[str]:
    reasons = {
        Purpose.TASK: _("to work on your application"),
        Purpose.SEARCH: _("looked up; your application did not wait for this post then"),
        Purpose.MOVE: _("to carry your application over to a newer version of the service"),
    }
    purposes = {row.purpose for row in rows}
    return (words for purpose, words in reasons.items() if purpose in purposes)


def _papers(case: Case, language: str) -> dict[str, str]:
    """Return what the questions call the documents of the applicant, by the id of the file."""
    fields = [field for _page, field in modules.definition(case.version).fields()]
    return {
        str(item["id"]): field.label.say(language)
        for _path, field, files in files_in(fields, case.answers)
        for item in files
    }
