"""The pages of a region's people: who may open them, what they change, and whom they never show."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from runtime.regions import scope
from runtime.regions.models import Membership, Region, Role, User
from tests import factories
from tests.conftest import ClientOn

Answer = Any


@pytest.fixture
def chief(tangerang: Region) -> User:
    """The administrator of the city."""
    return factories.staff("administrator", tangerang, "pengelola")


@pytest.fixture
def chief_at(tangerang: Region, chief: User, client_on: ClientOn) -> Client:
    return client_on(tangerang, chief, HTTP_ACCEPT_LANGUAGE="en")


def held(region: Region, user: User) -> set[tuple[str, str]]:
    with scope.use(region):
        return set(Membership.objects.filter(user=user).values_list("role__key", "office__key"))


def role(region: Region, key: str) -> int:
    with scope.use(region):
        return int(Role.objects.get(key=key).pk)


def post_of(region: Region, user: User) -> int:
    with scope.use(region):
        return int(Membership.objects.get(user=user).pk)


def add(client: Client, region: Region, office: Region, email: str, key: str = "village_head") -> Answer:
    values = {"email": email, "name": " Sri  Wahyuni ", "role": role(region, key), "office": office.pk}
    return client.post("/desk/staff/add/", values)


class TestAdministrators:
    def test_find_the_way_from_their_account(
        self, tangerang: Region, chief_at: Client, head: User, client_on: ClientOn
    ) -> None:
        assert b'href="/desk/staff/"' in chief_at.get("/desk/account/").content
        assert b'href="/desk/staff/"' not in client_on(tangerang, head).get("/desk/account/").content

    def test_are_those_of_the_whole_region_only(
        self, tangerang: Region, village: Region, client_on: ClientOn
    ) -> None:
        local = factories.staff("administrator", village, "kecil")
        assert client_on(tangerang, local).get("/desk/staff/").status_code == 403

    def test_of_another_region_are_refused(self, poso: Region, chief: User, client_on: ClientOn) -> None:
        assert client_on(poso, chief).get("/desk/staff/").status_code == 403

    def test_that_are_switched_off_are_sent_to_the_login(self, chief: User, chief_at: Client) -> None:
        User.objects.filter(pk=chief.pk).update(is_active=False)
        assert chief_at.get("/desk/staff/").status_code == 302


class TestStaff:
    def test_lists_people_by_office_the_region_first(
        self, tangerang: Region, head: User, chief: User, outsider: User, chief_at: Client
    ) -> None:
        offices = chief_at.get("/desk/staff/").context["people"].offices
        listed = [(o.office.key, o.whole, [p.user.username for p in o.people]) for o in offices]
        assert listed == [("tangerang", True, ["pengelola"]), ("sukasari", False, ["lurah"])]

    def test_finds_by_parts_of_names_addresses_and_offices(
        self, head: User, chief: User, chief_at: Client
    ) -> None:
        def found(words: str) -> list[str]:
            shown = chief_at.get("/desk/staff/", {"q": words}).context["people"].offices
            return [person.user.username for office in shown for person in office.people]

        User.objects.filter(pk=head.pk).update(first_name="Hasan", last_name="Basri")
        assert found("has basri") == found("SUKASARI") == found("lurah@") == ["lurah"]
        assert found("\x00%_'") == []

    def test_costs_the_same_number_of_queries_for_many_people(
        self, village: Region, chief_at: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(70):
            factories.staff("loket", village, f"loket{number:02}")
        with django_assert_max_num_queries(9):
            page = chief_at.get("/desk/staff/").content.decode()
        assert "page=2" in page
        assert "Page 1 of 2" in page
        assert "loket69" not in page


class TestAdd:
    def test_makes_an_account_gives_the_role_and_sends_a_link_that_sets_a_password(
        self, tangerang: Region, village: Region, head: User, chief_at: Client, client_on: ClientOn
    ) -> None:
        answer = add(chief_at, tangerang, village, "Sri@Example.go.id")
        sri = User.objects.get(email="sri@example.go.id")
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/staff/{sri.pk}/")
        assert sri.get_full_name() == "Sri Wahyuni"
        assert not sri.has_usable_password()
        assert held(tangerang, sri) == {("village_head", "sukasari")}
        (letter,) = mail.outbox
        assert letter.to == ["sri@example.go.id"]
        assert letter.subject == f"Akun Anda di {tangerang.name}"
        assert "Yth. Sri Wahyuni" in letter.body
        link = re.search(r"http://tangerang\.localhost(/accounts/\S+)", str(letter.body))
        assert link
        visitor = client_on(tangerang)
        page = visitor.get(link[1], follow=True)
        address = page.redirect_chain[-1][0]
        visitor.post(address, {"password1": "padi-menguning-7", "password2": "padi-menguning-7"})
        sri.refresh_from_db()
        assert sri.check_password("padi-menguning-7")
        login = {"login": "sri@example.go.id", "password": "padi-menguning-7"}
        assert client_on(tangerang).post("/accounts/login/", login).status_code == 302

    def test_gives_the_role_to_an_account_that_exists_and_says_so(
        self, tangerang: Region, village: Region, head: User, citizen: User, chief_at: Client
    ) -> None:
        answer = add(chief_at, tangerang, village, "WARGA@rakit.example")
        assert answer["Location"] == f"/desk/staff/{citizen.pk}/"
        assert held(tangerang, citizen) == {("village_head", "sukasari")}
        assert mail.outbox == []
        assert "already has an account" in chief_at.get(answer["Location"]).content.decode()
        citizen.refresh_from_db()
        assert citizen.first_name == "Warga"

    def test_gives_nothing_to_who_only_claims_the_address(
        self, tangerang: Region, village: Region, head: User, citizen: User, chief_at: Client
    ) -> None:
        EmailAddress.objects.create(user=citizen, email="sri@example.go.id", verified=False)
        add(chief_at, tangerang, village, "sri@example.go.id")
        assert held(tangerang, citizen) == set()
        assert held(tangerang, User.objects.get(email="sri@example.go.id")) == {("village_head", "sukasari")}

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"email": "sri"}, "Write an e-mail address like"),
            ({"email": ""}, "Write the e-mail address."),
            ({"name": ""}, "Write the full name."),
            ({"role": ""}, "Choose a role."),
            ({"role": "x"}, "Choose one of the roles"),
            ({"office": ""}, "Choose an office."),
            ({"office": "999999"}, "Choose one of the offices"),
        ],
    )
    def test_refuses_what_is_missing_and_makes_no_account(
        self, tangerang: Region, village: Region, head: User, chief_at: Client, changes: Any, said: str
    ) -> None:
        values = {"email": "sri@example.go.id", "name": "Sri", "office": village.pk}
        values |= {"role": role(tangerang, "village_head")} | changes
        answer = chief_at.post("/desk/staff/add/", values)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not User.objects.filter(first_name="Sri").exists()

    def test_refuses_a_role_or_an_office_of_another_region(
        self, tangerang: Region, poso: Region, village: Region, head: User, outsider: User, chief_at: Client
    ) -> None:
        there = Region.objects.get(key="bukit-bambu")
        foreign_role = {"role": role(poso, "village_head"), "office": village.pk}
        foreign_office = {"role": role(tangerang, "village_head"), "office": there.pk}
        for wrong in (foreign_role, foreign_office):
            answer = chief_at.post("/desk/staff/add/", {"email": "s@x.id", "name": "Sri"} | wrong)
            assert answer.status_code == 422
        assert not User.objects.filter(email="s@x.id").exists()

    def test_keeps_roles_of_the_whole_region_out_of_offices(
        self, tangerang: Region, village: Region, chief_at: Client
    ) -> None:
        answer = add(chief_at, tangerang, village, "sri@example.go.id", "administrator")
        assert answer.status_code == 422
        assert "whole region" in answer.content.decode()
        assert not User.objects.filter(email="sri@example.go.id").exists()

    def test_says_so_when_the_mail_cannot_be_sent_and_sends_it_again_later(
        self, tangerang: Region, village: Region, head: User, chief_at: Client, settings: Any
    ) -> None:
        working = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
        page = chief_at.get(add(chief_at, tangerang, village, "sri@example.go.id")["Location"])
        assert "could not be sent" in page.content.decode()
        settings.EMAIL_BACKEND = working
        sri = User.objects.get(email="sri@example.go.id")
        chief_at.post(f"/desk/staff/{sri.pk}/invite/")
        assert [letter.to for letter in mail.outbox] == [["sri@example.go.id"]]


class TestPerson:
    def test_gets_one_more_role(
        self, tangerang: Region, village: Region, head: User, clerk: User, chief_at: Client
    ) -> None:
        values = {"role": role(tangerang, "builder"), "office": tangerang.pk}
        assert chief_at.post(f"/desk/staff/{head.pk}/", values).status_code == 302
        assert held(tangerang, head) == {("village_head", "sukasari"), ("builder", "tangerang")}
        again = chief_at.post(f"/desk/staff/{head.pk}/", values)
        assert again.status_code == 422
        assert "already holds this role" in again.content.decode()

    def test_without_a_post_here_does_not_exist(
        self, citizen: User, outsider: User, chief_at: Client
    ) -> None:
        for stranger in (citizen, outsider):
            assert chief_at.get(f"/desk/staff/{stranger.pk}/").status_code == 404
            assert chief_at.post(f"/desk/staff/{stranger.pk}/invite/").status_code == 404

    def test_with_posts_in_two_regions_shows_those_of_this_one(
        self, village: Region, outsider: User, chief_at: Client
    ) -> None:
        factories.member(outsider, "loket", village)
        page = chief_at.get(f"/desk/staff/{outsider.pk}/").content.decode()
        assert "Kelurahan Sukasari" in page
        assert "Bukit Bambu" not in page

    def test_with_a_password_gets_no_further_link(self, head: User, chief_at: Client) -> None:
        chief_at.post(f"/desk/staff/{head.pk}/invite/")
        assert mail.outbox == []


class TestCivilServant:
    def test_has_rank_and_number_below_letters(self, head: User, chief_at: Client) -> None:
        address = f"/desk/staff/{head.pk}/nip/"
        given = {"rank": "  Penata  Tk. I, III/d ", "nip": "19880705 201001.1-003"}
        page = chief_at.post(address, given, follow=True).content.decode()
        head.refresh_from_db()
        assert (head.rank, head.nip) == ("Penata Tk. I, III/d", "198807052010011003")
        assert "NIP 198807052010011003" in page
        assert 'value="198807052010011003"' in chief_at.get(address).content.decode()
        chief_at.post(address, {"rank": "", "nip": ""})
        head.refresh_from_db()
        assert (head.rank, head.nip) == ("", "")

    @pytest.mark.parametrize("typed", ["1234", "19880705201001100x", "1988070520100110031"])
    def test_is_told_of_a_number_that_is_none(self, typed: str, head: User, chief_at: Client) -> None:
        response = chief_at.post(f"/desk/staff/{head.pk}/nip/", {"rank": "x", "nip": typed})
        assert response.status_code == 422
        assert f"A NIP has 18 digits; here are {len(typed)} characters." in response.content.decode()
        head.refresh_from_db()
        assert (head.rank, head.nip) == ("", "")

    def test_without_a_post_here_does_not_exist(self, outsider: User, chief_at: Client) -> None:
        assert chief_at.post(f"/desk/staff/{outsider.pk}/nip/", {"rank": "x"}).status_code == 404
        outsider.refresh_from_db()
        assert outsider.rank == ""


class TestRemove:
    def test_asks_first_and_then_takes_the_role(
        self, tangerang: Region, head: User, chief_at: Client
    ) -> None:
        address = f"/desk/staff/posts/{post_of(tangerang, head)}/remove/"
        assert "Nobody else holds it there" in chief_at.get(address).content.decode()
        assert held(tangerang, head) == {("village_head", "sukasari")}
        answer = chief_at.post(address)
        assert (answer.status_code, answer["Location"]) == (302, "/desk/staff/")
        assert held(tangerang, head) == set()
        assert User.objects.filter(pk=head.pk).exists()

    def test_does_not_reach_another_regions_posts(
        self, poso: Region, outsider: User, chief_at: Client
    ) -> None:
        address = f"/desk/staff/posts/{post_of(poso, outsider)}/remove/"
        assert chief_at.get(address).status_code == chief_at.post(address).status_code == 404
        assert held(poso, outsider) == {("village_head", "bukit-bambu")}

    def test_keeps_the_last_administrator(self, tangerang: Region, chief: User, chief_at: Client) -> None:
        resting = factories.staff("administrator", tangerang, "cuti")
        User.objects.filter(pk=resting.pk).update(is_active=False)
        address = f"/desk/staff/posts/{post_of(tangerang, chief)}/remove/"
        answer = chief_at.post(address)
        assert answer.status_code == 409
        assert "without an administrator" in answer.content.decode()
        assert held(tangerang, chief) == {("administrator", "tangerang")}
        User.objects.filter(pk=resting.pk).update(is_active=True)
        answer = chief_at.post(address)
        assert (answer.status_code, answer["Location"]) == (302, "/desk/account/")
        assert held(tangerang, chief) == set()


class TestRoles:
    def test_are_told_in_both_languages_with_their_holders(
        self, tangerang: Region, head: User, chief: User, outsider: User, chief_at: Client
    ) -> None:
        with scope.use(tangerang):
            Role.objects.filter(key="village_head").update(title={"id": "Lurah", "en": "Village head"})
            Role.objects.create(region=tangerang, key="kosong", title={"id": "Kosong"})
        answer = chief_at.get("/desk/staff/roles/")
        roles = {role.key: role.held for role in answer.context["roles"]}
        assert roles == {"administrator": 1, "village_head": 1, "kosong": 0}
        page = answer.content.decode()
        assert "Lurah" in page
        assert "Village head" in page
        assert "nobody yet" in page
