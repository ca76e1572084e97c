"""A line of history outside any step: what the system, or an administrator, did to a case and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from runtime.cases import chain
from runtime.cases.models import Case, CaseEvent
from runtime.regions.capacity import ADMINISTRATOR
from runtime.regions.models import User

_STANDING = ("number", "due_at", "deadline_at", "version")


def standing(last: CaseEvent) -> dict[str, Any]:
    """Return what the last line says of the case and not of what was done; it is still so."""
    return {name: last.data[name] for name in _STANDING if name in last.data}


def note(
    case: Case,
    last: CaseEvent,
    *,
    action: str,
    key: str,
    data: Mapping[str, Any],
    now: datetime,
    by: User | None = None,
    words: str = "",
) -> CaseEvent:
    """Write the line after `last`; the caller holds the case and counts its revision up.

    `data` is what the line tells beyond the answers as they stand, which every line seals. `by` is the
    administrator or officer who wanted it, for the reason in `words`; without one it was the system.
    """
    answers = chain.answers_digest(case.answers, case.officer_answers)
    event = CaseEvent(
        region=case.region,
        case=case,
        n=last.n + 1,
        key=key,
        at=now,
        by=CaseEvent.By.PERSON if by else CaseEvent.By.SYSTEM,
        actor=by,
        actor_name=by.get_full_name() or by.get_username() if by else "",
        role=ADMINISTRATOR if by else "",
        action=action,
        from_status=last.to_status,
        to_status=case.status,
        note=words,
        data={"answers": answers, **data},
        prev_hash=last.hash,
    )
    event.hash = chain.seal(event)
    event.save(force_insert=True)
    return event
