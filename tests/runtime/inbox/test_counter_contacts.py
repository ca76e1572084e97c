"""At the counter, whoever has no telephone can apply all the same; elsewhere it is asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from runtime.cases import services
from runtime.cases.models import Case, CaseEvent
from runtime.forms import contacts
from runtime.regions.models import Role
from runtime.wizard.models import Draft
from runtime.workflow.values import ActionRefused
from schemas import parse
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village

KEY = "izin-telepon"
BOX = "Pemohon tidak punya telepon"
DATA = {"name": "Siti Aminah", "email": "", "age": "40"}


def asking() -> str:
    """Return the permit that asks for a telephone, by which the applicant is known again."""
    document = permit.document(key=KEY)
    document["applicant"] |= {"phone": "hp", "proof": "hp"}
    first = document["pages"][0]
    first["fields"].append({"key": "hp", "type": "phone", "label": permit.text("Nomor HP"), "required": True})
    return json.dumps(document)


@pytest.fixture
def at(desk: Village, clerk_at: Client) -> Client:
    factories.installed(desk.region, asking())
    Role.objects.filter(region=desk.region, key="clerk").update(counter=True)
    return clerk_at


@pytest.fixture
def begun(desk: Village, at: Client) -> str:
    """The address of an application at the counter."""
    return str(at.post(f"/desk/counter/{KEY}/", {"name": "Siti Aminah", "identity": "ktp"}).url)


def data(desk: Village, **changes: Any) -> dict[str, Any]:
    return {**DATA, "village": desk.office.key, "hp": "", **changes}


def file(at: Client, begun: str, desk: Village) -> tuple[Case, str]:
    """Send the application of somebody without a telephone; return the case and its receipt."""
    at.post(f"{begun}data/", data(desk, _lacks="phone"))
    at.post(f"{begun}more/", {})
    receipt = at.get(at.post(f"{begun}review/", {"agree": "on"}).url).content.decode()
    return Case.objects.get(), receipt


class TestBox:
    def test_stands_below_the_question_at_the_counter_alone(
        self, desk: Village, at: Client, begun: str, client_on: ClientOn
    ) -> None:
        page = at.get(f"{begun}data/").content.decode()
        assert page.count(BOX) == 1
        assert page.index("Nomor HP") < page.index(BOX)
        assert "tidak punya alamat email" not in page  # it may be left empty anyway
        citizen = client_on(desk.region, None)
        own = citizen.post(f"/services/{KEY}/start/").url
        assert BOX not in citizen.get(f"{own}data/").content.decode()
        sent = citizen.post(f"{own}data/", data(desk, _lacks="phone"))
        assert sent.status_code == 200
        assert "Isi “Nomor HP”" in sent.content.decode()

    def test_lets_the_question_go_and_takes_it_back(self, desk: Village, at: Client, begun: str) -> None:
        assert "Isi “Nomor HP”" in at.post(f"{begun}data/", data(desk)).content.decode()
        assert at.post(f"{begun}data/", data(desk, _lacks="phone")).url.endswith("/more/")
        assert 'value="phone" id="id_hp-lacks" checked' in at.get(f"{begun}data/").content.decode()
        assert at.post(f"{begun}data/", data(desk)).status_code == 200
        assert Draft.objects.get().counter["lacks"] == []
        assert at.post(f"{begun}data/autosave/", data(desk, _lacks="phone")).json()["saved"]
        assert Draft.objects.get().counter["lacks"] == ["phone"]


class TestCase:
    def test_is_told_in_the_history_and_opens_with_a_code(
        self, desk: Village, at: Client, begun: str
    ) -> None:
        case, receipt = file(at, begun, desk)
        assert CaseEvent.objects.get(case=case).data["lacks"] == ["phone"]
        assert services.verify_chain(case) == []
        assert "Kode akses Anda" in receipt
        assert "Layanan ini tidak dapat mengirim kabar kepada Anda" in receipt
        page = at.get(f"/desk/cases/{case.reference}/").content.decode()
        assert "Pemohon tidak punya telepon." in page
        assert "Layanan ini tidak dapat mengirim kabar kepada pemohon" in page

    def test_says_nothing_of_a_box_beside_a_number(self, desk: Village, at: Client, begun: str) -> None:
        at.post(f"{begun}data/", data(desk, _lacks="phone", hp="081234567890"))
        at.post(f"{begun}more/", {})
        at.post(f"{begun}review/", {"agree": "on"})
        assert "lacks" not in CaseEvent.objects.get().data

    def test_can_be_put_right_without_a_telephone(self, desk: Village, at: Client, begun: str) -> None:
        case, _receipt = file(at, begun, desk)
        desk.send_back(case.reference, "age")
        desk.perform(case.reference, "answer", answers={"age": 41})
        case.refresh_from_db()
        assert (case.status, case.answers["age"]) == ("review", 41)

    def test_has_to_give_a_number_that_is_asked_for_again(
        self, desk: Village, at: Client, begun: str
    ) -> None:
        case, _receipt = file(at, begun, desk)
        desk.send_back(case.reference, "hp", "age")
        with pytest.raises(services.Refused) as refused:
            desk.perform(case.reference, "answer", answers={"age": 41})
        assert isinstance(refused.value.refused, ActionRefused)
        assert refused.value.refused.reason == "answers_invalid"


class TestReached:
    def test_counts_a_telephone_only_where_the_service_writes_to_it(self) -> None:
        module = parse.load(asking())
        assert not contacts.reached(module, {"hp": "+6281234567890"}, "")
        assert contacts.reached(module, {}, "siti@contoh.id")
