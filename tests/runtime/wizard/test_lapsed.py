"""Cookies that are gone: the session and the guard of the page expire, what was typed does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from runtime.cases.models import Case
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.wizard.models import Draft
from tests.runtime.wizard.forms import DATA, Applicant
from tests.runtime.wizard.test_files import picture

DraftOf = Callable[[Applicant], Draft]


class Inputs(HTMLParser):
    """Reads the hidden inputs of the form that sends again."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.feed(re.sub(r'<form class="lang".*?</form>', "", html, flags=re.S))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "input" and named.get("name"):
            self.values[str(named["name"])] = str(named.get("value") or "")


class TestAPageWhoseCookiesAreGone:
    @pytest.fixture
    def client(self, applicant: Applicant) -> Client:
        """A browser that guards its posts, and has just forgotten its cookies."""
        return Client(headers={"host": applicant.client.defaults["HTTP_HOST"]}, enforce_csrf_checks=True)

    def test_comes_back_with_all_that_was_typed_and_can_be_sent_again(
        self, applicant: Applicant, client: Client, draft_of: DraftOf
    ) -> None:
        typed = DATA | {"name": 'Siti "Aminah" <b>', "_revision": applicant.drawn("data")}
        page = client.post(applicant.at("data"), typed | {"csrfmiddlewaretoken": "lama"})
        assert page.status_code == 403
        assert "Isian Anda tidak hilang" in page.content.decode()
        values = Inputs(page.content.decode()).values
        assert {name: values[name] for name in typed} == typed
        assert draft_of(applicant).answers == {}
        assert client.post(applicant.at("data"), values)["Location"] == applicant.at("more")
        assert draft_of(applicant).answers["name"] == 'Siti "Aminah" <b>'

    def test_asks_for_the_files_once_more(self, applicant: Applicant, client: Client) -> None:
        applicant.post("data", **DATA)
        page = client.post(applicant.at("more"), {"paper": picture()}).content.decode()
        assert "Hanya berkas" in page
        assert "Hanya berkas" not in client.post(applicant.at("data"), DATA).content.decode()

    def test_never_sends_the_whole_application_by_itself(self, applicant: Applicant, client: Client) -> None:
        applicant.fill()
        page = client.post(applicant.at("review"), {"agree": "on"}).content.decode()
        assert f'href="{applicant.at("review")}"' in page
        assert 'name="agree"' not in page
        with scope.everywhere("a test counts"):
            assert Case.objects.count() == 0

    def test_gives_nothing_back_to_a_post_from_another_site(
        self, applicant: Applicant, client: Client
    ) -> None:
        page = client.post(applicant.at("data"), DATA, headers={"sec-fetch-site": "cross-site"})
        assert page.status_code == 403
        assert DATA["name"] not in page.content.decode()

    def test_says_what_it_says_elsewhere_for_other_forms(self, client: Client, applicant: Applicant) -> None:
        for path in ("/track/", applicant.at("data") + "autosave/"):
            assert client.post(path, {"reference": "rahasia"}).status_code == 403
            assert "rahasia" not in client.post(path, {"reference": "rahasia"}).content.decode()

    def test_of_a_draft_that_is_gone_says_so(self, applicant: Applicant, client: Client) -> None:
        with scope.everywhere("a test forgets"):
            Draft.objects.all().delete()
        assert client.post(applicant.at("data"), DATA).status_code == 404

    def test_goes_on_without_its_session(
        self, applicant: Applicant, client_on: Callable[..., Any], offered: Installation
    ) -> None:
        """A session that has expired takes nothing along: the address alone leads to the draft."""
        applicant.post("data", **DATA)
        applicant.client = client_on(offered.region)
        assert applicant.post("more")["Location"] == applicant.at("review")
        assert applicant.send()["Location"] == f"{applicant.home}receipt/"


class TestBeginning:
    """How many applications one network address may begin within an hour."""

    def test_is_refused_kindly_after_so_many(
        self, offered: Installation, client_on: Callable[..., Any], settings: Any
    ) -> None:
        settings.RAKIT_DRAFTS_PER_ADDRESS = 2
        clients = [client_on(offered.region) for _ in range(3)]
        answers = [client.post("/services/izin/start/") for client in clients]
        assert [answer.status_code for answer in answers] == [302, 302, 429]
        assert answers[2]["Retry-After"] == "3600"
        assert "coba lagi satu jam lagi" in answers[2].content.decode()
        elsewhere = client_on(offered.region, REMOTE_ADDR="10.0.0.9")
        assert elsewhere.post("/services/izin/start/").status_code == 302

    def test_goes_on_for_those_that_have_begun(self, applicant: Applicant, settings: Any) -> None:
        settings.RAKIT_DRAFTS_PER_ADDRESS = 1
        applicant.fill()
        assert applicant.send().status_code == 302

    def test_is_free_where_no_limit_is_set(
        self, offered: Installation, client_on: Callable[..., Any], settings: Any, draft_of: DraftOf
    ) -> None:
        settings.RAKIT_DRAFTS_PER_ADDRESS = 0
        begun = [Applicant(client_on(offered.region)) for _ in range(3)]
        assert {draft_of(each).origin for each in begun} == {""}

    def test_keeps_no_address(self, applicant: Applicant, draft_of: DraftOf) -> None:
        assert re.fullmatch(r"[0-9a-f]{32}", draft_of(applicant).origin)
