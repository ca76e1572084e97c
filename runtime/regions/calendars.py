"""The writer of calendars: single days, opening hours, periods with others, the national days of a year.

Each change is one transaction that draws the region's `calendar_mark` anew, so that every process
reads its calendars again. `office` is always the region itself or one of its offices. Nothing is
stored when `Refused` is raised.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from runtime.regions import calendar, national
from runtime.regions.calendar import Shelf
from runtime.regions.models import CalendarDay, Region, User, WorkingHours
from runtime.regions.refused import Refused
from runtime.regions.worktime import Unsound, Week, judge, week_as_json

logger = logging.getLogger("rakit.calendar")
LONGEST = 366  # days of a period


@dataclass(frozen=True, slots=True)
class NewDay:
    """What an entry shall say."""

    day: date
    kind: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class NewPeriod:
    """Opening hours from one day to another, both included."""

    first: date
    last: date
    name: str
    week: Week
    source: str = ""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What copying the national days of a year did; `kept` were changed by hand and stay so."""

    added: int
    changed: int
    dropped: int
    kept: int


def tried(region: Region, change: Callable[[], object]) -> Shelf:
    """Return what the calendars of `region` would be after `change`, which is undone again."""
    mark = region.calendar_mark
    try:
        with transaction.atomic():
            change()
            found = calendar.read(region)
            transaction.set_rollback(True)
    finally:
        region.calendar_mark = mark
    return found


def put_day(
    *, region: Region, office: Region, new: NewDay, by: User | None, instead_of: date | None = None
) -> CalendarDay:
    """Write a day down for `office`; `instead_of` is the day of its own entry that changes or moves."""
    name, source = _line(new.name, 120), _line(new.source, 200)
    if not name:
        raise Refused("name", _("Write what the day is called."), "name")
    if new.kind not in CalendarDay.Kind.values:
        raise Refused("kind", _("Choose one of the kinds of days."), "kind")
    known_year(new.day.year, "day")
    with _changing(region, office):
        _copy_first(region, office, new.day)
        if instead_of is not None and instead_of != new.day:
            _clear(region, office, instead_of)
        if instead_of != new.day:
            _is_free(region, office, new.day)
        _makes_a_difference(region, office, new)
        row = CalendarDay.objects.filter(region=region, office=office, day=new.day).first()
        row = row or CalendarDay(region=region, office=office, day=new.day)
        row.kind, row.name, row.source = new.kind, name, source
        row.tentative, row.edited, row.removed = False, True, False
        row.save()
        _note("day", region, office, f"{new.day} {new.kind}", by)
    return row


def take_day(*, region: Region, office: Region, day: date, by: User | None) -> None:
    """Take the own entry of `office` for `day` away."""
    with _changing(region, office):
        _clear(region, office, day)
        _note("day away", region, office, str(day), by)


def set_week(*, region: Region, office: Region, week: Week, by: User | None, source: str = "") -> None:
    """Give `office` its usual opening hours; offices below without their own follow."""
    values = {"week": _sound(week), "source": _line(source, 200)}
    with _changing(region, office):
        WorkingHours.objects.update_or_create(
            region=region, office=office, first_on=None, last_on=None, defaults=values
        )
        _note("hours", region, office, "", by)


def drop_week(*, region: Region, office: Region, by: User | None) -> None:
    """Let `office` go by the hours of the office above it again, the region by those of the state."""
    with _changing(region, office):
        WorkingHours.objects.filter(region=region, office=office, first_on=None).delete()
        _note("hours away", region, office, "", by)


def put_period(
    *, region: Region, office: Region, new: NewPeriod, by: User | None, pk: int | None = None
) -> WorkingHours:
    """Write a period with other opening hours down; `pk` is the one that it takes the place of."""
    name = _line(new.name, 120)
    if not name:
        raise Refused("name", _("Write what the period is called, for example Ramadan."), "name")
    known_year(new.first.year, "first")
    known_year(new.last.year, "last")
    if new.last < new.first:
        raise Refused("order", _("The last day is before the first."), "last")
    if (new.last - new.first).days >= LONGEST:
        raise Refused("long", _("A period is at most one year long."), "last")
    week = _sound(new.week)
    with _changing(region, office):
        others = WorkingHours.objects.filter(region=region, office=office, first_on__isnull=False)
        row = others.filter(pk=pk).first() or WorkingHours(region=region, office=office)
        met = others.exclude(pk=row.pk).filter(first_on__lte=new.last, last_on__gte=new.first).first()
        if met:
            words = _("From %(first)s to %(last)s the hours of “%(name)s” apply. Choose other days.")
            named = {"first": _say(met.first_on), "last": _say(met.last_on), "name": met.name}
            raise Refused("overlap", words % named, "first")
        row.name, row.source, row.week = name, _line(new.source, 200), week
        row.first_on, row.last_on = new.first, new.last
        row.save()
        _note("period", region, office, f"{new.first}/{new.last}", by)
    return row


