"""A case told from its events: the officer's timeline and the applicant's view of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.cases import (
    attachments,
    counter,
    edits,
    endings,
    lettering,
    mentioning,
    signing,
    talking,
    versions,
)
from runtime.cases.anonymising import ANONYMISED
from runtime.cases.edits import Told
from runtime.cases.endings import ENDED
from runtime.cases.models import Attachment, Case, CaseEvent, Correction, Message
from runtime.modules import selectors as modules
from runtime.regions import calendar
from runtime.regions.models import User
from runtime.workflow import commenting, consenting, deciding, route
from runtime.workflow.editing import EDIT
from runtime.workflow.engine import FILED
from runtime.workflow.handing import VERBS as HANDED
from schemas.definition import Module, StatusKind

COMMENTS = {
    commenting.INTERNAL: gettext_lazy("Comment for officers"),
    commenting.TO_APPLICANT: gettext_lazy("Message to the applicant"),
    commenting.ANSWER: gettext_lazy("Message from the applicant"),
}
TOLD = {
    commenting.TO_APPLICANT: gettext_lazy("Message from the office"),
    commenting.ANSWER: gettext_lazy("Your message"),
    EDIT: gettext_lazy("The office put your answers right"),
}
"""What is called otherwise to the applicant than to officers."""
RECALCULATED = "calendar:recalculated"  # no action of a document: their keys have no colon


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of history. `status` is where the case stood afterwards.

    `comment` says of a comment which it is ("internal", "applicant", "answer"); then `note` holds its words,
    empty once they were removed. `files` were given along, `read_at` is when the other side first saw them.
    `told` are the colleagues whom a comment among officers names.
    `edit` says what an officer changed of the answers.
    `actor` is the account of the officer who acted; never in public.
    """

    n: int
    at: datetime
    title: str
    by: str
    status: str
    note: str = ""
    fields: tuple[str, ...] = ()
    tone: str = "neutral"
    moved: bool = True
    comment: str = ""
    files: tuple[Attachment, ...] = ()
    read_at: datetime | None = None
    told: tuple[str, ...] = ()
    edit: Told | None = None
    actor: int | None = None


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
    events = list(CaseEvent.objects.filter(case=case).select_related("actor").order_by("n"))
    notes = endings.notes(case, events)
    entries = _entries(case, events, language, public=False)
    told = mentioning.told(events)
    return tuple(
        replace(entry, note=notes.get(entry.n, entry.note), told=told.get(event.pk, ()))
        for entry, event in zip(entries, events, strict=True)
    )


def public_view(case: Case, language: str) -> PublicView:
    """Return the case as its applicant may see it: no names of officers, no internal notes."""
    module = modules.definition(case.version)
    status = module.workflow.status(case.status)
    events = [event for event in CaseEvent.objects.filter(case=case).order_by("n") if _public(event)]
    open_ = Correction.objects.filter(case=case, answered_at__isnull=True, withdrawn_at__isnull=True)
    return PublicView(
        reference=case.reference,
        service=module.title.say(language),
        status=public_title(module, case.status, language),
        status_key=case.status,
        kind=status.kind,
        outcome=case.outcome,
        number=case.number,
        submitted_at=case.submitted_at,
        due_at=case.due_at,
        past=_entries(case, events, language, public=True),
        coming=_coming(module, case, language) if case.closed_at is None else (),
        correction=open_.first(),
    )


def _public(event: CaseEvent) -> bool:
    """Tell whether the applicant is told of it: votes, whose task it is, and comments among officers stay."""
    inside = (*HANDED, ENDED, commenting.INTERNAL)
    return not event.data.get("outcome") and event.action not in inside


def _handed(module: Module, event: CaseEvent) -> str:
    """Return in whose hands a task was put."""
    key, *_seat, person = event.data["handed"]
    if event.action == "task:claim":
        return _("Task taken on")
    if event.action == "task:release" and event.by == CaseEvent.By.SYSTEM:
        return _("Task given back, as whoever had it no longer attends to this post")
    if event.action == "task:release":
        rule = module.workflow.status(event.from_status).task(key)
        own = rule is None or rule.role == event.role
        return _("Task given back") if own else _("Task taken back, so that it is free again")
    user = User.objects.filter(pk=person).first()
    return _("Task handed to %(name)s") % {
        "name": user.get_full_name() or user.get_username() if user else "–"
    }


