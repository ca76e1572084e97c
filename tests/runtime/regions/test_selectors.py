"""Posts, offices and the nearest holder of a role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django_scopes.exceptions import ScopeError

from runtime.regions import scope, selectors
from runtime.regions.models import Region, User
from tests import factories


class TestPosts:
    def test_are_those_of_the_region_only(
        self, tangerang: Region, poso: Region, village: Region, head: User
    ) -> None:
        with scope.use(tangerang):
            assert selectors.posts(tangerang, head) == {("village_head", village.pk)}
        with scope.use(poso):
            assert selectors.posts(poso, head) == frozenset()

    def test_end_when_the_person_is_deactivated(self, tangerang: Region, head: User) -> None:
        head.is_active = False
        head.save()
        with scope.use(tangerang):
            assert selectors.posts(tangerang, head) == frozenset()
            assert selectors.posts(tangerang, AnonymousUser()) == frozenset()

    def test_cannot_be_asked_outside_a_scope(self, tangerang: Region, head: User) -> None:
        with pytest.raises(ScopeError):
            selectors.posts(tangerang, head)


class TestOffices:
    def test_are_the_tenants_own_and_of_the_kinds_asked_for(
        self, tangerang: Region, poso: Region, village: Region
    ) -> None:
        assert {office.key for office in selectors.offices(tangerang)} == {
            "sukasari",
            "tangerang-kecamatan",
        }
        assert [o.key for o in selectors.offices(tangerang, [Region.Kind.VILLAGE])] == ["sukasari"]

    def test_are_not_found_by_the_key_of_another_region(self, tangerang: Region, poso: Region) -> None:
        assert selectors.office_by_key(tangerang, "sukasari") is not None
        assert selectors.office_by_key(tangerang, "tangerang") == tangerang
        assert selectors.office_by_key(tangerang, "bukit-bambu") is None


class TestNearestHolder:
    def test_climbs_from_the_office_to_the_tenant(self, tangerang: Region, village: Region) -> None:
        with scope.use(tangerang):
            assert selectors.nearest_holder(tangerang, "section_head", village) is None
            factories.staff("section_head", tangerang)
            assert selectors.nearest_holder(tangerang, "section_head", village) == tangerang
            assert village.parent is not None
            factories.staff("section_head", village.parent)
            assert selectors.nearest_holder(tangerang, "section_head", village) == village.parent

    def test_does_not_count_people_who_left(self, tangerang: Region, village: Region, head: User) -> None:
        with scope.use(tangerang):
            assert selectors.nearest_holder(tangerang, "village_head", village) == village
            User.objects.filter(pk=head.pk).update(is_active=False)
            assert selectors.nearest_holder(tangerang, "village_head", village) is None
