"""Filing: one transaction, judged on the server, and once per draft."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connections

from runtime.cases import chain, proof, reference
from runtime.cases.models import Case, CaseEvent, Task
from runtime.cases.outcomes import InvalidAnswers, NotOffered, Receipt
from runtime.effects.models import EffectRun
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.together import together


class TestSubmitCase:
    def test_writes_case_history_task_and_mail(self, desk: Village) -> None:
        receipt = desk.submit(submit_key="one")
        case = Case.objects.get()
        assert (receipt.case.pk, receipt.repeated) == (case.pk, False)
        assert (case.status, case.revision, case.office) == ("review", 1, desk.office)
        assert (case.applicant_name, case.contact_email) == ("Siti", "siti@contoh.id")
        assert case.due_at is not None
        assert case.due_at.date().isoformat() == "2026-11-24"
        event = CaseEvent.objects.get()
        assert (event.n, event.action, event.by, event.from_status) == (1, "filed", "applicant", "")
        task = Task.objects.get()
        assert (task.role, task.office, task.due_at) == ("clerk", desk.office, case.due_at)
        mail = EffectRun.objects.get()
        assert (mail.case_id, mail.event_n, mail.payload["to"]) == (case.pk, 1, "siti@contoh.id")
        assert chain.verify(case) == []

    def test_gives_the_same_receipt_again(self, desk: Village) -> None:
        first = desk.submit(submit_key="one")
        again = desk.submit(submit_key="one", answers={})
        assert again.repeated
        assert (again.reference, again.access_code) == (first.reference, first.access_code)
        assert (Case.objects.count(), EffectRun.objects.count()) == (1, 1)

    def test_gives_an_access_code_when_no_second_fact_was_answered(self, desk: Village) -> None:
        receipt = desk.submit()
        assert receipt.access_code is not None
        assert proof.matches(receipt.case, receipt.access_code.lower().replace("-", " "))
        assert not proof.matches(receipt.case, "AAAA-AAAA")

    def test_takes_the_answered_second_fact_when_there_is_one(self, tangerang: Region, desk: Village) -> None:
        known = {"name": "name", "email": "email", "proof": "name"}
        text = permit.as_text(key="lain", applicant=known)
        version = factories.installed(tangerang, text).version
        receipt = desk.submit(version=version)
        assert receipt.access_code is None
        assert proof.matches(receipt.case, " SITI ")

    def test_does_not_name_whoever_left_the_name_out_though_logged_in(
        self, desk: Village, citizen: User
    ) -> None:
        document = permit.document(key="lain")
        document["pages"][0]["fields"][0]["required"] = False
        version = factories.installed(desk.region, json.dumps(document)).version
        answers = permit.answers(name=None, email=None)
        case = desk.submit(version=version, answers=answers, applicant=citizen).case
        assert (case.applicant_name, case.contact_email) == ("", "")
        document = permit.document(key="lagi", applicant={})
        version = factories.installed(desk.region, json.dumps(document)).version
        case = desk.submit(version=version, applicant=citizen).case
        assert (case.applicant_name, case.contact_email) == (citizen.get_full_name(), citizen.email)

    def test_pins_the_case_to_its_version(self, desk: Village) -> None:
        receipt = desk.submit()
        factories.installed(desk.region, permit.as_text(title={"id": "Baru"}), number=2)
        assert Case.objects.get(pk=receipt.case.pk).version == desk.version

    @pytest.mark.parametrize(
        "answers",
        [
            permit.answers(name=None),
            permit.answers(age="thirty"),
            permit.answers(reason="c"),
            permit.answers(reason="b"),
            permit.answers(village="bukit-bambu"),
            permit.answers(village="tangerang-kecamatan"),
            permit.answers(stranger="x"),
            permit.answers(complete=True),
            permit.answers(paper=[{"id": "nonsense"}]),
        ],
        ids=[
            "missing",
            "wrong type",
            "no such option",
            "question behind a condition",
            "office of another region",
            "office of another kind",
            "unknown question",
            "officers' question",
            "unknown file",
        ],
    )
    def test_refuses_what_the_browser_should_have_refused(
        self, desk: Village, poso: Region, answers: dict[str, Any]
    ) -> None:
        with pytest.raises(InvalidAnswers):
            desk.submit(answers=answers)
        assert not Case.objects.exists()
        assert not EffectRun.objects.exists()

    def test_drops_the_answers_of_hidden_questions(self, desk: Village) -> None:
        receipt = desk.submit(answers=permit.answers(detail="tersembunyi"))
        assert "detail" not in receipt.case.answers

    @pytest.mark.parametrize("state", [Installation.State.PAUSED, Installation.State.CLOSED])
    def test_refuses_a_service_that_is_not_open(self, desk: Village, state: str) -> None:
        Installation.objects.update(state=state)
        with pytest.raises(NotOffered):
            desk.submit()

    def test_lets_a_draft_be_finished_while_the_service_is_closing(self, desk: Village) -> None:
        Installation.objects.update(state=Installation.State.CLOSING)
        assert desk.submit().reference

    def test_refuses_the_version_of_another_region(self, desk: Village, poso: Region) -> None:
        version = factories.installed(poso, permit.as_text()).version
        with pytest.raises(NotOffered):
            desk.submit(version=version)

    def test_leaves_no_trace_when_it_breaks_off(self, desk: Village, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("power cut")

        with monkeypatch.context() as patch:
            patch.setattr("runtime.cases.outgoing.enqueue", broken)
            with pytest.raises(RuntimeError):
                desk.submit(submit_key="one")
        assert not Case.objects.exists()
        assert not CaseEvent.objects.exists()
        assert not desk.submit(submit_key="one").repeated


class TestParallelSubmits:
    def test_of_one_draft_make_one_case_and_fifty_equal_receipts(
        self, transactional_db: None, desk: Village
    ) -> None:
        def submit(_: int) -> Receipt:
            with scope.use(desk.region):
                return desk.submit(submit_key="the-draft")

        receipts = together(50, submit, at_once=10)
        assert sorted(receipt.repeated for receipt in receipts) == [False] + [True] * 49
        assert len({(receipt.reference, receipt.access_code) for receipt in receipts}) == 1
        assert Case.objects.count() == CaseEvent.objects.count() == EffectRun.objects.count() == 1
        connections.close_all()


class TestReference:
    def test_has_sixty_random_bits_and_begins_with_the_regions_letters(self, desk: Village) -> None:
        text = desk.submit().reference
        prefix, *groups = text.split("-")
        assert (prefix, [len(group) for group in groups]) == ("TNG", [4, 4, 5])
        assert len({reference.generate("TNG") for _ in range(1000)}) == 1000

    def test_is_found_however_it_is_typed(self) -> None:
        text = reference.generate("TNG")
        assert reference.normalise(f" {text.lower().replace('-', ' ')} ") == text
        assert reference.normalise(text.replace("0", "O").replace("1", "l")) == text

    def test_notices_every_wrong_letter_and_every_swap(self) -> None:
        text = reference.generate("TNG")
        letters = text.removeprefix("TNG-").replace("-", "")
        for n, letter in enumerate(letters):
            for other in reference.ALPHABET:
                if other != letter:
                    assert reference.normalise(f"TNG{letters[:n]}{other}{letters[n + 1 :]}") is None
            for m in range(n + 1, len(letters)):
                if letters[m] != letter:
                    swapped = list(letters)
                    swapped[n], swapped[m] = swapped[m], swapped[n]
                    assert reference.normalise("TNG" + "".join(swapped)) is None

    def test_is_no_reference_when_too_short(self) -> None:
        assert reference.normalise("TNG-123") is None
        known = reference.generate("TNG")
        for prefix in ("\0", "T\0G", "TNGTNGT", "T/", "é"):
            assert reference.normalise(known.replace("TNG", prefix)) is None
        assert reference.normalise("") is None
