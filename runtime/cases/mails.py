"""Turn the mails a decision asks for into rows of the outbox, one per recipient.

Tokens carry the reference, a link and public facts of the case; never an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from runtime.cases.models import Case, CaseEvent, Task
from runtime.effects import services as effects
from runtime.regions import selectors as regions
from runtime.workflow.values import Decision
from schemas.definition import EffectRule, Module


def enqueue(case: Case, module: Module, decision: Decision, event: CaseEvent, tasks: list[Task]) -> None:
    """Write the effects of `event` into the transaction that writes the event."""
    rows = [
        effects.Wanted(
            type=rule.type,
            payload={
                "version": case.version_id,
                "message": rule.message,
                "tokens": tokens(case, module, decision.comment, str(payload["language"])),
                **payload,
            },
            dedupe=f"{case.public_id.hex}:{event.n}:{n}:{name}",
        )
        for n, rule in enumerate(decision.effects)
        if rule.type == "mail"
        for name, payload in _recipients(case, rule, tasks, event.at)
    ]
    if rows:
        effects.enqueue_all(region=case.region, case_id=case.pk, event_n=event.n, wanted=rows, now=event.at)


def tokens(case: Case, module: Module, note: str, language: str) -> dict[str, str]:
    """Return what a message may say of a case; the link is added when it is sent."""
    status = module.workflow.status(case.status)
    office = case.office or case.region
    return {
        "reference": case.reference,
        "service": module.title.say(language),
        "status": (status.public_title or status.title).say(language),
        "note": note,
        "number": case.number,
        "office": office.name,
    }


def _recipients(
    case: Case, rule: EffectRule, tasks: list[Task], now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    if rule.to.kind == "applicant":
        if case.contact_email:
            path = reverse("tracking:case", args=[case.reference])
            yield "applicant", {"to": case.contact_email, "path": path, "language": case.language}
        return
    path = reverse("inbox:case", args=[case.reference])
    for user in _holders(case, rule.to.role, tasks, now):
        yield f"u{user}", {"user": user, "path": path, "language": settings.LANGUAGE_CODE}


def _holders(case: Case, role: str, tasks: list[Task], now: datetime) -> list[int]:
    """Return who attends to `role` where it was just asked, else nearest to the case's office.

    A substitute is told; an officer who is replaced by a Plh. is away and is not.
    """
    module = case.version.key
    places = {task.office_id for task in tasks if task.role == role}
    if not places:
        base = case.office or case.region
        nearest = regions.nearest_holder(case.region, role, base, on=now, module=module)
        places = {nearest.pk} if nearest else set()
    return regions.holders(case.region, role, places, on=now, module=module) if places else []
