"""The SQL about posts that a step needs: who may act for which, and where the nearest holder sits.

Each has a twin in the ORM, `regions.selectors` and `regions.standins`; `test_statements.py` compares them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from runtime.regions import standins
from runtime.regions.capacity import Post, StandIn
from runtime.regions.models import Membership, Region, Role, Substitution, User

Statement = tuple[str, Sequence[Any]]

_POSTS = (
    f"SELECT r.key, m.office_id, r.heads FROM {Membership._meta.db_table} m "  # noqa: S608 - names only
    f"JOIN {Role._meta.db_table} r ON r.id = m.role_id WHERE m.region_id = %s AND m.user_id = %s"
)
# What of `regions.standins.counting` says when a substitution counts: region, day, day.
_COUNTING = (
    "s.region_id = %s AND s.ended_at IS NULL AND s.from_on <= %s "  # noqa: S608 - names only
    "AND (s.until_on IS NULL OR s.until_on >= %s) "
    f"AND EXISTS (SELECT 1 FROM {Membership._meta.db_table} w "
    "WHERE w.region_id = s.region_id AND w.user_id = s.substitute_id)"
)
_STANDINS = (
    "SELECT r.heads, s.id, r.key, s.office_id, s.kind, s.principal_id, t.substitute_id, "  # noqa: S608 - names only
    f"s.modules, p.first_name, p.last_name, p.username FROM {Substitution._meta.db_table} s "
    f"JOIN {Role._meta.db_table} r ON r.id = s.role_id "
    f"LEFT JOIN {User._meta.db_table} p ON p.id = s.principal_id "
    f"LEFT JOIN {Substitution._meta.db_table} t ON t.id = s.through_id "
    f"WHERE s.substitute_id = %s AND {_COUNTING} ORDER BY s.id"
)
_NEAREST = (
    "WITH RECURSIVE up (id, parent_id, far) AS ("  # noqa: S608 - names only
    f"SELECT id, parent_id, 0 FROM {Region._meta.db_table} WHERE id = %s UNION ALL "
    f"SELECT o.id, o.parent_id, up.far + 1 FROM {Region._meta.db_table} o "
    "JOIN up ON o.id = up.parent_id WHERE up.id <> %s) "
    "SELECT up.id FROM up WHERE EXISTS ("
    f"SELECT 1 FROM {Membership._meta.db_table} m JOIN {Role._meta.db_table} r ON r.id = m.role_id "
    f"JOIN {User._meta.db_table} u ON u.id = m.user_id "
    "WHERE m.region_id = %s AND m.office_id = up.id AND r.key = %s AND u.is_active) "
    f"OR EXISTS (SELECT 1 FROM {Substitution._meta.db_table} s "
    f"JOIN {Role._meta.db_table} r ON r.id = s.role_id "
    f"JOIN {User._meta.db_table} u ON u.id = s.substitute_id "
    "WHERE s.office_id = up.id AND r.key = %s AND u.is_active "
    f"AND (s.modules = '' OR REPLACE(s.modules, %s, '') <> s.modules) AND {_COUNTING}) "
    "ORDER BY up.far LIMIT 1"
)


def held(region: Region, user: User) -> Statement:
    """Return the question for the posts that `user` holds in person."""
    return _POSTS, (region.pk, user.pk)


def nearest(
    region: Region, role: str, office: Region, *, now: datetime | None = None, module: str = ""
) -> Statement:
    """Return the question for the office, from `office` up to the tenant, where somebody holds `role`.

    Whoever stands in for it at `now` in cases of the service `module` holds it, too.
    """
    day = _day(standins.today(region, now))
    up = (office.pk, office.tenant_id or office.pk, region.pk, role)
    return _NEAREST, (*up, role, f",{module},", region.pk, day, day)


def standing_in(region: Region, user: User, *, on: date) -> Statement:
    """Return the question for the posts that `user` stands in for on that day."""
    return _STANDINS, (user.pk, region.pk, _day(on), _day(on))


@dataclass(frozen=True, slots=True)
class Found:
    """The posts somebody may act for, those of them stood in for, and those that head their office."""

    posts: frozenset[Post] = frozenset()
    standins: tuple[StandIn, ...] = ()
    heads: frozenset[Post] = frozenset()


def capacities(found: Sequence[Sequence[tuple[Any, ...]]], module: str) -> Found:
    """Return what the rows of `held` and `standing_in` say about cases of `module`."""
    if not found:
        return Found()
    held, substitutions = found
    own = frozenset((role, office) for role, office, _heads in held)
    every = [(bool(heads), standins.described(*row)) for heads, *row in substitutions]
    stood_in = [one for one in every if one[1].covers(module) and one[1].post not in own]
    heads = {(role, office) for role, office, heads in held if heads}
    heads |= {one.post for heads, one in stood_in if heads}
    held_for = tuple(one for _heads, one in stood_in)
    return Found(own | {one.post for one in held_for}, held_for, frozenset(heads))


def _day(day: date) -> Any:
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datefield_value(day)
