"""One door for everybody: allauth."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client, RequestFactory

from cms import accounts
from runtime.regions.models import Region, User
from tests import factories
from tests.conftest import ClientOn

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "https://jahat.example/",
    "//jahat.example",
    "///jahat.example",
    "////jahat.example/x",
    "http:jahat.example",
    "http:///jahat.example",
    "https:/jahat.example",
    "/\\jahat.example",
    "\\\\jahat.example",
    "\\/jahat.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "/\tjahat.example",
    "/\n/jahat.example",
    "\x00//jahat.example",
    " //jahat.example",
    "//tangerang.localhost@jahat.example/",
    "https://tangerang.localhost.jahat.example/",
    "https://tangerang.localhost@jahat.example/",
    "//jahat.example\\@tangerang.localhost",
    "ftp://tangerang.localhost/",
    "https://poso.localhost/",
    "//poso.localhost/",
    "mailto:a@jahat.example",
    "vbscript:x",
    "http://[::1]@jahat.example",
    "//%6aahat.example",
    "https:jahat.example",
    "//jahat。example",
)


def _log_in(client: Client, login: str, password: str = factories.PASSWORD, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


class TestDoor:
    @pytest.mark.parametrize("path", ["/admin/", "/django-admin/", "/admin/login/", "/django-admin/login/"])
    def test_of_both_admin_sites_leads_to_the_one_login(
        self, path: str, tangerang: Region, client_on: ClientOn
    ) -> None:
        response = client_on(tangerang).get(path, follow=True)
        assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=%2F")
        assert response.status_code == 200

    def test_comes_back_to_where_somebody_wanted_to_go(
        self, tangerang: Region, clerk: User, client_on: ClientOn
    ) -> None:
        client = client_on(tangerang)
        page = client.get("/admin/", follow=True)
        wanted = page.request["QUERY_STRING"].removeprefix("next=")
        response = _log_in(client, clerk.username, next="/admin/")
        assert wanted == "%2Fadmin%2F"
        assert response["Location"] == "/admin/"

    @pytest.mark.parametrize("path", ["/admin/login/", "/django-admin/login/"])
    @pytest.mark.parametrize("url", ELSEWHERE)
    def test_never_hands_an_address_of_another_site_on(
        self, url: str, path: str, tangerang: Region, client_on: ClientOn
    ) -> None:
        location = client_on(tangerang).get(path, {"next": url})["Location"]
        assert "ahat" not in location
        assert "poso" not in location

    @pytest.mark.parametrize("path", ["/admin/", "/django-admin/"])
    def test_says_no_to_a_citizen_without_a_loop(
        self, path: str, tangerang: Region, citizen: User, client_on: ClientOn
    ) -> None:
        response = client_on(tangerang, citizen).get(path, follow=True)
        assert response.status_code == 403
        assert len(response.redirect_chain) <= 2

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("/admin/logout/", "/accounts/logout/"),
            ("/django-admin/logout/", "/accounts/logout/"),
            ("/admin/password_reset/", "/accounts/password/reset/"),
            ("/django-admin/password_change/", "/accounts/password/change/"),
        ],
    )
    def test_leads_everything_about_passwords_to_the_one_place(
        self, path: str, expected: str, tangerang: Region, clerk: User, client_on: ClientOn
    ) -> None:
        assert client_on(tangerang, clerk).get(path)["Location"] == expected

    def test_logging_out_needs_a_press_of_a_button(
        self, tangerang: Region, citizen: User, client_on: ClientOn
    ) -> None:
        client = client_on(tangerang, citizen)
        assert client.get("/accounts/logout/").status_code == 200
        assert "_auth_user_id" in client.session
        client.post("/accounts/logout/")
        assert "_auth_user_id" not in client.session


class TestLogin:
    @pytest.mark.parametrize("name", ["warga", "warga@rakit.example", "WARGA@rakit.example"])
    def test_takes_a_user_name_or_an_address(
        self, name: str, tangerang: Region, citizen: User, client_on: ClientOn
    ) -> None:
        assert _log_in(client_on(tangerang), name).status_code == 302

    @pytest.mark.parametrize("url", ELSEWHERE)
    def test_goes_on_only_to_an_address_of_this_site(
        self, url: str, tangerang: Region, citizen: User, client_on: ClientOn
    ) -> None:
        assert _log_in(client_on(tangerang), "warga", next=url)["Location"] == "/"

    @pytest.mark.parametrize(("role", "expected"), [("clerk", "/desk/"), ("builder", "/admin/"), (None, "/")])
    def test_leads_whoever_was_on_the_way_nowhere_to_their_work(
        self, role: str | None, expected: str, tangerang: Region, client_on: ClientOn
    ) -> None:
        person = factories.staff(role, tangerang, "orang") if role else factories.person("orang")
        client = client_on(tangerang)
        assert _log_in(client, person.username)["Location"] == expected
        assert client.get(expected).status_code == 200
        assert _log_in(client_on(tangerang), person.username, next="/services/")["Location"] == "/services/"

    def test_is_in_indonesian(self, tangerang: Region, client_on: ClientOn) -> None:
        page = client_on(tangerang).get("/accounts/login/").content.decode()
        assert '<html lang="id">' in page
        assert "Masuk" in page
        assert "Sign In" not in page

    def test_T34_gives_the_same_answer_for_a_wrong_password_and_an_unknown_name(
        self, tangerang: Region, citizen: User, client_on: ClientOn
    ) -> None:
        known = _log_in(client_on(tangerang), "warga", "salah").content.decode()
        unknown = _log_in(client_on(tangerang), "bukanwarga", "salah").content.decode()
        clean = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|(bukan)?warga')
        assert clean.sub("", known) == clean.sub("", unknown)


class TestLongName:
    def test_is_refused_with_a_sentence(self, tangerang: Region, client_on: ClientOn) -> None:
        response = _log_in(client_on(tangerang), "a" * 300)
        assert response.status_code == 200
        assert response.context["form"].errors["login"]
        assert 'maxlength="254"' in response.content.decode()

    def test_is_cut_to_what_the_journal_of_tries_holds(self, db: None) -> None:
        longest = AccessAttempt._meta.get_field("username").max_length
        request = RequestFactory().post("/accounts/login/", {"login": "x" * 300})
        for given in (None, {"username": "B\0" * 300}, {"email": "c" * 300}):
            name = accounts.login_name(request, given)
            assert "\0" not in name
            assert 0 < len(name) <= longest


class TestLockout:
    def test_comes_after_five_wrong_passwords_with_a_friendly_page(
        self, tangerang: Region, citizen: User, client_on: ClientOn
    ) -> None:
        client = client_on(tangerang)
        answers = [_log_in(client, "warga", "salah") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
        assert "15 menit" in answers[-1].content.decode()
        assert _log_in(client, "warga").status_code == 429, "also with the right password"

    def test_is_not_avoided_by_other_spellings_or_forged_addresses(
        self, tangerang: Region, citizen: User, client_on: ClientOn
    ) -> None:
        names = ("warga", "WARGA", " warga ", "Warga", "wArga")
        for number, name in enumerate(names):
            answer = client_on(tangerang).post(
                "/accounts/login/",
                {"login": name, "password": "salah"},
                headers={"x-forwarded-for": f"203.0.113.{number}"},
            )
        assert answer.status_code == 429

    def test_does_not_hit_other_people(self, tangerang: Region, citizen: User, client_on: ClientOn) -> None:
        client = client_on(tangerang)
        for _ in range(5):
            _log_in(client, "oranglain", "salah")
        assert _log_in(client, "warga").status_code == 302


class TestClientAddress:
    @pytest.mark.parametrize(
        ("proxies", "forwarded", "expected"),
        [
            (0, "198.51.100.9", "127.0.0.1"),
            (1, "198.51.100.9", "198.51.100.9"),
            (1, "1.1.1.1, 198.51.100.9", "198.51.100.9"),
            (2, "1.1.1.1, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
            (2, "198.51.100.9", "127.0.0.1"),
        ],
    )
    def test_believes_as_many_forwarded_addresses_as_there_are_proxies(
        self, proxies: int, forwarded: str, expected: str, rf: RequestFactory, settings: Any
    ) -> None:
        settings.RAKIT_PROXIES = proxies
        assert accounts.client_address(rf.get("/", headers={"x-forwarded-for": forwarded})) == expected


class TestSignup:
    FORM = {"name": "Siti Rahmawati", "email": "siti@rakit.example", "password1": "kata-sandi-panjang"}

    def _form(self) -> dict[str, str]:
        return self.FORM | {"password2": self.FORM["password1"]}

    def test_opens_an_account_once_the_address_is_confirmed(
        self, tangerang: Region, client_on: ClientOn
    ) -> None:
        client = client_on(tangerang)
        client.post("/accounts/signup/", self._form())
        user = User.objects.get(email="siti@rakit.example")
        assert user.get_full_name() == "Siti Rahmawati"
        assert "_auth_user_id" not in client.session
        link = re.search(r"http://\S+", str(mail.outbox[0].body))
        assert link is not None
        path = link[0].removeprefix("http://tangerang.localhost")
        assert path.startswith("/accounts/confirm-email/")
        client.post(path)
        assert _log_in(client, "siti@rakit.example", self.FORM["password1"]).status_code == 302

    def test_T34_says_the_same_for_an_address_that_is_taken(
        self, tangerang: Region, client_on: ClientOn
    ) -> None:
        factories.person("siti")
        response = client_on(tangerang).post("/accounts/signup/", self._form())
        assert response.status_code == 302
        assert User.objects.filter(email="siti@rakit.example").count() == 1

    def test_writes_links_for_the_regions_own_address_also_under_a_forged_port(
        self, tangerang: Region, citizen: User, client_on: ClientOn, settings: Any
    ) -> None:
        settings.RAKIT_BASE_PORT = "8000"
        client = Client(headers={"host": "tangerang.localhost:6666"})
        client.post("/accounts/password/reset/", {"email": citizen.email})
        body = str(mail.outbox[0].body)
        assert "http://tangerang.localhost:8000/accounts/password/reset/key/" in body
        assert "6666" not in body

    def test_sends_nothing_for_a_host_that_is_not_ours(self, tangerang: Region, citizen: User) -> None:
        for host, status in (("jahat.example", 400), ("jahat.localhost", 404)):
            response = Client(headers={"host": host}).post(
                "/accounts/password/reset/", {"email": citizen.email}
            )
            assert response.status_code == status
        assert mail.outbox == []


class TestSecondFactor:
    def _code(self, secret: str) -> str:
        return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))

    def test_is_asked_for_after_the_password_once_it_is_set_up(
        self, tangerang: Region, head: User, client_on: ClientOn, settings: Any
    ) -> None:
        settings.RAKIT_STAFF_MFA = True
        secret = generate_totp_secret()
        Authenticator.objects.create(
            user=head, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(secret)}
        )
        client = client_on(tangerang)
        assert _log_in(client, "lurah")["Location"].startswith("/accounts/2fa/authenticate/")
        assert "_auth_user_id" not in client.session
        client.post("/accounts/2fa/authenticate/", {"code": self._code(secret)})
        assert client.session["_auth_user_id"] == str(head.pk)
        assert client.get("/").status_code == 200

    def test_can_be_set_up_by_a_citizen(self, tangerang: Region, citizen: User, client_on: ClientOn) -> None:
        client = client_on(tangerang)
        _log_in(client, "warga")
        client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
        page = client.get("/accounts/2fa/totp/activate/")
        secret = page.context["form"].secret
        client.post("/accounts/2fa/totp/activate/", {"code": self._code(secret)})
        assert Authenticator.objects.filter(user=citizen, type="totp").exists()
