"""The SQL of a step that is written by hand: reading a case to decide upon, and writing what follows.

An action is the busiest thing the product does, and building queries was nine tenths of its price.
The statements are plain and the same on both databases; each has a twin in the ORM, and
`tests/runtime/cases/test_statements.py` compares them. Columns and their conversions are the models'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

from runtime.cases import posts
from runtime.cases.models import Case, CaseEvent, Correction, Task
from runtime.cases.posts import Statement
from runtime.modules.models import ModuleVersion
from runtime.regions import scope, standins
from runtime.regions.capacity import StandIn
from runtime.regions.models import Region, User
from runtime.workflow.values import OpenTask

Taken = list[tuple[str, Field[Any, Any] | None]]


class Shape:
    """Some columns of a model, and how a row of them becomes an instance; other columns load later."""

    def __init__(self, model: type[Model], *names: str) -> None:
        chosen = [field for field in model._meta.concrete_fields if not names or field.attname in names]
        self.model, self.fields = model, chosen
        self.names = [field.attname for field in chosen]
        self.expressions = [field.get_col(model._meta.db_table) for field in chosen]

    @cached_property
    def converters(self) -> list[tuple[int, list[Any]]]:
        """How the columns are converted that the database gives back in a form of its own."""
        database = _database()
        found = [
            (n, [*database.ops.get_db_converters(self.expressions[n]), *field.get_db_converters(database)])
            for n, field in enumerate(self.fields)
        ]
        return [(n, convert) for n, convert in found if convert]

    def row(self, values: Sequence[Any]) -> Any:
        """Return the instance with these values, as the database gave them."""
        database, given = _database(), list(values)
        for n, converters in self.converters:
            for convert in converters if given[n] is not None else ():
                given[n] = convert(given[n], self.expressions[n], database)
        return self.model.from_db(database.alias, self.names, given)


_CASE = Shape(Case)
_VERSION = Shape(ModuleVersion, "id", "region_id", "key", "number", "digest", "published_at")
_OFFICE = Shape(Region, "id", "key", "kind", "name", "short_code", "parent_id", "tenant_id", "timezone")
_CORRECTED = Shape(Correction, "fields")
_FIELDS = {field.name: field for field in Case._meta.concrete_fields}
_CLOSED_AT = Task._meta.get_field("closed_at")
_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
_CASES = Case._meta.db_table
_FOUND = f"FROM {_CASES} WHERE region_id = %s AND reference = %s"
_EVENT = (
    f"SELECT id, n, key, hash, action FROM {CaseEvent._meta.db_table} "  # noqa: S608 - names only
    f"WHERE case_id = (SELECT id {_FOUND})"
)
# Two questions, the second of which may find the same: with an OR SQLite would read every event there is.
_EVENTS = f"{_EVENT} AND n = (SELECT revision {_FOUND}) UNION ALL {_EVENT} AND key = %s"
_TASKS = (
    "SELECT id, key, role, office_id, seat, claimed_by_id, outcome, closed_by_id, closed_for_id "  # noqa: S608 - names only
    f"FROM {Task._meta.db_table} WHERE case_id = (SELECT id {_FOUND}) "
    f"AND (closed_at IS NULL OR (entered = (SELECT entered {_FOUND}) AND outcome <> '')) ORDER BY id"
)
_CORRECTION = (
    f"SELECT fields FROM {Correction._meta.db_table} "  # noqa: S608 - names only
    f"WHERE case_id = (SELECT id {_FOUND}) AND answered_at IS NULL AND withdrawn_at IS NULL"
)


class Result(NamedTuple):
    """The rows a statement gave back, and how many it touched."""

    rows: list[tuple[Any, ...]]
    touched: int


class Decided(NamedTuple):
    """A task of the present status that was decided: which, where, how, by whom and in whose place."""

    key: str
    office_id: int
    outcome: str
    by: int | None
    instead_of: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """A case as it stands, its row locked, with what a decision upon it needs."""

    case: Case
    tasks: tuple[OpenTask, ...]
    decided: tuple[Decided, ...]
    corrections: tuple[str, ...]
    posts: frozenset[tuple[str, int]]
    standins: tuple[StandIn, ...]  # those of the posts that are stood in for
    heads: frozenset[tuple[str, int]]  # those of the posts that head their office
    last_hash: str
    last_action: str
    earlier: int | None  # the event that was written under the same key


def hold(*, region: Region, reference: str, key: str, user: User | None, now: datetime | None = None) -> Held:
    """Return the case `reference`, its row locked where the database can: the first lock of any action.

    `key` is the command's, `user` whose posts are asked for, as they are at `now`. Raises
    `Case.DoesNotExist`. What hangs on the case is read by statements of their own after the one that
    waits for the row, so that it is as new as the row.
    """
    if not scope.covers(region):
        raise Case.DoesNotExist
    lock, case_is = _database().features.has_select_for_no_key_update, (region.pk, reference)
    asked: list[Statement] = [
        (_held(lock), case_is),
        (_EVENTS, (*case_is, *case_is, *case_is, key)),
        (_TASKS, (*case_is, *case_is)),
        (_CORRECTION, case_is),
    ]
    if user is not None and user.is_active:
        asked.append(posts.held(region, user))
        asked.append(posts.standing_in(region, user, on=standins.today(region, now)))
    locked, events, tasks, correction, *found = together(*asked)
    if _torn(locked):
        locked, events, tasks, correction, *found = together(*asked)
    if not locked.rows:
        raise Case.DoesNotExist
    case = _case(region, locked.rows[0])
    last = next(row for row in events.rows if row[1] == case.revision)
    capacities = posts.capacities([result.rows for result in found], case.version.key)
    return Held(
        case=case,
        tasks=tuple(OpenTask(*row[:6]) for row in tasks.rows if not row[6]),
        decided=tuple(Decided(row[1], row[3], *row[6:9]) for row in tasks.rows if row[6]),
        corrections=_questions(correction.rows),
        posts=capacities.posts,
        standins=capacities.standins,
        heads=capacities.heads,
        last_hash=last[3],
        last_action=last[4],
        earlier=next((row[0] for row in events.rows if row[2] == key), None),
    )


def changing(case: Case, names: Sequence[str], *, revision: int) -> Statement:
    """Return the statement that writes these columns of `case`, unless the row left `revision`."""
    sql, taken = _changing(tuple(names))
    return sql, [*_values(case, taken), case.region_id, case.pk, revision]


def closing(case: Case, ids: Sequence[int], *, by: int | None, at: Any) -> Statement:
    """Return the statement that closes tasks of the case."""
    at = _CLOSED_AT.get_db_prep_save(at, _database())
    places = ", ".join(["%s"] * len(ids))
    sql = f"UPDATE {Task._meta.db_table} SET closed_at = %s, closed_by_id = %s WHERE case_id = %s"  # noqa: S608 - names only
    return f"{sql} AND id IN ({places})", [at, by, case.pk, *ids]


def inserting(rows: Sequence[Model]) -> Statement:
    """Return the statement that inserts rows of one model and gives their ids back, in their order."""
    sql, one, taken = _insert(type(rows[0]))
    values = [value for row in rows for value in _values(row, taken)]
    return f"{sql} VALUES {', '.join([one] * len(rows))} RETURNING id", values


def together(*statements: Statement) -> list[Result]:
    """Run statements in this order; our backends know how the database takes them with least ado."""
    database: Any = _database()
    return [Result(rows, touched) for rows, touched in database.together(statements)]


def _database() -> BaseDatabaseWrapper:
    """Return this thread's connection itself: asking the proxy for each column costs more than the column."""
    return connections[DEFAULT_DB_ALIAS]