def _withdrawn(module: Module, event: CaseEvent, language: str | None) -> str:
    """Return which consent was withdrawn."""
    key = event.data["changed"][0]
    question = module.field(key)
    return _("Consent withdrawn: “%(consent)s”") % {
        "consent": question.label.say(language) if question else key
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
    if event.action == FILED and event.by == CaseEvent.By.PERSON:
        return _("Application filed at the counter")
    if event.action == FILED:
        return _("Application received")
    if event.action == ENDED:
        return _("An application that was waited for has ended")
    if event.action == ANONYMISED:
        return _("Personal data were removed")
    if event.action == RECALCULATED:
        return _("Deadline counted anew, as the working calendar has changed")
    if event.action == EDIT:
        return _("Answers put right by an officer")
    if event.action in COMMENTS:
        return str(COMMENTS[event.action])
    if event.action in lettering.TITLES:
        return f"{lettering.TITLES[event.action]}: {event.data['letter']}"
    if event.action in versions.MOVES:
        return versions.title(event)
    if event.action in HANDED:
        return _handed(module, event)
    if event.action == consenting.WITHDRAW:
        return _withdrawn(module, event, language)
    if outcome := event.data.get("outcome"):
        rule = module.workflow.status(event.from_status).task(event.action)
        decided = rule.outcome(outcome) if rule else None
        return deciding.title(rule, decided, language) if rule and decided else event.action
    action = module.workflow.action(event.action)
    return action.title.say(language) if action else event.action


def _entries(case: Case, events: list[CaseEvent], language: str, *, public: bool) -> tuple[Entry, ...]:
    """Return the lines of `events`, each in the words of the version it was written under.

    Of what was given along, applicants see what came with comments.
    """
    version = versions.of(case, events)
    words = talking.words(events)
    shown = [event for event in events if not public or event.action in COMMENTS]
    files = attachments.given(case, shown)
    edited = edits.told(case, events, version, language, mask=True)
    entries = (
        _entry(
            modules.definition(version[event.n]),
            event,
            language,
            words.get(event.pk),
            files.get(event.pk, ()),
            public=public,
        )
        for event in events
    )
    return tuple(replace(entry, edit=edited.get(entry.n)) for entry in entries)


def _entry(
    module: Module,
    event: CaseEvent,
    language: str,
    message: Message | None,
    files: tuple[Attachment, ...],
    *,
    public: bool,
) -> Entry:
    action = module.workflow.action(event.action)
    tone = action.tone if action else "neutral"
    by = actor_title(module, event, language)
    if public and event.by == CaseEvent.By.PERSON:
        by = signing.title(module, event, language)
    comment = event.action.partition(":")[2] if event.action in COMMENTS else ""
    told = comment or not public or (action is not None and route.tells_applicant(module, action))
    status = module.workflow.status(event.to_status)
    return Entry(
        n=event.n,
        at=event.at,
        title=str(TOLD[event.action])
        if public and event.action in TOLD
        else event_title(module, event, language),
        by=by,
        status=public_title(module, status.key, language) if public else status.title.say(language),
        note=((message.text if message else event.note) or counter.lacks(event)) if told else "",
        fields=tuple(event.data.get("corrections", ())),
        tone=tone,
        moved=event.from_status != event.to_status and event.action not in versions.MOVES,
        comment=comment,
        files=files,
        read_at=message.read_at if message else None,
        actor=None if public else event.actor_id,
    )


def _coming(module: Module, case: Case, language: str) -> tuple[Coming, ...]:
    """Return the way ahead; the promised time of each status begins when the one before is over.

    Behind a status without a promised time nothing can be promised; an end takes no time itself.
    """
    found, ends = [], case.due_at
    for status in route.coming(module, case.status, {**case.answers, **case.officer_answers}):
        if status.kind != "final":
            ends = calendar.due_at(ends, status.due, case.region) if ends and status.due else None
        found.append(Coming(status.key, public_title(module, status.key, language), ends))
    return tuple(found)


def public_title(module: Module, key: str, language: str) -> str:
    """Return what the applicant reads of a status."""
    status = module.workflow.status(key)
    return (status.public_title or status.title).say(language)
