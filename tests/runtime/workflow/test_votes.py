"""Tasks that people decide, what completes a status, and what follows by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from runtime.workflow import clocks, engine, memory, openings
from runtime.workflow.values import ActionRefused, Actor, Command, Decision, Snapshot
from schemas import parse
from schemas.definition import Module
from tests.runtime import committee

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
REGION = 0


def member(number: int, *posts: tuple[str, int]) -> Actor:
    return Actor("person", number, f"P{number}", frozenset(posts or {("panitia", REGION)}))


HEAD = member(90, ("kepala", REGION))
CLERK = member(91, ("petugas", REGION))
ONE, TWO, THREE, FOUR = (member(number) for number in range(1, 5))


@dataclass
class Sitting:
    """A case of the committee's service in memory."""

    module: Module
    snapshot: Snapshot
    places: memory.Places

    def do(self, action: str, actor: Actor, **more: Any) -> Decision | ActionRefused:
        """Act and let the system carry on."""
        command = Command(action, **more)
        result = engine.decide(self.module, self.snapshot, command, actor, now=NOW)
        if isinstance(result, Decision):
            self.snapshot = memory.applied(self.snapshot, result, places=self.places, actor=actor.id)
            self.snapshot, self.followed = memory.carried_on(
                self.module, self.snapshot, now=NOW, places=self.places
            )
        return result

    def vote(self, actor: Actor, outcome: str = "setuju", **more: Any) -> str:
        """Return the reason of a refusal, empty when the vote counts."""
        result = self.do("suara", actor, outcome=outcome, **more)
        return result.reason if isinstance(result, ActionRefused) else ""


def sitting(status: str = "sidang", used: Module | None = None, **answers: Any) -> Sitting:
    """Return a case that has just come into `status`."""
    used = used or committee.module()
    given = committee.answers(**answers)
    begun = engine.begin(used, given, today=NOW.date())
    arrived = replace(
        begun,
        to_status=status,
        opened=openings.on_entry(used, used.workflow.status(status), given, today=NOW.date()),
    )
    places = memory.Places()
    return Sitting(used, memory.applied(Snapshot(""), arrived, places=places), places)


class TestSeats:
    def test_each_seat_is_a_task_of_its_own(self) -> None:
        tasks = sitting().snapshot.tasks
        assert [(task.key, task.seat) for task in tasks] == [("suara", 1), ("suara", 2), ("suara", 3)]

    def test_each_person_votes_once(self) -> None:
        case = sitting()
        assert case.vote(ONE) == ""
        assert case.vote(ONE) == "voted"
        assert len(case.snapshot.tasks) == 2

    def test_a_vote_does_not_make_a_colleagues_view_stale(self) -> None:
        case = sitting()
        seen = case.snapshot.revision
        assert case.vote(ONE, seen_revision=seen) == ""
        assert case.vote(TWO, "abstain", seen_revision=seen) == ""
        assert case.vote(THREE, seen_revision=0) == "stale"

    def test_a_seat_that_was_given_to_somebody_is_theirs(self) -> None:
        case = sitting()
        given = tuple(replace(task, held_by=4) for task in case.snapshot.tasks)
        case.snapshot = replace(case.snapshot, tasks=given)
        assert case.vote(ONE) == "claimed"
        assert case.vote(FOUR) == ""

    def test_one_who_holds_no_post_of_the_task_is_refused(self) -> None:
        assert sitting().vote(HEAD) == "wrong_role"
        assert sitting().vote(replace(ONE, kind="applicant")) == "wrong_role"

    def test_nobody_votes_on_their_own_case(self) -> None:
        case = sitting()
        case.snapshot = replace(case.snapshot, applicant_id=ONE.id)
        assert case.vote(ONE) == "own_case"

    def test_a_refusal_needs_its_reason(self) -> None:
        case = sitting()
        assert case.vote(ONE, "tolak") == "comment_missing"
        assert case.vote(ONE, "tolak", comment="Belum lengkap") == ""

    def test_an_unknown_decision_or_task_changes_nothing(self) -> None:
        case = sitting()
        before = case.snapshot
        assert case.vote(ONE, "mungkin") == "unknown_outcome"
        assert isinstance(case.do("saran", ONE, outcome="setuju"), ActionRefused)
        assert case.snapshot == before


