"""The engine decides alone, without a database, a clock or Django."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from runtime.workflow import clocks, engine, route
from runtime.workflow.values import (
    SYSTEM,
    ActionRefused,
    Actor,
    Command,
    Decision,
    OpenTask,
    Snapshot,
)
from schemas import parse
from tests.runtime import permit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
MODULE = permit.module()
OFFICE, OTHER_OFFICE = 7, 8
CLERK = Actor("person", 1, "Ani", frozenset({("clerk", OFFICE)}))
HEAD = Actor("person", 2, "Budi", frozenset({("head", OFFICE)}))
APPLICANT = Actor("applicant")


def case(status: str = "review", **changes: Any) -> Snapshot:
    tasks = {"review": ("clerk",), "sign": ("head",)}.get(status, ())
    made = Snapshot(
        status=status,
        revision=3,
        answers=permit.answers(),
        tasks=tuple(OpenTask(n, role, role, OFFICE) for n, role in enumerate(tasks, start=10)),
    )
    return replace(made, **changes)


def decide(snapshot: Snapshot, command: Command | str, actor: Actor) -> Decision | ActionRefused:
    wanted = Command(command) if isinstance(command, str) else command
    return engine.decide(MODULE, snapshot, wanted, actor, now=NOW)


def decided(snapshot: Snapshot, command: Command | str, actor: Actor) -> Decision:
    result = decide(snapshot, command, actor)
    assert isinstance(result, Decision), result
    return result


def refused(snapshot: Snapshot, command: Command | str, actor: Actor) -> ActionRefused:
    result = decide(snapshot, command, actor)
    assert isinstance(result, ActionRefused), result
    return result


FORWARD = Command("forward", answers={"complete": True})
BACK = Command("send_back", comment="Umur keliru", corrections=("age",))


class TestBegin:
    def test_opens_the_tasks_and_the_mails_of_the_first_status(self) -> None:
        decision = engine.begin(MODULE, permit.answers(), today=NOW.date())
        assert decision.to_status == "review"
        assert [task.role for task in decision.opened] == ["clerk"]
        assert [effect.message for effect in decision.effects] == ["received"]
        assert clocks.timers(MODULE.workflow.status("review"), MODULE) == ()


class TestDecide:
    def test_moves_the_case_and_says_what_opens_and_closes(self) -> None:
        decision = decided(case(), FORWARD, CLERK)
        assert (decision.from_status, decision.to_status, decision.moved) == ("review", "sign", True)
        assert [task.id for task in decision.closed] == [10]
        assert [rule.role for rule in decision.opened] == ["head"]
        timed = clocks.timers(MODULE.workflow.status(decision.to_status), MODULE)
        assert [(t.action, t.after.amount) for t in timed if t.after] == [("remind", 1), ("lapse_sign", 90)]

    def test_keeps_officers_answers_beside_the_citizens(self) -> None:
        decision = decided(case(), FORWARD, CLERK)
        assert decision.officer_answers == {"complete": True}
        assert decision.answers == permit.answers()
        assert decision.changed == ("complete",)

    def test_refuses_an_action_it_does_not_know(self) -> None:
        assert refused(case(), "vanish", CLERK).reason == "unknown_action"

    def test_refuses_a_stale_view_before_anything_else(self) -> None:
        command = replace(FORWARD, seen_revision=2)
        assert refused(case(), command, HEAD).reason == "stale"
        decided(case(), replace(FORWARD, seen_revision=3), CLERK)

    def test_refuses_an_action_of_another_status(self) -> None:
        assert refused(case(), "sign", HEAD).reason == "wrong_status"

    def test_refuses_everything_on_a_finished_case(self) -> None:
        assert refused(case("done"), "sign", HEAD).reason == "final"

    @pytest.mark.parametrize(
        "actor",
        [
            HEAD,
            Actor("person", 3, "Cici"),
            Actor("person", 1, "Ani", frozenset({("clerk", OTHER_OFFICE)})),
            Actor("applicant", 1, "Ani", frozenset({("clerk", OFFICE)})),
            SYSTEM,
        ],
        ids=["other role", "no post", "other office", "applicant", "system"],
    )
    def test_refuses_whoever_holds_no_post_of_an_open_task(self, actor: Actor) -> None:
        assert refused(case(), FORWARD, actor).reason == "wrong_role"

    def test_refuses_a_role_without_an_open_task(self) -> None:
        assert refused(case(tasks=()), FORWARD, CLERK).reason == "wrong_role"

    def test_refuses_an_officer_on_the_case_he_filed_himself(self) -> None:
        assert refused(case(applicant_id=CLERK.id), FORWARD, CLERK).reason == "own_case"

    def test_refuses_an_officer_in_the_place_of_the_applicant(self) -> None:
        assert refused(case(), "withdraw", CLERK).reason == "wrong_role"
        assert decided(case(), "withdraw", APPLICANT).outcome == "withdrawn"

    def test_refuses_a_person_in_the_place_of_the_clock(self) -> None:
        assert refused(case("sign"), "remind", HEAD).reason == "wrong_role"

    def test_asks_for_the_note_that_an_action_requires(self) -> None:
        assert refused(case("sign"), "refuse", HEAD).reason == "comment_missing"
        assert refused(case("sign"), Command("refuse", comment="  \n"), HEAD).reason == "comment_missing"
        assert decided(case("sign"), Command("refuse", comment=" Tidak. "), HEAD).comment == "Tidak."

    def test_refuses_answers_that_nobody_asked_for(self) -> None:
        stray = Command("sign", answers={"age": 99})
        assert refused(case("sign"), stray, HEAD).reason == "answers_invalid"
        stray = Command("forward", answers={"complete": True, "age": 99})
        assert refused(case(), stray, CLERK).data["unasked"] == ("age",)

    def test_refuses_an_officers_page_that_is_not_filled_in(self) -> None:
        answer = refused(case(), "forward", CLERK)
        assert answer.reason == "answers_invalid"
        assert [problem.data["field"] for problem in answer.data["problems"]] == ["complete"]
        wrong = Command("forward", answers={"complete": True, "score": "many"})
        assert refused(case(), wrong, CLERK).reason == "answers_invalid"

    def test_keeps_tasks_and_deadline_when_the_case_stays(self) -> None:
        decision = decided(case("sign"), "remind", SYSTEM)
        assert not decision.moved
        assert (decision.opened, decision.closed) == ((), ())


class TestGuard:
    def test_lets_through_what_is_certainly_true(self) -> None:
        decision = decided(case("sign"), "sign", HEAD)
        assert decision.outcome == "granted"
        assert [change.register for change in decision.changes] == ["letters"]

    def test_refuses_what_is_false(self) -> None:
        assert refused(case("sign", answers=permit.answers(age=16)), "sign", HEAD).reason == "guard"

    def test_names_the_answer_it_is_waiting_for(self) -> None:
        answer = refused(case("sign", answers=permit.answers(age=None)), "sign", HEAD)
        assert answer.reason == "guard_unknown"
        assert answer.data["fields"] == ("age",)


class TestCorrection:
    def test_names_exact_questions_and_why(self) -> None:
        decision = decided(case(), BACK, CLERK)
        assert decision.correction is not None
        assert (decision.correction.fields, decision.correction.note) == (("age",), "Umur keliru")

    def test_needs_a_note_and_at_least_one_question(self) -> None:
        assert refused(case(), replace(BACK, comment=""), CLERK).reason == "comment_missing"
        assert refused(case(), replace(BACK, corrections=()), CLERK).reason == "corrections_missing"

    @pytest.mark.parametrize("field", ["score", "hint", "nothing"])
    def test_sends_back_questions_of_the_application_only(self, field: str) -> None:
        answer = refused(case(), replace(BACK, corrections=("age", field)), CLERK)
        assert answer.reason == "corrections_unknown"
        assert answer.data["fields"] == (field,)

    def test_may_not_be_asked_by_an_action_that_does_not_ask_for_it(self) -> None:
        command = Command("refuse", comment="Tidak", corrections=("age",))
        assert refused(case("sign"), command, HEAD).reason == "corrections_unknown"

    def test_changes_only_the_questions_that_were_sent_back(self) -> None:
        snapshot = case("fix", corrections=("age",))
        decision = decided(snapshot, Command("answer", answers={"age": 31}), APPLICANT)
        assert decision.answers == permit.answers(age=31)
        assert decision.changed == ("age",)
        stray = Command("answer", answers={"age": 31, "name": "Tono"})
        assert refused(snapshot, stray, APPLICANT).data["unasked"] == ("name",)

    def test_judges_the_new_answers_like_the_first_ones(self) -> None:
        snapshot = case("fix", corrections=("age",))
        assert (
            refused(snapshot, Command("answer", answers={"age": "x"}), APPLICANT).reason == "answers_invalid"
        )
        assert refused(snapshot, Command("answer"), APPLICANT).reason == "answers_invalid"

    def test_takes_an_absent_optional_answer_as_emptied(self) -> None:
        decision = decided(case("fix", corrections=("email",)), Command("answer"), APPLICANT)
        assert "email" not in decision.answers

    def test_lets_a_question_be_answered_that_a_new_answer_brings_up(self) -> None:
        snapshot = case("fix", corrections=("reason",))
        alone = Command("answer", answers={"reason": "b"})
        assert refused(snapshot, alone, APPLICANT).reason == "answers_invalid"
        both = Command("answer", answers={"reason": "b", "detail": "Begini"})
        assert decided(snapshot, both, APPLICANT).answers["detail"] == "Begini"

    def test_drops_the_answer_of_a_question_that_disappears(self) -> None:
        answers = permit.answers(reason="b", detail="Begini")
        snapshot = case("fix", answers=answers, corrections=("reason",))
        decision = decided(snapshot, Command("answer", answers={"reason": "a"}), APPLICANT)
        assert "detail" not in decision.answers
        assert set(decision.changed) == {"reason", "detail"}


class TestAvailable:
    def test_shows_an_actor_his_own_actions_only(self) -> None:
        def keys(snapshot: Snapshot, actor: Actor) -> list[str]:
            found = engine.available(MODULE, snapshot, actor, now=NOW)
            return [one.action.key for one in found]

        assert keys(case(), CLERK) == ["forward", "send_back"]
        assert keys(case(), HEAD) == []
        assert keys(case(), APPLICANT) == ["withdraw"]
        assert keys(case("done"), HEAD) == []

    def test_tells_an_officer_that_the_case_is_his_own(self) -> None:
        found = engine.available(MODULE, case(applicant_id=CLERK.id), CLERK, now=NOW)
        assert {one.refused.reason for one in found if one.refused} == {"own_case"}
        assert len(found) == 2

    def test_tells_what_hinders_an_action(self) -> None:
        found = engine.available(MODULE, case("sign", answers={"name": "S"}), HEAD, now=NOW)
        by_key = {one.action.key: one.refused for one in found}
        assert by_key["sign"] is not None
        assert by_key["sign"].reason == "guard_unknown"
        assert by_key["refuse"] is None


class TestTellsApplicant:
    def told(self, **change: Any) -> bool:
        action = MODULE.workflow.action("refuse")
        assert action is not None
        return route.tells_applicant(MODULE, replace(action, **change))

    def test_when_the_case_ends(self) -> None:
        assert self.told()

    def test_when_the_case_comes_back_to_them(self) -> None:
        assert self.told(to="fix", tone="return")

    def test_not_when_one_officer_returns_it_to_another(self) -> None:
        assert not self.told(to="review", tone="return")


class TestRoute:
    def test_leads_to_the_granted_end_by_the_shortest_way(self) -> None:
        assert [status.key for status in route.coming(MODULE, "review")] == ["sign", "done"]
        assert [status.key for status in route.coming(MODULE, "fix")] == ["review", "sign", "done"]

    @pytest.mark.parametrize(
        ("answers", "way"),
        [({"age": 40}, ["sign", "done"]), ({"age": 9}, ["done"]), ({}, ["sign", "done"])],
        ids=["done with them", "not with these", "not known yet"],
    )
    def test_leaves_out_what_the_answers_lead_past(self, answers: dict[str, Any], way: list[str]) -> None:
        document = permit.document()
        unless = {"!": [{"default": [{">": [{"var": "age"}, 17]}, False]}]}
        skip = {
            "key": "skip",
            "title": "Lewati",
            "from": ["sign"],
            "to": "done",
            "who": "system",
            "when": unless,
        }
        clocks_ = [one for one in document["workflow"]["actions"] if one["who"] == "system"]
        for one in clocks_:
            one["legal_basis"] = "UU 30/2014 pasal 53"
        document["workflow"]["actions"].append(skip)
        module = parse.load(json.dumps(document))
        assert [status.key for status in route.coming(module, "review", answers)] == way

    def test_is_empty_at_an_end(self) -> None:
        assert route.coming(MODULE, "done") == ()
        assert route.coming(MODULE, "refused") == ()
