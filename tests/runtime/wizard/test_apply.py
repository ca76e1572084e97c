"""Filling in: nothing typed is lost, nothing forged is stored, the server decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.urls import Resolver404, resolve
from django.utils import timezone

from runtime.cases.models import Case
from runtime.cases.outcomes import InvalidAnswers
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.wizard import filing
from runtime.wizard.models import Draft
from tests import factories
from tests.runtime import permit
from tests.runtime.wizard.forms import DATA, Applicant

DraftOf = Callable[[Applicant], Draft]
XSS = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


class Elements(HTMLParser):
    """Counts what an attack would add to a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.scripts.append(dict(attrs))
        self.handlers += [name for name, _value in attrs if name.startswith("on")]


def case_count() -> int:
    with scope.everywhere("a test counts"):
        return int(Case.objects.count())


class TestQuartet:
    """Works, other region 404, wrong method 405."""

    def test_shows_the_first_page(self, applicant: Applicant) -> None:
        assert applicant.client.get(applicant.home)["Location"] == applicant.at("data")
        page = applicant.get("data")
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]

    def test_knows_no_draft_of_another_region(
        self, applicant: Applicant, poso: Region, client_on: Callable[..., Any]
    ) -> None:
        other = client_on(poso)
        for path in ("", "data/", "review/", "saved/", "receipt/"):
            assert other.get(applicant.home + path).status_code == 404
        assert other.post(applicant.at("data"), DATA).status_code == 404
        assert other.post(applicant.at("data") + "autosave/", DATA).status_code == 404

    def test_knows_no_forged_token(self, applicant: Applicant) -> None:
        forged = applicant.home.replace(applicant.token, applicant.token[:-1] + "x")
        assert applicant.client.get(forged).status_code == 404

    def test_begins_only_by_post(self, offered: Installation, client_on: Callable[..., Any]) -> None:
        client = client_on(offered.region)
        assert client.get("/services/izin/start/").status_code == 405
        assert client.post("/services/none/start/").status_code == 404
        assert client.put("/services/izin/start/").status_code == 405

    @pytest.mark.parametrize("token", ["\x00", "a" * 19, "a" * 65, "a" * 30 + "\x00", "a" * 30 + " "])
    def test_reads_only_what_can_be_a_token(self, token: str) -> None:
        with pytest.raises(Resolver404):
            resolve(f"/apply/{token}/")
        assert resolve(f"/apply/{'a-_9' * 10}/").kwargs == {"token": "a-_9" * 10}

    def test_gives_every_draft_a_long_address(self, applicant: Applicant) -> None:
        assert len(applicant.token) >= 43


class TestPages:
    """Posting pages."""

    def test_goes_to_the_next_page_and_keeps_canonical_answers(
        self, applicant: Applicant, draft_of: DraftOf
    ) -> None:
        response = applicant.post("data", **DATA)
        assert response["Location"] == applicant.at("more")
        assert draft_of(applicant).answers == {
            "name": "Siti Aminah",
            "age": 30,
            "village": "sukasari",
            "reason": "a",
        }

    def test_keeps_right_answers_and_typed_text_of_a_page_with_mistakes(
        self, applicant: Applicant, draft_of: DraftOf
    ) -> None:
        page = applicant.post("data", **(DATA | {"age": "tiga puluh"}))
        assert page.status_code == 200
        assert 'href="#id_age"' in page.content.decode()
        assert draft_of(applicant).answers["name"] == "Siti Aminah"
        assert "age" not in draft_of(applicant).answers
        assert 'value="tiga puluh"' in applicant.get("data").content.decode()

    def test_T28_refuses_unknown_answers_and_stores_nothing(
        self, applicant: Applicant, draft_of: DraftOf
    ) -> None:
        assert applicant.post("data", **DATA, status="done").status_code == 400
        assert draft_of(applicant).answers == {}

    def test_refuses_an_option_that_is_not_on_the_list(self, applicant: Applicant, draft_of: DraftOf) -> None:
        assert applicant.post("data", **(DATA | {"reason": "zzz"})).status_code == 200
        assert "reason" not in draft_of(applicant).answers

    def test_refuses_an_office_of_another_region(
        self, applicant: Applicant, poso: Region, draft_of: DraftOf
    ) -> None:
        assert applicant.post("data", **(DATA | {"village": "bukit-bambu"})).status_code == 200
        assert "village" not in draft_of(applicant).answers

    def test_T10_drops_the_answer_to_a_hidden_question(self, applicant: Applicant, draft_of: DraftOf) -> None:
        applicant.post("data", **DATA)
        applicant.post("more", detail="selundupan")
        assert "detail" not in draft_of(applicant).answers

    def test_asks_what_an_earlier_answer_brings_up(self, applicant: Applicant) -> None:
        applicant.post("data", **(DATA | {"reason": "b"}))
        page = applicant.post("more")
        assert page.status_code == 200
        assert 'href="#id_detail"' in page.content.decode()

    def test_leads_back_to_the_first_incomplete_page(self, applicant: Applicant) -> None:
        for step in ("more", "review"):
            assert applicant.get(step)["Location"] == applicant.at("data")

    def test_leads_a_stale_page_to_where_the_application_goes_on(self, applicant: Applicant) -> None:
        assert applicant.post("vanished", x="1")["Location"] == applicant.at("data")

    def test_wipes_nothing_by_opening_pages(self, applicant: Applicant, draft_of: DraftOf) -> None:
        applicant.post("data", **DATA)
        for step in ("data", "more", "review"):
            applicant.client.get(applicant.at(step) + "?reset=1")
        applicant.client.get(applicant.home + "?reset=1")
        assert draft_of(applicant).answers["name"] == "Siti Aminah"

    def test_shows_hostile_text_as_text(self, applicant: Applicant) -> None:
        applicant.fill(name=XSS)
        for step in ("data", "review"):
            found = Elements(applicant.get(step).content.decode())
            assert [set(script) for script in found.scripts] == [{"type", "src"}]
            assert found.handlers == []

    def test_goes_back_to_the_review_after_a_change(self, applicant: Applicant) -> None:
        applicant.fill()
        assert "?return=review#id_name" in applicant.get("review").content.decode()
        response = applicant.post("data", **(DATA | {"name": "Budi", "_return": "review"}))
        assert response["Location"] == applicant.at("review")
        assert "Budi" in applicant.get("review").content.decode()

    def test_offers_to_go_on_from_the_front_page(self, applicant: Applicant) -> None:
        applicant.post("data", **DATA)
        assert applicant.home in applicant.client.get("/").content.decode()
        assert applicant.client.get(applicant.home)["Location"] == applicant.at("data")

    def test_shows_an_address_to_go_on_with(self, applicant: Applicant) -> None:
        response = applicant.post("data", name="Si", _do="save")
        assert response["Location"] == f"{applicant.home}saved/"
        page = applicant.client.get(response["Location"])
        assert f"http://tangerang.localhost{applicant.home}" in page.content.decode()


