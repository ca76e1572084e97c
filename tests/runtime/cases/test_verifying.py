"""Answers compared with a register after filing: later, again, anew after a correction, once by many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.test import Client

from runtime.cases import services, verifying
from runtime.cases.models import Case, Verification
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.registers.adapters.jsonhttps import JsonRegister
from runtime.registers.contract import Answer
from tests import factories
from tests.runtime.conftest import NOW, Village
from tests.runtime.registers.registry import SITI, Registry
from tests.runtime.wizard import domicile

ANSWERS = {
    "nik": SITI["NIK"],
    "birth": "1990-05-05",
    "name": "Siti Aminah",
    "sex": "P",
    "village": "sukasari",
}
SOON = NOW + verifying.WAITS[0]


@pytest.fixture
def domicile_desk(tangerang: Region, village: Region) -> Iterator[Village]:
    installation = factories.installed(tangerang, domicile.as_text())
    clerk, head = factories.staff("clerk", village, "loket"), factories.staff("head", village, "lurah")
    with scope.use(tangerang):
        yield Village(tangerang, village, installation.version, clerk, head)


class Second(JsonRegister):
    """An adapter during whose question another process looks at the same rows."""

    look: ClassVar[Callable[[], int]]
    found: ClassVar[int | None] = None

    def ask(self, by: Mapping[str, Any]) -> Answer:
        Second.found = Second.look()
        return super().ask(by)


def submit(desk: Village, **changes: Any) -> Case:
    findings = changes.pop("findings", None)
    answers = {key: value for key, value in (ANSWERS | changes).items() if value is not None}
    return desk.submit(answers=answers, findings=findings).case


def states(case: Case) -> dict[str, str]:
    return dict(Verification.objects.filter(case=case).values_list("field", "state"))


class TestBegin:
    def test_marks_each_answer_a_register_can_confirm(self, domicile_desk: Village) -> None:
        assert states(submit(domicile_desk)) == {"name": "pending", "sex": "pending"}
        assert states(submit(domicile_desk, sex=None)) == {"name": "pending"}

    def test_keeps_what_the_server_found_while_the_form_was_filled_in(self, domicile_desk: Village) -> None:
        case = submit(domicile_desk, findings={"name": "taken", "nik": "taken", "village": "taken"})
        assert states(case) == {"name": "taken", "sex": "pending"}

    def test_marks_once_when_the_same_application_arrives_twice(self, domicile_desk: Village) -> None:
        twice = {"submit_key": "eins", "answers": ANSWERS}
        first, again = domicile_desk.submit(**twice), domicile_desk.submit(**twice)
        assert again.repeated
        assert states(first.case) == {"name": "pending", "sex": "pending"}


class TestVerifyDue:
    def test_asks_later_and_says_what_came_of_it(self, domicile_desk: Village, registry: Registry) -> None:
        case = submit(domicile_desk, sex="L")
        assert verifying.verify_due(NOW) == 0
        assert registry.asked == []
        assert verifying.verify_due(SOON) == 2
        assert states(case) == {"name": "same", "sex": "different"}
        assert registry.asked == [{"nik": SITI["NIK"], "tgl_lahir": "1990-05-05"}]
        assert verifying.verify_due(SOON + timedelta(days=1)) == 0

    def test_says_when_the_register_knows_nobody(self, domicile_desk: Village, registry: Registry) -> None:
        case = submit(domicile_desk, nik="3671014505900002")
        verifying.verify_due(SOON)
        assert states(case) == {"name": "absent", "sex": "absent"}

    @pytest.mark.parametrize("mode", ["error", "quota", "garbage", "wrong", "slow"])
    def test_F23_tries_again_until_the_register_is_back(
        self, domicile_desk: Village, registry: Registry, mode: str
    ) -> None:
        case, now = submit(domicile_desk), SOON
        registry.mode = mode
        for _ in range(4):
            verifying.verify_due(now)
            assert states(case) == {"name": "pending", "sex": "pending"}
            due = Verification.objects.filter(case=case).values_list("due_at", flat=True)
            assert len(set(due)) == 1
            assert due[0] > now
            now = due[0]
        registry.mode = "ok"
        later = max(now, NOW + timedelta(hours=7))
        verifying.verify_due(later)
        assert states(case) == {"name": "same", "sex": "same"}

    def test_gives_up_after_a_week_and_keeps_the_mark(
        self, domicile_desk: Village, registry: Registry
    ) -> None:
        case, now, rounds = submit(domicile_desk), SOON, 0
        registry.mode = "error"
        while due := Verification.objects.filter(case=case, due_at__isnull=False).first():
            assert due.due_at is not None
            now, rounds = due.due_at, rounds + 1
            verifying.verify_due(now)
            assert rounds < 60
        assert now - NOW > timedelta(days=6)
        assert states(case) == {"name": "pending", "sex": "pending"}

    def test_takes_a_row_once_when_two_processes_look(
        self, domicile_desk: Village, registry: Registry, settings: Any
    ) -> None:
        """While one asks, the other finds the rows leased."""
        submit(domicile_desk)
        rows = list(Verification.objects.select_related("case__region", "case__version"))
        (asked,) = verifying._by_lookup(rows)
        Second.look = lambda: verifying._verify(rows, asked, SOON)
        Second.found = None
        settings.RAKIT_REGISTERS = {"dukcapil": registry.entry(adapter=f"{__name__}.Second")}
        assert verifying._verify(rows, asked, SOON) == 2
        assert Second.found == 0
        assert len(registry.asked) == 1

    def test_waits_for_few_registers_in_one_round(self, domicile_desk: Village, registry: Registry) -> None:
        for _ in range(verifying.AT_ONCE + 2):
            submit(domicile_desk)
        verifying.verify_due(SOON)
        assert len(registry.asked) == verifying.AT_ONCE
        verifying.verify_due(SOON)
        assert len(registry.asked) == verifying.AT_ONCE + 2


class TestCorrection:
    def test_has_corrected_answers_compared_anew(self, domicile_desk: Village, registry: Registry) -> None:
        case = submit(domicile_desk, name="Siti Amina", sex="P")
        verifying.verify_due(SOON)
        assert states(case) == {"name": "different", "sex": "same"}
        domicile_desk.send_back(case.reference, "name")
        answers = {"name": "Siti Aminah"}
        domicile_desk.perform(case.reference, "answer", answers=answers, now=SOON)
        assert states(case) == {"name": "pending", "sex": "same"}
        verifying.verify_due(SOON + verifying.WAITS[0])
        assert states(case) == {"name": "same", "sex": "same"}

    def test_compares_all_anew_when_another_person_is_named(
        self, domicile_desk: Village, registry: Registry
    ) -> None:
        case = submit(domicile_desk, findings={"name": "taken", "sex": "taken"})
        domicile_desk.send_back(case.reference, "nik")
        domicile_desk.perform(case.reference, "answer", answers={"nik": "3671014505900002"}, now=SOON)
        assert states(case) == {"name": "pending", "sex": "pending"}
        verifying.verify_due(SOON + verifying.WAITS[0])
        assert states(case) == {"name": "absent", "sex": "absent"}


class TestCasePage:
    def test_tells_the_officer(
        self, domicile_desk: Village, registry: Registry, client_on: Callable[..., Client]
    ) -> None:
        case = submit(domicile_desk, sex="L")
        client = client_on(domicile_desk.region, domicile_desk.clerk)
        address = f"/desk/cases/{case.reference}/"
        shown = client.get(address).content.decode()
        assert shown.count("Belum dicocokkan dengan Dukcapil") == 2
        services_before = services.verify_chain(case)
        verifying.verify_due(SOON)
        shown = client.get(address).content.decode()
        assert "Belum dicocokkan" not in shown
        assert "Cocok dengan Dukcapil" in shown
        assert "Berbeda dengan Dukcapil" in shown
        assert services.verify_chain(case) == services_before
