"""What must hold for whatever anybody sends to the engine, in whatever order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from runtime.workflow import engine, memory
from runtime.workflow.values import SYSTEM, ActionRefused, Actor, Command, Decision, Snapshot
from tests.runtime import permit
from tests.runtime.workflow.test_engine import APPLICANT, CLERK, HEAD, MODULE, NOW, OFFICE

ACTIONS = [action.key for action in MODULE.workflow.actions] + ["nothing"]
FIELDS = [question.key for _, question in MODULE.fields()] + ["stranger"]
VALUES = st.one_of(st.integers(-5, 200), st.booleans(), st.sampled_from(["a", "b", "x", ""]), st.none())
STRANGER = Actor("person", 9, "Orang", frozenset({("clerk", 99), ("head", 98)}))

commands = st.builds(
    Command,
    action=st.sampled_from(ACTIONS),
    comment=st.sampled_from(["", " ", "Alasan"]),
    answers=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4),
    corrections=st.lists(st.sampled_from(FIELDS), max_size=3).map(tuple),
)
actors = st.sampled_from([CLERK, HEAD, APPLICANT, SYSTEM, STRANGER])


def after(snapshot: Snapshot, decision: Decision) -> Snapshot:
    """Apply a decision in memory; the tasks are all in one office."""
    made = memory.applied(snapshot, decision, places=memory.Places())
    return replace(made, tasks=tuple(replace(task, office_id=OFFICE) for task in made.tasks))


def begun() -> Snapshot:
    start = Snapshot(status="", revision=0)
    return after(start, engine.begin(MODULE, permit.answers(), today=NOW.date()))


class TestWalks:
    @given(steps=st.lists(st.tuples(commands, actors), max_size=12))
    def test_never_leave_the_map_and_never_let_a_stranger_act(
        self, steps: list[tuple[Command, Actor]]
    ) -> None:
        snapshot = begun()
        for command, actor in steps:
            result = engine.decide(MODULE, snapshot, command, actor, now=NOW)
            if isinstance(result, ActionRefused):
                continue
            action = MODULE.workflow.action(result.action)
            assert action is not None
            assert snapshot.status in action.from_
            assert actor is not STRANGER
            assert MODULE.workflow.status(snapshot.status).kind != "final"
            if result.moved:
                assert set(result.closed) == set(snapshot.tasks)
            snapshot = after(snapshot, result)

    @given(steps=st.lists(st.tuples(commands, actors), max_size=12))
    def test_change_the_citizens_answers_only_by_an_answered_correction(
        self, steps: list[tuple[Command, Actor]]
    ) -> None:
        snapshot = begun()
        for command, actor in steps:
            result = engine.decide(MODULE, snapshot, command, actor, now=NOW)
            if isinstance(result, ActionRefused):
                continue
            if result.action != "answer":
                assert result.answers == snapshot.answers
            else:
                asked = set(snapshot.corrections)
                changed = {k for k in FIELDS if result.answers.get(k) != snapshot.answers.get(k)}
                assert changed - asked <= {"detail"}
                assert changed <= asked or "reason" in asked
            snapshot = after(snapshot, result)

    @given(command=commands, actor=actors, extra=st.dictionaries(st.text(max_size=5), VALUES))
    def test_decide_the_same_for_the_same_question(
        self, command: Command, actor: Actor, extra: dict[str, Any]
    ) -> None:
        snapshot = replace(begun(), answers={**permit.answers(), **extra})
        first = engine.decide(MODULE, snapshot, command, actor, now=NOW)
        assert engine.decide(MODULE, snapshot, command, actor, now=NOW) == first
