"""Reading wishes and news. Whoever has wished nothing is told as services say, and daily of their tasks."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from runtime.notices import hours
from runtime.notices.models import Channel, News, Rhythm, Wish
from runtime.outside import selectors as outside
from runtime.regions import calendar, scope
from runtime.regions.models import Region, User

__all__ = ["Channel", "News", "Rhythm", "Wish"]


def wish(region: Region, user: int | User) -> Wish:
    """Return what the person wishes in `region`; a row of defaults that is not stored if nothing."""
    pk = user.pk if isinstance(user, User) else user
    found: Wish | None = Wish.objects.filter(region=region, user=pk).first()
    return found or Wish(region=region, user_id=pk)


def quiet_until(wish: Wish, now: datetime) -> datetime | None:
    """Return when the person's quiet hours end, if it is quiet now."""
    return hours.quiet_until(now, wish.quiet_from, wish.quiet_until, calendar.zone(wish.region))


def telephone(wish: Wish) -> str:
    """Return "sms" or "whatsapp" when the person is told by it and the region has a gateway, else ""."""
    wanted = wish.channel != Channel.MAIL and bool(wish.number)
    return wish.channel if wanted and outside.reaches_telephones(wish.region, wish.channel) else ""


def channels(region: Region) -> tuple[tuple[str, str], ...]:
    """Return the ways in which `region` can tell a citizen something, with their names."""
    return tuple(
        (key, str(title))
        for key, title in Channel.choices
        if key == Channel.MAIL or outside.reaches_telephones(region, key)
    )


def due(now: datetime, most: int) -> list[Wish]:
    """Return the wishes of all regions whose news are to be looked at, those that waited longest first."""
    with scope.everywhere("news of the officers of all regions are due"):
        found = Wish.objects.filter(next_at__lte=now).select_related("region", "user")
        return list(found.order_by("next_at", "pk")[:most])


def of_mail(region: Region, user: int, name: str) -> QuerySet[News]:
    """Return the news that the mail `name` tells."""
    found: QuerySet[News] = News.objects.filter(region=region, user=user, told=name)
    return found.order_by("pk")


def known(region: Region, user: int, kind: str) -> QuerySet[News]:
    """Return the news of a kind that the officer was told or will be."""
    found: QuerySet[News] = News.objects.filter(region=region, user=user, kind=kind, task_id__isnull=False)
    return found