class TestCompletion:
    def test_two_of_three_are_enough(self) -> None:
        case = sitting()
        case.vote(ONE)
        assert case.snapshot.status == "sidang"
        case.vote(TWO)
        assert case.snapshot.status == "penetapan"
        assert [decision.action for decision in case.followed] == ["siap"]
        assert [(task.key, task.role) for task in case.snapshot.tasks] == [("kepala", "kepala")]

    def test_it_ends_as_soon_as_two_cannot_be_reached(self) -> None:
        case = sitting()
        case.vote(ONE, "tolak", comment="Tidak")
        assert case.snapshot.status == "sidang"
        case.vote(TWO, "abstain")
        assert case.snapshot.status == "ditolak"
        assert case.snapshot.tasks == ()

    def test_a_vote_after_the_status_was_left_is_refused(self) -> None:
        case = sitting()
        case.vote(ONE)
        case.vote(TWO)
        assert case.vote(THREE) == "no_task"

    @pytest.mark.parametrize(("agreeing", "ends"), [(2, "sidang"), (1, "rekomendasi")])
    def test_all_agencies_must_agree(self, agreeing: int, ends: str) -> None:
        rows = {"instansi": [{"kantor": "dinas-a"}, {"kantor": "dinas-b"}]}
        case = sitting("rekomendasi", **rows)
        assert [task.office_id for task in case.snapshot.tasks] == [1, 2]
        for office in range(1, agreeing + 1):
            assert isinstance(
                case.do("saran", member(office, ("teknis", office)), outcome="setuju"), Decision
            )
        assert case.snapshot.status == ends

    def test_one_agency_against_ends_it_at_once(self) -> None:
        case = sitting("rekomendasi", instansi=[{"kantor": "dinas-a"}, {"kantor": "dinas-b"}])
        case.do("saran", member(1, ("teknis", 1)), outcome="tolak", comment="Rawan banjir")
        assert case.snapshot.status == "ditolak"

    def test_an_agency_that_is_named_twice_is_asked_once(self) -> None:
        case = sitting("rekomendasi", instansi=[{"kantor": "dinas-a"}, {"kantor": "dinas-a"}])
        assert len(case.snapshot.tasks) == 1

    def test_no_agency_at_all_holds_nobody_up(self) -> None:
        case = sitting("rekomendasi")
        assert case.snapshot.tasks == ()
        case.snapshot, done = memory.carried_on(case.module, case.snapshot, now=NOW, places=case.places)
        assert [decision.action for decision in done] == ["lanjut_sidang"]


class TestOrder:
    def test_the_head_is_asked_after_all_votes_where_it_matters(self) -> None:
        used = module_without_majority()
        case = sitting(used=used, jumlah=9)
        assert {task.key for task in case.snapshot.tasks} == {"suara"}
        for voter in (ONE, TWO):
            case.vote(voter)
            assert {task.key for task in case.snapshot.tasks} == {"suara"}
        case.vote(THREE)
        assert {task.key for task in case.snapshot.tasks} == {"veto"}
        case.do("veto", HEAD, outcome="tolak", comment="Tidak")
        assert case.snapshot.status == "ditolak"

    def test_a_task_whose_condition_is_not_met_never_opens(self) -> None:
        used = module_without_majority()
        case = sitting(used=used, jumlah=5)
        for voter in (ONE, TWO, THREE):
            case.vote(voter)
        assert case.snapshot.status == "penetapan"

    def test_the_page_of_a_single_decision_is_an_officers_answer(self) -> None:
        case = sitting(used=module_without_majority(), jumlah=9)
        for voter in (ONE, TWO, THREE):
            case.vote(voter)
        stray = case.do("veto", HEAD, outcome="setuju", answers={"nama": "X"})
        assert isinstance(stray, ActionRefused)
        case.do("veto", HEAD, outcome="setuju", answers={"risalah": "Layak."})
        assert case.snapshot.officer_answers["risalah"] == "Layak."


