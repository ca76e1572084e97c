"""The SQL of a step that is written by hand: reading a case to decide upon, and writing what follows.

An action is the busiest thing the product does, and building queries was nine tenths of its price.
The statements are plain and the same on both databases; each has a twin in the ORM, and
`tests/runtime/cases/test_statements.py` compares them. Columns and their conversions are the models'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, cast

from django.db import connection
from django.db.models import Field, Model

from runtime.cases.models import Case, CaseEvent, Correction, Task
from runtime.modules.models import ModuleVersion
from runtime.regions import scope
from runtime.regions.models import Membership, Region, Role, User
from runtime.workflow.values import OpenTask

M = TypeVar("M", bound=Model)
Statement = tuple[str, Sequence[Any]]

_OFFICE = ("id", "key", "kind", "name", "short_code", "parent_id", "tenant_id", "timezone")
_VERSION = ("id", "region_id", "key", "number", "digest", "published_at")
_CASE_TABLE = Case._meta.db_table
_THIS_CASE = f"JOIN {_CASE_TABLE} c ON c.id = x.case_id WHERE c.region_id = %s AND c.reference = %s"
_EVENTS = (
    f"SELECT x.id, x.n, x.key, x.hash FROM {CaseEvent._meta.db_table} x {_THIS_CASE} "
    "AND (x.n = c.revision OR x.key = %s) ORDER BY x.n"
)
_TASKS = (
    f"SELECT x.id, x.key, x.role, x.office_id FROM {Task._meta.db_table} x {_THIS_CASE} "
    "AND x.closed_at IS NULL ORDER BY x.id"
)
_CORRECTION = (
    f"SELECT x.fields FROM {Correction._meta.db_table} x {_THIS_CASE} "
    "AND x.answered_at IS NULL AND x.withdrawn_at IS NULL ORDER BY x.asked_at LIMIT 1"
)
_POSTS = (
    f"SELECT r.key, m.office_id FROM {Membership._meta.db_table} m "
    f"JOIN {Role._meta.db_table} r ON r.id = m.role_id WHERE m.region_id = %s AND m.user_id = %s"
)
_NEAREST = (
    "WITH RECURSIVE up (id, parent_id, far) AS ("
    f"SELECT id, parent_id, 0 FROM {Region._meta.db_table} WHERE id = %s UNION ALL "
    f"SELECT o.id, o.parent_id, up.far + 1 FROM {Region._meta.db_table} o "
    "JOIN up ON o.id = up.parent_id WHERE up.id <> %s) "
    "SELECT up.id FROM up WHERE EXISTS ("
    f"SELECT 1 FROM {Membership._meta.db_table} m JOIN {Role._meta.db_table} r ON r.id = m.role_id "
    f"JOIN {User._meta.db_table} u ON u.id = m.user_id "
    "WHERE m.region_id = %s AND m.office_id = up.id AND r.key = %s AND u.is_active) "
    "ORDER BY up.far LIMIT 1"
)


class Result(NamedTuple):
    """The rows a statement gave back, and how many it touched."""

    rows: list[tuple[Any, ...]]
    count: int


@dataclass(frozen=True, slots=True)
class Held:
    """A case as it stands, its row locked, with what a decision upon it needs."""

    case: Case
    tasks: tuple[OpenTask, ...]
    corrections: tuple[str, ...]
    posts: frozenset[tuple[str, int]]
    last_hash: str
    earlier: int | None  # the event that was written under the same key


def hold(*, region: Region, reference: str, key: str, user: User | None) -> Held:
    """Return the case `reference`, its row locked where the database can: the first lock of any action.

    `key` is the command's, `user` whose posts are asked for. Raises `Case.DoesNotExist`. What hangs on
    the case is read by statements of their own, so that it is as new as the row they waited for.
    """
    if not scope.covers(region):
        raise Case.DoesNotExist
    this = (region.pk, reference)
    held = _HELD + (" FOR NO KEY UPDATE OF c" if connection.features.has_select_for_no_key_update else "")
    asked = [
        (held.format(*_held_columns()), this),
        (_EVENTS, (*this, key)),
        (_TASKS, this),
        (_CORRECTION, this),
    ]
    if user is not None and user.is_active:
        asked.append((_POSTS, (region.pk, user.pk)))
    found, events, tasks, correction, *posts = together(*asked)
    if not found.rows:
        raise Case.DoesNotExist
    case = _case(region, found.rows[0])
    return Held(
        case=case,
        tasks=tuple(OpenTask(*row) for row in tasks.rows),
        corrections=_fields(correction.rows),
        posts=frozenset(cast("list[tuple[str, int]]", posts[0].rows)) if posts else frozenset(),
        last_hash=next(row[3] for row in events.rows if row[1] == case.revision),
        earlier=next((row[0] for row in events.rows if row[2] == key), None),
    )


def changing(case: Case, changed: Mapping[str, Any], *, revision: int) -> Statement:
    """Return the statement that writes these columns, unless the case left `revision` meanwhile."""
    fields = [Case._meta.get_field(name) for name in changed]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    values = [
        field.get_db_prep_save(getattr(value, "pk", value), connection)
        for field, value in zip(fields, changed.values(), strict=True)
    ]
    sql = f"UPDATE {_CASE_TABLE} SET {columns} WHERE region_id = %s AND id = %s AND revision = %s"  # noqa: S608
    return sql, [*values, case.region_id, case.pk, revision]


def closing(case: Case, ids: Sequence[int], *, by: int | None, at: Any) -> Statement:
    """Return the statement that closes tasks of the case."""
    at = Task._meta.get_field("closed_at").get_db_prep_save(at, connection)
    places = ", ".join(["%s"] * len(ids))
    sql = f"UPDATE {Task._meta.db_table} SET closed_at = %s, closed_by_id = %s WHERE case_id = %s"  # noqa: S608
    return f"{sql} AND id IN ({places})", [at, by, case.pk, *ids]


def inserting(rows: Sequence[Model]) -> Statement:
    """Return the statement that inserts rows of one model and gives their ids back, in their order."""
    sql, one, fields = _insert(type(rows[0]))
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields
    ]
    return f"{sql} VALUES {', '.join([one] * len(rows))} RETURNING id", values


def nearest(region: Region, role: str, office: Region) -> Statement:
    """Return the question for the office, from `office` up to the tenant, where somebody holds `role`."""
    return _NEAREST, (office.pk, office.tenant_id or office.pk, region.pk, role)


def together(*statements: Statement) -> list[Result]:
    """Run statements one after the other; PostgreSQL is sent all of them in one message."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return [_result(cursor.execute(*statement) and cursor) for statement in statements]
        values = [value for _, given in statements for value in given]
        cursor.execute("; ".join(sql for sql, _ in statements), values)
        results = [_result(cursor)]
        while cursor.nextset():
            results.append(_result(cursor))
        return results


def _result(cursor: Any) -> Result:
    return Result(cursor.fetchall() if cursor.description else [], cursor.rowcount)


_HELD = (
    f"SELECT {{}}, {{}}, {{}} FROM {_CASE_TABLE} c JOIN {ModuleVersion._meta.db_table} v "
    f"ON v.id = c.version_id LEFT JOIN {Region._meta.db_table} o ON o.id = c.office_id "
    "WHERE c.region_id = %s AND c.reference = %s"
)


@lru_cache(maxsize=1)
def _held_columns() -> tuple[str, str, str]:
    parts = (("c", Case, None), ("v", ModuleVersion, _VERSION), ("o", Region, _OFFICE))
    return tuple(  # type: ignore[return-value]
        ", ".join(f"{alias}.{field.column}" for field in _fields_of(model, names))
        for alias, model, names in parts
    )
