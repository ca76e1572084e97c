"""`manage.py calendar show|seed|export`: what a region or office goes by, and the national days of a year."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from runtime.regions import calendar, calendars, scope, yearbook
from runtime.regions.models import Region
from runtime.regions.refused import Refused
from runtime.regions.worktime import Week, week_as_json
from runtime.regions.yearbook import Entry, Hours


class Command(BaseCommand):
    """Show a calendar, copy the national days of a year, write a calendar as JSON."""

    help = "Show the working calendar of a region or office, fill in a year, export it as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        show = verbs.add_parser("show", help="list the opening hours and the days of a year")
        show.add_argument("place", help="key of the region or office")
        show.add_argument("--year", type=int, help="this year if left out")
        seed = verbs.add_parser("seed", help="copy the national days of a year; changes by hand stay")
        seed.add_argument("place", help="key of the region")
        seed.add_argument("year", type=int, help="for example 2027")
        export = verbs.add_parser("export", help="write the calendar and its digest as JSON")
        export.add_argument("place", help="key of the region or office")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            office = _place(options["place"])
            region = office.tenant or office
            with scope.use(region):
                getattr(self, f"do_{options['verb']}")(region, office, options)
        except Refused as refused:
            raise CommandError(f"{refused.sentence} {_('Nothing was changed.')}") from None

    def do_show(self, region: Region, office: Region, options: dict[str, Any]) -> None:
        year = options["year"] or calendar.local(timezone.now(), region).year
        calendars.known_year(year)
        book = yearbook.of(region, office, year)
        self.stdout.write(f"{office.name} · {year} · {region.timezone}")
        for hours in (book.usual, *book.periods):
            self._hours(hours)
        for month in book.months:
            words = _("%(month)s: %(days)s working days")
            self.stdout.write(words % {"month": f"{month.first:%Y-%m}", "days": month.working_days})
            for entry in month.entries:
                self.stdout.write(f"  {entry.day}  {' · '.join(_said(entry))}")

    def do_seed(self, region: Region, office: Region, options: dict[str, Any]) -> None:
        if office.pk != region.pk:
            words = _("National days belong to the region. Give the key %(key)s.")
            raise Refused("office", words % {"key": region.key})
        done = calendars.seed(region=region, year=options["year"], by=None)
        words = _("Added: %(added)s, changed: %(changed)s, dropped: %(dropped)s, kept as changed: %(kept)s.")
        named = {"added": done.added, "changed": done.changed, "dropped": done.dropped, "kept": done.kept}
        self.stdout.write(words % named)

    def do_export(self, region: Region, office: Region, options: dict[str, Any]) -> None:
        found = calendar.of(region, office)
        said = {"place": office.key, "digest": found.digest, "calendar": found.as_json()}
        self.stdout.write(json.dumps(said, indent=2))

    def _hours(self, hours: Hours) -> None:
        source = hours.place.name if hours.place else "Perpres 21/2023"
        title = _("Opening hours")
        if hours.row and hours.row.first_on:
            title = f"{hours.row.name}, {hours.row.first_on} – {hours.row.last_on}"
        self.stdout.write(f"{title} ({source})")
        for line in _lines(hours.week):
            self.stdout.write(f"  {line}")


def _lines(week: Week) -> Iterator[str]:
    for n, spans in enumerate(week_as_json(week)):
        hours = ", ".join(f"{opens}–{closes}" for opens, closes in spans)
        yield f"{WEEKDAYS[n]}: {hours or _('closed')}"


def _said(entry: Entry) -> Iterator[str]:
    yield entry.name
    yield entry.kind_title
    yield entry.place.name if entry.place else _("national list")
    if entry.source:
        yield entry.source
    if entry.tentative:
        yield _("estimate")
    if entry.removed:
        yield _("taken away")
    elif not entry.counts:
        yield _("decided otherwise")


def _place(key: str) -> Region:
    found = Region.objects.select_related("tenant").filter(key=key).first()
    if found is None:
        raise Refused("unknown_region", _("There is no region or office “%(key)s”.") % {"key": key})
    if not (found.host or found.tenant_id):
        words = _("%(name)s has no site. Give a region with a site or one of its offices.")
        raise Refused("no_site", words % {"name": found.name})
    return found
