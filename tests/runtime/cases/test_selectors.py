"""Who sees which case, and what a citizen and an officer are told of it."""

from __future__ import annotations

from typing import get_args

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from runtime.cases import reasons, selectors
from runtime.cases.models import Case
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.workflow.values import ActionRefused, Reason
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village


class TestWork:
    def test_lists_the_open_tasks_of_ones_own_posts(self, desk: Village, citizen: User) -> None:
        reference = desk.submit().reference
        elsewhere = factories.staff("clerk", factories.office(desk.region, "cibodas"))
        assert [t.case.reference for t in selectors.work(desk.region, desk.clerk)] == [reference]
        for other in (desk.head, elsewhere, citizen):
            assert not selectors.work(desk.region, other).exists()
        desk.forward(reference)
        assert not selectors.work(desk.region, desk.clerk).exists()
        assert selectors.work(desk.region, desk.head).count() == 1

    def test_puts_what_is_due_first_on_top(self, desk: Village) -> None:
        first, second = desk.submit(), desk.submit()
        desk.forward(first.reference)
        factories.member(desk.clerk, "head", desk.office)
        found = [task.case.reference for task in selectors.work(desk.region, desk.clerk)]
        assert found == [first.reference, second.reference]  # hours before days

    def test_is_empty_in_another_region(self, desk: Village, poso: Region) -> None:
        desk.submit()
        with scope.use(poso):
            assert not selectors.work(poso, desk.clerk).exists()

    @pytest.mark.skipif(
        "connection.vendor != 'sqlite'", reason="PostgreSQL keeps statistics and needs no hint."
    )
    def test_never_looks_beside_a_task_through_the_whole_region(self, desk: Village) -> None:
        with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
            assert list(selectors.work(desk.region, desk.clerk)) == []
            assert "cases_task" in asked[-1]["sql"]
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
        beside = [step for step in plan if step.startswith("SEARCH U0")]
        assert len(beside) == 3
        assert [step for step in beside if step.endswith("(region_id=?)")] == []


class TestCaseForOfficer:
    def test_is_found_by_those_who_had_to_do_with_it(
        self, desk: Village, poso: Region, citizen: User
    ) -> None:
        reference = desk.submit().reference
        assert selectors.case_for_officer(desk.region, desk.clerk, reference.lower())
        assert selectors.case_for_officer(desk.region, desk.head, reference) is None
        desk.forward(reference)
        assert selectors.case_for_officer(desk.region, desk.head, reference)
        assert selectors.case_for_officer(desk.region, desk.clerk, reference)
        assert selectors.case_for_officer(desk.region, citizen, reference) is None
        with scope.use(poso):
            assert selectors.case_for_officer(poso, desk.clerk, reference) is None

    def test_is_lost_with_the_post(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.clerk.memberships.all().delete()
        assert selectors.case_for_officer(desk.region, desk.clerk, reference) is None


class TestAvailableActions:
    def test_are_those_of_the_officer_and_of_the_applicant(self, desk: Village) -> None:
        case = desk.submit().case
        mine = [a.action.key for a in selectors.available_actions(case, desk.clerk, desk.now)]
        assert mine == ["forward", "send_back"]
        assert selectors.available_actions(case, desk.head, desk.now) == ()
        theirs = [a.action.key for a in selectors.applicant_actions(case, desk.now)]
        assert theirs == ["withdraw"]


class TestTimeline:
    def test_tells_officers_who_did_what(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.send_back(reference, "age", note="Umur keliru")
        with translation.override("en"):
            filed, back = selectors.timeline(Case.objects.get(), "id")
        assert (filed.title, filed.by) == ("Application received", "The applicant")
        assert (back.title, back.by) == ("Minta perbaikan", "Loket (Petugas loket)")
        assert (back.note, back.fields, back.status) == ("Umur keliru", ("age",), "Perbaikan")


class TestPublicView:
    def test_tells_the_citizen_where_it_stands_and_what_comes(self, desk: Village) -> None:
        case = desk.submit().case
        view = selectors.public_view(case, "id")
        assert (view.status, view.kind, view.due_at) == ("Diperiksa", "work", case.due_at)
        assert [(c.key, c.title) for c in view.coming] == [("sign", "Tanda tangan"), ("done", "Selesai")]
        promised = [c.due_at for c in view.coming]
        assert case.due_at is not None
        assert promised[0] is not None
        assert promised[0] > case.due_at
        assert promised[1] == promised[0]

    def test_names_no_officer_and_no_internal_note(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference, comment="Keluarga saya")
        view = selectors.public_view(Case.objects.get(), "id")
        assert view.past[1].by == "Petugas loket"
        assert view.past[1].note == ""
        desk.perform(reference, "refuse", desk.head, comment="Belum memenuhi syarat")
        refused = selectors.public_view(Case.objects.get(), "id")
        assert refused.past[2].note == "Belum memenuhi syarat"
        assert (refused.outcome, refused.coming) == ("refused", ())

    def test_shows_the_open_correction(self, desk: Village) -> None:
        desk.send_back(desk.submit().reference, "age", note="Umur keliru")
        view = selectors.public_view(Case.objects.get(), "id")
        assert view.correction is not None
        assert view.correction.fields == ["age"]
        assert view.past[-1].note == "Umur keliru"


class TestReasons:
    def test_have_a_sentence_for_each_code_in_both_languages(self) -> None:
        for code in get_args(Reason):
            said = set()
            for language in ("id", "en"):
                with translation.override(language):
                    said.add(reasons.sentence(ActionRefused(code)))
            assert all(words.endswith(".") for words in said)
            assert len(said) == 2, code

    def test_name_the_question_that_is_missing(self) -> None:
        refused = ActionRefused("guard_unknown", {"fields": ("age",)})
        with translation.override("en"):
            assert reasons.sentence(refused, permit.module()) == "Answer this first: Umur."


class TestCommands:
    def test_verify_every_case(self, desk: Village, capsys: pytest.CaptureFixture[str]) -> None:
        desk.submit()
        call_command("verify_cases")
        assert capsys.readouterr().out == "1 cases checked, 0 faults found\n"
        Case.objects.update(status="done")
        with pytest.raises(SystemExit):
            call_command("verify_cases")
        assert "status" in capsys.readouterr().err
