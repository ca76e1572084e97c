"""The wall: a query on a region's rows outside a scope raises, whichever way it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django_scopes.exceptions import ScopeError

from runtime.regions import rls, scope
from runtime.regions.models import Region, Role

pytestmark = pytest.mark.django_db

WAYS: dict[str, Callable[[Any], Any]] = {
    "all": lambda rows: list(rows.all()),
    "filter": lambda rows: list(rows.filter(key="loket")),
    "exclude": lambda rows: list(rows.exclude(key="loket")),
    "exists": lambda rows: rows.exists(),
    "contains": lambda rows: rows.contains(Role(pk=1)),
    "count": lambda rows: rows.count(),
    "aggregate": lambda rows: rows.aggregate(),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "values": lambda rows: list(rows.values("key")),
    "iterator": lambda rows: list(rows.iterator()),
    "select_related": lambda rows: list(rows.select_related("region")),
    "distinct": lambda rows: list(rows.distinct()),
    "defer": lambda rows: list(rows.defer("title")),
    "extra": lambda rows: list(rows.extra(where=["1=1"])),
    "raw": lambda rows: list(rows.raw("SELECT * FROM regions_role")),
    "explain": lambda rows: rows.explain(),
    "update": lambda rows: rows.update(key="x"),
    "delete": lambda rows: rows.get_queryset().delete(),
    "bulk_update": lambda rows: rows.bulk_update([Role(pk=1, key="x")], ["key"]),
    "bulk_create": lambda rows: rows.bulk_create([Role(region_id=1, key="x")]),
    "update_or_create": lambda rows: rows.update_or_create(key="x"),
}


class TestOutsideAScope:
    @pytest.mark.parametrize("way", WAYS)
    def test_every_way_of_asking_raises(self, way: str, tangerang: Region) -> None:
        with pytest.raises(ScopeError):
            WAYS[way](Role.objects)


class TestEveryScopedModel:
    def test_is_closed_outside_a_scope(self) -> None:
        for model in rls.scoped_models():
            with pytest.raises(ScopeError):
                model._default_manager.exists()


class TestUse:
    def test_shows_the_rows_of_one_region_and_closes_again(self, tangerang: Region, poso: Region) -> None:
        for region in (tangerang, poso):
            with scope.use(region):
                Role.objects.create(region=region, key="loket", title={})
        with scope.use(tangerang):
            assert [role.region_id for role in Role.objects.all()] == [tangerang.pk]
            with scope.use(poso):
                assert [role.region_id for role in Role.objects.all()] == [poso.pk]
            assert scope.current() == str(tangerang.pk)
        with pytest.raises(ScopeError):
            list(Role.objects.all())

    def test_closes_after_an_error(self, tangerang: Region) -> None:
        with pytest.raises(ZeroDivisionError), scope.use(tangerang):
            raise ZeroDivisionError
        assert scope.current() == scope.NOWHERE


class TestEverywhere:
    def test_shows_all_and_needs_a_reason(self, tangerang: Region, poso: Region) -> None:
        for region in (tangerang, poso):
            with scope.use(region):
                Role.objects.create(region=region, key="loket", title={})
        with scope.everywhere("the test asks"):
            assert Role.objects.count() == 2
        with pytest.raises(AssertionError), scope.everywhere(""):
            pass
