"""What is written to cases: the words of comments beside their events, and who may write now.

The words lie in rows of their own, so that they can be removed without touching the history: their
event holds a digest of them, salted, so that a removed word cannot be guessed back from it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Count

from runtime.cases import chain
from runtime.cases.models import Case, CaseEvent, Message, Task
from runtime.regions.models import Region
from runtime.workflow.commenting import ANSWER, TO_APPLICANT, VERBS
from runtime.workflow.values import Talk

DAY = timedelta(days=1)


def talk(case: Case, now: datetime) -> Talk:
    """Return what whoever decides on a comment has to know of the case."""
    events = CaseEvent.objects.filter(case=case, action__in=(*VERBS, chain.FORGOTTEN)).order_by("n")
    posts = Task.objects.filter(case=case).order_by().values_list("role", "office_id").distinct()
    said = list(events.values_list("action", "role", "at"))
    asked = [at for at, one in enumerate(said) if one[0] == TO_APPLICANT]
    answers = [(at, one[2]) for at, one in enumerate(said) if one[0] == ANSWER]
    return Talk(
        posts=frozenset(posts),
        forgotten=any(action == chain.FORGOTTEN for action, _role, _at in said),
        invited=bool(asked),
        role=said[asked[-1]][1] if asked else "",
        answers=sum(at > asked[-1] for at, _when in answers) if asked else 0,
        today=sum(when > now - DAY for _at, when in answers),
    )


def unchanged_since(case: Case) -> int:
    """Return the revision since which nothing happened to the case but comments."""
    found = CaseEvent.objects.filter(case=case).exclude(action__in=VERBS).order_by("-n")
    return int(found.values_list("n", flat=True)[:1][0])


def shows(case: Case, seen: int) -> bool:
    """Tell whether whoever saw the revision `seen` has seen the case as it stands, but for comments."""
    return seen == case.revision or unchanged_since(case) <= seen < case.revision


def salted() -> str:
    """Return a salt for the words of one comment."""
    return secrets.token_hex(16)


def write(event: CaseEvent, text: str, salt: str) -> None:
    """Keep the words that belong to `event`, whose line holds their digest already."""
    Message.objects.create(region=event.region, case=event.case, event=event, text=text, salt=salt)


def same(event: CaseEvent, text: str) -> bool:
    """Tell whether these are the words of the comment `event`."""
    found = Message.objects.filter(event=event).first()
    return found is not None and chain.digest([found.salt, text]) == event.data.get(chain.SAID)


def forget(case: Case) -> None:
    """Remove all words that were written to the case; that something was written stays in the history."""
    Message.objects.filter(case=case).delete()


def words(events: Iterable[CaseEvent]) -> dict[int, Message]:
    """Return the words of those of the events that are comments, by the id of the event."""
    ids = [event.pk for event in events if event.action in VERBS]
    rows = Message.objects.filter(event__in=ids) if ids else ()
    return {row.event_id: row for row in rows}


def mark_read(case: Case, *, by: Literal["applicant", "office"], now: datetime) -> None:
    """Note that what was written to the applicant, or by them, has been shown to whom it was written."""
    verb = TO_APPLICANT if by == "applicant" else ANSWER
    unread = Message.objects.filter(
        region=case.region_id, case=case, read_at__isnull=True, event__action=verb
    )
    if unread.exists():
        unread.update(read_at=now)


def unread(region: Region, cases: Collection[int]) -> dict[int, int]:
    """Return how many messages of the office the applicants of these cases have not been shown, by case."""
    found = Message.objects.filter(region=region, case__in=cases, read_at__isnull=True)
    counted = found.filter(event__action=TO_APPLICANT).order_by().values_list("case")
    return dict(counted.annotate(Count("pk")))
