"""The list of stand-ins put into words: who stands in now, soon, and who did. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q

from runtime.look import words
from runtime.modules import selectors as modules
from runtime.regions import standins
from runtime.regions.capacity import prefixed
from runtime.regions.models import Region, Substitution, User

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One substitution in words. `open` ones can be ended."""

    id: int
    title: str
    office: str
    substitute: str
    principal: str
    first: date
    last: date | None
    basis: str
    services: tuple[str, ...]
    ended_at: datetime | None
    open: bool


@dataclass(frozen=True, slots=True)
class StandIns:
    """All that the page of stand-ins shows."""

    now: tuple[Line, ...]
    coming: tuple[Line, ...]
    past: tuple[Line, ...]
    page: Page[Substitution]

    @property
    def before(self) -> str:
        return f"?page={self.page.number - 1}" if self.page.has_previous() else ""

    @property
    def after(self) -> str:
        return f"?page={self.page.number + 1}" if self.page.has_next() else ""


def stand_ins(region: Region, query: Mapping[str, str]) -> StandIns:
    """Return every substitution of the region; past ones in pages, as `query` (`page`) asks."""
    today = standins.today(region)
    rows = standins.everything(region)
    over = Q(ended_at__isnull=False) | Q(until_on__lt=today)
    page = Paginator(rows.filter(over), PER_PAGE).get_page(query.get("page"))
    titles = _titles(region)
    alive = [described(row, titles, today) for row in rows.exclude(over).order_by("from_on", "pk")]
    return StandIns(
        now=tuple(line for line in alive if line.first <= today),
        coming=tuple(line for line in alive if line.first > today),
        past=tuple(described(row, titles, today) for row in page.object_list),
        page=page,
    )


def absences(region: Region, user: User) -> tuple[Line, ...]:
    """Return who stands in for `user`, now and soon."""
    return _alive(region, Q(principal=user) | Q(through__substitute=user))


def duties(region: Region, user: User) -> tuple[Line, ...]:
    """Return for whom `user` stands in, now and soon."""
    return _alive(region, Q(substitute=user))


def line(row: Substitution) -> Line:
    """Return one substitution in words."""
    return described(row, _titles(row.region), standins.today(row.region))


def described(row: Substitution, titles: Mapping[str, str], today: date) -> Line:
    """Return a substitution in words; `titles` are those of the region's services by key."""
    replaced = row.through.substitute if row.through else row.principal
    return Line(
        id=row.pk,
        title=prefixed(row.kind, words.say(row.role.title) or row.role.key),
        office=row.office.name,
        substitute=row.substitute.get_full_name(),
        principal=replaced.get_full_name() if replaced else "",
        first=row.from_on,
        last=row.until_on,
        basis=row.basis,
        services=tuple(titles.get(key, key) for key in row.module_keys),
        ended_at=row.ended_at,
        open=row.ended_at is None and (row.until_on is None or row.until_on >= today),
    )


def _alive(region: Region, condition: Q) -> tuple[Line, ...]:
    today = standins.today(region)
    rows = list(
        standins.everything(region).filter(condition, ended_at__isnull=True).order_by("from_on", "pk")
    )
    titles = _titles(region) if any(row.modules for row in rows) else {}
    lines = (described(row, titles, today) for row in rows)
    return tuple(line for line in lines if line.open)


def _titles(region: Region) -> dict[str, str]:
    found = modules.installations(region).select_related("version")
    return {one.key: modules.definition(one.version).title.say(words.language()) for one in found}
