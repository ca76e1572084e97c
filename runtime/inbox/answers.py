"""The answers of one case put into words, with what a correction, an officer or a register says of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from runtime.cases import edits
from runtime.cases.selectors import Case, Entry
from runtime.forms import fields as registry
from runtime.forms.summary import Row, SummaryPage, summary
from runtime.inbox import documents, marks
from runtime.inbox.access import Officer
from runtime.inbox.documents import File
from runtime.regions import maps
from schemas.definition import Module, Page


@dataclass(frozen=True, slots=True)
class Place:
    """Where a place lies, in degrees, and the region's map to show it on: JSON, empty where there is none."""

    lat: str
    lon: str
    map: str


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. `changed_at` and `before` tell of a correction; `before` may be empty; with `new`
    the reader has not seen it yet. Of a change by an officer `by` says who, `why` for which reason.

    `mark` says what an outside register says about it, `tone` how that looks; `doubt` what to compare.
    """

    label: str
    value: str
    files: tuple[File, ...] = ()
    changed_at: datetime | None = None
    before: str = ""
    by: str = ""
    why: str = ""
    mark: str = ""
    tone: str = ""
    entries: tuple[Section, ...] = ()
    strokes: str = ""
    doubt: str = ""
    new: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one page, or of one row of a repeat."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """When an answer was changed and what it was; by which officer and why, if one did it."""

    at: datetime | None = None
    before: Any = None
    by: str = ""
    why: str = ""


class Teller:
    """Says the answers of one case, marking those that a correction or an officer changed."""

    def __init__(
        self,
        officer: Officer,
        case: Case,
        module: Module,
        language: str,
        history: tuple[Entry, ...],
        *,
        reveal: bool,
        looked_at: datetime | None,
    ) -> None:
        self.officer, self.case, self.module, self.language = officer, case, module, language
        self.masked, self.looked_at = not reveal, looked_at
        self.map = maps.of(officer.region)
        self.marks = marks.marks(case, module, language)
        self.changes = dict(self._changes({entry.n: entry.by for entry in history}))

    def _changes(self, who: Mapping[int, str]) -> Iterator[tuple[str, Change]]:
        """Yield the answers that a correction or an officer changed, the latest change last."""
        found = [
            (correction.answered_at, key, Change(correction.answered_at, before))
            for correction in self.case.corrections.filter(answered_at__isnull=False)
            for key, before in correction.before.items()
        ]
        for row in edits.of_case(self.case):
            by = who.get(row.event.n, "")
            for key in {**row.before, **row.after}:
                change = Change(row.event.at, row.before.get(key), by, row.reason)
                found.append((row.event.at, key, change))
        for _at, key, change in sorted(found, key=itemgetter(0)):
            yield key, change

    def waits_for(self) -> tuple[str, ...]:
        """Return whose turn it is: role and office of each open task."""
        tasks = self.case.tasks.filter(closed_at__isnull=True).select_related("office")
        roles = {role.key: role.title.say(self.language) for role in self.module.workflow.roles}
        waiting = (f"{roles.get(task.role, task.role)} · {task.office.name}" for task in tasks)
        return tuple(dict.fromkeys(waiting))

    def sections(self, answers: Mapping[str, Any], pages: tuple[Page, ...]) -> tuple[Section, ...]:
        """Return the answered questions of `pages`, grouped as the form was."""
        told = self._summary(answers, pages)
        sections = (Section(page.title, tuple(self._lines(page.rows))) for page in told)
        return tuple(section for section in sections if section.lines)

    def _summary(self, answers: Mapping[str, Any], pages: Iterable[Page]) -> list[SummaryPage]:
        return summary(
            self.module,
            {**self.case.answers, **self.case.officer_answers, **answers},
            language=self.language,
            region=self.officer.region,
            pages=pages,
            mask=self.masked,
            noted=True,
            doubts=True,
        )

    def _lines(self, rows: Iterable[Row]) -> Iterator[Line]:
        """Tell what was answered; inside the rows of a repeat nothing is marked, for the whole is."""
        for row in rows:
            if "." in row.place:
                if row.value or row.files:
                    value = "" if row.files else row.value
                    files, entries = self._files(row, None), self._entries(row)
                    place = self._place(row)
                    yield Line(row.label, value, files, entries=entries, doubt=row.doubt, place=place)
                continue
            if not row.value and not row.files and row.key not in self.changes:
                continue
            change = self.changes.get(row.key, Change())
            at, before = change.at, change.before
            mark = self.marks.get(row.key, marks.NONE)
            yield Line(
                label=row.label,
                value="" if row.files else row.value,
                files=self._files(row, before),
                changed_at=at,
                before=self._before(row, before),
                by=change.by,
                why=change.why,
                mark=mark.words,
                tone=mark.tone,
                entries=self._entries(row),
                strokes=row.strokes,
                doubt=row.doubt,
                new=bool(at and self.looked_at and at > self.looked_at),
                place=self._place(row),
            )

    def _place(self, row: Row) -> Place | None:
        if row.coordinates is None:
            return None
        return Place(*row.coordinates, map=self.map.as_json() if self.map else "")

    def _entries(self, row: Row) -> tuple[Section, ...]:
        return tuple(Section(entry.title, tuple(self._lines(entry.rows))) for entry in row.entries)

    def _files(self, row: Row, before: Any) -> tuple[File, ...]:
        return tuple(documents.told(self.case, item, before) for item in row.files)

    def _before(self, row: Row, before: Any) -> str:
        if before is None or registry.face(row.field.type).takes_files:
            return ""
        page = next(page for page, question in self.module.fields() if question.key == row.field.key)
        earlier = self._summary({row.field.key: before}, (page,))
        found = (edits.words(old) for told in earlier for old in told.rows if old.field.key == row.field.key)
        return next(found, "")
