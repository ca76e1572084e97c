"""A module looks its lists up in its region: rows in the document, rows of editions, one query each."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from runtime.datasets import reading, services, tables
from runtime.regions import scope
from runtime.regions.models import Region
from schemas.definition import Dataset, Option, Text
from tests import factories

INLINE = Dataset("kelas", {"fee": "money"}, (Option("A", Text((("id", "A"),)), cells={"fee": 5}),))
NAMED = Dataset("usaha", {"sektor": "text"}, source="kbli", edition="2025")
KBLI = "value;label;label:en;sektor\n1;Warung;Food stall;dagang\n2;Bengkel;Workshop;jasa\n3;Salon;;jasa\n"


def loaded(region: Region, content: str = KBLI) -> None:
    with scope.use(region):
        services.import_edition(
            region=region,
            key="kbli",
            title={"id": "KBLI"},
            edition="2025",
            reading=reading.read(content.encode()),
            by=None,
            now=timezone.now(),
        )


def of(region: Region) -> tables.RegionTables:
    return tables.RegionTables(region.pk, {"kelas": INLINE, "usaha": NAMED})


def sector(lists: tables.RegionTables, value: str) -> Any:
    return (lists.row("usaha", value) or {}).get("sektor")


class TestRegionTables:
    def test_find_rows_in_the_document(self, tangerang: Region) -> None:
        assert of(tangerang).row("kelas", "A") == {"fee": 5}
        assert of(tangerang).row("kelas", "B") is None
        assert of(tangerang).row("tiada", "A") is None

    def test_find_rows_of_an_edition(self, tangerang: Region) -> None:
        loaded(tangerang)
        with scope.use(tangerang):
            assert sector(of(tangerang), "2") == "jasa"
            option = of(tangerang).option("usaha", "1")
            assert option is not None
            assert (option.label.say("id"), option.label.say("en")) == ("Warung", "Food stall")
            found = of(tangerang).options("usaha", cells={"sektor": ("jasa",)}, limit=5)
            assert [each.value for each in found] == ["2", "3"]

    def test_find_what_a_region_above_shares(self, tangerang: Region) -> None:
        province = factories.tenant("banten", kind=Region.Kind.PROVINCE)
        Region.objects.filter(pk=tangerang.pk).update(parent=province)
        loaded(province)
        with scope.use(tangerang):
            assert sector(of(tangerang), "3") == "jasa"

    def test_find_nothing_where_the_list_is_missing_until_it_is_there(
        self, tangerang: Region, poso: Region
    ) -> None:
        loaded(poso)
        with scope.use(tangerang):
            here = of(tangerang)
            assert here.row("usaha", "1") is None
            assert here.options("usaha", limit=5) == ()
            loaded(tangerang)
            assert sector(here, "1") == "dagang"

    def test_ask_once_for_each_row(self, tangerang: Region, django_assert_num_queries) -> None:
        loaded(tangerang, KBLI + "once;Sekali;;x\n")
        with scope.use(tangerang):
            here = of(tangerang)
            here.row("usaha", "1")
            with django_assert_num_queries(1):
                here.row("usaha", "once")
            with django_assert_num_queries(0):
                assert sector(here, "once") == "x"

    def test_never_mistake_one_edition_for_another(self, tangerang: Region, poso: Region) -> None:
        loaded(tangerang)
        loaded(poso, "value;label;sektor\n1;Lain;pertanian\n")
        with scope.use(tangerang):
            assert sector(of(tangerang), "1") == "dagang"
        with scope.use(poso):
            assert sector(of(poso), "1") == "pertanian"
