"""An answer from a long list is sent back, searched anew without a script, and read by the officer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from runtime.cases import services
from runtime.cases.models import Case
from runtime.cases.outcomes import Receipt
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.forms import lists
from tests.runtime.forms.lists import BELONGS, LARGE, PARENT
from tests.runtime.forms.test_offering import ticked, values


@pytest.fixture
def desk(tangerang: Region, village: Region) -> Iterator[Village]:
    """The village, whose permit asks for a street of a district."""
    lists.imported(tangerang, 300)
    document = permit.document()
    document["pages"][0]["fields"] += [PARENT, {**LARGE, "filter": BELONGS}]
    changes = {"pages": document["pages"], **lists.used("daftar_jalan")}
    installation = factories.installed(tangerang, permit.as_text(**changes))
    clerk = factories.staff("clerk", village, "loket")
    head = factories.staff("head", village, "lurah")
    with scope.use(tangerang):
        yield Village(tangerang, village, installation.version, clerk, head)


@pytest.fixture
def filed(desk: Village) -> Receipt:
    given = permit.answers(village=desk.office.key, kecamatan="benda", jalan="S7")
    return desk.submit(answers=given, now=timezone.now())


@pytest.fixture
def citizen(desk: Village, filed: Receipt, client_on: Callable[..., Client]) -> Client:
    client = client_on(desk.region)
    client.post("/track/", {"reference": filed.reference, "proof": filed.access_code})
    return client


def case(filed: Receipt) -> Case:
    found: Case = Case.objects.get(reference=filed.reference)
    return found


class TestCorrection:
    def test_searches_the_list_among_what_fits(self, desk: Village, filed: Receipt, citizen: Client) -> None:
        desk.send_back(filed.reference, "jalan")
        path = f"/track/{filed.reference}/correct/"
        page = citizen.get(path)
        assert ticked(page) == ["S7"]
        assert "Jalan Melati 7" in page.content.decode()
        page = citizen.post(path, {"jalan": "S7", "jalan-words": "taman", "_list": "jalan"}, follow=True)
        assert ticked(page) == ["S7"]
        assert values(page)[1:3] == ["S10", "S40"]
        page = citizen.post(path, {"jalan": "S11"})
        assert escape("tidak cocok dengan “Kecamatan”") in page.content.decode()
        citizen.post(path, {"jalan": "S10"})
        assert case(filed).answers["jalan"] == "S10"

    def test_lets_what_belongs_to_a_corrected_answer_be_chosen_anew(
        self, desk: Village, filed: Receipt, citizen: Client
    ) -> None:
        desk.send_back(filed.reference, "kecamatan")
        path = f"/track/{filed.reference}/correct/"
        assert ticked(citizen.get(path)) == ["benda", "S7"]
        page = citizen.post(path, {"kecamatan": "cibodas", "jalan": "S7"})
        assert escape("tidak cocok dengan “Kecamatan”") in page.content.decode()
        assert case(filed).status == "fix"
        citizen.post(path, {"kecamatan": "cibodas", "jalan": "S8"})
        answers = case(filed).answers
        assert (case(filed).status, answers["kecamatan"], answers["jalan"]) == ("review", "cibodas", "S8")


class TestRegions:
    def test_are_judged_by_their_own_lists_under_the_same_document(
        self, desk: Village, filed: Receipt, citizen: Client, poso: Region
    ) -> None:
        desk.send_back(filed.reference, "jalan")
        citizen.post(f"/track/{filed.reference}/correct/", {"jalan": "S10"})
        lists.imported(poso, 9)
        office = Region.objects.get(key="bukit-bambu")
        there = factories.installed(poso, desk.version.document)
        clerk = factories.staff("clerk", office, "loket-poso")
        with scope.use(poso):
            other = Village(poso, office, there.version, clerk, clerk)
            given = permit.answers(village=office.key, kecamatan="benda", jalan="S7")
            receipt = other.submit(answers=given, now=timezone.now())
            other.send_back(receipt.reference, "jalan")
            with pytest.raises(services.Refused):
                other.perform(receipt.reference, "answer", answers={"jalan": "S10"})
            other.perform(receipt.reference, "answer", answers={"jalan": "S4"})


class TestCasePage:
    def test_shows_the_words_of_the_row(
        self, desk: Village, filed: Receipt, client_on: Callable[..., Client]
    ) -> None:
        officer = client_on(desk.region, desk.clerk)
        page = officer.get(f"/desk/cases/{filed.reference}/").content.decode()
        assert "Jalan Melati 7" in page
