"""The register book of a region: every number that was given, and the case and letter it went to."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from runtime.cases.models import Case, RegisterEntry
from runtime.regions.models import Region

__all__ = ["RegisterEntry", "entries", "offices", "register_of", "years"]


def entries(region: Region, *, year: int | None = None, office: int | None = None) -> QuerySet[RegisterEntry]:
    """Return the lines of the book, the latest first; of one year in the region's zone, of one office."""
    found: QuerySet[RegisterEntry] = RegisterEntry.objects.filter(region=region)
    if year is not None:
        zone = ZoneInfo(region.timezone)
        found = found.filter(
            at__gte=datetime(year, 1, 1, tzinfo=zone), at__lt=datetime(year + 1, 1, 1, tzinfo=zone)
        )
    if office is not None:
        found = found.filter(counter__office=office)
    return found.select_related("counter__office", "case__version").order_by("-at", "-pk")


def register_of(case: Case) -> str:
    """Return the key of the register that the number of `case` itself is from, "" when it is not known."""
    entry = RegisterEntry.objects.filter(region=case.region, case=case, number=case.number, letter="")
    return str(entry.values_list("counter__register", flat=True).last() or "")


def offices(region: Region) -> QuerySet[Region]:
    """Return the offices that gave a number."""
    given = RegisterEntry.objects.filter(region=region).order_by().values("counter__office")
    return Region.objects.filter(pk__in=given).order_by("name")


def years(region: Region) -> list[int]:
    """Return the years in which a number was given, the latest first."""
    given = RegisterEntry.objects.filter(region=region)
    return [at.year for at in given.datetimes("at", "year", order="DESC", tzinfo=ZoneInfo(region.timezone))]
