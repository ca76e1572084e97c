"""Quiet hours and the hour of the daily mail, on the clock of a region. Pure: the moment is passed in."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)


def quiet_until(now: datetime, start: time | None, end: time | None, zone: tzinfo) -> datetime | None:
    """Return when the quiet hours end that `now` falls into; None when it falls into none.

    From 21:00 to 06:00 goes over midnight; from an hour to itself is no quiet at all.
    """
    if start is None or end is None or start == end:
        return None
    local = now.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    inside = start <= clock < end if start < end else clock >= start or clock < end
    return following(now, end, zone) if inside else None


def following(now: datetime, at: time, zone: tzinfo) -> datetime:
    """Return the next moment after `now` at which the clock shows `at`."""
    local = now.astimezone(zone)
    found = datetime.combine(local.date(), at, zone)
    return found if found > local else datetime.combine(local.date() + DAY, at, zone)


def latest(now: datetime, at: time, zone: tzinfo) -> datetime:
    """Return the last moment, `now` at the latest, at which the clock showed `at`."""
    local = now.astimezone(zone)
    found = datetime.combine(local.date(), at, zone)
    return found if found <= local else datetime.combine(local.date() - DAY, at, zone)
