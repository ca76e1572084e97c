"""The list of a region's people with their posts, office by office, searched and in pages. Reads only."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.http import urlencode

from runtime.regions import selectors as regions
from runtime.regions.models import Membership, Region, User

PER_PAGE = 60
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in one office, with the posts held there."""

    user: User
    posts: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """An office with the people who work there; `whole` is the region itself."""

    office: Region
    whole: bool
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class People:
    """All that the page shows."""

    search: str
    page: Page[Membership]
    offices: tuple[Office, ...]

    @property
    def before(self) -> str:
        return self._address(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def after(self) -> str:
        return self._address(self.page.number + 1) if self.page.has_next() else ""

    def _address(self, number: int) -> str:
        values = {"q": self.search, "page": str(number)}
        return "?" + urlencode({key: value for key, value in values.items() if value})


def people(region: Region, query: Mapping[str, str]) -> People:
    """Return the page of people that `query` (`q`, `page`) asks for."""
    search = " ".join(query.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH]
    found = regions.all_posts(region)
    for word in search.split():
        found = found.filter(
            Q(user__first_name__icontains=word)
            | Q(user__last_name__icontains=word)
            | Q(user__username__icontains=word)
            | Q(user__email__icontains=word)
            | Q(office__name__icontains=word)
        )
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    grouped = itertools.groupby(page.object_list, key=lambda post: post.office)
    offices = tuple(
        Office(office, office.pk == region.pk, _persons(list(posts))) for office, posts in grouped
    )
    return People(search, page, offices)


def _persons(posts: list[Membership]) -> tuple[Person, ...]:
    grouped = itertools.groupby(posts, key=lambda post: post.user)
    return tuple(Person(user, tuple(held)) for user, held in grouped)
