"""The one wall between regions: a query on a tenant's rows outside a scope raises.

`use(region)` opens the scope of one region, `everywhere(reason)` is the named way past the wall for
system jobs. Both are per thread of work and nest. The database wall (row-level security) reads
`current()`; it knows nothing of requests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models.lookups import Exact
from django_scopes import ScopedManager, scope, scopes_disabled
from django_scopes.exceptions import ScopeError
from django_scopes.manager import DisabledQuerySet

from runtime.regions.current import EVERYWHERE, NOWHERE, current
from runtime.regions.current import region as _current

if TYPE_CHECKING:
    from runtime.regions.models import Region

__all__ = ["EVERYWHERE", "NOWHERE", "ScopedModel", "chosen", "covers", "current", "everywhere", "rows", "use"]


@contextmanager
def use(region: Region) -> Iterator[None]:
    """Let queries see the rows of `region` only."""
    token = _current.set(str(region.pk))
    try:
        with scope(region=region):
            yield
    finally:
        _current.reset(token)


@contextmanager
def everywhere(reason: str) -> Iterator[None]:
    """Let queries see the rows of every region. `reason` says why, for the reader of the code."""
    assert reason
    token = _current.set(EVERYWHERE)
    try:
        with scopes_disabled():
            yield
    finally:
        _current.reset(token)


def covers(region: Region) -> bool:
    """Tell whether rows of `region` are in scope; raise outside a scope. For SQL written by hand."""
    if (seen := current()) == NOWHERE:
        raise ScopeError("A scope on dimension region needs to be active for this query.")
    return seen in (EVERYWHERE, str(region.pk))


class ClosedRows(DisabledQuerySet):
    """What a query is outside a scope: also the ways of asking that the library leaves open raise."""

    exists = DisabledQuerySet.error
    explain = DisabledQuerySet.error
    bulk_create = DisabledQuerySet.error


def rows(manager: type[models.Manager[Any]] = models.Manager) -> Any:
    """Return a manager that sees the rows of the region in scope and raises outside a scope."""
    scoped = type(ScopedManager(region="region", _manager_class=manager))

    class Rows(scoped):  # type: ignore[valid-type, misc]  # a base that is made at run time
        def get_queryset(self) -> Any:
            found = super().get_queryset()
            if isinstance(found, DisabledQuerySet):
                return ClosedRows(self.model, using=self._db, missing_scopes=found.missing_scopes)
            return found

    return Rows()


def chosen(model: type[ScopedModel], region: Region, ids: Any) -> models.QuerySet[Any, Any]:
    """Return those rows of `region` that have one of the ids, found by these.

    Asked for as it is stored, the region would lead SQLite through all of its rows: it keeps no statistics.
    """
    where = models.ExpressionWrapper(models.F("region_id") + 0, output_field=models.BigIntegerField())
    return model._base_manager.filter(Exact(where, region.pk), pk__in=ids)


class ScopedModel(models.Model):
    """A row that belongs to one region; a subclass has the foreign key `region`."""

    objects: ClassVar[Any] = rows()

    class Meta:
        abstract = True
