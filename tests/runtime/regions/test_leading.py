"""A head leads the office and those below it, within the region; agencies stand beside."""

from __future__ import annotations

from typing import Any

from runtime.regions import leading, scope, selectors
from runtime.regions.models import Region, Role, User
from tests import factories


def led(region: Region, *heads: Region) -> set[str]:
    found = leading.below(region, {head.pk for head in heads})
    return {Region.objects.get(pk=office).key for _head, office in found}


class TestBelow:
    def test_is_the_office_and_what_lies_under_it(self, tangerang: Region, village: Region) -> None:
        district = village.parent
        assert district is not None
        other = factories.office(tangerang, "cipondoh-kecamatan", Region.Kind.DISTRICT)
        factories.office(other, "cipondoh")
        assert led(tangerang, village) == {"sukasari"}
        assert led(tangerang, district) == {"tangerang-kecamatan", "sukasari"}
        assert led(tangerang, other, village) == {"cipondoh-kecamatan", "cipondoh", "sukasari"}
        assert len(led(tangerang, tangerang)) == 5

    def test_leads_neither_into_an_agency_nor_out_of_one(self, tangerang: Region, village: Region) -> None:
        agency = factories.office(tangerang, "dinas", Region.Kind.AGENCY)
        factories.office(agency, "unit", Region.Kind.AGENCY)
        factories.office(agency, "rawa")
        factories.office(village, "puskesmas", Region.Kind.AGENCY)
        assert led(tangerang, agency) == {"dinas", "unit"}
        assert led(tangerang, tangerang) == {"tangerang", "tangerang-kecamatan", "sukasari"}

    def test_ends_at_the_border_of_the_region(self, tangerang: Region, poso: Region) -> None:
        Region.objects.filter(pk=poso.pk).update(parent=tangerang)  # in the tree, with a site of its own
        assert led(tangerang, tangerang) == {"tangerang", "tangerang-kecamatan", "sukasari"}
        assert led(tangerang, poso) == set()

    def test_ends_where_the_tree_goes_in_a_ring(self, tangerang: Region, village: Region) -> None:
        Region.objects.filter(pk=village.parent_id).update(parent=village)
        assert led(tangerang, village) == {"sukasari", "tangerang-kecamatan"}

    def test_is_one_question_and_none_for_nobody(
        self, tangerang: Region, village: Region, django_assert_num_queries: Any
    ) -> None:
        for n in range(20):
            factories.office(village, f"rw-{n}")
        with django_assert_num_queries(1):
            assert len(leading.below(tangerang, {tangerang.pk, village.pk})) == 44
        with django_assert_num_queries(0):
            assert leading.below(tangerang, ()) == frozenset()


class TestHeaded:
    def test_keeps_apart_who_heads_for_some_services_only(
        self, tangerang: Region, village: Region, head: User
    ) -> None:
        deputy = factories.staff("guard", village, "wakil")
        district = village.parent
        assert district is not None
        factories.standin(deputy, "chief", district, modules=",izin,")
        with scope.use(tangerang):
            Role.objects.filter(key="chief").update(heads=True)
            held = selectors.capacities(tangerang, deputy)
            assert leading.headed(tangerang, held) == frozenset()
            assert leading.for_service(tangerang, held, "lain") == frozenset()
            assert leading.for_service(tangerang, held, "izin") == {
                (("chief", district.pk), office.pk) for office in (district, village)
            }
            assert selectors.in_charge(tangerang, deputy, village.pk, "izin")
            assert not selectors.in_charge(tangerang, deputy, village.pk, "lain")
            assert not selectors.in_charge(tangerang, deputy, tangerang.pk, "izin")