class TestSamePage:
    """A question that another question on the same page brings up."""

    @pytest.fixture
    def household(self, offered: Installation, client_on: Callable[..., Any]) -> Applicant:
        document = permit.document()
        document["pages"][0]["fields"].append(
            {
                "key": "why",
                "type": "text",
                "label": {"id": "Mengapa?"},
                "required": True,
                "visible": {"==": [{"var": "reason"}, "b"]},
            }
        )
        factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
        return Applicant(client_on(offered.region))

    def test_is_asked_politely_when_there_is_no_script(self, household: Applicant) -> None:
        page = household.post("data", **(DATA | {"reason": "b"})).content.decode()
        assert "govuk-error-summary" not in page
        assert 'role="status"' in page
        assert 'name="why"' in page
        page = household.post("data", **(DATA | {"reason": "b", "_shown": "why", "why": ""})).content.decode()
        assert "govuk-error-summary" in page
        done = household.post("data", **(DATA | {"reason": "b", "_shown": "why", "why": "perlu"}))
        assert done.status_code == 302

    def test_is_dropped_when_its_condition_is_not_met(self, household: Applicant, draft_of: DraftOf) -> None:
        household.post("data", **(DATA | {"_shown": "why", "why": "selundupan"}))
        assert "why" not in draft_of(household).answers

    def test_carries_its_condition_for_the_script(self, household: Applicant) -> None:
        page = household.get("data").content.decode()
        assert "data-visible=" in page
        assert "hidden disabled" in page


class TestAutosave:
    """Keeping what is being typed."""

    def test_keeps_half_a_page_without_complaining(self, applicant: Applicant, draft_of: DraftOf) -> None:
        saved = applicant.client.post(applicant.at("data") + "autosave/", {"name": "Siti", "age": "3x"})
        assert saved.json() == {"saved": True, "changed": []}
        assert draft_of(applicant).answers == {"name": "Siti"}
        page = applicant.get("data").content.decode()
        assert 'value="3x"' in page
        assert "govuk-error-summary" not in page

    def test_refuses_unknown_answers(self, applicant: Applicant) -> None:
        address = applicant.at("data") + "autosave/"
        assert applicant.client.post(address, {"bogus": "1"}).status_code == 400
        assert applicant.client.get(address).status_code == 405