class TestApart:
    def test_who_voted_does_not_decide_as_well(self) -> None:
        case = sitting()
        case.vote(ONE)
        case.vote(TWO)
        both = replace(HEAD, id=ONE.id)
        refused = case.do("tetapkan", both)
        assert isinstance(refused, ActionRefused)
        assert (refused.reason, refused.data["done"]) == ("separated", ("suara",))
        assert isinstance(case.do("tetapkan", HEAD), Decision)

    def test_the_button_says_so(self) -> None:
        case = sitting()
        case.vote(ONE)
        case.vote(TWO)
        both = replace(HEAD, id=ONE.id)
        found = {
            one.action.key: one.refused for one in engine.available(case.module, case.snapshot, both, now=NOW)
        }
        assert found["tetapkan"] is not None
        assert found["tetapkan"].reason == "separated"
        assert found["perpanjang"] is None


class TestChanges:
    def test_set_an_officers_answer_and_extend_the_promise(self) -> None:
        case = sitting("penetapan")
        assert isinstance(case.do("perpanjang", HEAD, comment="Survei"), ActionRefused)
        longer = case.do("perpanjang", HEAD, comment="Survei", attachments=("f",))
        assert isinstance(longer, Decision)
        assert [(more.amount, more.unit) for more in longer.extend] == [(5, "working_days")]
        assert not longer.moved
        case.do("tetapkan", HEAD)
        assert case.snapshot.officer_answers == {"hasil": "disetujui"}
        assert case.snapshot.status == "terbit"

    def test_the_chosen_person_is_asked_for_and_gets_the_task(self) -> None:
        case = sitting("periksa", jumlah=9)
        missing = case.do("langsung_sidang", CLERK)
        assert isinstance(missing, ActionRefused)
        assert missing.reason == "person_missing"


class TestReopening:
    def test_is_a_right_the_document_grants(self) -> None:
        case = sitting("ditolak")
        officer = case.do("tetapkan", HEAD)
        assert isinstance(officer, ActionRefused)
        assert officer.reason == "final"
        again = case.do("buka_lagi", Actor("applicant"))
        assert isinstance(again, Decision)
        assert (again.to_status, again.outcome) == ("periksa", None)

    def test_by_an_officer_counts_the_office_of_the_case(self) -> None:
        told = committee.module()
        opens = replace(told.workflow.action("buka_lagi"), who=told.workflow.action("tetapkan").who)  # type: ignore[type-var, union-attr]
        others = tuple(a for a in told.workflow.actions if a.key != "buka_lagi")
        used = replace(told, workflow=replace(told.workflow, actions=(*others, opens)))
        case = sitting("ditolak", used=used)
        elsewhere = member(5, ("kepala", 77))
        assert isinstance(case.do("buka_lagi", elsewhere), ActionRefused)
        assert isinstance(case.do("buka_lagi", HEAD), Decision)


class TestAutomatic:
    def test_goes_on_at_once_when_its_condition_holds(self) -> None:
        used = module_with_shortcut()
        case = sitting("periksa", used=used, jumlah=1)
        case.snapshot, done = memory.carried_on(used, case.snapshot, now=NOW, places=case.places)
        assert [decision.action for decision in done] == ["kilat"]
        case = sitting("periksa", used=used, jumlah=2)
        assert memory.carried_on(used, case.snapshot, now=NOW, places=case.places)[1] == ()


class TestClocks:
    def test_warn_before_and_escalate_after(self) -> None:
        used = committee.module()
        timed = clocks.timers(used.workflow.status("rekomendasi"), used)
        assert [(one.action, one.of) for one in timed] == [("ingatkan", "due"), ("naikkan", "due")]


def module_without_majority() -> Module:
    """Everybody votes, then the head: no majority ends it before."""
    told = committee.module()
    status = told.workflow.status("sidang")
    rules = tuple(rule for rule in status.complete if rule.tally.kind in ("any_against", "all_decided"))
    rules = tuple(replace(r, do="siap") if r.tally.kind == "all_decided" else r for r in rules)
    changed = replace(status, complete=rules)
    statuses = tuple(changed if s.key == "sidang" else s for s in told.workflow.statuses)
    return replace(told, workflow=replace(told.workflow, statuses=statuses))


def module_with_shortcut() -> Module:
    """A single copy needs no check."""
    document = json.loads(committee.as_text())
    document["workflow"]["actions"].append(
        {
            "key": "kilat",
            "title": {"id": "Tanpa pemeriksaan", "en": "Without a check"},
            "from": ["periksa"],
            "to": "penetapan",
            "who": "system",
            "when": {"==": [{"var": "jumlah"}, 1]},
        }
    )
    made = parse.check_value(document).module
    assert made is not None
    return made
