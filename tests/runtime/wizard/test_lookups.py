"""Answers from an outside register while filling in (F23), with a real one on loopback."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from runtime.cases.models import Case, Verification
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.registers import breaker
from runtime.wizard import lookups
from runtime.wizard.models import Draft
from tests import factories
from tests.runtime.registers.registry import SITI, Registry
from tests.runtime.wizard import domicile
from tests.runtime.wizard.forms import Applicant

WHO = {"nik": SITI["NIK"], "birth-day": "5", "birth-month": "5", "birth-year": "1990"}
OTHER = WHO | {"nik": "3671014505900002"}
BUTTON = "Ambil data dari Dukcapil"
LOOKUP = "dukcapil:nik=nik,tgl_lahir=birth"
DraftOf = Callable[[Applicant], Draft]
Begin = Callable[..., Applicant]


@pytest.fixture
def begin(tangerang: Region, client_on: Callable[..., Client]) -> Begin:
    village = Region.objects.get(key="sukasari")
    factories.staff("clerk", village, "loket")
    factories.staff("head", village, "kepala")

    def make(**changes: Any) -> Applicant:
        pages = domicile.pages(one_page=changes.pop("one_page", False))
        for page in pages:
            for question in page["fields"]:
                question.update(changes.get(question["key"], {}))
        factories.installed(tangerang, domicile.as_text(pages=pages))
        return Applicant(client_on(tangerang), "domisili")

    return make


def body(response: Any) -> str:
    return str(response.content.decode())


def follow(applicant: Applicant, response: Any) -> str:
    assert response.status_code == 302, body(response)
    return body(applicant.client.get(response["Location"]))


def value_of(html: str, name: str) -> str:
    found = re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', html)
    assert found, name
    return found[1]


def finish(applicant: Applicant) -> Case:
    assert applicant.post("rest", village="sukasari").status_code == 302
    assert applicant.send()["Location"].endswith("/receipt/")
    with scope.everywhere("a test reads what was filed"):
        found: Case = Case.objects.latest("pk")
    return found


def states(case: Case) -> dict[str, str]:
    with scope.use(case.region):
        return dict(Verification.objects.filter(case=case).values_list("field", "state"))


class TestContinue:
    def test_brings_the_data_onto_the_next_page(
        self, begin: Begin, registry: Registry, draft_of: DraftOf
    ) -> None:
        applicant = begin()
        response = applicant.post("who", **WHO)
        assert response["Location"] == applicant.at("about")
        shown = follow(applicant, response)
        assert value_of(shown, "name") == "SITI AMINAH"
        assert "checked" in shown.split('value="P"')[1].split(">")[0]
        assert shown.count("Diambil dari Dukcapil.") == 2
        assert BUTTON not in shown
        assert draft_of(applicant).answers == {"nik": SITI["NIK"], "birth": "1990-05-05"}
        assert registry.asked == [{"nik": SITI["NIK"], "tgl_lahir": "1990-05-05"}]

    def test_keeps_only_what_the_service_takes(
        self, begin: Begin, registry: Registry, draft_of: DraftOf
    ) -> None:
        applicant = begin()
        applicant.post("who", **WHO)
        assert "TANGERANG" not in str(draft_of(applicant).registers)

    def test_asks_once_about_the_same_person(self, begin: Begin, registry: Registry) -> None:
        applicant = begin()
        for _ in range(3):
            applicant.post("who", **WHO)
        applicant.post("about", name="SITI AMINAH", sex="P")
        assert len(registry.asked) == 1

    def test_shows_the_page_again_when_it_now_holds_answers_nobody_has_seen(
        self, begin: Begin, registry: Registry, draft_of: DraftOf
    ) -> None:
        applicant = begin(one_page=True)
        response = applicant.post("who", **WHO, name="")
        assert response["Location"] == applicant.at("who")
        shown = follow(applicant, response)
        assert value_of(shown, "name") == "SITI AMINAH"
        assert "Data dari Dukcapil sudah diisikan. Mohon diperiksa." in shown
        assert "name" not in draft_of(applicant).answers
        response = applicant.post("who", **WHO, name="SITI AMINAH", sex="P")
        assert response["Location"] == applicant.at("rest")

    def test_does_not_ask_while_a_fact_is_missing(self, begin: Begin, registry: Registry) -> None:
        applicant = begin()
        applicant.post("who", **WHO | {"nik": "12"})
        assert registry.asked == []

    def test_does_not_ask_for_questions_that_are_not_asked(self, begin: Begin, registry: Registry) -> None:
        hidden = {"visible": {"==": [{"var": "nik"}, "3671014505900009"]}}
        applicant = begin(name=hidden, sex=hidden)
        applicant.post("who", **WHO)
        assert registry.asked == []

    def test_does_not_ask_when_somebody_saves_for_later_or_types(
        self, begin: Begin, registry: Registry
    ) -> None:
        applicant = begin()
        applicant.post("who", **WHO, _do="save")
        applicant.client.post(applicant.at("who") + "autosave/", WHO)
        assert registry.asked == []


class TestButton:
    def test_keeps_everything_typed_and_fills_in_the_rest(
        self, begin: Begin, registry: Registry, draft_of: DraftOf
    ) -> None:
        applicant = begin(one_page=True)
        shown = body(applicant.get("who"))
        assert shown.count(BUTTON) == 1
        assert shown.index("Continue" if "Continue" in shown else "Lanjut") < shown.index(BUTTON)
        response = applicant.post("who", **WHO, sex="L", _fetch=LOOKUP)
        assert response["Location"] == applicant.at("who")
        shown = follow(applicant, response)
        assert value_of(shown, "name") == "SITI AMINAH"
        assert "Berbeda dengan Dukcapil. Petugas akan memeriksanya." in shown  # the person had chosen L
        assert draft_of(applicant).answers["sex"] == "L"

    def test_says_what_must_be_answered_first(self, begin: Begin, registry: Registry) -> None:
        applicant = begin(one_page=True)
        shown = follow(applicant, applicant.post("who", name="Siti", _fetch=LOOKUP))
        assert "Mohon isi dahulu “NIK”, “Tanggal lahir”." in shown
        assert value_of(shown, "name") == "Siti"
        assert registry.asked == []

    def test_is_not_there_where_the_region_is_not_connected(self, begin: Begin) -> None:
        applicant = begin(one_page=True)
        assert "_fetch" not in body(applicant.get("who"))
        assert applicant.post("who", **WHO, name="Siti").status_code == 302
        assert states(finish(applicant)) == {"name": "pending"}

    def test_tries_again_when_the_register_was_down(self, begin: Begin, registry: Registry) -> None:
        applicant = begin(one_page=True)
        registry.mode = "error"
        shown = follow(applicant, applicant.post("who", **WHO, _fetch=LOOKUP))
        assert "Dukcapil sedang tidak dapat dihubungi." in shown
        assert BUTTON in shown
        registry.mode = "ok"
        shown = follow(applicant, applicant.post("who", **WHO, _fetch=LOOKUP))
        assert value_of(shown, "name") == "SITI AMINAH"

    def test_cannot_name_a_register_the_service_does_not_ask(self, begin: Begin, registry: Registry) -> None:
        applicant = begin(one_page=True)
        for forged in ("pajak:nik=nik", "dukcapil:nik=name", "\x00", "x" * 5000):
            assert applicant.post("who", **WHO, _fetch=forged).status_code == 302
        assert registry.asked == []

    def test_cannot_be_used_to_leaf_through_a_register(self, begin: Begin, registry: Registry) -> None:
        applicant = begin(one_page=True)
        for number in range(lookups.MOST + 5):
            applicant.post("who", **WHO | {"nik": f"36710145059{number:05d}"}, _fetch=LOOKUP)
        assert 0 < len(registry.asked) <= lookups.MOST


class TestTrouble:
    @pytest.mark.parametrize("mode", ["error", "quota", "garbage", "wrong", "hang_up", "slow"])
    def test_F23_never_blocks_the_submit(
        self, begin: Begin, registry: Registry, settings: Any, mode: str
    ) -> None:
        settings.RAKIT_REGISTERS = {"dukcapil": registry.entry(seconds=0.3)}
        registry.mode = mode
        applicant = begin()
        shown = follow(applicant, applicant.post("who", **WHO))
        assert value_of(shown, "name") == ""
        assert "ORANG LAIN" not in shown
        assert shown.count("Belum dicocokkan dengan Dukcapil. Petugas akan melakukannya nanti.") == 2
        assert applicant.post("about", name="Siti Aminah", sex="P").status_code == 302
        assert states(finish(applicant)) == {"name": "pending", "sex": "pending"}

    def test_F23_asks_a_register_no_more_once_the_circuit_is_open(
        self, begin: Begin, registry: Registry
    ) -> None:
        registry.mode = "error"
        applicant = begin()
        for number in range(5):
            applicant.post("who", **WHO | {"nik": f"367101450590000{number + 1}"})
        assert len(registry.asked) == breaker.FAILURES

    def test_says_nothing_is_known_of_a_stranger(self, begin: Begin, registry: Registry) -> None:
        applicant = begin(one_page=True)
        shown = follow(applicant, applicant.post("who", **OTHER, _fetch=LOOKUP))
        assert "Dukcapil tidak mengenal data ini bersama-sama." in shown
        applicant.post("who", **OTHER, name="Ani")
        assert states(finish(applicant)) == {"name": "absent"}


class TestLocked:
    """A question with `readOnly` is typed by hand only while the register has not answered."""

    LOCKED = {"name": {"readOnly": True}, "sex": {"readOnly": True}}

    def test_shows_the_register_answer_without_an_input(
        self, begin: Begin, registry: Registry, draft_of: DraftOf
    ) -> None:
        applicant = begin(**self.LOCKED)
        shown = follow(applicant, applicant.post("who", **WHO))
        assert "SITI AMINAH" in shown
        assert "Perempuan" in shown
        assert 'name="name"' not in shown
        assert 'name="sex"' not in shown
        assert shown.count("Diambil dari Dukcapil.") == 2
        assert draft_of(applicant).answers.keys() == {"nik", "birth"}
        assert applicant.post("about")["Location"] == applicant.at("rest")
        assert draft_of(applicant).answers["name"] == "SITI AMINAH"
        assert states(finish(applicant)) == {"name": "taken", "sex": "taken"}

    @pytest.mark.parametrize("posted", [{"name": "Orang Lain", "sex": "L"}, {"name": "", "sex": ""}])
    def test_T10_takes_no_other_answer_from_the_browser(
        self, begin: Begin, registry: Registry, draft_of: DraftOf, posted: dict[str, str]
    ) -> None:
        applicant = begin(**self.LOCKED)
        applicant.post("who", **WHO)
        applicant.client.post(applicant.at("about") + "autosave/", posted)
        applicant.post("about", **posted)
        answers = draft_of(applicant).answers
        assert (answers["name"], answers["sex"]) == ("SITI AMINAH", "P")

    def test_T10_replaces_what_was_typed_before_the_register_answered(
        self, begin: Begin, registry: Registry, draft_of: DraftOf
    ) -> None:
        applicant = begin(one_page=True, **self.LOCKED)
        response = applicant.post("who", **WHO, name="Orang Lain", sex="L")
        assert response["Location"] == applicant.at("who")
        assert "Orang Lain" not in follow(applicant, response)
        assert "name" not in draft_of(applicant).answers
        applicant.post("who", **WHO)
        assert draft_of(applicant).answers["name"] == "SITI AMINAH"

    def test_lets_the_answer_be_typed_while_the_register_is_away(
        self, begin: Begin, registry: Registry
    ) -> None:
        registry.mode = "error"
        applicant = begin(**self.LOCKED)
        shown = follow(applicant, applicant.post("who", **WHO))
        assert value_of(shown, "name") == ""
        assert applicant.post("about", name="Siti Aminah")["Location"] == applicant.at("rest")
        assert states(finish(applicant)) == {"name": "pending"}

    def test_opens_again_when_another_person_is_named(self, begin: Begin, registry: Registry) -> None:
        applicant = begin(**self.LOCKED)
        applicant.post("who", **WHO)
        applicant.post("about")
        shown = follow(applicant, applicant.post("who", **OTHER))
        assert value_of(shown, "name") == ""
        assert "SITI" not in shown


class TestFiling:
    def test_T10_marks_what_was_taken_by_what_the_server_knows(
        self, begin: Begin, registry: Registry
    ) -> None:
        applicant = begin()
        applicant.post("who", **WHO)
        applicant.post("about", name="Siti  Aminah", sex="L")
        assert states(finish(applicant)) == {"name": "taken", "sex": "different"}

    def test_lets_go_of_what_was_taken_about_somebody_else(
        self, begin: Begin, registry: Registry, draft_of: DraftOf
    ) -> None:
        applicant = begin()
        applicant.post("who", **WHO)
        applicant.post("about", name="SITI AMINAH", sex="L")
        response = applicant.post("who", **OTHER, _return="review")
        draft = draft_of(applicant)
        assert "name" not in draft.answers  # Siti's
        assert draft.answers["sex"] == "L"  # typed by hand
        assert response["Location"] == applicant.at("about")
        assert "SITI" not in str(draft.registers)

    def test_files_no_answer_taken_about_somebody_who_was_changed_at_the_last_moment(
        self, begin: Begin, registry: Registry
    ) -> None:
        applicant = begin()
        applicant.post("who", **WHO)
        applicant.post("about", name="SITI AMINAH", sex="P")
        applicant.post("rest", village="sukasari")
        applicant.client.post(applicant.at("who") + "autosave/", OTHER)
        assert applicant.send()["Location"] == applicant.at("about")
