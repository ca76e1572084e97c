"""A query that every request asks: compiled to SQL once, asked again with other values.

Building and compiling a query costs Django many times what the database needs to answer it. What comes back
is what the ORM would give; the wall between regions holds here as it does in `scope`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from runtime.regions import scope
from runtime.regions.models import Region

Row = TypeVar("Row", bound=models.Model)
Late = Callable[[str], Any]


class _Late(Expression):
    """A value that is known only when the query is asked; given as the database takes it."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=models.TextField())
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        """Leave a place for the value."""
        return "%s", [self]


@dataclass(frozen=True)
class _Asked(Generic[Row]):
    """A query by values that `rows` names: `lambda late: ….filter(key=late("key"))`.

    No annotations. Rows of a tenant must be asked for by `region`; outside its scope that raises, or
    finds nothing.
    """

    rows: Callable[[Late], models.QuerySet[Row, Any]]

    def _found(self, region: Region | None, values: dict[str, Any], most: int | None) -> list[list[Any]]:
        compiled = self._compiled
        if compiled.scoped:
            if region is None:
                raise TypeError("Rows of a tenant are asked for by region.")
            if not scope.covers(region):
                return []
        if region is not None:
            values["region"] = region.pk
        return compiled.rows(values, most)

    @cached_property
    def _compiled(self) -> _Compiled:
        with scope.everywhere("compiled for every region; _found() looks at the scope"):
            return _Compiled(self._limited(self.rows(_Late)))

    def _limited(self, rows: models.QuerySet[Row, Any]) -> models.QuerySet[Row, Any]:
        return rows


class Prepared(_Asked[Row]):
    """One row at most, as an instance; no related rows."""

    def first(self, *, region: Region | None = None, **values: str | int) -> Row | None:
        """Return the row, None where there is none."""
        for row in self._found(region, values, 1):
            model: type[Row] = self._compiled.model
            return model.from_db(self._compiled.using, self._compiled.names, row)
        return None

    def _limited(self, rows: models.QuerySet[Row, Any]) -> models.QuerySet[Row, Any]:
        return rows[:1]


class PreparedValues(_Asked[Row]):
    """All rows, as what `values_list` names of them and of rows related to them, in that order."""

    def all(self, *, region: Region | None = None, **values: str | int | date) -> list[tuple[Any, ...]]:
        """Return what is found; a day among the values is written as the database takes it."""
        return [tuple(row) for row in self._found(region, values, None)]


class _Compiled:
    """The SQL of a query, and how what it finds becomes values of Python."""

    def __init__(self, queryset: models.QuerySet[Any, Any]) -> None:
        self.model = queryset.model
        self.scoped = issubclass(self.model, scope.ScopedModel)
        self.using = queryset.db
        compiler = queryset.query.get_compiler(self.using)
        self.sql, self.params = compiler.as_sql()
        found = [column for column, _sql, _alias in compiler.select]
        self.names = [column.target.attname for column in found]
        self.converters = compiler.get_converters(found)

    def rows(self, values: dict[str, Any], most: int | None) -> list[list[Any]]:
        connection = connections[self.using]
        given = {name: _adapted(connection, value) for name, value in values.items()}
        params = [given[param.name] if isinstance(param, _Late) else param for param in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = [cursor.fetchone()] if most == 1 else cursor.fetchall()
        return [self._converted(connection, row) for row in found if row is not None]

    def _converted(self, connection: Any, row: Sequence[Any]) -> list[Any]:
        whole = list(row)
        for at, (convert, expression) in self.converters.items():
            for converter in convert:
                whole[at] = converter(whole[at], expression, connection)
        return whole


def _adapted(connection: Any, value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
