"""Colleagues whom the writer of a comment among officers names: who can be, and who has not looked yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from runtime.cases import offices
from runtime.cases.models import Case, CaseEvent, Mention, Task
from runtime.cases.outcomes import Refused
from runtime.regions.models import Region, User
from runtime.workflow import commenting
from runtime.workflow.values import ActionRefused

MOST = 100  # colleagues to choose from: more is no list to pick from


def colleagues(case: Case, now: datetime, *, but: User | None = None) -> list[User]:
    """Return who may open the case as an officer and read comments: never its applicant, nor `but`.

    Those are the people who attend to the posts that were given a task of it; whoever is away today, has
    lost the post or is switched off is not among them.
    """
    posts = Task.objects.filter(case=case).order_by().values_list("role", "office_id").distinct()
    found = {pk for role, office in posts for pk in offices.attending(case, role, [office], now)}
    found -= {case.applicant_id, but.pk if but else None}
    people = User.objects.filter(pk__in=found, is_active=True)
    return list(people.order_by("first_name", "last_name", "pk")[:MOST])


def note(event: CaseEvent, people: Collection[int], case: Case, now: datetime) -> None:
    """Keep whom the comment `event` names, in its transaction; raise `Refused` when somebody cannot be."""
    if not people:
        return
    may = {user.pk for user in colleagues(case, now, but=event.actor)}
    if event.action != commenting.INTERNAL or not set(people) <= may:
        raise Refused(ActionRefused("not_mentionable"))
    Mention.objects.bulk_create(
        Mention(region=event.region, case=case, event=event, user_id=pk, at=now) for pk in sorted(set(people))
    )


def unseen(region: Region, user: User) -> QuerySet[Mention]:
    """Return where `user` was named and has not looked since, newest first."""
    found: QuerySet[Mention] = Mention.objects.filter(region=region, user=user, seen_at__isnull=True)
    return found.select_related("event").order_by("-at", "-pk")


def unseen_since(at: datetime) -> QuerySet[Mention]:
    """Return where anybody was named since then and has not looked, for whoever looks for all officers."""
    found: QuerySet[Mention] = Mention.objects.filter(seen_at__isnull=True, at__gt=at)
    return found.order_by()


def seen(case: Case, user: User, now: datetime) -> None:
    """Note that `user` has been shown the case."""
    mine = Mention.objects.filter(region=case.region_id, case=case, user=user, seen_at__isnull=True)
    if mine.exists():
        mine.update(seen_at=now)


def told(events: Iterable[CaseEvent]) -> dict[int, tuple[str, ...]]:
    """Return the names of who was named by those of the events that are comments, by the id of the event."""
    ids = [event.pk for event in events if event.action == commenting.INTERNAL]
    rows: Sequence[Mention] = ()
    if ids:
        rows = list(Mention.objects.filter(event__in=ids).select_related("user"))
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row.event_id] = (*found.get(row.event_id, ()), row.user.get_full_name())
    return found


def forget(case: Case) -> None:
    """Remove who was named, as the words are."""
    Mention.objects.filter(case=case).delete()