class TestSubmit:
    """The last post, and the receipt."""

    def test_files_once_and_shows_the_receipt(self, applicant: Applicant, draft_of: DraftOf) -> None:
        applicant.fill()
        response = applicant.send()
        assert response["Location"] == f"{applicant.home}receipt/"
        page = applicant.client.get(response["Location"]).content.decode()
        draft = draft_of(applicant)
        assert draft.reference in page
        assert draft.answers == {}
        assert case_count() == 1

    def test_gives_the_same_receipt_again(self, applicant: Applicant) -> None:
        applicant.fill()
        applicant.send()
        first = applicant.client.get(f"{applicant.home}receipt/").context
        again = applicant.send()
        assert again["Location"] == f"{applicant.home}receipt/"
        second = applicant.client.get(f"{applicant.home}receipt/").context
        assert (first["case"], first["code"]) == (second["case"], second["code"])
        assert applicant.get("data")["Location"] == f"{applicant.home}receipt/"
        assert case_count() == 1

    def test_files_what_another_window_stored_meanwhile(
        self, applicant: Applicant, draft_of: DraftOf
    ) -> None:
        applicant.fill()
        seen = draft_of(applicant)
        applicant.post("data", **(DATA | {"name": "Siti Baru"}))
        with scope.use(seen.region):
            receipt = filing.submit(draft=seen, language="id", applicant=None, now=timezone.now())
        assert receipt.case.answers["name"] == "Siti Baru"

    def test_wipes_nothing_that_makes_the_application_incomplete_meanwhile(
        self, applicant: Applicant, draft_of: DraftOf
    ) -> None:
        applicant.fill()
        seen = draft_of(applicant)
        applicant.post("data", **(DATA | {"age": ""}))
        with scope.use(seen.region), pytest.raises(InvalidAnswers):
            filing.submit(draft=seen, language="id", applicant=None, now=timezone.now())
        assert draft_of(applicant).answers["name"] == "Siti Aminah"
        assert case_count() == 0

    def test_files_nothing_without_the_tick(self, applicant: Applicant) -> None:
        applicant.fill()
        assert applicant.post("review").status_code == 200
        assert applicant.post("review", agree="on", status="done").status_code == 400
        assert case_count() == 0

    def test_files_nothing_incomplete(self, applicant: Applicant) -> None:
        assert applicant.send()["Location"] == applicant.at("data")
        assert case_count() == 0

    def test_files_nothing_by_get(self, applicant: Applicant) -> None:
        applicant.fill()
        applicant.get("review")
        assert applicant.client.get(f"{applicant.home}receipt/").status_code == 302
        assert case_count() == 0

    def test_shows_the_access_code_only_to_the_browser_that_filed(
        self, applicant: Applicant, client_on: Callable[..., Any], tangerang: Region
    ) -> None:
        applicant.fill()
        applicant.send()
        own = applicant.client.get(f"{applicant.home}receipt/")
        other = client_on(tangerang).get(f"{applicant.home}receipt/")
        code = own.context["code"]
        assert len(code) == 9
        assert code in own.content.decode()
        assert code not in other.content.decode()


class TestClosed:
    """A service that stops taking applications."""

    @pytest.mark.parametrize("state", ["paused", "closed"])
    def test_keeps_the_draft_and_says_so(
        self, applicant: Applicant, offered: Installation, draft_of: DraftOf, state: str
    ) -> None:
        applicant.fill()
        with scope.use(offered.region):
            Installation.objects.update(state=state)
        assert f"{applicant.home}saved/" in applicant.get("data").content.decode()
        applicant.post("data", **(DATA | {"name": "Budi"}))
        applicant.send()
        assert draft_of(applicant).answers["name"] == "Budi"
        assert case_count() == 0

    def test_says_that_its_steps_lead_round_in_circles_and_keeps_the_draft(
        self, applicant: Applicant, draft_of: DraftOf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("runtime.workflow.engine.MOST_HOPS", 0)
        applicant.fill()
        sent = applicant.send()
        assert (
            "langkah-langkah layanan ini berputar-putar"
            in applicant.client.get(sent["Location"]).content.decode()
        )
        assert draft_of(applicant).answers["name"] == DATA["name"]
        assert case_count() == 0

    def test_lets_drafts_finish_while_it_is_closing(
        self, applicant: Applicant, offered: Installation
    ) -> None:
        applicant.fill()
        with scope.use(offered.region):
            Installation.objects.update(state="closing")
        assert applicant.client.post("/services/izin/start/").status_code == 200
        assert applicant.send().status_code == 302
        assert case_count() == 1

    def test_says_that_a_draft_has_expired(self, applicant: Applicant) -> None:
        with scope.everywhere("a test lets time pass"):
            Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert applicant.get("data").status_code == 410
        assert applicant.post("data", **DATA).status_code == 410

    def test_keeps_the_version_a_draft_began_with(
        self, applicant: Applicant, offered: Installation, draft_of: DraftOf
    ) -> None:
        document = permit.document()
        document["pages"][0]["fields"][0]["label"] = {"id": "Nama baru"}
        factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
        assert "Nama baru" not in applicant.get("data").content.decode()
        assert draft_of(applicant).version_id == offered.version_id