def take_period(*, region: Region, office: Region, pk: int, by: User | None) -> None:
    """Take a period of `office` away."""
    with _changing(region, office):
        gone, _rows = WorkingHours.objects.filter(
            region=region, office=office, pk=pk, first_on__isnull=False
        ).delete()
        if not gone:
            raise Refused("gone", _("Somebody has taken this period away already."))
        _note("period away", region, office, str(pk), by)


def seed(*, region: Region, year: int, by: User | None) -> Seeded:
    """Copy the national days of `year` to the region; what was changed by hand stays as it is."""
    known_year(year)
    with _changing(region, region):
        done = _copy(region, year)
        _note("seeded", region, region, str(year), by)
    return done


def _copy(region: Region, year: int) -> Seeded:
    rows = CalendarDay.objects.filter(region=region, office=region, day__year=year)
    known = {row.day: row for row in rows}
    wanted = {day.day: day for day in national.days(year)}
    added = changed = dropped = kept = 0
    for day, found in wanted.items():
        row = known.get(day)
        if row and (row.edited or not row.seeded):
            kept += 1
            if not row.seeded:  # the year counts as copied, and taking the day away leaves a mark
                CalendarDay.objects.filter(pk=row.pk).update(seeded=True, edited=True)
            continue
        said = {"kind": found.kind, "name": found.name, "tentative": found.tentative}
        if row is None:
            CalendarDay.objects.create(region=region, office=region, day=day, seeded=True, **said)
            added += 1
        elif any(getattr(row, name) != value for name, value in said.items()):
            CalendarDay.objects.filter(pk=row.pk).update(**said)
            changed += 1
    for day, row in known.items():
        if day not in wanted and row.seeded and not row.edited:
            row.delete()
            dropped += 1
    return Seeded(added, changed, dropped, kept)


def _copy_first(region: Region, office: Region, day: date) -> None:
    """Write the national days of the year down before the region's own list of it is changed."""
    if office.pk == region.pk and not calendar.read(region).copied(day.year):
        _copy(region, day.year)


def _clear(region: Region, office: Region, day: date) -> None:
    known_year(day.year, "day")
    _copy_first(region, office, day)
    row = CalendarDay.objects.filter(region=region, office=office, day=day, removed=False).first()
    if row is None:
        words = _("%(office)s has no entry of its own for %(day)s.")
        raise Refused("gone", words % {"office": office.name, "day": _say(day)}, "day")
    if row.seeded:
        CalendarDay.objects.filter(pk=row.pk).update(removed=True, edited=True)
    else:
        row.delete()


def _is_free(region: Region, office: Region, day: date) -> None:
    if _standing(region, office, day):
        words = _("%(day)s has an entry already. Change or take away that one first.")
        raise Refused("taken", words % {"day": _say(day)}, "day")


def _standing(region: Region, office: Region, day: date) -> bool:
    rows = CalendarDay.objects.filter(region=region, office=office, day=day, removed=False)
    return bool(rows.exists())


def _makes_a_difference(region: Region, office: Region, new: NewDay) -> None:
    """Refuse an extra working day on a day that is one anyhow."""
    if new.kind != CalendarDay.Kind.WORKING or _standing(region, office, new.day):
        return
    if calendar.read(region).calendar(office).is_working_day(new.day):
        words = _("%(day)s is a working day anyhow.")
        raise Refused("works", words % {"day": _say(new.day)}, "day")


@contextmanager
def _changing(region: Region, office: Region) -> Iterator[None]:
    """Hold the region's row while its calendars change, then give them a new mark."""
    if region.pk not in {office.pk, office.tenant_id}:
        raise Refused("elsewhere", _("The office belongs to another region."), "office")
    before = region.calendar_mark
    try:
        with transaction.atomic():
            Region.objects.select_for_update(no_key=True).only("pk").get(pk=region.pk)
            yield
            region.calendar_mark = uuid.uuid4().hex
            Region.objects.filter(pk=region.pk).update(calendar_mark=region.calendar_mark)
    except BaseException:
        region.calendar_mark = before
        raise


def _sound(week: Week) -> list[list[list[str]]]:
    words = {
        "week": _("Give the hours of seven days."),
        "span": _("Hours must follow each other: opening, break, closing."),
        "closed": _("At least one day of the week must be open."),
    }
    try:
        return week_as_json(judge(week))
    except Unsound as unsound:
        raise Refused(unsound.code, words[unsound.code], "week") from None


def known_year(year: int, name: str = "year") -> None:
    """Refuse a year that calendars do not know; `name` is the question it answered."""
    if not national.FIRST_YEAR <= year <= national.LAST_YEAR:
        words = _("Calendars know the years %(first)s to %(last)s.")
        named = {"first": national.FIRST_YEAR, "last": national.LAST_YEAR}
        raise Refused("year", words % named, name)


def _line(text: str, longest: int) -> str:
    return " ".join(text.replace("\x00", "").split())[:longest]


def _say(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _note(what: str, region: Region, office: Region, said: str, by: User | None) -> None:
    logger.info(
        "calendar %s region=%s office=%s what=%s by=%s",
        what,
        region.key,
        office.key,
        said,
        by.pk if by else "command line",
    )
