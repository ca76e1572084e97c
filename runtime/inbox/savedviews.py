"""Filters of the list of work that officers keep under a name, for themselves or for their office.

A view holds an address and nothing of what it shows: everybody who opens it sees their own tasks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from runtime.inbox.access import Officer
from runtime.inbox.models import FirstView, SavedView
from runtime.regions.models import Region

MOST = 20
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Named:
    """A saved view in the list: its address, whether the desk opens with it, whether it is shown now."""

    pk: int
    name: str
    query: str
    office: str
    first: bool
    current: bool = False


class Unnamed(Exception):
    """A view needs a name."""


class TooMany(Exception):
    """There are as many views as anybody may have."""


def of_officer(officer: Officer) -> QuerySet[Any]:
    """Return the views of the officer and of the offices they hold a post in; all may be changed by them."""
    offices = {one.post[1] for one in officer.held}
    mine = Q(user=officer.user, office=None) | Q(office__in=offices)
    first = FirstView.objects.filter(region=officer.region, user=officer.user, view=OuterRef("pk"))
    found: QuerySet[Any] = SavedView.objects.filter(mine, region=officer.region).annotate(first=Exists(first))
    return found.select_related("office")


def exists(region: Region, pk: int) -> bool:
    """Tell whether there is such a view, whosever it is."""
    found: bool = SavedView.objects.filter(region=region, pk=pk).exists()
    return found


def named(views: Iterable[Any], *, shown: str = "") -> tuple[Named, ...]:
    """Return views of `of_officer` as they are listed; `shown` is the address of the list that is shown."""
    return tuple(
        Named(
            pk=view.pk,
            name=view.name,
            query=view.query,
            office=view.office.name if view.office else "",
            first=view.first,
            current=view.query == shown,
        )
        for view in views
    )


def save(officer: Officer, *, name: str, query: str, office: int | None) -> SavedView:
    """Keep `query` under a name, for everybody of `office` if it is given and one of theirs.

    Raises `Unnamed` and `TooMany`.
    """
    name = " ".join(name.replace("\x00", "").split())[:LONGEST_NAME]
    if not name:
        raise Unnamed
    if of_officer(officer).count() >= MOST:
        raise TooMany
    shared = office if office in {one.post[1] for one in officer.held} else None
    made: SavedView = SavedView.objects.create(
        region=officer.region, user=officer.user, office_id=shared, name=name, query=query
    )
    return made


def rename(view: SavedView, name: str) -> None:
    """Give the view another name; raise `Unnamed`."""
    view.name = " ".join(name.replace("\x00", "").split())[:LONGEST_NAME]
    if not view.name:
        raise Unnamed
    view.save(update_fields=["name"])


def open_with(officer: Officer, view: SavedView | None) -> None:
    """Let the desk open with `view`, or with the officer's own tasks."""
    mine = FirstView.objects.filter(region=officer.region, user=officer.user)
    if view is None:
        mine.delete()
    else:
        FirstView.objects.update_or_create(region=officer.region, user=officer.user, defaults={"view": view})
