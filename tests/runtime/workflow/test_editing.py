"""Officers put answers right: who may, what of them, and what is refused so that nothing changes unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from runtime.workflow import editing, engine
from runtime.workflow.values import (
    SYSTEM,
    ActionRefused,
    Actor,
    Command,
    DecidedTask,
    Decision,
    OpenTask,
    Snapshot,
)
from schemas.definition import Module
from tests.runtime import permit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
OFFICE = 7
CLERK = Actor("person", 1, "Ani", frozenset({("clerk", OFFICE)}))
HEAD = Actor("person", 2, "Budi", frozenset({("head", OFFICE)}))
ADULT = {">=": [{"var": "age"}, 17]}


def _said(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": permit.text(key)} | more


def module(*fields: dict[str, Any], status: dict[str, Any] | None = None, **page: Any) -> Module:
    """Return the permit with `fields` more on its second page, and a changed first status."""
    document = permit.document()
    document["pages"][1]["fields"] += fields
    document["pages"][1] |= page
    document["workflow"]["statuses"][0] |= status or {}
    return permit.module(pages=document["pages"], workflow=document["workflow"])


def case(**changes: Any) -> Snapshot:
    made = Snapshot(
        status="review",
        revision=3,
        answers=permit.answers(),
        tasks=(OpenTask(10, "clerk", "clerk", OFFICE),),
    )
    return replace(made, **changes)


def edit(
    snapshot: Snapshot, answers: dict[str, Any], *, of: Module | None = None, by: Actor = CLERK, **more: Any
) -> Decision | ActionRefused:
    command = Command(editing.EDIT, answers=answers, **({"comment": "Menurut telepon"} | more))
    return engine.decide(of or module(), snapshot, command, by, now=NOW)


def edited(snapshot: Snapshot, answers: dict[str, Any], **more: Any) -> Decision:
    result = edit(snapshot, answers, **more)
    assert isinstance(result, Decision), result
    return result


def refused(snapshot: Snapshot, answers: dict[str, Any], **more: Any) -> ActionRefused:
    result = edit(snapshot, answers, **more)
    assert isinstance(result, ActionRefused), result
    return result


class TestEditable:
    def test_leaves_out_what_only_the_applicant_gives_and_what_nobody_answers(self) -> None:
        of = module(
            _said("sure", "consent"),
            _said("sign", "signature"),
            _said("fixed", "text", default="x", readOnly=True),
            _said("twice", "integer", calculate={"*": [{"var": "age"}, 2]}),
            _said("kids", "repeat", item=permit.text("Anak"), fields=[_said("birth", "file")]),
            _said("cars", "repeat", item=permit.text("Mobil"), fields=[_said("plate", "text")]),
        )
        found = [field.key for field in editing.editable(of)]
        assert found == ["name", "email", "age", "reason", "detail", "cars"]


class TestDecide:
    def test_changes_the_answers_and_nothing_else(self) -> None:
        decision = edited(case(), {"age": 31})
        assert decision.answers == {**permit.answers(), "age": 31}
        assert (decision.moved, decision.opened, decision.closed) == (False, (), ())
        assert (decision.changed, decision.role, decision.comment) == (("age",), "clerk", "")

    def test_keeps_what_was_and_what_is_beside_the_reason(self) -> None:
        decision = edited(case(), {"age": 31, "email": None})
        assert decision.edited is not None
        assert decision.edited.reason == "Menurut telepon"
        assert decision.edited.before == {"age": 30, "email": "siti@contoh.id"}
        assert decision.edited.after == {"age": 31}

    def test_tells_the_applicant_in_every_way_the_service_writes_to_them(self) -> None:
        effects = edited(case(), {"age": 31}).effects
        assert [(one.type, one.message, one.to.kind) for one in effects] == [
            ("mail", editing.EDIT, "applicant")
        ]

    def test_works_out_anew_what_follows_from_the_answers(self) -> None:
        of = module(_said("twice", "integer", calculate={"*": [{"var": "age"}, 2]}))
        decision = edited(case(answers=permit.answers(twice=60)), {"age": 31}, of=of)
        assert decision.answers["twice"] == 62
        assert decision.changed == ("age", "twice")

    def test_answers_a_question_that_comes_up_with_it(self) -> None:
        assert edited(case(), {"reason": "b", "detail": "Usaha"}).answers["detail"] == "Usaha"

    def test_drops_an_answer_whose_question_goes(self) -> None:
        before = case(answers=permit.answers(reason="b", detail="Usaha"))
        decision = edited(before, {"reason": "a"})
        assert "detail" not in decision.answers
        assert decision.changed == ("detail", "reason")

    def test_asks_for_a_question_that_comes_up(self) -> None:
        refusal = refused(case(), {"reason": "b"})
        assert refusal.reason == "answers_invalid"
        assert [problem.pointer for problem in refusal.data["problems"]] == ["/detail"]

    @pytest.mark.parametrize(
        "answers",
        [{"paper": []}, {"village": "x"}, {"complete": True}, {"no_such": 1}, {"detail": "hidden"}],
    )
    def test_refuses_answers_that_are_not_theirs_to_change(self, answers: dict[str, Any]) -> None:
        refusal = refused(case(), answers)
        assert (refusal.reason, refusal.data) == ("answers_invalid", {"unasked": tuple(answers)})

    def test_judges_a_rule_over_several_pages(self) -> None:
        rule = {"!": [{"and": [{"==": [{"var": "reason"}, "a"]}, {"<": [{"var": "age"}, 20]}]}]}
        of = module(_said("extra", "text"), check=rule, messages={"check": permit.text("Tidak cocok")})
        before = case(answers=permit.answers(extra="ada"))
        refusal = refused(before, {"age": 18}, of=of)
        assert [problem.code for problem in refusal.data["problems"]] == ["answers.page"]
        stays = refused(case(answers=permit.answers(age=18, extra="ada")), {"age": 19}, of=of)
        assert [problem.code for problem in stays.data["problems"]] == ["answers.page"]

    def test_is_not_held_up_by_what_days_have_made_wrong(self) -> None:
        of = module(_said("on", "date", check={">=": [{"var": "on"}, {"today": []}]}))
        before = case(answers=permit.answers(on="2026-11-01"))
        assert edited(before, {"name": "Siti Aminah"}, of=of).answers["on"] == "2026-11-01"
        assert refused(before, {"on": "2026-11-02"}, of=of).reason == "answers_invalid"

    def test_never_takes_from_the_applicant_what_they_gave(self) -> None:
        of = module(_said("sign", "signature", visible={"==": [{"var": "reason"}, "b"]}))
        given = permit.answers(reason="b", detail="x", sign={"strokes": [[[0, 0], [1, 1]]]})
        refusal = refused(case(answers=given), {"reason": "a"}, of=of)
        assert (refusal.reason, refusal.data) == ("edit_loses", {"fields": ("sign",)})

    def test_never_gives_what_only_the_applicant_can(self) -> None:
        of = module(_said("proof", "file", required=True, visible={"==": [{"var": "reason"}, "b"]}))
        refusal = refused(case(), {"reason": "b", "detail": "x"}, of=of)
        assert (refusal.reason, refusal.data) == ("edit_needs", {"fields": ("proof",)})

    def test_lets_no_task_be_missed_that_the_answers_would_open(self) -> None:
        task = {"key": "clerk", "title": permit.text("Periksa"), "role": "clerk"}
        second = {
            "key": "old",
            "outcomes": [{"key": "yes", "title": permit.text("Ya"), "counts": "for"}],
            "title": permit.text("Lansia"),
            "role": "head",
            "when": {">": [{"var": "age"}, 60]},
        }
        of = module(status={"tasks": [task, second]})
        assert refused(case(), {"age": 61}, of=of).reason == "edit_reroutes"
        assert edited(case(), {"age": 60}, of=of).changed == ("age",)

    def test_says_that_nothing_is_different(self) -> None:
        assert refused(case(), {"age": 30}).reason == "edit_unchanged"
        assert refused(case(), {}).reason == "edit_unchanged"

    def test_asks_for_a_reason_of_some_length(self) -> None:
        assert refused(case(), {"age": 31}, comment="  ").reason == "comment_missing"
        assert refused(case(), {"age": 31}, comment="x" * 2001).reason == "too_long"

    def test_refuses_who_has_seen_another_state(self) -> None:
        assert refused(case(), {"age": 31}, seen_revision=2).reason == "stale"
        assert edited(case(unchanged_since=2), {"age": 31}, seen_revision=2)

    @pytest.mark.parametrize(
        ("changes", "by", "reason"),
        [
            ({}, HEAD, "wrong_role"),
            ({}, Actor("applicant"), "wrong_role"),
            ({}, SYSTEM, "wrong_role"),
            ({"status": "sign", "tasks": (OpenTask(11, "head", "head", OFFICE),)}, HEAD, "wrong_role"),
            ({"status": "done", "tasks": ()}, CLERK, "final"),
            ({"applicant_id": 1}, CLERK, "own_case"),
            ({"tasks": (OpenTask(10, "clerk", "clerk", 8),)}, CLERK, "wrong_role"),
            ({"tasks": (OpenTask(10, "clerk", "clerk", OFFICE, held_by=9),)}, CLERK, "claimed"),
            ({"decided": (DecidedTask("advice", OFFICE, "agree", "for", 9),)}, CLERK, "edit_decided"),
        ],
    )
    def test_refuses_whoever_may_not(self, changes: dict[str, Any], by: Actor, reason: str) -> None:
        assert refused(case(**changes), {"age": 31}, by=by).reason == reason


class TestVotes:
    def test_are_cast_on_the_answers_that_were_seen(self) -> None:
        vote = [{"key": "yes", "title": permit.text("Ya"), "counts": "for"}]
        task = {"key": "clerk", "title": permit.text("Periksa"), "role": "clerk", "outcomes": vote}
        of = module(status={"tasks": [task]})
        command = Command("clerk", outcome="yes", seen_revision=2)
        blind = engine.decide(of, case(edited=3), command, CLERK, now=NOW)
        assert isinstance(blind, ActionRefused)
        assert blind.reason == "stale"
        seeing = replace(command, seen_revision=3)
        assert isinstance(engine.decide(of, case(edited=3), seeing, CLERK, now=NOW), Decision)
