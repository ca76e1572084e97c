"""All that the page of one case shows, put into words. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from runtime.cases import reasons
from runtime.cases import selectors as cases
from runtime.cases.kin import Line as Relative
from runtime.cases.selectors import Case, Correction, Entry
from runtime.forms import contacts
from runtime.inbox import (
    capacities,
    consequences,
    deadline,
    handing,
    kinfolk,
    letters,
    watching,
)
from runtime.inbox.access import Officer
from runtime.inbox.answers import Section, Teller
from runtime.inbox.deadline import Due
from runtime.inbox.doing import Doing
from runtime.inbox.worklist import next_reference
from runtime.modules import selectors as modules
from runtime.viewlog import selectors as viewlog
from runtime.workflow import deciding
from runtime.workflow.commenting import INTERNAL
from schemas import diagram
from schemas.definition import Module, Page
from schemas.exporting import NUMBERS
from schemas.walk import answered


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
    unreached: bool = False


def case_page(officer: Officer, case: Case, *, language: str, now: datetime, reveal: bool) -> CasePage:
    """Return the page of `case`; numbers that identify a person are masked unless `reveal`."""
    module = modules.definition(case.version)
    status = module.workflow.status(case.status)
    looked_at = viewlog.last_look(case, officer.user, before=1 if reveal else 0)
    history = _history(officer, case, language)
    teller = Teller(officer, case, module, language, history, reveal=reveal, looked_at=looked_at)
    correction, stated = cases.open_correction(case), cases.stated(case)
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
        stated=stated,
        unreached=bool(stated) and not contacts.reached(module, case.answers, case.contact_email),
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
