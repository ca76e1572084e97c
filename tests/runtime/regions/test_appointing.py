"""Appointing a Plt. or Plh.: what is refused and why, what a day gives and takes, what ends what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from runtime.regions import appointing, scope, selectors, services
from runtime.regions.models import Membership, Region, Role, Substitution, User
from runtime.regions.refused import Refused
from tests import factories

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def day(number: int, month: int = 12) -> date:
    return date(2026, month, number)


@dataclass
class Office:
    """A village with its head, two others, and who appoints."""

    region: Region
    village: Region
    head: User
    secretary: User
    clerk: User

    def appoint(self, **changes: Any) -> Substitution:
        values: dict[str, Any] = {
            "kind": "plh",
            "role": Role.objects.get(key="village_head"),
            "office": self.village,
            "principal": self.head,
            "substitute": self.secretary,
            "from_on": day(1),
            "until_on": day(10),
            "basis": "800/17/2026",
        }
        wanted = appointing.Wanted(**(values | changes))
        return appointing.appoint(region=self.region, wanted=wanted, by=None, now=NOW)

    def refused(self, **changes: Any) -> str:
        before = Substitution.objects.count()
        with pytest.raises(Refused) as caught:
            self.appoint(**changes)
        assert Substitution.objects.count() == before
        assert caught.value.sentence.endswith(".")
        return caught.value.code

    def posts(self, user: User, number: int, month: int = 12, **more: Any) -> frozenset[tuple[str, int]]:
        at = datetime(2026, month, number, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
        return selectors.posts(self.region, user, on=at, **more)


@pytest.fixture
def office(tangerang: Region, village: Region, head: User) -> Iterator[Office]:
    secretary = factories.staff("secretary", village, "sekretaris")
    clerk = factories.staff("clerk", village, "loket")
    with scope.use(tangerang):
        yield Office(tangerang, village, head, secretary, clerk)


class TestAStandIn:
    def test_has_the_post_from_the_first_to_the_last_day_only(self, office: Office) -> None:
        office.appoint()
        post = ("village_head", office.village.pk)
        held = [number for number in range(1, 31) if post in office.posts(office.secretary, number)]
        assert held == list(range(1, 11))
        assert post not in office.posts(office.secretary, 30, 11)
        assert post in office.posts(office.head, 5)

    def test_counts_days_in_the_zone_of_the_region(self, office: Office) -> None:
        office.appoint()
        post = ("village_head", office.village.pk)
        late = datetime(2026, 11, 30, 17, 30, tzinfo=ZoneInfo("UTC"))  # 00.30 on 1 December there
        assert post in selectors.posts(office.region, office.secretary, on=late)
        over = datetime(2026, 12, 10, 17, 30, tzinfo=ZoneInfo("UTC"))
        assert post not in selectors.posts(office.region, office.secretary, on=over)

    def test_says_for_whom(self, office: Office) -> None:
        row = office.appoint()
        at = datetime(2026, 12, 2, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
        own, other = selectors.capacities(office.region, office.secretary, on=at)
        assert own.standin is None
        assert other.standin is not None
        assert (other.standin.id, other.standin.principal_id) == (row.pk, office.head.pk)
        assert other.standin.principal_name == office.head.get_full_name()
        assert other.said("id") == "Plh. village_head"

    def test_may_be_limited_to_some_services(self, office: Office) -> None:
        office.appoint(modules=["izin", "surat"])
        post = ("village_head", office.village.pk)
        assert post in office.posts(office.secretary, 2, module="izin")
        assert post not in office.posts(office.secretary, 2, module="zin")
        assert post not in office.posts(office.secretary, 2)

    def test_has_nothing_any_more_once_ended(self, office: Office) -> None:
        row = office.appoint(from_on=day(1, 11))
        assert len(office.posts(office.secretary, 23, 11)) == 2
        appointing.end(region=office.region, substitution=row, by=office.head, now=NOW)
        assert len(office.posts(office.secretary, 23, 11)) == 1
        with pytest.raises(Refused):
            appointing.end(region=office.region, substitution=row, by=office.head, now=NOW)

    def test_has_nothing_without_work_in_the_region(self, office: Office) -> None:
        office.appoint()
        Membership.objects.filter(user=office.secretary).delete()
        assert office.posts(office.secretary, 5) == frozenset()

    def test_never_administers(self, office: Office) -> None:
        boss = factories.staff("administrator", office.region, "pengelola")
        with pytest.raises(Refused):
            office.appoint(role=Role.objects.get(key="administrator"), office=office.region, principal=boss)
        factories.standin(office.secretary, "administrator", office.region, boss)
        assert not selectors.administers(office.region, office.secretary)


class TestAppoint:
    def test_refuses_oneself_strangers_and_the_switched_off(self, office: Office, outsider: User) -> None:
        assert office.refused(substitute=office.head) == "self"
        assert office.refused(substitute=outsider) == "stranger"
        User.objects.filter(pk=office.clerk.pk).update(is_active=False)
        office.clerk.refresh_from_db()
        assert office.refused(substitute=office.clerk) == "inactive"

    def test_refuses_days_that_cannot_be(self, office: Office) -> None:
        assert office.refused(from_on=day(11)) == "backwards"
        assert office.refused(from_on=day(1, 11), until_on=day(22, 11)) == "past"
        assert office.refused(until_on=None) == "no_end"

    def test_refuses_a_post_that_nobody_is_away_from(self, office: Office) -> None:
        assert office.refused(principal=office.clerk) == "not_holder"
        assert office.refused(principal=None) == "for_whom"
        again = factories.staff("village_head", office.village, "lurah2")
        assert office.refused(substitute=again) == "held"

    def test_refuses_another_regions_office(self, office: Office, poso: Region) -> None:
        assert office.refused(office=poso) == "elsewhere"

    def test_refuses_two_at_a_time_for_the_same_person_and_post(self, office: Office) -> None:
        office.appoint(modules=["izin"])
        assert office.refused(substitute=office.clerk, modules=["izin", "surat"]) == "overlap"
        assert office.refused(substitute=office.clerk, from_on=day(10), until_on=day(12)) == "overlap"
        assert office.appoint(substitute=office.clerk, modules=["surat"]).pk
        assert office.appoint(substitute=office.clerk, from_on=day(11), until_on=day(12)).pk

    def test_refuses_no_decree(self, office: Office) -> None:
        assert office.refused(basis=" ") == "basis"

    def test_keeps_a_plt_to_a_vacant_post_and_to_the_limit_of_the_region(self, office: Office) -> None:
        plt: dict[str, Any] = {"kind": "plt", "principal": None, "from_on": day(23, 11)}
        assert office.refused(**plt) == "not_vacant"
        Membership.objects.filter(user=office.head).delete()
        assert office.refused(**plt | {"until_on": date(2027, 2, 23)}) == "too_long"
        assert office.refused(**plt | {"until_on": None}) == "too_long"
        appointing.change_rules(region=office.region, by=None, plt_months=None, plt_source="")
        assert office.appoint(**plt | {"until_on": None}).until_on is None
        assert ("village_head", office.village.pk) in office.posts(office.secretary, 1)

    def test_takes_a_last_day_just_within_the_limit(self, office: Office) -> None:
        Membership.objects.filter(user=office.head).delete()
        made = office.appoint(
            kind="plt", principal=None, from_on=date(2026, 11, 30), until_on=date(2027, 2, 27)
        )
        assert made.pk


class TestChains:
    def test_let_one_substitute_be_replaced_within_their_time(self, office: Office) -> None:
        first = office.appoint()
        assert office.refused(substitute=office.clerk, through=first, until_on=day(11)) == "outside"
        second = office.appoint(substitute=office.clerk, through=first, from_on=day(3), until_on=day(4))
        assert (second.principal, second.through) == (office.head, first)
        assert factories.stood_in(second).replaced == {office.head.pk, office.secretary.pk}
        third = factories.staff("guard", office.village)
        dates = {"from_on": day(3), "until_on": day(4)}
        assert office.refused(substitute=third, through=second, **dates) == "chain"

    def test_are_counted_from_person_to_person_at_one_time(self, office: Office) -> None:
        secretary, clerk = Role.objects.get(key="secretary"), Role.objects.get(key="clerk")
        third = factories.staff("guard", office.village)
        office.appoint()
        office.appoint(role=secretary, principal=office.secretary, substitute=office.clerk)
        behind: dict[str, Any] = {"role": clerk, "principal": office.clerk, "substitute": third}
        assert office.refused(**behind) == "chain"
        assert office.appoint(**behind, from_on=day(11), until_on=day(12)).pk

    def test_are_no_circles(self, office: Office) -> None:
        secretary = Role.objects.get(key="secretary")
        office.appoint()
        back: dict[str, Any] = {"role": secretary, "principal": office.secretary, "substitute": office.head}
        assert office.refused(**back) == "circle"
        assert office.appoint(**back, from_on=day(11), until_on=day(12)).pk

    def test_end_with_what_they_rest_on(self, office: Office) -> None:
        first = office.appoint()
        second = office.appoint(substitute=office.clerk, through=first)
        appointing.end(region=office.region, substitution=first, by=None, now=NOW)
        second.refresh_from_db()
        assert second.ended_at == NOW


class TestTakingAPost:
    def test_ends_the_plh_of_its_holder(self, office: Office) -> None:
        row = office.appoint(until_on=day(30))
        held = Membership.objects.get(user=office.head)
        services.take_post(region=office.region, post=held, by=None)
        row.refresh_from_db()
        assert row.ended_at is not None

    def test_ends_what_somebody_who_leaves_stood_in_for(self, office: Office) -> None:
        row = office.appoint(until_on=day(30))
        services.take_post(region=office.region, post=Membership.objects.get(user=office.secretary), by=None)
        row.refresh_from_db()
        assert row.ended_at is not None


class TestHolders:
    def test_are_the_substitutes_and_not_those_who_are_away(self, office: Office) -> None:
        office.appoint(modules=["izin"])
        at = datetime(2026, 12, 2, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
        asked: dict[str, Any] = {"role_key": "village_head", "offices": [office.village.pk], "on": at}
        assert selectors.holders(office.region, module="izin", **asked) == [office.secretary.pk]
        assert selectors.holders(office.region, module="surat", **asked) == [office.head.pk]
        assert selectors.holders(office.region, **asked | {"on": NOW}, module="izin") == [office.head.pk]

    def test_leave_out_a_substitute_who_is_replaced(self, office: Office) -> None:
        office.appoint(substitute=office.clerk, through=office.appoint())
        at = datetime(2026, 12, 2, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
        found = selectors.holders(office.region, "village_head", [office.village.pk], on=at)
        assert found == [office.clerk.pk]

    def test_are_found_where_only_a_substitute_is(self, office: Office) -> None:
        Membership.objects.filter(user=office.head).delete()
        office.appoint(kind="plt", principal=None)
        at = datetime(2026, 12, 2, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
        assert (
            selectors.nearest_holder(office.region, "village_head", office.village, on=at) == office.village
        )
        assert selectors.nearest_holder(office.region, "village_head", office.village, on=NOW) is None


class TestTheTable:
    def test_takes_no_row_without_sense(self, office: Office) -> None:
        for wrong in ({"until_on": day(1, 11)}, {"kind": "plt"}, {"principal": office.secretary}):
            with pytest.raises(IntegrityError), transaction.atomic():
                values: dict[str, Any] = {"principal": office.head, **wrong}
                factories.standin(office.secretary, "village_head", office.village, **values)
