"""A query that every request asks: compiled to SQL once, asked again with other values.

Building and compiling a query costs Django many times what the database needs to answer it. The rows
come back as the same model instances; the wall between regions holds here as it does in `scope`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
class Prepared(Generic[Row]):
    """One row at most, found by values that `rows` names: `Prepared(lambda late: ….filter(key=late("key")))`.

    No related rows, no annotations. Rows of a tenant must be asked for by `region`; outside its scope
    that raises, or finds nothing.
    """

    rows: Callable[[Late], models.QuerySet[Row]]

    def first(self, *, region: Region | None = None, **values: str | int) -> Row | None:
        """Return the row, None where there is none."""
        compiled = self._compiled
        if compiled.scoped:
            if region is None:
                raise TypeError("Rows of a tenant are asked for by region.")
            if not scope.covers(region):
                return None
        if region is not None:
            values["region"] = region.pk
        return compiled.first(values)

    @cached_property
    def _compiled(self) -> _Compiled[Row]:
        with scope.everywhere("compiled for every region; first() looks at the scope"):
            return _Compiled(self.rows(_Late)[:1])


class _Compiled(Generic[Row]):
    """The SQL of a query, and how its rows become instances."""

    def __init__(self, queryset: models.QuerySet[Row]) -> None:
        self.model = queryset.model
        self.scoped = issubclass(self.model, scope.ScopedModel)
        self.using = queryset.db
        compiler = queryset.query.get_compiler(self.using)
        self.sql, self.params = compiler.as_sql()
        found = [column for column, _sql, _alias in compiler.select]
        self.names = [column.target.attname for column in found]
        self.converters = compiler.get_converters(found)

    def first(self, values: dict[str, str | int]) -> Row | None:
        params = [values[param.name] if isinstance(param, _Late) else param for param in self.params]
        connection = connections[self.using]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            row = cursor.fetchone()
        if row is None:
            return None
        whole = list(row)
        for at, (convert, expression) in self.converters.items():
            for converter in convert:
                whole[at] = converter(whole[at], expression, connection)
        return self.model.from_db(self.using, self.names, whole)
