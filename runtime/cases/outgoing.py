"""Turn the effects a decision asks for into rows of the outbox, in the transaction that writes the event.

What goes out is put together now, as things stand; the outbox only carries it. Answers leave the case
in one way alone: those a document lists for another system, without what must never be exported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from runtime.cases import mails
from runtime.cases.models import Case, CaseEvent, Task
from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.regions import calendar
from runtime.workflow.values import Decision
from schemas.definition import EffectRule, Module
from schemas.exporting import Way, exported


@dataclass(frozen=True, slots=True)
class Step:
    """What has just happened to a case."""

    case: Case
    module: Module
    decision: Decision
    event: CaseEvent
    tasks: list[Task] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Going:
    """One row to be: `name` tells it from others of its effect, `lane` is what it keeps in order with."""

    name: str
    lane: str
    payload: dict[str, Any]


def enqueue(step: Step) -> None:
    """Write the effects of the event."""
    rows = [
        effects.Wanted(
            type=rule.type,
            payload=going.payload | ({"while": list(rule.while_)} if rule.while_ else {}),
            dedupe=f"{step.case.public_id.hex}:{step.event.n}:{n}:{going.name}",
            due_at=_due_at(step, rule),
            lane=going.lane,
        )
        for n, rule in enumerate(step.decision.effects)
        for going in _WAYS[rule.type](step, rule)
    ]
    rows.extend(_ended(step))
    if rows:
        case, event = step.case, step.event
        effects.enqueue_all(region=case.region, case_id=case.pk, event_n=event.n, wanted=rows, now=event.at)


def effect_of(row: EffectRun) -> int:
    """Return which effect of its event a row is, which its name tells."""
    return int(row.dedupe.split(":")[2])


def _ended(step: Step) -> Iterator[effects.Wanted]:
    """Yield the news, for the case that opened this one, that it has ended."""
    case = step.case
    if case.parent_id is not None and step.decision.outcome:
        name = f"{case.public_id.hex}:{step.event.n}:ended"
        yield effects.Wanted("outcome", {"outcome": step.decision.outcome}, name, lane="outcome")


def _due_at(step: Step, rule: EffectRule) -> datetime | None:
    return calendar.due_at(step.event.at, rule.after, step.case.region) if rule.after else None


def _mail(step: Step, rule: EffectRule) -> Iterator[Going]:
    case = step.case
    if rule.to.kind == "applicant":
        said = _said(step, rule, "tracking:case", case.language)
        if case.contact_email:
            yield Going("applicant", "mail:applicant", {**said, **mails.applicant(case)})
        if earlier := _before(step, step.module.applicant.email):
            yield Going("before", "mail:applicant", {**said, "to": earlier})
        return
    for user in mails.holders(case, rule.to.role, step.tasks, step.event.at):
        said = _said(step, rule, "inbox:case", settings.LANGUAGE_CODE)
        yield Going(f"u{user}", f"mail:u{user}", {**said, "user": user, "role": rule.to.role})


def _message(step: Step, rule: EffectRule) -> Iterator[Going]:
    """Yield a message for the applicant's telephone, if they gave a number; notes stay out of it."""
    key = step.module.applicant.phone
    number, earlier = step.decision.answers.get(key) if key else None, _before(step, key)
    said = _said(step, rule, "tracking:case", step.case.language)
    said["tokens"] = {name: words for name, words in said["tokens"].items() if name != "note"}
    person = mails.person(step.case)
    if number:
        yield Going(
            "applicant", f"message:{rule.via}", {**said, **person, "via": rule.via, "to": str(number)}
        )
    if earlier:
        yield Going("before", f"message:{rule.via}", {**said, "via": rule.via, "to": earlier})


def _before(step: Step, key: str) -> str:
    """Return where the applicant was reached until an officer changed it: they are told there as well.

    Nobody can lead the news of a change away from the applicant by that very change.
    """
    edited = step.decision.edited
    return str(edited.before.get(key) or "") if edited and key in step.decision.changed else ""


def _webhook(step: Step, rule: EffectRule) -> Iterator[Going]:
    case, event = step.case, step.event
    answers = {**step.decision.answers, **step.decision.officer_answers}
    body = {
        "type": "case.filed"
        if not event.from_status
        else "case.moved"
        if step.decision.moved
        else "case.noted",
        "at": event.at.astimezone(UTC).isoformat(),
        "case": case.reference,
        "module": step.module.key,
        "event": event.n,
        "action": event.action,
        "from": event.from_status or None,
        "status": event.to_status,
        "outcome": case.outcome or None,
        "number": case.number or None,
        "office": (case.office or case.region).key,
        "data": exported(step.module, answers, rule.data, way=Way.SYSTEM),
    }
    yield Going("", f"webhook:{rule.connection}", {"connection": rule.connection, "body": body})


def _letter(step: Step, rule: EffectRule) -> Iterator[Going]:
    yield Going("", "letter", {"version": step.case.version_id, "letter": rule.letter})


def _anonymise(step: Step, rule: EffectRule) -> Iterator[Going]:
    yield Going("", "anonymise", {})


def _case(step: Step, rule: EffectRule) -> Iterator[Going]:
    """Yield an application for another service; what it answers is worked out when it is filed."""
    waits = {"waits": True} if rule.outcomes else {}
    yield Going("", f"case:{rule.module}", {"module": rule.module, **waits})


def _said(step: Step, rule: EffectRule, view: str, language: str) -> dict[str, Any]:
    case = step.case
    return {
        "version": case.version_id,
        "message": rule.message,
        "language": language,
        "status": case.status,
        "path": reverse(view, args=[case.reference]),
        "tokens": mails.tokens(case, step.module, step.decision.comment, language),
    }


_WAYS: dict[str, Callable[[Step, EffectRule], Iterator[Going]]] = {
    "mail": _mail,
    "message": _message,
    "webhook": _webhook,
    "letter": _letter,
    "anonymise": _anonymise,
    "case": _case,
}
