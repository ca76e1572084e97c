"""Look for what is new for each officer whose turn it is, and have it told in one mail.

What an officer is told was written down before (`News`), under a name that comes once. The mail and the mark
on its news are written in one transaction, so that whoever dies anywhere has doubled and lost nothing.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from runtime.cases import mentioning
from runtime.cases import selectors as cases
from runtime.cases.selectors import Task
from runtime.effects import selectors as effects
from runtime.effects import services as outbox
from runtime.notices import hours, selectors, services
from runtime.notices.selectors import News, Rhythm, Wish
from runtime.regions import calendar, scope
from runtime.regions import selectors as regions
from runtime.regions.models import Membership, Substitution
from schemas.definition import Duration

logger = logging.getLogger(__name__)
BATCH = 500  # officers in one beat
FRESH = timedelta(minutes=3)  # for so long what is new has those looked at who want to be told at once
MOST = 200  # tasks that one look adds at most
BACK = timedelta(days=7)  # what opened earlier is no news
ONE_DAY = Duration(1, "working_days")


def gather_due(now: datetime) -> int:
    """Look at the news of every officer whose turn it is; return how many mails will go out.

    It is the turn of those who want to be told at once also when a task has come to a post of theirs, a
    post or a stand-in has come to them, or they were mentioned.
    """
    wishes = {wish.pk: wish for wish in (*selectors.due(now, BATCH), *with_news(now))}
    return sum(_look(wish, now) for wish in wishes.values())


def with_news(now: datetime) -> list[Wish]:
    """Return the wishes of those who want news at once and may have some.

    They hold, or stand in for, a post with a new task, were given that post or stand-in a moment ago, or
    were mentioned. One question, however many officers there are; what of it is news is looked at for each
    of them.
    """
    mine, stood_in = Q(user=OuterRef("user")), Q(substitute=OuterRef("user"), ended_at__isnull=True)
    with scope.everywhere("officers of all regions are told of new tasks"):
        new = _new_tasks(now)
        posts = [
            kind.objects.filter(whose, Exists(new) | came, region=OuterRef("region")).order_by()
            for kind, whose, came in (
                (Membership, mine, Q(given_at__gt=now - FRESH, given_at__lte=now)),
                (Substitution, stood_in, _begun(now)),
            )
        ]
        named = mentioning.unseen_since(now - FRESH).filter(region=OuterRef("region"), user=OuterRef("user"))
        any_of = Exists(posts[0]) | Exists(posts[1]) | Exists(named)
        found = Wish.objects.filter(any_of, rhythm=Rhythm.NOW)
        return list(found.select_related("region", "user").order_by("next_at", "pk")[:BATCH])


def _new_tasks(now: datetime) -> QuerySet[Task]:
    """Return the tasks that opened a moment ago for the post of the row that is asked about."""
    post = {"region": OuterRef("region"), "role": OuterRef("role__key"), "office": OuterRef("office")}
    found: QuerySet[Task] = Task.objects.filter(**post, closed_at__isnull=True)
    return found.filter(opened_at__gt=now - FRESH, opened_at__lte=now).order_by()


def _begun(now: datetime) -> Q:
    """Return what is true of stand-ins that were appointed a moment ago, or whose first day has just begun.

    Days begin at another moment in each zone, but everywhere at a quarter of an hour: so it is asked after
    each of them, and of a few days. Whoever is looked at in vain is told nothing.
    """
    begun = Q(appointed_at__gt=now - FRESH, appointed_at__lte=now)
    if now.minute % 15 >= FRESH // timedelta(minutes=1):
        return begun
    day = now.astimezone(UTC).date()
    return begun | Q(from_on__gte=day - timedelta(days=1), from_on__lte=day + timedelta(days=1))


def _look(wish: Wish, now: datetime) -> bool:
    with scope.use(wish.region):
        try:
            told = gather(wish, now)
        except Exception:  # one officer whose list fails holds up no other
            logger.exception("the news of person %s could not be gathered", wish.user_id)
            told = False
        services.looked_at(wish, now)
    return told


def gather(wish: Wish, now: datetime) -> bool:
    """Keep what is new up to the hour of the mail, have it told; say whether it is anything.

    A mail that is late, because nothing ran at its hour, tells no more than it would have told then.
    """
    until = hours.latest(now, wish.at, calendar.zone(wish.region)) if wish.rhythm == Rhythm.DAILY else now
    if wish.rhythm != Rhythm.NONE:
        services.keep(list(_new(wish, until, now)))
    name = f"digest:{uuid.uuid4().hex}"
    with transaction.atomic():
        told = services.tell(region=wish.region, user=wish.user_id, name=name, until=until)
        if told:
            outbox.enqueue(
                region=wish.region,
                case_id=0,
                event_n=0,
                type="digest",
                payload={"user": wish.user_id},
                dedupe=name,
                lane=f"digest:u{wish.user_id}",
                now=now,
            )
    return told


def _new(wish: Wish, until: datetime, now: datetime) -> Iterator[News]:
    held = regions.at_desk(wish.region, wish.user, on=now)
    if not held or until < wish.since:
        return
    yield from _mentioned(wish, until)
    mine = cases.own(wish.region, wish.user, held=held).every
    opened = mine.filter(opened_at__gt=max(wish.since, until - BACK), opened_at__lte=until)
    mailed = effects.written_to(wish.region, wish.user_id).filter(
        case_id=OuterRef("case_id"), created_at=OuterRef("opened_at")
    )
    if not wish.gathers:  # the service itself has written of it
        opened = opened.exclude(Exists(mailed))
    yield from _kept(wish, News.Kind.TASK, opened.order_by("opened_at", "pk"), until)
    soon = calendar.due_at(until, ONE_DAY, wish.region)
    near = mine.filter(due_at__gt=until, due_at__lte=soon, opened_at__lt=until - timedelta(days=1))
    yield from _kept(wish, News.Kind.NEAR, near.order_by("due_at", "pk"), until)


def _mentioned(wish: Wish, until: datetime) -> Iterator[News]:
    found = mentioning.unseen(wish.region, wish.user).filter(at__gt=max(wish.since, until - BACK))
    for one in found.filter(at__lte=until)[:MOST]:
        yield News(
            region=wish.region,
            user_id=wish.user_id,
            kind=News.Kind.MENTION,
            key=f"{News.Kind.MENTION}:{one.event_id}",
            case_id=one.case_id,
            at=one.at,
        )


def _kept(wish: Wish, kind: News.Kind, tasks: QuerySet[Task], until: datetime) -> Iterator[News]:
    known = selectors.known(wish.region, wish.user_id, kind)
    for task in tasks.exclude(pk__in=known.values("task_id"))[:MOST]:
        yield News(
            region=wish.region,
            user_id=wish.user_id,
            kind=kind,
            key=f"{kind}:{task.pk}",
            case_id=task.case_id,
            task_id=task.pk,
            at=task.opened_at if kind == News.Kind.TASK else until,
        )
