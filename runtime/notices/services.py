"""The only writer of wishes and news."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from runtime.notices import hours
from runtime.notices.models import MORNING, News, Rhythm, Wish
from runtime.regions import calendar, scope
from runtime.regions.models import Membership, Region, User
from runtime.regions.rules import NOT_AT_DESK

AGAIN = timedelta(minutes=15)  # how often all news of those are looked at who want them at once
KEPT = timedelta(days=30)  # longer than anything is asked again whether it was told


def of_officer(
    *,
    region: Region,
    user: User,
    rhythm: str,
    at: time | None,
    gather: bool,
    quiet_from: time | None,
    quiet_until: time | None,
    language: str,
    now: datetime,
) -> None:
    """Keep how an officer wants to be told. What is kept for them is told by the new rhythm."""
    values: dict[str, Any] = {
        "rhythm": rhythm,
        "at": at or MORNING,
        "gather": gather,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "language": language,
        "since": now,
    }
    kept, _new = Wish.objects.get_or_create(region=region, user=user, defaults={"since": now})
    if kept.rhythm == rhythm != Rhythm.NONE:
        del values["since"]
    values["next_at"] = _next(Wish(region=region, **values), now) or now
    Wish.objects.filter(region=region, pk=kept.pk).update(**values)


def of_citizen(
    *,
    region: Region,
    user: User,
    channel: str,
    number: str,
    fallback: bool,
    quiet_from: time | None,
    quiet_until: time | None,
    language: str,
) -> None:
    """Keep how a citizen wants to be told."""
    values = {
        "channel": channel,
        "number": number,
        "fallback": fallback,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "language": language,
    }
    Wish.objects.update_or_create(region=region, user=user, defaults=values)


def enrol(now: datetime) -> int:
    """Begin to look at the news of everybody who sits at a desk and never said how.

    Returns 0, as a beat that has done nothing anybody waits for.
    """
    with scope.everywhere("officers of all regions are told of their tasks"):
        looked = Wish.objects.filter(region=OuterRef("region"), user=OuterRef("user"))
        posts = Membership.objects.filter(user__is_active=True).exclude(role__key__in=NOT_AT_DESK)
        found = posts.exclude(Exists(looked)).order_by().values_list("region", "user").distinct()
        regions = Region.objects.in_bulk({region for region, _user in found})
        made = [Wish(region=regions[region], user_id=user, since=now) for region, user in found]
        for wish in made:
            wish.next_at = _next(wish, now)
        Wish.objects.bulk_create(made, ignore_conflicts=True)
    return 0


def looked_at(wish: Wish, now: datetime) -> None:
    """Note that the news were looked at, unless the wish was changed meanwhile."""
    same = Wish.objects.filter(region=wish.region, pk=wish.pk, next_at=wish.next_at)
    same.update(next_at=_next(wish, now))


def keep(news: Iterable[News]) -> None:
    """Keep news for the next mail; what is known already stays as it is."""
    News.objects.bulk_create(news, ignore_conflicts=True)


def gather(*, region: Region, user: int, case_id: int, name: str, now: datetime) -> None:
    """Keep a mail of a service for the daily one."""
    keep([News(region=region, user_id=user, kind=News.Kind.SERVICE, key=name, case_id=case_id, at=now)])


def tell(*, region: Region, user: int, name: str, until: datetime) -> bool:
    """Have the mail `name` tell what was not told and is not later than `until`; say whether it is anything.

    The caller writes that mail in the same transaction. Of two who tell at once, one finds nothing.
    """
    untold = News.objects.filter(region=region, user=user, told="", at__lte=until)
    return bool(untold.update(told=name))


def forget_old(now: datetime) -> int:
    """Remove news that were told long ago; return how many."""
    with scope.everywhere("old news of all regions go"):
        gone, _each = News.objects.filter(at__lt=now - KEPT).exclude(told="").delete()
    return int(gone)


def _next(wish: Wish, now: datetime) -> datetime | None:
    if wish.rhythm == Rhythm.NONE:
        return None
    if wish.rhythm == Rhythm.NOW:
        return now + AGAIN
    return hours.following(now, wish.at, calendar.zone(wish.region))
