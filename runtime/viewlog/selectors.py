"""Reading the log of views: of cases, or of a region; and whether the region names its officers."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from runtime.regions.models import Region
from runtime.viewlog.models import Did, Openness, Purpose, Viewing

__all__ = ["Did", "Purpose", "Viewing", "names_officers", "of_cases", "of_region"]


def of_cases(region: Region, cases: Collection[int]) -> QuerySet[Viewing]:
    """Return who saw any of these cases, the latest first."""
    found: QuerySet[Viewing] = Viewing.objects.filter(region=region, case__in=cases)
    return found.select_related("office").order_by("-pk")


def of_region(region: Region) -> QuerySet[Viewing]:
    """Return who saw which case of `region`, the latest first."""
    found: QuerySet[Viewing] = Viewing.objects.filter(region=region)
    return found.select_related("office", "case").order_by("-pk")


def names_officers(region: Region) -> bool:
    """Tell whether applicants of `region` read the names of those who saw their data; else only the posts."""
    return bool(Openness.objects.filter(region=region, names=True).exists())
