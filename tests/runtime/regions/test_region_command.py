"""`manage.py region`: what it makes, what it says about wrong input, and that nothing is half-done."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from runtime.regions import scope
from runtime.regions.models import Membership, Region, Role, User
from tests import factories

CITY = ("add", "tangerang", "--name", "Kota Tangerang", "--kind", "city")
SITE = ("--host", "tangerang.go.id", "--letters", "TNG")


def run(*words: str) -> str:
    output = StringIO()
    with override("en"):
        call_command("region", *words, stdout=output)
    return output.getvalue()


def refused(*words: str) -> str:
    before = list(Region.objects.order_by("pk").values_list("pk", "tenant", "host"))
    with pytest.raises(CommandError) as caught:
        run(*words)
    assert list(Region.objects.order_by("pk").values_list("pk", "tenant", "host")) == before
    assert str(caught.value).endswith("Nothing was changed.")
    return str(caught.value)


@pytest.mark.django_db
class TestAdd:
    def test_makes_the_first_region_with_the_standing_roles(self) -> None:
        said = run(*CITY, *SITE, "--code", "36.71", "--timezone", "Asia/Makassar")
        region = Region.objects.get()
        assert (region.key, region.name, region.kind, region.host) == (
            "tangerang", "Kota Tangerang", "city", "tangerang.go.id",
        )  # fmt: skip
        assert (region.short_code, region.code, region.timezone) == ("TNG", "36.71", "Asia/Makassar")
        assert region.tenant is None
        with scope.use(region):
            roles = {role.key: role.title for role in Role.objects.all()}
        assert set(roles) == {"administrator", "builder", "publisher"}
        assert all(set(title) == {"id", "en"} for title in roles.values())
        assert "RAKIT_HOSTS" in said
        assert "region member" in said

    def test_does_not_warn_about_a_host_that_is_allowed(self) -> None:
        assert "RAKIT_HOSTS" not in run(*CITY, "--host", "tangerang.localhost", "--letters", "TNG")

    def test_makes_offices_of_the_site_above_them_with_its_clock(self, poso: Region) -> None:
        run("add", "lore", "--name", "Kecamatan Lore", "--kind", "district", "--parent", "poso")
        run("add", "toyado", "--name", "Desa Toyado", "--kind", "village", "--parent", "lore")
        village = Region.objects.get(key="toyado")
        assert (village.tenant, village.parent) == (poso, Region.objects.get(key="lore"))
        assert (village.host, village.timezone) == (None, "Asia/Makassar")

    def test_makes_a_province_without_a_site_and_a_city_below_it(self) -> None:
        run("add", "id", "--name", "Indonesia", "--kind", "nation", "--host", "go.id", "--letters", "IDN")
        run("add", "banten", "--name", "Banten", "--kind", "province", "--parent", "id", "--code", "36")
        run(*CITY, *SITE, "--parent", "banten")
        province = Region.objects.get(key="banten")
        assert (province.tenant, province.host) == (None, None)
        assert Region.objects.get(key="tangerang").parent == province

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ((*CITY, *SITE[:2], "--letters", "tng"), "capital letters A–Z"),
            ((*CITY, *SITE[:2], "--letters", "T1"), "capital letters A–Z"),
            ((*CITY, *SITE[:2]), "capital letters A–Z"),
            ((*CITY, *SITE[2:]), "Give a host"),
            ((*CITY, *SITE, "--timezone", "Asia/Tangerang"), "time zone “Asia/Tangerang”"),
            ((*CITY, *SITE, "--timezone", "../../etc/passwd"), "There is no time zone"),
            ((*CITY, *SITE, "--code", "TNG"), "not an official code"),
            ((*CITY, *SITE, "--parent", "banten"), "no region or office “banten”"),
            ((*CITY, *SITE[2:], "--host", "https://tangerang.go.id"), "not a host name"),
            ((*CITY, *SITE[2:], "--host", "tangerang.go.id:80"), "not a host name"),
            ((*CITY[:-1], "town", *SITE), "no kind “town”"),
            (("add", "Kota", *CITY[2:], *SITE), "key “Kota”"),
            (("add", "a" * 61, *CITY[2:], *SITE), "at most 60"),
            ((*CITY[:3], " ", *CITY[4:], *SITE), "Give a name"),
            ((*CITY[:3], "x" * 121, *CITY[4:], *SITE), "Give a name"),
            ((*CITY[:-1], "village"), "needs a parent"),
        ],
    )
    def test_refuses_with_a_sentence(self, words: tuple[str, ...], said: str) -> None:
        assert said in refused(*words)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("add", "tangerang", "--name", "X", "--kind", "city", "--host", "x.id", "--letters", "XXX"),
             "already that of Kota Tangerang"),
            (("add", "x", "--name=X", "--kind", "city", "--host", "Tangerang.localhost", "--letters", "XXX"),
             "host “tangerang.localhost” is already that of Kota Tangerang"),
            (("add", "x", "--name", "X", "--kind", "city", "--host", "x.id", "--letters", "TNG"),
             "letters “TNG” are already those of Kota Tangerang"),
            (("add", "x", "--name", "X", "--kind", "city", "--parent", "tangerang"), "cannot lie below"),
            (("add", "x", "--name", "X", "--kind", "district", "--parent", "sukasari"), "cannot lie below"),
            (("add", "x", "--name", "X", "--kind", "agency", "--parent", "tangerang", "--letters", "XXX"),
             "for a region with a site"),
            (("add", "x", "--name", "X", "--kind", "agency", "--parent", "tangerang", "--timezone", "UTC"),
             "time zone of its region, Asia/Jakarta"),
        ],
    )  # fmt: skip
    def test_refuses_what_collides_with_a_region_there_is(
        self, tangerang: Region, words: tuple[str, ...], said: str
    ) -> None:
        assert said in refused(*words)

    def test_refuses_an_office_where_there_is_no_site(self) -> None:
        run("add", "banten", "--name", "Banten", "--kind", "province")
        words = ("add", "dinas", "--name", "Dinas", "--kind", "agency", "--parent", "banten")
        assert "no site of its own" in refused(*words)


@pytest.mark.django_db
class TestList:
    def test_shows_the_tree_and_says_when_it_is_empty(self) -> None:
        assert "There is no region yet" in run("list")
        city = factories.tenant("tangerang")
        factories.office(city, "sukasari", name="Kelurahan Sukasari")
        lines = run("list").splitlines()
        assert lines[0].startswith("tangerang\tKota Tangerang\tcity\ttangerang.localhost\tTAN")
        assert lines[1].startswith("  sukasari\tKelurahan Sukasari\tvillage")


def held(region: Region) -> set[tuple[str, str, str]]:
    with scope.use(region):
        rows = Membership.objects.values_list("user__username", "role__key", "office__key")
        return set(rows)


def refused_post(region: Region, *words: str) -> str:
    with scope.use(region):
        before: Any = (held(region), set(Role.objects.values_list("key", flat=True)))
    said = refused("member", *words)
    with scope.use(region):
        assert (held(region), set(Role.objects.values_list("key", flat=True))) == before
    return said


class TestMember:
    def test_gives_the_first_administrator_the_post_and_takes_it(self, citizen: User) -> None:
        run(*CITY, *SITE)
        region = Region.objects.get()
        run("member", "warga", "administrator", "--office", "tangerang")
        assert held(region) == {("warga", "administrator", "tangerang")}
        run("member", "WARGA@rakit.example", "administrator", "--office", "tangerang", "--remove")
        assert held(region) == set()

    def test_makes_a_new_role_when_it_is_given_a_title(self, tangerang: Region, citizen: User) -> None:
        run("member", "warga", "loket", "--office", "sukasari", "--title", "Petugas loket")
        assert held(tangerang) == {("warga", "loket", "sukasari")}
        with scope.use(tangerang):
            assert Role.objects.get(key="loket").title == {"id": "Petugas loket"}

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("siapa", "loket", "--office", "sukasari", "--title", "Loket"), "no account “siapa”"),
            (
                ("warga", "loket", "--office", "atlantis", "--title", "Loket"),
                "no region or office",
            ),
            (("warga", "loket", "--office", "sukasari"), "Its roles: village_head"),
            (("warga", "Loket!", "--office", "sukasari", "--title", "Loket"), "“Loket!” cannot be used"),
            (("warga", "village_head", "--office", "sukasari", "--title", "Lurah"), "Leave --title out"),
            (("warga", "builder", "--office", "sukasari", "--title", "Perancang"), "for the whole region"),
            (("lurah", "village_head", "--office", "sukasari"), "already holds this role"),
            (("warga", "village_head", "--office", "sukasari", "--remove"), "does not hold the role"),
        ],
    )
    def test_refuses_with_a_sentence(
        self, tangerang: Region, head: User, citizen: User, words: tuple[str, ...], said: str
    ) -> None:
        assert said in refused_post(tangerang, *words)

    def test_refuses_an_account_that_is_switched_off(
        self, tangerang: Region, head: User, citizen: User
    ) -> None:
        User.objects.filter(pk=citizen.pk).update(is_active=False)
        said = refused_post(tangerang, "warga", "village_head", "--office", "sukasari")
        assert "switched off" in said
