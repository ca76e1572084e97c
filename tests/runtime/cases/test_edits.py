"""Answers put right by officers: one event, its words beside it, everybody told, nothing changed unseen."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from runtime.cases import chain, selectors, services
from runtime.cases.models import Case, CaseEvent, Edit, Word
from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.workflow.editing import EDIT
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.together import together

BEFORE, AFTER = "Siti Kanari", "Siti Kenari"
REASON = "Menurut telepon ibu Melati"
_keys = iter(range(10_000))


def case_of(reference: str) -> Case:
    return Case.objects.select_related("region", "version", "office").get(reference=reference)


def edit(desk: Village, reference: str, answers: dict[str, Any], **more: Any) -> services.Performed:
    given: dict[str, Any] = {"comment": REASON, "key": f"e{next(_keys)}", "user": desk.clerk} | more
    return desk.perform(reference, EDIT, answers=answers, **given)


def refusal(desk: Village, reference: str, answers: dict[str, Any], **more: Any) -> str:
    with pytest.raises(services.Refused) as refused:
        edit(desk, reference, answers, **more)
    return refused.value.refused.reason


@pytest.fixture
def filed(desk: Village) -> str:
    return desk.submit(answers=permit.answers(village=desk.office.key, name=BEFORE)).reference


class TestEdit:
    def test_is_one_event_that_names_the_questions_and_who(self, desk: Village, filed: str) -> None:
        done = edit(desk, filed, {"name": AFTER, "age": 31})
        event = CaseEvent.objects.get(pk=done.event.pk)
        assert (event.n, event.action, event.by, event.actor) == (2, EDIT, "person", desk.clerk)
        assert (event.role, event.from_status, event.to_status) == ("clerk", "review", "review")
        assert event.data["changed"] == ["age", "name"]
        case = case_of(filed)
        assert (case.answers["name"], case.applicant_name, case.revision) == (AFTER, AFTER, 2)
        assert chain.verify(case) == []

    def test_keeps_its_words_beside_the_chained_event(self, desk: Village, filed: str) -> None:
        edit(desk, filed, {"name": AFTER})
        row = Edit.objects.get()
        assert (row.reason, row.before, row.after) == (REASON, {"name": BEFORE}, {"name": AFTER})
        event = row.event
        written = json.dumps(event.data) + event.note
        assert not [word for word in (BEFORE, AFTER, REASON) if word in written]
        unsalted = [chain.digest([EDIT, REASON, {"name": AFTER}, []]), chain.digest(AFTER)]
        assert not [digest for digest in unsalted if digest in written]

    @pytest.mark.parametrize(
        "changes",
        [{"reason": "Lain"}, {"before": {"name": "Lain"}}, {"after": {}}, {"salt": "0" * 32}],
    )
    def test_is_found_when_what_lies_beside_it_is_changed(
        self, desk: Village, filed: str, changes: dict[str, Any]
    ) -> None:
        edit(desk, filed, {"name": AFTER})
        Edit.objects.update(**changes)
        assert [(one.n, one.what) for one in chain.verify(case_of(filed))] == [(2, "edited answers")]

    def test_is_found_when_what_lies_beside_it_is_gone(self, desk: Village, filed: str) -> None:
        edit(desk, filed, {"name": AFTER})
        Edit.objects.all().delete()
        assert [(one.n, one.what) for one in chain.verify(case_of(filed))] == [(2, "edited answers")]

    def test_leaves_times_and_tasks_as_they_are(self, desk: Village, filed: str) -> None:
        before = case_of(filed)
        tasks = list(before.tasks.values_list("pk", "role", "office", "due_at", "closed_at"))
        edit(desk, filed, {"age": 31})
        after = case_of(filed)
        assert (after.due_at, after.deadline_at, after.office) == (
            before.due_at,
            before.deadline_at,
            before.office,
        )
        assert list(after.tasks.values_list("pk", "role", "office", "due_at", "closed_at")) == tasks

    def test_lets_the_case_be_found_by_its_new_words(self, desk: Village, filed: str) -> None:
        edit(desk, filed, {"name": AFTER})
        words = {
            bytes(one) for one in Word.objects.filter(case=case_of(filed)).values_list("word", flat=True)
        }
        assert (b"kenari" in words, b"kanari" in words) == (True, False)

    def test_made_twice_with_one_key_is_one(self, desk: Village, filed: str) -> None:
        first = edit(desk, filed, {"name": AFTER}, key="same")
        again = edit(desk, filed, {"name": AFTER}, key="same")
        assert (again.repeated, again.event.pk) == (True, first.event.pk)
        assert refusal(desk, filed, {"name": "Lain"}, key="same") == "key_reused"
        assert refusal(desk, filed, {"name": AFTER}, key="same", comment="Lain") == "key_reused"
        assert Edit.objects.count() == 1

    def test_is_refused_to_whoever_saw_an_older_state(self, desk: Village, filed: str) -> None:
        edit(desk, filed, {"name": AFTER}, seen_revision=1)
        with pytest.raises(services.Conflict) as conflict:
            edit(desk, filed, {"age": 31}, seen_revision=1)
        with translation.override("id"):
            assert conflict.value.event.action == EDIT
        assert case_of(filed).answers["age"] == 30

    def test_stops_a_colleague_who_decides_on_what_was(self, desk: Village, filed: str) -> None:
        edit(desk, filed, {"age": 15})
        with pytest.raises(services.Conflict):
            desk.forward(filed, seen_revision=1)
        assert case_of(filed).status == "review"

    def test_is_for_the_role_that_has_the_case_in_hand(
        self, desk: Village, filed: str, outsider: User
    ) -> None:
        assert refusal(desk, filed, {"age": 31}, user=desk.head) == "wrong_role"
        assert refusal(desk, filed, {"age": 31}, user=outsider) == "wrong_role"
        desk.forward(filed)
        assert refusal(desk, filed, {"age": 31}) == "wrong_role"
        desk.perform(filed, "sign", desk.head)
        assert refusal(desk, filed, {"age": 31}) == "final"
        assert not Edit.objects.exists()

    def test_knows_no_case_of_another_region(self, desk: Village, filed: str, poso: Region) -> None:
        with scope.use(poso), pytest.raises(Case.DoesNotExist):
            services.perform(
                region=poso,
                case_reference=filed,
                action=EDIT,
                key="far",
                now=desk.now,
                actor_user=desk.clerk,
                comment=REASON,
                answers={"age": 31},
            )

    def test_refuses_an_office_or_file_among_the_answers(self, desk: Village, filed: str) -> None:
        assert refusal(desk, filed, {"village": desk.region.key}) == "answers_invalid"
        assert refusal(desk, filed, {"paper": [{"id": "0" * 32}]}) == "answers_invalid"


class TestNotice:
    def test_goes_to_where_the_applicant_was_reached_before_as_well(self, desk: Village, filed: str) -> None:
        edit(desk, filed, {"email": "lain@contoh.id"})
        rows = EffectRun.objects.filter(event_n=2, type="mail")
        assert sorted(row.payload["to"] for row in rows) == ["lain@contoh.id", "siti@contoh.id"]

    def test_says_that_something_changed_and_where_to_read_it(
        self, desk: Village, filed: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        effects.run_due(now=desk.now)
        mail.outbox.clear()
        edit(desk, filed, {"name": AFTER})
        payloads = json.dumps(list(EffectRun.objects.filter(event_n=2).values_list("payload", flat=True)))
        effects.run_due(now=desk.now)
        (sent,) = mail.outbox
        assert filed in sent.subject
        assert f"/track/{filed}/" in sent.body
        told = sent.subject + sent.body + payloads + caplog.text
        assert not [word for word in (BEFORE, AFTER, REASON) if word in told]


class TestHistory:
    def test_tells_officers_and_the_applicant_what_was_and_what_is(self, desk: Village, filed: str) -> None:
        edit(desk, filed, {"name": AFTER, "email": None})
        case = case_of(filed)
        officers = selectors.timeline(case, "id")[-1]
        applicants = selectors.public_view(case, "id").past[-1]
        for entry in (officers, applicants):
            assert entry.edit is not None
            assert entry.edit.reason == REASON
            assert [(one.label, one.before, one.after) for one in entry.edit.changes] == [
                ("Nama", BEFORE, AFTER),
                ("Email", "siti@contoh.id", ""),
            ]
        assert officers.by.startswith(desk.clerk.get_full_name())
        assert desk.clerk.get_full_name() not in applicants.by

    def test_tells_an_answer_whose_question_went_away(self, desk: Village, filed: str) -> None:
        edit(desk, filed, {"reason": "b", "detail": "Usaha"})
        edit(desk, filed, {"reason": "a"})
        told = selectors.timeline(case_of(filed), "id")[-1].edit
        assert told is not None
        assert [(one.label, one.before, one.after) for one in told.changes] == [
            ("Alasan", "B", "A"),
            ("Rincian", "Usaha", ""),
        ]


class TestTogether:
    @pytest.mark.django_db(transaction=True)
    def test_one_of_several_editors_wins_and_the_others_are_told(self, desk: Village, filed: str) -> None:
        def go(n: int) -> str:
            try:
                with scope.use(desk.region):
                    edit(desk, filed, {"age": 31 + n}, seen_revision=1)
                return "won"
            except services.Conflict:
                return "told"

        assert sorted(together(4, go)) == ["told"] * 3 + ["won"]
        assert Edit.objects.count() == 1
        assert chain.verify(case_of(filed)) == []
