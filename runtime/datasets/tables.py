"""The lists of a module as a region has them: rows in the document itself, and rows of its editions.

An edition never changes, so a row that was found is kept. One that is missing is looked for again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from django.conf import settings

from runtime.datasets import selectors
from runtime.datasets.models import Edition, Row
from runtime.datasets.selectors import MOST_FOUND
from runtime.regions.models import Region
from schemas.definition import Dataset, InlineTables, Json, Module, Option, Text

Cells = Mapping[str, Sequence[Json]]
MOST_ROWS = 20_000


class RegionTables:
    """Looks up what was chosen, and what can be chosen, in the lists of one region."""

    def __init__(self, region: int, datasets: Mapping[str, Dataset]) -> None:
        self.region = region
        self.datasets = datasets
        self._inline = InlineTables.of(datasets)
        self._found: dict[str, Edition] = {}

    def row(self, dataset: str, value: str) -> Mapping[str, Json] | None:
        """Return the cells of the row `value`, None when there is none."""
        if not self._named(dataset):
            return self._inline.row(dataset, value)
        found = self.option(dataset, value)
        return found.cells if found else None

    def option(self, dataset: str, value: str) -> Option | None:
        """Return the row `value` with its words."""
        edition = self.edition(dataset)
        return _option(_Key(edition), str(value)) if edition is not None else None

    def options(
        self, dataset: str, words: str = "", *, cells: Cells | None = None, limit: int = MOST_FOUND
    ) -> tuple[Option, ...]:
        """Return the first `limit` rows with these words and cells; nothing when the list is missing."""
        edition = self.edition(dataset)
        if edition is None:
            return ()
        return tuple(as_option(row) for row in selectors.search(edition, words, cells=cells, limit=limit))

    def count(self, dataset: str, words: str = "", *, cells: Cells | None = None) -> int:
        """Return how many rows have these words and cells."""
        edition = self.edition(dataset)
        return selectors.count(edition, words, cells=cells) if edition is not None else 0

    def is_small(self, dataset: str) -> bool:
        """Tell whether all rows are shown at once: so many as one answer to a search would show anyway."""
        edition = self.edition(dataset)
        return edition is None or edition.count <= MOST_FOUND

    def edition(self, dataset: str) -> Edition | None:
        """Return the edition that the module means by `dataset`, None when the region does not see it."""
        if dataset not in self._found and (named := self._named(dataset)):
            region = Region.objects.get(pk=self.region)
            edition = selectors.edition(region, named.source, named.edition)
            if edition is not None:
                self._found[dataset] = edition
        return self._found.get(dataset)

    def _named(self, dataset: str) -> Dataset | None:
        found = self.datasets.get(dataset)
        return found if found is not None and found.source else None


def in_region(module: Module, region: int) -> Module:
    """Return `module` with the lists of a region; one that needs none is returned as it is."""
    if not any(dataset.source for dataset in module.datasets.values()):
        return module
    return replace(module, tables=RegionTables(region, module.datasets))


class _Key:
    """An edition as the key of a cache: the same only with the same content."""

    __slots__ = ("edition", "key")

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.key = (edition.pk, edition.digest)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.key == other.key


@lru_cache(maxsize=MOST_ROWS)
def _option(key: _Key, value: str) -> Option | None:
    row = selectors.row(key.edition, value)
    return as_option(row) if row is not None else None


def as_option(row: Row) -> Option:
    """Return a row with its words; among its cells are its value and label, as in lists of a document."""
    first = settings.LANGUAGE_CODE
    label = Text(tuple(sorted(row.label.items(), key=lambda item: (item[0] != first, item[0]))))
    return Option(row.value, label, cells={**row.cells, "value": row.value, "label": label.say()})
