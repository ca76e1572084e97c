"""Reading for work on many cases at once: by task, by reference, and which of them somebody may open."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from runtime.cases import selectors
from runtime.cases.models import Case, Task
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User


def task(region: Region, pk: int) -> Task | None:
    """Return the task `pk` of `region`, open or not, with its case; who may know of it is asked next."""
    found: QuerySet[Task] = Task.objects.filter(region=region, pk=pk)
    related = ("region", "case", "case__region", "case__office", "case__version", "office")
    return found.select_related(*related).first()


def by_references(region: Region, known: Collection[str]) -> dict[str, Case]:
    """Return the cases of `region` with these references; who may read of them is asked next."""
    return {case.reference: case for case in selectors.of_region(region).filter(reference__in=known)}


def may_open(region: Region, user: User, cases: Collection[Case]) -> set[str]:
    """Return the references of those of the cases that `user` may open, as `case_for_officer` says."""
    held = selectors.posts_of(regions.at_desk(region, user))
    if held is None:
        return set()
    found = Task.objects.filter(held, case__in=[case.pk for case in cases])
    return set(found.order_by().values_list("case__reference", flat=True))
