"""Who saw the data of a case, told to its applicant: a line for each post or system and day, latest first."""

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
from runtime.regions.models import Region
from runtime.tracking import handed
from runtime.viewlog import selectors as viewlog
from runtime.viewlog.selectors import Did, Purpose, Viewing
from schemas.definition import Text
from schemas.walk import files_in


@dataclass(frozen=True, slots=True)
class Seen:
    """What one post in one office saw of a case on one day, or what another system was told: `to`.

    `name` is empty where the region answers as an office.
    """

    case: Case
    day: date
    post: str
    office: str
    name: str
    did: tuple[str, ...]
    why: tuple[str, ...]
    to: str = ""

    @property
    def service(self) -> Text:
        """What the service is called."""
        return modules.definition(self.case.version).title


def seen(case: Case, language: str) -> tuple[Seen, ...]:
    """Return who saw the case and which systems were told of it, in the words of `language`."""
    return seen_of(case.region, [case], language)


def seen_of(region: Region, cases: Iterable[Case], language: str) -> tuple[Seen, ...]:
    """Return the same of several cases of `region`; asks the database as often as for one."""
    found = {case.pk: case for case in cases}
    zone, named = ZoneInfo(region.timezone), viewlog.names_officers(region)

    def of(row: Viewing) -> tuple[date, int, str, str, str]:
        day = row.at.astimezone(zone).date()
        return day, row.case_id, row.post(language), row.office.name, row.name if named else ""

    rows = sorted(((of(row), row) for row in viewlog.of_cases(region, found)), key=lambda pair: pair[0])
    groups = groupby(rows, key=lambda pair: pair[0])
    lines = [_line(found[key[1]], key, [row for _key, row in group], language) for key, group in groups]
    given = {
        (one.at.astimezone(zone).date(), one.case, one.to, one.what, one.why)
        for one in handed.handed(region, found, language)
    }
    lines += [
        Seen(found[case], day, "", "", "", (what,), (why,), to) for day, case, to, what, why in sorted(given)
    ]
    return tuple(sorted(lines, key=lambda line: line.day, reverse=True))


def _line(case: Case, key: tuple[date, int, str, str, str], rows: list[Viewing], language: str) -> Seen:
    day, _case, post, office, name = key
    papers = _papers(case, language)
    return Seen(case, day, post, office, name, tuple(_did(rows, papers)), tuple(_why(rows)))


def _did(rows: Iterable[Viewing], papers: dict[str, str]) -> Iterator[str]:
    """Yield what was done, each thing once."""
    kinds = [Did(row.did) for row in rows]
    if times := kinds.count(Did.VIEWED):
        words = ngettext("Opened your application", "Opened your application %(times)s times", times)
        yield words % {"times": times}
    if Did.REVEALED in kinds:
        yield _("Made hidden numbers visible, such as your NIK")
    if Did.EXPORTED in kinds:
        yield _("Put your answers into a file of many applications")
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
        Purpose.FILING: _("to file it for you at the counter"),
        Purpose.EXPORT: _("for a list of many applications"),
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
