"""Reading the log of views: of cases, or of a region; and whether the region names its officers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from runtime.cases.selectors import Case
from runtime.regions.models import Region, User
from runtime.viewlog.models import Did, Openness, Purpose, Viewing

__all__ = ["Did", "Purpose", "Viewing", "last_look", "names_officers", "of_cases", "of_region"]


def of_cases(region: Region, cases: Collection[int]) -> QuerySet[Viewing]:
    """Return who saw any of these cases, the latest first."""
    found: QuerySet[Viewing] = Viewing.objects.filter(region=region, case__in=cases)
    return found.select_related("office").order_by("-pk")


def last_look(case: Case, user: User, *, before: int = 0) -> datetime | None:
    """Return when `user` last had a page of the case in front of them.

    `before` leaves so many of the latest looks out.
    """
    mine = Viewing.objects.filter(region=case.region_id, case=case, user=user, did=Did.VIEWED)
    looks = mine.order_by("-pk").values_list("at", flat=True)
    return next(iter(looks[before : before + 1]), None)


def of_region(region: Region) -> QuerySet[Viewing]:
    """Return who saw which case of `region`, the latest first."""
    found: QuerySet[Viewing] = Viewing.objects.filter(region=region)
    return found.select_related("office", "case").order_by("-pk")


def names_officers(region: Region) -> bool:
    """Tell whether applicants of `region` read the names of those who saw their data; else only the posts."""
    return bool(Openness.objects.filter(region=region, names=True).exists())
