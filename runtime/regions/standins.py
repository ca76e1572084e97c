"""Reading who stands in for whom: what counts on a day, for a person, a post, a service.

A substitution counts from its first to its last day in the region's zone, until it is ended, while its
substitute may log in and still works in the region. Asked anew with each request; nothing is cached.
`runtime.cases.statements` says the same in SQL.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.db.models import Exists, Expression, OuterRef, Q, QuerySet
from django.utils import timezone

from runtime.regions import calendar
from runtime.regions.capacity import Post, StandIn, StandInKind
from runtime.regions.models import Membership, Region, Substitution, SubstitutionRules, User
from runtime.regions.prepared import PreparedValues

_DEFAULTS = Path(__file__).with_name("substitution_defaults.json")
_DESCRIBED = (
    *("pk", "role__key", "office_id", "kind", "principal_id", "through__substitute_id", "modules"),
    *("principal__first_name", "principal__last_name", "principal__username"),
)
_WHO = ("role__key", "office_id", "substitute_id", "principal_id", "through__substitute_id")


def today(region: Region, now: datetime | None = None) -> date:
    """Return the day it is in `region` at `now`, at this moment unless told otherwise."""
    return calendar.local(now or timezone.now(), region).date()


def counting(region: Region, *, on: date) -> QuerySet[Substitution]:
    """Return the substitutions that give rights on that day."""
    return _counting(region, on)


def _counting(region: Region | Expression, on: date | Expression) -> QuerySet[Substitution]:
    works = Membership.objects.filter(region=region, user=OuterRef("substitute"))
    return _unended(region).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        Exists(works),
        from_on__lte=on,
        substitute__is_active=True,
    )


def unended(region: Region) -> QuerySet[Substitution]:
    """Return the substitutions of `region` that nobody ended early; past and coming ones too."""
    return _unended(region)


def _unended(region: Region | Expression) -> QuerySet[Substitution]:
    found: QuerySet[Substitution] = Substitution.objects.filter(region=region, ended_at__isnull=True)
    return found


def everything(region: Region) -> QuerySet[Substitution]:
    """Return every substitution of `region`, the newest first, with the people and the post."""
    found: QuerySet[Substitution] = Substitution.objects.filter(region=region)
    related = found.select_related("role", "office", "principal", "substitute", "through__substitute")
    return related.order_by("-from_on", "-pk")


def one(region: Region, pk: int) -> Substitution | None:
    """Return the substitution `pk` if it is one of `region`."""
    return everything(region).filter(pk=pk).first()


def limited(rows: QuerySet[Substitution], module: str) -> QuerySet[Substitution]:
    """Keep the rows that count for cases of the service `module`; "" keeps only those without a limit."""
    anywhere = Q(modules="")
    return rows.filter(anywhere | Q(modules__contains=f",{module},") if module else anywhere)


# Every request of an officer asks (ADR 0018).
_HELD_BY: PreparedValues[Substitution] = PreparedValues(
    lambda late: (
        _counting(late("region"), late("on"))
        .filter(substitute=late("user"))
        .order_by("pk")
        .values_list(*_DESCRIBED)
    )
)


def held_by(region: Region, user: User, *, on: date) -> tuple[StandIn, ...]:
    """Return the posts that `user` stands in for on that day, also those limited to some services."""
    return tuple(described(*row) for row in _HELD_BY.all(region=region, user=user.pk, on=on))


def described(
    pk: int,
    role: str,
    office: int,
    kind: StandInKind,
    principal: int | None,
    before: int | None,
    modules: str,
    *names: str | None,
) -> StandIn:
    """Return a substitution as the value that decisions use; `names` are the first, the last, the login."""
    first, last, username = (name or "" for name in names)
    person = User(first_name=first, last_name=last, username=username)
    return StandIn(
        id=pk,
        post=(role, office),
        kind=kind,
        principal_id=principal,
        principal_name=person.get_full_name(),
        replaced=frozenset(one for one in (principal, before) if one is not None),
        modules=frozenset(key for key in modules.split(",") if key),
    )


def of_posts(
    region: Region, role_key: str, offices: Collection[int], *, on: date, module: str
) -> tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
    """Return who stands in for the role in those offices, and who is away: (office id, user id) pairs."""
    rows = limited(counting(region, on=on), module).filter(role__key=role_key, office__in=offices)
    present, away = set(), set()
    for _role, office, substitute, principal, before in rows.values_list(*_WHO):
        present.add((office, substitute))
        away |= {(office, user) for user in (principal, before) if user is not None}
    return frozenset(present - away), frozenset(away)


def instead_of(
    region: Region, role_key: str, office: int, persons: Collection[int], *, on: date, module: str
) -> set[int]:
    """Return who attends to the post in the place of one of `persons` only, as ids."""
    rows = limited(counting(region, on=on), module).filter(role__key=role_key, office=office)
    rows = rows.filter(Q(principal__in=persons) | Q(through__substitute__in=persons))
    found = set(rows.values_list("substitute", flat=True))
    own = Membership.objects.filter(region=region, role__key=role_key, office=office, user__in=found)
    return found - set(own.values_list("user", flat=True)) if found else found


def offices_of(region: Region, role_key: str, *, on: date, module: str) -> set[int]:
    """Return the offices where somebody stands in for the role."""
    rows = limited(counting(region, on=on), module).filter(role__key=role_key)
    return set(rows.values_list("office_id", flat=True))


def posts_of(region: Region, user: User, *, on: date, module: str) -> frozenset[Post]:
    """Return the posts that `user` stands in for in cases of the service `module`."""
    rows = limited(counting(region, on=on), module).filter(substitute=user)
    return frozenset(rows.values_list("role__key", "office_id"))


def rules(region: Region) -> SubstitutionRules:
    """Return what `region` decided about stand-ins, else what everybody begins with."""
    found: SubstitutionRules | None = SubstitutionRules.objects.filter(region=region).first()
    return found or SubstitutionRules(region=region, **_defaults())


@cache
def _defaults() -> dict[str, object]:
    read: dict[str, object] = json.loads(_DEFAULTS.read_text(encoding="utf-8"))
    return read
