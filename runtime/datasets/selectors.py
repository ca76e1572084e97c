"""Reading datasets: those of a region and those that regions above it share with it.

A region above is asked inside its own scope, one after the other, so that the wall between regions stays
as it is: only this app looks upward, and only at datasets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Case, Q, QuerySet, When
from django.db.models.fields.json import KeyTransform

from runtime.datasets.models import Dataset, Edition, Row, Upload
from runtime.datasets.searching import folded
from runtime.regions import scope
from runtime.regions.models import Region, User
from schemas.definition import Json

MOST_FOUND = 20


def owners(region: Region) -> Iterator[Region]:
    """Yield the regions whose datasets `region` sees: itself first, then those above it, nearest first."""
    at: Region | None = region
    seen: set[int] = set()
    while at is not None and at.pk not in seen:
        seen.add(at.pk)
        yield at
        at = at.parent


def datasets(region: Region) -> list[Dataset]:
    """Return the datasets that `region` sees, with their newest edition as `newest`; its own come first."""
    found: dict[str, Dataset] = {}
    for owner in owners(region):
        with scope.use(owner):
            rows = Dataset.objects.filter(region=owner).prefetch_related("editions")
            for row in rows:
                row.region = owner
                found.setdefault(row.key, row)
    return list(found.values())


def own_dataset(region: Region, pk: int) -> Dataset | None:
    """Return the dataset `pk` if `region` keeps it itself."""
    found: Dataset | None = Dataset.objects.filter(region=region, pk=pk).first()
    return found


def edition(region: Region, key: str, name: str) -> Edition | None:
    """Return the edition `name` of the dataset `key` from the nearest region that has it."""
    for owner in owners(region):
        with scope.use(owner):
            rows = Edition.objects.select_related("dataset", "region")
            found: Edition | None = rows.filter(region=owner, dataset__key=key, name=name).first()
        if found is not None:
            return found
    return None


def visible_edition(region: Region, pk: int) -> Edition | None:
    """Return the edition `pk` if `region` sees it."""
    for owner in owners(region):
        with scope.use(owner):
            rows = Edition.objects.select_related("dataset", "region", "imported_by")
            found: Edition | None = rows.filter(region=owner, pk=pk).first()
        if found is not None:
            return found
    return None


def row(edition: Edition, value: str) -> Row | None:
    """Return the row `value` of an edition."""
    with scope.use(edition.region):
        found: Row | None = Row.objects.filter(edition=edition, value=value).first()
    return found


def rows(edition: Edition, *, start: int = 0, limit: int | None = None) -> list[Row]:
    """Return rows of an edition in their order."""
    with scope.use(edition.region):
        found = Row.objects.filter(edition=edition).order_by("position")
        return list(found[start : start + limit] if limit is not None else found[start:])


def search(
    edition: Edition,
    words: str,
    *,
    cells: Mapping[str, Sequence[Json]] | None = None,
    limit: int = MOST_FOUND,
) -> list[Row]:
    """Return the first `limit` rows in which every word stands and whose cells are among `cells`.

    Rows that begin with the words come first, then the order of the edition.
    """
    wanted = folded(words)
    with scope.use(edition.region):
        found = _matching(edition, wanted, cells or {})
        first = Case(When(search__startswith=wanted, then=0), default=1)
        return list(found.order_by(*([first] if wanted else []), "position")[:limit])


def count(edition: Edition, words: str, *, cells: Mapping[str, Sequence[Json]] | None = None) -> int:
    """Return how many rows `search` could find."""
    if not (wanted := folded(words)) and not cells:
        return edition.count
    with scope.use(edition.region):
        return _matching(edition, wanted, cells or {}).count()


def _matching(edition: Edition, wanted: str, cells: Mapping[str, Sequence[Json]]) -> QuerySet[Row]:
    found: QuerySet[Row] = Row.objects.filter(edition=edition)
    for word in wanted.split():
        found = found.filter(search__contains=word)
    for column, contents in cells.items():
        if column == "value":
            found = found.filter(value__in=[str(content) for content in contents])
        else:  # under a name of our own: a column may be called like an operator
            name = f"cell_{column}"
            either = Q(pk__in=())
            for content in contents:
                either |= Q(**{name: content})
            found = found.alias(**{name: KeyTransform(column, "cells")}).filter(either)
    return found


def upload(region: Region, user: User) -> Upload | None:
    """Return the file that `user` is looking through in `region`."""
    found: Upload | None = Upload.objects.filter(region=region, user=user).select_related("dataset").first()
    return found


def titles(found: Sequence[Dataset]) -> dict[str, str]:
    """Return the titles of datasets by key."""
    return {dataset.key: str(dataset) for dataset in found}
