"""What a region offers its citizens, ready to be listed, searched and described."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext

from runtime.modules import selectors, spans
from runtime.modules.categories import CATEGORIES, Category, category
from runtime.modules.models import Installation, ModuleVersion
from runtime.regions.models import Region
from schemas import parse, standard
from schemas.definition import Module
from schemas.standard import ServiceStandard


@dataclass(frozen=True, slots=True)
class Offer:
    """One service as it stands in a list."""

    module: Module
    state: str
    standard: ServiceStandard
    category: Category
    words: str

    @property
    def key(self) -> str:
        return self.module.key

    @property
    def fee(self) -> str:
        """Return the first sentence of what it costs: enough for a list."""
        if self.standard.amounts:
            return gettext("the cost depends on your answers")
        return self.standard.fee.partition(". ")[0].rstrip(".")

    @property
    def time(self) -> str:
        return spans.say(self.standard.total) if self.standard.total else ""

    @property
    def is_open(self) -> bool:
        return self.state == Installation.State.OPEN


@lru_cache(maxsize=1024)
def _described(digest: str, document: str, language: str) -> ServiceStandard:
    return standard.describe(parse.load(document), language)


def described(version: ModuleVersion, language: str) -> ServiceStandard:
    """Return the service standard of a version; it is worked out once."""
    return _described(version.digest, version.document, language)


def offers(region: Region, language: str) -> list[Offer]:
    """Return the services of `region` that are not closed, by title."""
    rows = selectors.installations(region).exclude(state=Installation.State.CLOSED)
    found = [_offer(row, language) for row in rows]
    return sorted(found, key=lambda offer: offer.module.title.say(language).casefold())


def matching(found: list[Offer], *, query: str, shelf: str) -> list[Offer]:
    """Return the offers on a shelf whose words contain every word of the query."""
    words = query.casefold().split()
    return [
        offer
        for offer in found
        if (not shelf or offer.category.key == shelf) and all(word in offer.words for word in words)
    ]


def shelves(found: list[Offer]) -> list[tuple[Category, int]]:
    """Return the categories that have services, with how many, in the order of the catalogue."""
    counts = {key: sum(offer.category.key == key for offer in found) for key in CATEGORIES}
    return [(CATEGORIES[key], count) for key, count in counts.items() if count]


def _offer(row: Installation, language: str) -> Offer:
    module = selectors.definition(row.version)
    shelf = category(module.category)
    spoken = [text for _code, text in (*module.title.values, *module.summary.values)]
    return Offer(
        module=module,
        state=row.state,
        standard=described(row.version, language),
        category=shelf,
        words=" ".join([*spoken, str(shelf.title), module.key.replace("-", " ")]).casefold(),
    )
