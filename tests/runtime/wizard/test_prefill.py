"""First answers: offered with where they come from, never an answer before the page was seen and left."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runtime.cases.models import Case
from runtime.modules.models import Installation
from runtime.profiles import services as profiles
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.wizard.models import Draft
from tests import factories
from tests.runtime.wizard import domicile
from tests.runtime.wizard.forms import Applicant

NIK = "3671014505900001"
WHO = {"nik": NIK, "birth-day": "5", "birth-month": "5", "birth-year": "1990"}
ABOUT = {"name": "Siti Aminah", "sex": "P"}
FACTS = {"nik": NIK, "birth_date": "1990-05-05", "phone": "+6281234567890", "name": "Siti"}
DraftOf = Callable[[Applicant], Draft]


@pytest.fixture
def domicile_offered(tangerang: Region) -> Installation:
    village = Region.objects.get(key="sukasari")
    factories.staff("clerk", village, "loket")
    factories.staff("head", village, "kepala")
    return factories.installed(tangerang, domicile.as_text())


@pytest.fixture
def begin(domicile_offered: Installation, client_on: Callable[..., Client]) -> Callable[..., Applicant]:
    """Somebody who begins, logged in or not, through a link or not."""

    def make(user: User | None = None, query: str = "") -> Applicant:
        client = client_on(domicile_offered.region, user)
        shown = client.get(f"/services/domisili/{query}").content.decode()
        action = shown.split('<form class="actions" method="post" action="', 1)[1].split('"')[0]
        return Applicant(client, address=action.replace("&amp;", "&"))

    return make


def keep(region: Region, user: User, **facts: Any) -> None:
    with scope.use(region):
        profiles.save(region=region, user=user, facts=facts, now=timezone.now())


def body(applicant: Applicant, step: str) -> str:
    return str(applicant.get(step).content.decode())


def file(applicant: Applicant, **rest: str) -> Case:
    assert applicant.post("who", **WHO).status_code == 302
    assert applicant.post("about", **ABOUT).status_code == 302
    assert applicant.post("rest", **({"village": "sukasari"} | rest)).status_code == 302
    assert applicant.send()["Location"].endswith("/receipt/")
    with scope.everywhere("a test reads what was filed"):
        found: Case = Case.objects.latest("pk")
    return found


class TestProfile:
    def test_is_offered_on_the_page_with_where_it_comes_from(
        self, begin: Callable[..., Applicant], tangerang: Region, citizen: User, draft_of: DraftOf
    ) -> None:
        keep(tangerang, citizen, **FACTS)
        applicant = begin(citizen)
        shown = body(applicant, "who")
        assert f'value="{NIK}"' in shown
        assert 'value="1990"' in shown
        assert shown.count("Dari profil Anda. Mohon diperiksa.") == 2
        (box,) = re.findall(r'<input[^>]* name="nik"[^>]*>', shown)
        assert re.search(r'aria-describedby="[^"]*\bid_nik-note\b', box)
        assert '<p id="id_nik-note"' in shown
        assert draft_of(applicant).answers == {}

    def test_becomes_an_answer_when_its_page_is_left(
        self, begin: Callable[..., Applicant], tangerang: Region, citizen: User, draft_of: DraftOf
    ) -> None:
        keep(tangerang, citizen, **FACTS)
        applicant = begin(citizen)
        applicant.post("who", **WHO | {"birth-year": "1991"})
        draft = draft_of(applicant)
        assert draft.answers == {"nik": NIK, "birth": "1991-05-05"}
        assert set(draft.offered) == {"phone"}
        assert "Dari profil" not in body(applicant, "who")

    def test_is_not_offered_again_once_the_person_has_emptied_it(
        self, begin: Callable[..., Applicant], tangerang: Region, citizen: User
    ) -> None:
        keep(tangerang, citizen, **FACTS)
        applicant = begin(citizen)
        applicant.post("who", **WHO)
        applicant.post("about", **ABOUT)
        assert 'value="0812-3456-7890"' in body(applicant, "rest")
        applicant.post("rest", phone="", village="sukasari")
        assert 'value="0812-3456-7890"' not in body(applicant, "rest")

    def test_is_never_filed_unseen(
        self, begin: Callable[..., Applicant], tangerang: Region, citizen: User
    ) -> None:
        """A page that asks nothing needed can be passed by address; what it offers is then no answer."""
        keep(tangerang, citizen, **FACTS)
        applicant = begin(citizen)
        applicant.post("who", **WHO)
        applicant.post("about", **ABOUT)
        assert "0812" not in body(applicant, "review")
        assert applicant.send()["Location"].endswith("/receipt/")
        with scope.everywhere("a test reads what was filed"):
            assert "phone" not in Case.objects.latest("pk").answers

    def test_is_offered_to_nobody_who_is_not_logged_in(
        self, begin: Callable[..., Applicant], tangerang: Region, citizen: User
    ) -> None:
        keep(tangerang, citizen, **FACTS)
        assert NIK not in body(begin(), "who")

    @pytest.mark.parametrize(
        ("kind", "shown"),
        [
            ("address", 'value="Jl. Melati 3"'),
            ("text", 'value="Jl. Melati 3, RT 003, Sukarasa, Tangerang, Kota Tangerang, Banten"'),
            ("longtext", "Jl. Melati 3\nRT 003, Sukarasa, Tangerang, Kota Tangerang, Banten</textarea>"),
        ],
    )
    def test_gives_an_address_to_every_question_that_can_take_it(
        self, tangerang: Region, citizen: User, client_on: Callable[..., Client], kind: str, shown: str
    ) -> None:
        factories.areas()
        asked = domicile.question("home", kind, "Rumah", prefill={"profile": "address"})
        pages = domicile.pages()
        pages[0]["fields"].append(asked)
        factories.installed(tangerang, domicile.as_text(pages=pages))
        address = {"street": "Jl. Melati 3", "rt": "003", "region": "36.71.01.1001"}
        keep(tangerang, citizen, **FACTS | {"address": address})
        applicant = Applicant(client_on(tangerang, citizen), service="domisili")
        assert shown in body(applicant, "who")

    def test_of_another_region_is_not_offered(
        self, begin: Callable[..., Applicant], poso: Region, citizen: User
    ) -> None:
        keep(poso, citizen, **FACTS)
        assert NIK not in body(begin(citizen), "who")

    def test_leaves_out_what_is_no_possible_answer(
        self, begin: Callable[..., Applicant], tangerang: Region, citizen: User
    ) -> None:
        keep(tangerang, citizen, **FACTS | {"nik": "1111111111111111", "birth_date": "gestern"})
        shown = body(begin(citizen), "who")
        assert "1111111111111111" not in shown
        assert "Dari profil" not in shown

    def test_goes_with_the_draft_when_that_is_filed(
        self, begin: Callable[..., Applicant], tangerang: Region, citizen: User, draft_of: DraftOf
    ) -> None:
        keep(tangerang, citizen, **FACTS)
        applicant = begin(citizen)
        file(applicant)
        draft = draft_of(applicant)
        assert (draft.offered, draft.registers, draft.answers) == ({}, {}, {})


class TestPreviousCase:
    def test_offers_the_answers_of_ones_latest_case(
        self, begin: Callable[..., Applicant], citizen: User, draft_of: DraftOf
    ) -> None:
        file(begin(citizen), street="Jl. Lama 1")
        file(begin(citizen), street="Jl. Melati 3")
        again = begin(citizen)
        assert draft_of(again).offered == {"street": {"value": "Jl. Melati 3", "source": "previous"}}
        again.post("who", **WHO)
        again.post("about", **ABOUT)
        shown = body(again, "rest")
        assert 'value="Jl. Melati 3"' in shown
        assert "Dari permohonan Anda sebelumnya. Mohon diperiksa." in shown

    def test_offers_nothing_of_anybody_else(
        self, begin: Callable[..., Applicant], citizen: User, draft_of: DraftOf
    ) -> None:
        file(begin(citizen), street="Jl. Melati 3")
        assert draft_of(begin(factories.person("lain"))).offered == {}
        assert draft_of(begin()).offered == {}

    def test_offers_no_answer_of_another_kind_nor_a_sensitive_one(
        self, begin: Callable[..., Applicant], tangerang: Region, citizen: User, draft_of: DraftOf
    ) -> None:
        file(begin(citizen), street="Jl. Melati 3")
        for number, changes in enumerate([{"type": "longtext"}, {"privacy": "special"}], 2):
            pages = domicile.pages()
            street = next(f for page in pages for f in page["fields"] if f["key"] == "street")
            street.update(changes)
            if "privacy" in changes:
                del street["prefill"]
            factories.installed(tangerang, domicile.as_text(pages=pages), number=number)
            assert draft_of(begin(citizen)).offered == {}, changes


class TestQuery:
    def test_fills_in_what_the_link_says(self, begin: Callable[..., Applicant], draft_of: DraftOf) -> None:
        applicant = begin(query="?untuk=sekolah&mulai=2026-12-24")
        assert {key: offer["value"] for key, offer in draft_of(applicant).offered.items()} == {
            "purpose": "sekolah",
            "day": "2026-12-24",
        }
        applicant.post("who", **WHO)
        applicant.post("about", **ABOUT)
        shown = body(applicant, "rest")
        assert shown.count("Dari tautan yang Anda buka. Mohon diperiksa.") == 2
        assert "checked" in shown.split('value="sekolah"')[1].split(">")[0]

    @pytest.mark.parametrize(
        "query",
        [
            "?untuk=berlibur",
            "?untuk=",
            f"?untuk={'x' * 300}",
            "?mulai=kemarin",
            "?mulai=2026-02-31",
            "?purpose=sekolah",
            f"?nik={NIK}&phone=08123456789&name=Siti",
            "?untuk=%00&mulai=%ff",
            '?untuk="><script>alert(1)</script>',
            "?village=sukasari",
        ],
    )
    def test_takes_only_possible_values_of_named_parameters(
        self, begin: Callable[..., Applicant], draft_of: DraftOf, query: str
    ) -> None:
        assert draft_of(begin(query=query)).offered == {}

    def test_is_carried_along_by_the_service_page_only_where_it_is_named(
        self, domicile_offered: Installation, client_on: Callable[..., Client]
    ) -> None:
        page = client_on(domicile_offered.region).get("/services/domisili/?untuk=kerja&utm_source=x&nik=1")
        assert 'action="/services/domisili/start/?untuk=kerja"' in page.content.decode()


class TestForgery:
    def test_T10_no_page_can_post_an_offer_or_a_mark(
        self, begin: Callable[..., Applicant], draft_of: DraftOf
    ) -> None:
        applicant = begin()
        for name in ("offered", "registers", "_offered", "findings", "id_nik-note", "given"):
            response: Any = applicant.post("who", **WHO, **{name: "x"})
            assert response.status_code == 400, name
        assert draft_of(applicant).answers == {}
