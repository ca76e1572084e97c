"""Several people decide one case: what is stored, what follows, what is refused, and who is not asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.base import ContentFile

from runtime.cases import chain, replaying, selectors, services, timers
from runtime.cases.models import Case, CaseEvent, Task
from runtime.cases.outcomes import Refused
from runtime.regions import calendar, scope
from runtime.regions.models import User
from runtime.regions.worktime import Calendar
from tests import factories
from tests.runtime import committee
from tests.runtime.board import Committee
from tests.runtime.board import board as board  # the fixture
from tests.runtime.together import together

pytestmark = pytest.mark.django_db


def refusal(work: Any) -> str:
    with pytest.raises(Refused) as found:
        work()
    return found.value.refused.reason


class TestAdvice:
    def test_is_asked_of_each_agency_and_given_to_whom_has_least_to_do(self, board: Committee) -> None:
        reference = board.advised()
        tasks = Task.objects.filter(case__reference=reference, closed_at__isnull=True).order_by("pk")
        assert [(task.office, task.claimed_by) for task in tasks] == list(
            zip(board.agencies, board.advisers, strict=True)
        )

    def test_of_all_leads_on_in_one_transaction_with_an_event_each(self, board: Committee) -> None:
        reference = board.sitting()
        case = Case.objects.get(reference=reference)
        assert case.status == "sidang"
        events = list(CaseEvent.objects.filter(case=case).order_by("n"))
        assert [event.action for event in events] == [
            "filed",
            "minta_saran",
            "saran",
            "saran",
            "lanjut_sidang",
        ]
        assert [event.by for event in events][-2:] == ["person", "system"]
        assert events[-1].at == events[-2].at
        assert chain.verify(case) == []

    def test_of_another_agency_is_refused_with_no_change(self, board: Committee) -> None:
        reference = board.advised()
        board.do(reference, "saran", board.advisers[0], outcome="setuju")
        again = partial(board.do, reference, "saran", board.advisers[0], outcome="setuju")
        assert refusal(again) == "wrong_role"
        assert Case.objects.get(reference=reference).status == "rekomendasi"
        assert CaseEvent.objects.count() == 3


class TestVotes:
    def test_two_of_three_decide(self, board: Committee) -> None:
        reference = board.sitting()
        board.do(reference, "suara", board.members[0], outcome="setuju")
        board.do(reference, "suara", board.members[1], outcome="tolak", comment="Tidak")
        done = board.do(reference, "suara", board.members[2], outcome="setuju")
        assert done.case.status == "penetapan"
        outcomes = Task.objects.filter(case=done.case, key="suara").order_by("pk")
        assert [task.outcome for task in outcomes] == ["setuju", "tolak", "setuju"]
        assert all(task.closed_at for task in outcomes)

    def test_a_repeated_key_gives_the_first_result(self, board: Committee) -> None:
        reference = board.sitting()
        first = board.do(reference, "suara", board.members[0], outcome="setuju", key="same")
        again = board.do(reference, "suara", board.members[0], outcome="setuju", key="same")
        assert (again.event, again.repeated) == (first.event, True)
        other = partial(board.do, reference, "suara", board.members[0], outcome="abstain", key="same")
        assert refusal(other) == "key_reused"

    def test_of_one_person_do_not_fill_two_seats(self, board: Committee) -> None:
        reference = board.sitting()
        board.do(reference, "suara", board.members[0], outcome="setuju")
        again = partial(board.do, reference, "suara", board.members[0], outcome="setuju")
        assert refusal(again) == "voted"

    def test_that_a_substitute_gave_is_not_given_again_by_the_member(self, board: Committee) -> None:
        reference = board.sitting()
        deputy = factories.staff("guard", board.region, "wakil")
        away = {"from_on": board.now.date(), "until_on": date(2100, 1, 1)}
        factories.standin(deputy, "panitia", board.region, board.members[0], **away)
        board.do(reference, "suara", deputy, outcome="setuju")
        assert list(selectors.work(board.region, board.members[0])) == []
        again = partial(board.do, reference, "suara", board.members[0], outcome="setuju")
        assert refusal(again) == "voted"
        assert refusal(partial(board.do, reference, "suara", deputy, outcome="setuju")) == "voted"

    def test_stand_once_in_the_list_of_whoever_has_not_voted(self, board: Committee) -> None:
        reference = board.sitting()

        def mine(user: User) -> list[str]:
            return [task.case.reference for task in selectors.work(board.region, user)]

        assert [mine(user) for user in board.members] == [[reference]] * 4
        board.do(reference, "suara", board.members[0], outcome="setuju")
        assert [mine(user) for user in board.members] == [[], [reference], [reference], [reference]]
        Task.objects.filter(seat=2).update(claimed_by=board.members[1])
        assert [mine(user) for user in board.members] == [[], [reference], [reference], [reference]]
        Task.objects.filter(seat=3).update(claimed_by=board.members[2])
        assert [mine(user) for user in board.members] == [[], [reference], [reference], []]

    def test_see_what_is_still_open_to_them(self, board: Committee) -> None:
        case = Case.objects.get(reference=board.sitting())
        found = selectors.task_choices(case, board.members[0], board.now)
        assert [(choice.rule.key, choice.outcome.key) for choice in found] == [
            ("suara", "setuju"),
            ("suara", "tolak"),
            ("suara", "abstain"),
        ]
        assert selectors.task_choices(case, board.clerk, board.now) == ()


class TestLastVote:
    @pytest.mark.django_db(transaction=True)
    def test_that_many_give_at_once_decides_once(self, board: Committee) -> None:
        reference = board.sitting()
        board.do(reference, "suara", board.members[0], outcome="setuju")

        def vote(n: int) -> str:
            with scope.use(board.region):
                try:
                    board.do(reference, "suara", board.members[1 + n], outcome="setuju", key=f"vote-{n}")
                except (Refused, services.Conflict) as error:
                    return type(error).__name__
            return "done"

        results = together(3, vote)
        assert results.count("done") in (1, 2)
        moves = CaseEvent.objects.filter(case__reference=reference, action="siap")
        assert moves.count() == 1
        assert chain.verify(Case.objects.get(reference=reference)) == []


class TestApart:
    def test_a_member_who_is_also_head_does_not_decide_what_they_voted_on(self, board: Committee) -> None:
        factories.member(board.members[0], "kepala", board.region)
        reference = board.sitting()
        for voter in board.members[:2]:
            board.do(reference, "suara", voter, outcome="setuju")
        assert refusal(lambda: board.do(reference, "tetapkan", board.members[0])) == "separated"
        assert board.do(reference, "tetapkan", board.head).case.outcome == "granted"


class TestChosen:
    def test_must_hold_the_role(self, board: Committee) -> None:
        reference = board.file(jumlah=9)
        assert refusal(lambda: board.do(reference, "langsung_sidang", board.clerk)) == "person_missing"
        assert refusal(lambda: board.do(reference, "sidang_kepala", board.clerk, person=board.clerk.pk)) == (
            "person_unfit"
        )
        assert Case.objects.get(reference=reference).status == "periksa"
        board.do(reference, "sidang_kepala", board.clerk, person=board.head.pk)
        assert Task.objects.get(case__reference=reference, key="tinjau").claimed_by == board.head


class TestPromise:
    def works(self, board: Committee) -> Calendar:
        return calendar.of(board.region)

    def test_counts_working_days_from_filing(self, board: Committee) -> None:
        case = Case.objects.get(reference=board.file())
        within = committee.module().workflow.deadline
        assert within is not None
        assert case.deadline_at == self.works(board).after(board.now, within.within)

    def test_stands_still_while_the_applicant_is_asked(self, board: Committee) -> None:
        reference = board.file()
        before = Case.objects.get(reference=reference).deadline_at
        board.do(reference, "kembalikan", board.clerk, comment="Perbaiki", corrections=("jumlah",))
        assert Case.objects.get(reference=reference).deadline_at == before
        board.now += timedelta(days=7)
        services.perform(
            region=board.region,
            case_reference=reference,
            action="kirim",
            key="answer",
            applicant=True,
            answers={"jumlah": 4},
            now=board.now,
        )
        after = Case.objects.get(reference=reference).deadline_at
        assert before is not None
        assert after is not None
        assert self.works(board).working_days_between(before, after) == 5

    def test_is_made_longer_with_a_document(self, board: Committee) -> None:
        reference = self.decided(board)
        before = Case.objects.get(reference=reference).deadline_at
        kept = services.store_upload(
            region=board.region,
            draft_token="t",
            field="",
            name="survei.pdf",
            type="application/pdf",
            content=ContentFile(b"%PDF-1.4\n%%EOF\n"),
            sha256="0" * 64,
            now=board.now,
        )
        more: dict[str, Any] = {"comment": "Survei", "attached": (str(kept.pk),)}
        assert refusal(lambda: board.do(reference, "perpanjang", board.head, draft_token="x", **more)) == (
            "attachment_missing"
        )
        kept.field = "ktp"
        kept.save()
        answered = partial(board.do, reference, "perpanjang", board.head, draft_token="t", **more)
        assert refusal(answered) == "attachment_missing"  # a file that answers a question is no attachment
        kept.field = ""
        kept.save()
        board.do(reference, "perpanjang", board.head, draft_token="t", **more)
        case = Case.objects.get(reference=reference)
        assert before is not None
        assert case.deadline_at is not None
        assert self.works(board).working_days_between(before, case.deadline_at) == 5
        assert [file.name for file in case.attachments.all()] == ["survei.pdf"]

    def decided(self, board: Committee) -> str:
        reference = board.sitting()
        for voter in board.members[:2]:
            board.do(reference, "suara", voter, outcome="setuju")
        return reference


class TestRungs:
    def test_hand_the_task_to_the_office_above_and_then_decide_by_silence(self, board: Committee) -> None:
        reference = board.advised()
        above = factories.staff("teknis", board.region, "atasan")
        timers.fire_timers(board.now + timedelta(days=9))
        tasks = Task.objects.filter(case__reference=reference, closed_at__isnull=True).order_by("seat")
        assert [task.office for task in tasks] == [board.region, board.region]
        assert [task.seat for task in tasks] == [1, 2]
        assert {task.claimed_by for task in tasks} == {None}
        events = CaseEvent.objects.filter(case__reference=reference, by="system").order_by("n")
        assert [event.action for event in events] == ["ingatkan", "naikkan"]
        board.do(reference, "saran", above, outcome="setuju")
        assert refusal(lambda: board.do(reference, "saran", above, outcome="setuju")) == "voted"
        assert chain.verify(Case.objects.get(reference=reference)) == []

    def test_grant_by_silence_when_the_promise_is_long_over(self, board: Committee) -> None:
        reference = TestPromise().decided(board)
        late = board.now + timedelta(days=40)
        timers.fire_timers(late)
        case = Case.objects.get(reference=reference)
        assert (case.status, case.outcome) == ("terbit", "granted")
        assert timers.fire_timers(late) == 0
        last = CaseEvent.objects.filter(case=case).order_by("-n").first()
        assert last is not None
        assert last.action == "diam"


class TestHands:
    def test_of_one_person_hold_one_seat(self, board: Committee) -> None:
        reference, one = board.sitting(), board.members[0]
        first, second, third = Task.objects.filter(key="suara").order_by("seat")
        board.do(reference, "task:claim", one, task=first.pk)
        assert refusal(partial(board.do, reference, "task:claim", one, task=second.pk)) == "person_unfit"
        board.do(reference, "task:claim", one, task=first.pk)
        board.do(reference, "suara", one, outcome="setuju")
        assert refusal(partial(board.do, reference, "task:claim", one, task=third.pk)) == "person_unfit"
        wrong = partial(board.do, reference, "task:reassign", one, task=third.pk, person=board.members[1].pk)
        assert refusal(wrong) == "wrong_role"

    def test_of_a_colleague_are_filled_by_the_administrator(self, board: Committee) -> None:
        reference, holder = board.sitting(), board.members[0]
        task = Task.objects.filter(key="suara").order_by("seat")[0]
        board.do(reference, "task:claim", holder, task=task.pk)
        manager = factories.staff("administrator", board.region, "pengelola")
        board.do(reference, "task:reassign", manager, task=task.pk, person=board.members[1].pk)
        task.refresh_from_db()
        assert task.claimed_by == board.members[1]
        assert chain.verify(Case.objects.get(reference=reference)) == []


class TestOnce:
    def test_is_a_promise_called_over_though_the_case_moves_on(self, board: Committee) -> None:
        """A clock that counts from the promise strikes once for it, in whichever status the case is."""
        told = committee.module().workflow
        called = replace(
            next(one for one in told.actions if one.key == "diam"),
            key="lewat_janji",
            from_=("rekomendasi", "sidang"),
            to="",
        )
        module = replace(committee.module(), workflow=replace(told, actions=(*told.actions, called)))
        reference = board.advised()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("runtime.modules.selectors.definition", lambda _version: module)
            case = Case.objects.get(reference=reference)
            Case.objects.filter(pk=case.pk).update(timer_at=board.now)
            late = board.now + timedelta(days=60)
            timers.fire_timers(late)
            board.now = late
            for adviser in board.advisers:
                board.do(reference, "saran", adviser, outcome="setuju")
            assert Case.objects.get(reference=reference).status == "sidang"
            timers.fire_timers(late + timedelta(days=1))
        assert CaseEvent.objects.filter(case=case, action="lewat_janji").count() == 1


class TestReplay:
    def test_finds_a_task_that_was_changed_beside_the_history(self, board: Committee) -> None:
        reference = board.advised()
        factories.staff("teknis", board.region, "atasan")
        timers.fire_timers(board.now + timedelta(days=9))
        case = Case.objects.get(reference=reference)
        assert chain.verify(case) == []
        Task.objects.filter(case=case, seat=2).update(office=board.agencies[0])
        assert [broken.what for broken in chain.verify(case)] == ["tasks"]
        Task.objects.filter(case=case, seat=2).update(office=board.region)
        assert chain.verify(case) == []
        Task.objects.filter(case=case, seat=2).update(claimed_by=board.advisers[0])
        assert [broken.what for broken in chain.verify(case)] == ["tasks"]

    def test_leaves_cases_alone_whose_events_name_no_tasks(self, board: Committee) -> None:
        case = Case.objects.get(reference=board.advised())
        first = CaseEvent.objects.get(case=case, n=1)
        first.data.pop("tasks")
        assert replaying.open_tasks([first]) is None


class TestReopening:
    def test_begins_the_promise_anew(self, board: Committee) -> None:
        reference = board.advised()
        board.do(reference, "saran", board.advisers[0], outcome="tolak", comment="Rawan")
        assert Case.objects.get(reference=reference).outcome == "refused"
        board.now += timedelta(days=30)
        services.perform(
            region=board.region,
            case_reference=reference,
            action="buka_lagi",
            key="again",
            applicant=True,
            now=board.now,
        )
        case = Case.objects.get(reference=reference)
        assert (case.status, case.outcome, case.closed_at) == ("periksa", "", None)
        assert case.deadline_at is not None
        assert case.deadline_at > board.now


class TestCircles:
    def test_are_broken_off_with_nothing_changed(
        self, board: Committee, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reference = board.file()
        used = committee.module().workflow
        action = used.action("lanjut_sidang")
        assert action is not None
        again = replace(action, to="rekomendasi")
        told = replace(
            used,
            actions=tuple(again if one is action else one for one in used.actions),
            statuses=used.statuses,
        )
        module = replace(committee.module(), workflow=told)
        monkeypatch.setattr("runtime.modules.selectors.definition", lambda _version: module)
        asks = partial(board.do, reference, "minta_saran", board.clerk, answers={"instansi": []})
        assert refusal(asks) == "never_rests"
        assert Case.objects.get(reference=reference).status == "periksa"
        assert CaseEvent.objects.count() == 1
