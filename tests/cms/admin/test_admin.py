"""What an operator may repair in Django's admin, and what stays out of reach there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.modules.models import Installation, ModuleVersion
from runtime.regions import scope
from runtime.regions.models import Membership, Region, Role, User
from tests import factories
from tests.conftest import ClientOn

ADMIN = "/django-admin"


@pytest.fixture
def root(db: None) -> User:
    return factories.person("admin", is_staff=True, is_superuser=True)


@pytest.fixture
def root_at(tangerang: Region, root: User, client_on: ClientOn) -> Client:
    return client_on(tangerang, root, HTTP_ACCEPT_LANGUAGE="en")


def said(answer: Any) -> str:
    content: str = answer.content.decode()
    return content


class TestDoor:
    def test_opens_for_superusers_only(self, tangerang: Region, root_at: Client, client_on: ClientOn) -> None:
        assert root_at.get(f"{ADMIN}/").status_code == 200
        staff = factories.person("pegawai", is_staff=True)
        assert client_on(tangerang, staff).get(f"{ADMIN}/").status_code == 302


class TestRegions:
    def values(self, **changes: Any) -> dict[str, Any]:
        usual = {"key": "serang", "kind": "city", "name": "Kota Serang", "host": "serang.localhost"}
        rest = {"short_code": "SRG", "code": "36.73", "timezone": "Asia/Jakarta", "theme": "{}", "parent": ""}
        return usual | rest | changes

    def test_are_added_by_the_rules_of_the_command(self, root_at: Client) -> None:
        assert root_at.post(f"{ADMIN}/regions/region/add/", self.values()).status_code == 302
        serang = Region.objects.get(key="serang")
        with scope.use(serang):
            assert Role.objects.filter(key="administrator").exists()
        again = root_at.post(
            f"{ADMIN}/regions/region/add/", self.values(key="lain", host="lain.localhost", short_code="TNG")
        )
        assert "already those of" in said(again)
        assert not Region.objects.filter(key="lain").exists()

    def test_get_the_tenant_above_them(self, tangerang: Region, root_at: Client) -> None:
        values = self.values(key="dlh", kind="agency", host="", short_code="", code="", parent=tangerang.pk)
        assert root_at.post(f"{ADMIN}/regions/region/add/", values).status_code == 302
        assert Region.objects.get(key="dlh").tenant == tangerang

    def test_take_their_offices_along_to_another_clock_but_keep_key_and_site(
        self, tangerang: Region, root_at: Client
    ) -> None:
        address = f"{ADMIN}/regions/region/{tangerang.pk}/change/"
        values = self.values(key="lain", kind="village", host="baru.localhost", timezone="Asia/Jayapura")
        assert root_at.post(address, values).status_code == 302
        tangerang.refresh_from_db()
        assert (tangerang.key, tangerang.kind, tangerang.host) == ("tangerang", "city", "baru.localhost")
        assert set(Region.objects.values_list("timezone", flat=True)) == {"Asia/Jayapura"}

    def test_keep_their_site(self, tangerang: Region, root_at: Client) -> None:
        address = f"{ADMIN}/regions/region/{tangerang.pk}/change/"
        assert root_at.post(address, self.values(host="", short_code="")).status_code == 200
        tangerang.refresh_from_db()
        assert tangerang.host == "tangerang.localhost"

    def test_with_anything_in_them_are_not_deleted(
        self, tangerang: Region, poso: Region, outsider: User, root_at: Client
    ) -> None:
        office = Region.objects.get(key="bukit-bambu")
        for region in (tangerang, poso, office):
            address = f"{ADMIN}/regions/region/{region.pk}/delete/"
            assert root_at.post(address, {"post": "yes"}).status_code == 403
        assert Region.objects.filter(pk__in=[tangerang.pk, poso.pk, office.pk]).count() == 3

    def test_added_by_mistake_are_deleted_from_any_host(self, root_at: Client) -> None:
        root_at.post(f"{ADMIN}/regions/region/add/", self.values())
        serang = Region.objects.get(key="serang")
        answer = root_at.post(f"{ADMIN}/regions/region/{serang.pk}/delete/", {"post": "yes"})
        assert answer.status_code == 302
        assert not Region.objects.filter(key="serang").exists()


class TestPosts:
    def test_get_the_region_of_the_host(
        self, tangerang: Region, village: Region, head: User, citizen: User, root_at: Client
    ) -> None:
        with scope.use(tangerang):
            role = Role.objects.get(key="village_head")
        values = {"user": citizen.pk, "role": role.pk, "office": village.pk}
        assert root_at.post(f"{ADMIN}/regions/membership/add/", values).status_code == 302
        with scope.use(tangerang):
            assert Membership.objects.get(user=citizen).region == tangerang

    def test_offer_no_role_or_office_of_another_region_and_none_that_reaches_too_far(
        self, tangerang: Region, poso: Region, village: Region, clerk: User, outsider: User, root_at: Client
    ) -> None:
        with scope.use(poso):
            theirs = Role.objects.get(key="village_head")
        with scope.use(tangerang):
            builder = Role.objects.get(key="builder")
        there = Region.objects.get(key="bukit-bambu")
        for role, office in ((theirs, village), (builder, there), (builder, village)):
            values = {"user": outsider.pk, "role": role.pk, "office": office.pk}
            assert root_at.post(f"{ADMIN}/regions/membership/add/", values).status_code == 200
        with scope.everywhere("the test counts"):
            assert Membership.objects.filter(user=outsider).count() == 1

    def test_taken_away_end_the_stand_in_of_their_holder(
        self, tangerang: Region, village: Region, head: User, root_at: Client
    ) -> None:
        rows = [factories.standin(factories.staff("clerk", village), "village_head", village, head)]
        with scope.use(tangerang):
            post = Membership.objects.get(user=head)
        assert (
            root_at.post(f"{ADMIN}/regions/membership/{post.pk}/delete/", {"post": "yes"}).status_code == 302
        )
        with scope.use(tangerang):
            assert not Membership.objects.filter(user=head).exists()
            rows[0].refresh_from_db()
        assert rows[0].ended_at is not None

    def test_of_another_region_do_not_exist(self, poso: Region, outsider: User, root_at: Client) -> None:
        with scope.use(poso):
            post = Membership.objects.get(user=outsider)
        answer = root_at.get(f"{ADMIN}/regions/membership/{post.pk}/change/")
        assert answer.status_code == 302  # Django's way of saying that there is none
        assert answer["Location"] == f"{ADMIN}/"


class TestRoles:
    def test_have_titles_and_a_key_once(self, tangerang: Region, poso: Region, root_at: Client) -> None:
        values = {"key": "loket", "title_id": "Petugas loket", "title_en": "Counter officer"}
        assert root_at.post(f"{ADMIN}/regions/role/add/", values).status_code == 302
        with scope.use(tangerang):
            role = Role.objects.get()
        assert role.title == {"id": "Petugas loket", "en": "Counter officer"}
        assert "already has a role" in said(root_at.post(f"{ADMIN}/regions/role/add/", values))
        change = {"title_id": "Loket", "title_en": ""}
        assert root_at.post(f"{ADMIN}/regions/role/{role.pk}/change/", change).status_code == 302
        with scope.use(tangerang):
            assert Role.objects.get().title == {"id": "Loket"}


class TestAccounts:
    def test_are_switched_off_and_never_deleted(self, citizen: User, root_at: Client) -> None:
        address = f"{ADMIN}/regions/user/{citizen.pk}"
        assert root_at.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
        values = {"username": "warga", "first_name": "Warga", "last_name": "", "email": citizen.email}
        assert root_at.post(f"{address}/change/", values).status_code == 302
        citizen.refresh_from_db()
        assert not citizen.is_active


class TestServices:
    def test_change_their_state_and_nothing_else(self, tangerang: Region, root_at: Client) -> None:
        offered = factories.installed(tangerang)
        address = f"{ADMIN}/modules/installation/{offered.pk}"
        assert root_at.post(f"{address}/change/", {"state": "paused", "key": "lain"}).status_code == 302
        with scope.use(tangerang):
            now = Installation.objects.get()
            version = ModuleVersion.objects.get()
        assert (now.state, now.key) == ("paused", "surat-domisili")
        assert root_at.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
        assert root_at.get(f"{ADMIN}/modules/installation/add/").status_code == 403
        document = f"{ADMIN}/modules/moduleversion/{version.pk}/change/"
        assert root_at.get(document).status_code == 200
        assert root_at.post(document, {"document": "{}"}).status_code == 403


class TestParked:
    def park(self, region: Region) -> EffectRun:
        values: dict[str, Any] = {"case_id": 1, "event_n": 1, "type": "mail", "dedupe": f"x-{region.pk}"}
        with scope.use(region):
            row = effects.enqueue(
                region=region, payload={"to": "rahasia@warga.id"}, now=timezone.now(), **values
            )
            EffectRun.objects.filter(pk=row.pk).update(state="failed", attempts=5, last_error="no route")
        return row

    def test_are_seen_without_their_contents_and_tried_again(
        self, tangerang: Region, poso: Region, root_at: Client
    ) -> None:
        mine, theirs = self.park(tangerang), self.park(poso)
        address = f"{ADMIN}/effects/effectrun/"
        page = said(root_at.get(address)) + said(root_at.get(f"{address}{mine.pk}/change/"))
        assert "no route" in page
        assert "rahasia@warga.id" not in page
        chosen = {"action": "try_again", "_selected_action": [mine.pk, theirs.pk]}
        assert root_at.post(address, chosen).status_code == 302
        with scope.everywhere("the test looks at both regions"):
            states = dict(EffectRun.objects.values_list("pk", "state"))
        assert states == {mine.pk: "new", theirs.pk: "failed"}
