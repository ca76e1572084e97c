"""All that the page of one case shows, put into words. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from runtime.cases import edits, reasons
from runtime.cases import selectors as cases
from runtime.cases.kin import Line as Relative
from runtime.cases.selectors import Case, Correction, Entry
from runtime.forms import fields as registry
from runtime.forms.summary import Row, SummaryPage, summary
from runtime.inbox import (
    capacities,
    consequences,
    deadline,
    documents,
    handing,
    kinfolk,
    letters,
    marks,
    watching,
)
from runtime.inbox.access import Officer
from runtime.inbox.deadline import Due
from runtime.inbox.documents import File
from runtime.inbox.doing import Doing
from runtime.inbox.worklist import next_reference
from runtime.modules import selectors as modules
from runtime.regions import maps
from runtime.viewlog import selectors as viewlog
from runtime.workflow import deciding
from runtime.workflow.commenting import INTERNAL
from schemas import diagram
from schemas.definition import Module, Page
from schemas.exporting import NUMBERS
from schemas.walk import answered


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
class Button:
    """What the officer may do and where it leads; `refused` says why it cannot be done now.

    `address` is its page.
    """

    address: str
    label: str
    to: str
    look: str
    refused: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as an officer sees it; `new` are the lines of its history that came since they last looked."""

    case: Case
    service: str
    status: str
    status_kind: str
    waits_for: tuple[str, ...]
    due: Due | None
    sections: tuple[Section, ...]
    officer_sections: tuple[Section, ...]
    hidden: bool
    correction: Correction | None
    asked: tuple[str, ...]
    history: tuple[Entry, ...]
    new: frozenset[int]
    writes: bool
    edits: bool
    diagram: SafeString
    swimlane: SafeString
    buttons: tuple[Button, ...]
    tasks: tuple[handing.Line, ...]
    kin: tuple[Relative, ...]
    letters: tuple[letters.Line, ...]
    capacity: str
    watched: bool
    next_reference: str
    stated: cases.Stated | None = None


def case_page(officer: Officer, case: Case, *, language: str, now: datetime, reveal: bool) -> CasePage:
    """Return the page of `case`; numbers that identify a person are masked unless `reveal`."""
    module = modules.definition(case.version)
    status = module.workflow.status(case.status)
    looked_at = viewlog.last_look(case, officer.user, before=1 if reveal else 0)
    history = _history(officer, case, language)
    teller = _Teller(officer, case, module, language, history, reveal=reveal, looked_at=looked_at)
    correction = cases.open_correction(case)
    return CasePage(
        case=case,
        service=module.title.say(language),
        status=status.title.say(language),
        status_kind=status.kind,
        waits_for=teller.waits_for(),
        due=deadline.due(case.due_at, now=now, region=officer.region) if not case.closed_at else None,
        sections=teller.sections(case.answers, _applicants(module)),
        officer_sections=teller.sections(case.officer_answers, _officers(module)),
        hidden=not reveal and has_masked(module, {**case.answers, **case.officer_answers}),
        correction=correction,
        asked=_labels(module, correction.fields if correction else (), language),
        history=history,
        new=frozenset(entry.n for entry in history if looked_at and entry.at > looked_at),
        writes=cases.may_comment(case, INTERNAL, now, user=officer.user) is None,
        edits=cases.may_edit(case, officer.user, now) is None,
        diagram=mark_safe(diagram.svg(module, language, case.status)),  # noqa: S308 - built by us, escaped
        swimlane=mark_safe(diagram.swimlane(module, language, case.status)),  # noqa: S308
        buttons=buttons(officer, case, module, language=language, now=now),
        tasks=handing.lines(officer, case, module, language=language, now=now),
        kin=kinfolk.lines(officer, case, language),
        letters=letters.lines(officer, case, language=language, now=now),
        capacity=capacities.on_case(officer.held, case, language),
        watched=watching.watches(officer, case),
        next_reference=next_reference(officer, after=case.reference),
        stated=cases.stated(case),
    )


def _history(officer: Officer, case: Case, language: str) -> tuple[Entry, ...]:
    """Return what happened, latest first; whoever filed the case does not read what officers say of it."""
    own = case.applicant_id == officer.user.pk
    entries = reversed(cases.timeline(case, language))
    return tuple(entry for entry in entries if not (own and entry.comment == "internal"))


def buttons(
    officer: Officer, case: Case, module: Module, *, language: str, now: datetime
) -> tuple[Button, ...]:
    """Return what the officer may do, the way forward first."""
    offers = [(Doing(one.action), one.refused) for one in cases.available_actions(case, officer.user, now)]
    offers += [
        (Doing(deciding.as_action(one.rule, one.outcome, case.status), one.outcome.key), one.refused)
        for one in cases.task_choices(case, officer.user, now)
    ]
    found = []
    for number, (wanted, refused) in enumerate(
        sorted(offers, key=lambda o: consequences.TONES[o[0].action.tone])
    ):
        look = consequences.CLASSES[wanted.action.tone]
        found.append(
            Button(
                address=wanted.address(case),
                label=wanted.action.title.say(language),
                to=consequences.heading(module, wanted.action, case.status, language),
                look=look if number or look != "btn--ghost" else "",
                refused=reasons.sentence(refused, module) if refused else "",
            )
        )
    return tuple(found)


def _applicants(module: Module) -> tuple[Page, ...]:
    return tuple(page for page in module.pages if page.for_ == "applicant")


def _officers(module: Module) -> tuple[Page, ...]:
    return tuple(page for page in module.pages if page.for_ != "applicant")


def _labels(module: Module, keys: Iterable[str], language: str) -> tuple[str, ...]:
    found = (module.field(key) for key in keys)
    return tuple(question.label.say(language) for question in found if question)


def has_masked(module: Module, answers: Mapping[str, Any]) -> bool:
    """Tell whether answers hold numbers that are hidden until somebody asks to see them."""
    fields = [question for _page, question in module.fields()]
    return any(field.type in NUMBERS for _path, field, _answer in answered(fields, answers))


@dataclass(frozen=True, slots=True)
class _Change:
    """When an answer was changed and what it was; by which officer and why, if one did it."""

    at: datetime | None = None
    before: Any = None
    by: str = ""
    why: str = ""


class _Teller:
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

    def _changes(self, who: Mapping[int, str]) -> Iterator[tuple[str, _Change]]:
        """Yield the answers that a correction or an officer changed, the latest change last."""
        found = [
            (correction.answered_at, key, _Change(correction.answered_at, before))
            for correction in self.case.corrections.filter(answered_at__isnull=False)
            for key, before in correction.before.items()
        ]
        for row in edits.of_case(self.case):
            by = who.get(row.event.n, "")
            for key in {**row.before, **row.after}:
                change = _Change(row.event.at, row.before.get(key), by, row.reason)
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
            change = self.changes.get(row.key, _Change())
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