@lru_cache(maxsize=2)
def _held(lock: bool) -> str:
    parts = (("c", _CASE), ("v", _VERSION), ("o", _OFFICE))
    columns = [f"{alias}.{_quoted(field)}" for alias, shape in parts for field in shape.fields]
    return (
        f"SELECT {', '.join(columns)} FROM {_CASES} c "  # noqa: S608 - names only
        f"JOIN {ModuleVersion._meta.db_table} v ON v.id = c.version_id "
        f"LEFT JOIN {Region._meta.db_table} o ON o.id = c.office_id "
        f"WHERE c.region_id = %s AND c.reference = %s{' FOR NO KEY UPDATE OF c' if lock else ''}"
    )


def _torn(locked: Result) -> bool:
    """Tell whether the case has to be read once more: beside it stand a version or office it no longer has.

    Whoever waited for the row gets it as it is now, beside what belonged to it before: PostgreSQL reads
    only the locked table anew. Another version leaves no row at all, another office an empty one.
    """
    office, second = _CASE.names.index("office_id"), len(_CASE.fields) + len(_VERSION.fields)
    return not locked.rows or locked.rows[0][office] != locked.rows[0][second]


def _case(region: Region, row: tuple[Any, ...]) -> Case:
    first, second = len(_CASE.fields), len(_CASE.fields) + len(_VERSION.fields)
    case: Case = _CASE.row(row[:first])
    case.region = region
    case.version = _version(row[first:second])
    if case.office_id is not None:
        case.office = region if case.office_id == region.pk else _OFFICE.row(row[second:])
    return case


@lru_cache(maxsize=256)
def _version(row: tuple[Any, ...]) -> ModuleVersion:
    """Return the version with these values, the same instance each time: what is published never changes."""
    found: ModuleVersion = _VERSION.row(row)
    return found


@lru_cache(maxsize=64)
def _changing(names: tuple[str, ...]) -> tuple[str, Taken]:
    fields = [_FIELDS[name] for name in names]
    columns = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    where = "WHERE region_id = %s AND id = %s AND revision = %s"
    return f"UPDATE {_CASES} SET {columns} {where}", _taken(fields)  # noqa: S608 - names only


def _taken(fields: Sequence[Field[Any, Any]]) -> Taken:
    """Return the attributes of these columns, and who prepares the value where it is no text or number."""
    return [(field.attname, None if isinstance(field, _AS_THEY_ARE) else field) for field in fields]


def _values(row: Model, taken: Taken) -> list[Any]:
    """Return the values as the database takes them."""
    database = _database()
    return [
        getattr(row, name) if field is None else field.get_db_prep_save(getattr(row, name), database)
        for name, field in taken
    ]


def _questions(rows: list[tuple[Any, ...]]) -> tuple[str, ...]:
    return tuple(_CORRECTED.row(rows[0]).fields) if rows else ()


def _quoted(field: Field[Any, Any]) -> str:
    return _database().ops.quote_name(str(field.column))


@lru_cache(maxsize=8)
def _insert(model: type[Model]) -> tuple[str, str, Taken]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(_quoted(field) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {model._meta.db_table} ({columns})", f"({places})", _taken(fields)
