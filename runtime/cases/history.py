"""A case told from its events: the officer's timeline and the applicant's view of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from runtime.cases import kinship, signing
from runtime.cases.anonymising import ANONYMISED
from runtime.cases.kinship import ENDED
from runtime.cases.models import Case, CaseEvent, Correction
from runtime.modules import selectors as modules
from runtime.regions import calendar
from runtime.regions.models import User
from runtime.workflow import deciding, route
from runtime.workflow.engine import FILED
from runtime.workflow.handing import VERBS as HANDED
from schemas.definition import Module, StatusKind

RECALCULATED = "calendar:recalculated"  # no action of a document: their keys have no colon


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of history. `status` is where the case stood afterwards."""

    n: int
    at: datetime
    title: str
    by: str
    status: str
    note: str = ""
    fields: tuple[str, ...] = ()
    tone: str = "neutral"
    moved: bool = True


@dataclass(frozen=True, slots=True)
class Coming:
    """A status still ahead, and when it should have been passed if everything goes as promised."""

    key: str
    title: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicView:
    """What the applicant may know of a case."""

    reference: str
    service: str
    status: str
    status_key: str
    kind: StatusKind
    outcome: str
    number: str
    submitted_at: datetime
    due_at: datetime | None
    past: tuple[Entry, ...]
    coming: tuple[Coming, ...]
    correction: Correction | None


def timeline(case: Case, language: str) -> tuple[Entry, ...]:
    """Return everything that happened, oldest first, for officers."""
    module = modules.definition(case.version)
    events = list(CaseEvent.objects.filter(case=case).select_related("actor").order_by("n"))
    notes = kinship.notes(case, events)
    entries = (_entry(module, event, language, public=False) for event in events)
    return tuple(replace(entry, note=notes.get(entry.n, entry.note)) for entry in entries)


def public_view(case: Case, language: str) -> PublicView:
    """Return the case as its applicant may see it: no names of officers, no internal notes."""
    module = modules.definition(case.version)
    status = module.workflow.status(case.status)
    events = CaseEvent.objects.filter(case=case).order_by("n")
    open_ = Correction.objects.filter(case=case, answered_at__isnull=True, withdrawn_at__isnull=True)
    return PublicView(
        reference=case.reference,
        service=module.title.say(language),
        status=_public_title(module, case.status, language),
        status_key=case.status,
        kind=status.kind,
        outcome=case.outcome,
        number=case.number,
        submitted_at=case.submitted_at,
        due_at=case.due_at,
        past=tuple(_entry(module, event, language, public=True) for event in events if _public(event)),
        coming=_coming(module, case, language) if case.closed_at is None else (),
        correction=open_.first(),
    )


def _public(event: CaseEvent) -> bool:
    """Tell whether the applicant is told of it: votes and whose task it is stay inside."""
    return not event.data.get("outcome") and event.action not in (*HANDED, ENDED)


def _handed(event: CaseEvent) -> str:
    """Return in whose hands a task was put."""
    *_task, person = event.data["handed"]
    if event.action == "task:claim":
        return _("Task taken on")
    if event.action == "task:release":
        return _("Task given back")
    user = User.objects.filter(pk=person).first()
    return _("Task handed to %(name)s") % {
        "name": user.get_full_name() or user.get_username() if user else "–"
    }


def actor_title(module: Module, event: CaseEvent, language: str | None = None) -> str:
    """Return who did it, for officers: name and role, the applicant, or the system."""
    if event.by == CaseEvent.By.APPLICANT:
        return _("The applicant")
    if event.by == CaseEvent.By.SYSTEM:
        return _("The system")
    return signing.actor(event, signing.title(module, event, language))


def event_title(module: Module, event: CaseEvent, language: str | None = None) -> str:
    """Return what was done: the action, or the task with how it was decided."""
    if event.action == FILED and event.by == CaseEvent.By.SYSTEM:
        return _("Application received from another application")
    if event.action == FILED:
        return _("Application received")
    if event.action == ENDED:
        return _("An application that was waited for has ended")
    if event.action == ANONYMISED:
        return _("Personal data were removed")
    if event.action == RECALCULATED:
        return _("Deadline counted anew, as the working calendar has changed")
    if event.action in HANDED:
        return _handed(event)
    if outcome := event.data.get("outcome"):
        rule = module.workflow.status(event.from_status).task(event.action)
        decided = rule.outcome(outcome) if rule else None
        return deciding.title(rule, decided, language) if rule and decided else event.action
    action = module.workflow.action(event.action)
    return action.title.say(language) if action else event.action


def _entry(module: Module, event: CaseEvent, language: str, *, public: bool) -> Entry:
    action = module.workflow.action(event.action)
    tone = action.tone if action else "neutral"
    by = actor_title(module, event, language)
    if public and event.by == CaseEvent.By.PERSON:
        by = signing.title(module, event, language)
    told = not public or (action is not None and route.tells_applicant(module, action))
    status = module.workflow.status(event.to_status)
    return Entry(
        n=event.n,
        at=event.at,
        title=event_title(module, event, language),
        by=by,
        status=_public_title(module, status.key, language) if public else status.title.say(language),
        note=event.note if told else "",
        fields=tuple(event.data.get("corrections", ())),
        tone=tone,
        moved=event.from_status != event.to_status,
    )


def _coming(module: Module, case: Case, language: str) -> tuple[Coming, ...]:
    """Return the way ahead; the promised time of each status begins when the one before is over.

    Behind a status without a promised time nothing can be promised; an end takes no time itself.
    """
    found, ends = [], case.due_at
    for status in route.coming(module, case.status):
        if status.kind != "final":
            ends = calendar.due_at(ends, status.due, case.region) if ends and status.due else None
        found.append(Coming(status.key, _public_title(module, status.key, language), ends))
    return tuple(found)


def _public_title(module: Module, key: str, language: str) -> str:
    status = module.workflow.status(key)
    return (status.public_title or status.title).say(language)
