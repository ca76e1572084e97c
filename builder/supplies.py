"""Whether the region has what a document counts on: lists, the national areas, ways to the outside.

Without them a service could not be answered or carried out, so they stand in the way of publishing.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder import outgoing
from runtime.areas import selectors as areas
from runtime.datasets import selectors as datasets
from runtime.datasets.models import Edition
from runtime.regions.models import Region
from schemas.definition import Dataset, Field, Module, with_rows
from schemas.problems import Problem, error

NO_LIST = "datasets.not_here"
OTHER_COLUMN = "datasets.other_column"
NO_AREAS = "areas.not_here"
OF_AREAS = frozenset({"region", "address"})


def missing(module: Module, region: Region) -> Iterator[Problem]:
    """Yield an error for each list, area and effect that is not there, and for other columns of a list."""
    for dataset in module.datasets.values():
        if dataset.source:
            yield from _list(dataset, datasets.edition(region, dataset.source, dataset.edition), region)
    asked = [field for field in _questions(module) if field.type in OF_AREAS]
    if asked and areas.current() is None:
        for field in asked:
            yield error(NO_AREAS, f"{field.at}/type", name=field.key)
    yield from outgoing.missing(module, region)


def _list(dataset: Dataset, edition: Edition | None, region: Region) -> Iterator[Problem]:
    place = f"/datasets/{dataset.key}"
    told = {"list": dataset.source, "edition": dataset.edition, "region": str(region)}
    if edition is None:
        yield error(NO_LIST, f"{place}/edition", **told)
        return
    for name, kind in dataset.columns.items():
        if edition.types.get(name) != kind:
            yield error(OTHER_COLUMN, f"{place}/columns/{name}", column=name, **told)


def _questions(module: Module) -> Iterator[Field]:
    for _page, field in module.fields():
        yield from with_rows(field)
