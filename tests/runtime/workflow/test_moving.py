"""What becomes of a case in another version: nothing in an identical one, and votes with their tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.regions import national
from runtime.regions.worktime import Calendar
from runtime.workflow import clocks, engine, memory
from runtime.workflow.clocks import Step
from runtime.workflow.moving import offering, planning
from runtime.workflow.moving.values import Plan, Rules, Standing, TaskTimes
from runtime.workflow.values import SYSTEM, ActionRefused, Command, DecidedTask, OpenTask, Snapshot
from schemas.definition import Module
from tests.runtime import committee, permit, renewed
from tests.runtime.workflow.test_engine import APPLICANT, CLERK, HEAD, MODULE, NOW, OFFICE
from tests.runtime.workflow.test_engine_properties import actors, commands

WORKS = Calendar("Asia/Jakarta", national.USUAL, (), {})
BOARD = committee.module()
SEATS = tuple(OpenTask(n, "suara", "panitia", 1, n) for n in (1, 2, 3))


def standing(module: Module, snapshot: Snapshot, steps: list[tuple[Step, datetime]]) -> Standing:
    """Return a case as it stands after `steps`, its tasks opened when it came there."""
    since = clocks.retold(module, steps, NOW, WORKS)
    timed = clocks.timers(module.workflow.status(snapshot.status), module)
    strikes = clocks.strikes(timed, since, WORKS)
    return Standing(
        snapshot=snapshot,
        since=since,
        steps=tuple(steps),
        filed_at=NOW,
        filed=NOW.date(),
        works=WORKS,
        timer=min((one.at for one in strikes), default=None),
        tasks={task.id: TaskTimes(since.entered, since.due, WORKS) for task in snapshot.tasks},
    )


def sitting(votes: tuple[DecidedTask, ...] = (), tasks: tuple[OpenTask, ...] = SEATS) -> Standing:
    """Return a case before the committee."""
    snapshot = Snapshot("sidang", 3, committee.answers(), {}, tasks, entered=3, decided=votes)
    return standing(BOARD, snapshot, [(Step("", "periksa"), NOW), (Step("periksa", "sidang"), NOW)])


def board(edit: Any) -> Module:
    """Return the service of the committee with its sitting changed."""
    sits = next(one for one in BOARD.workflow.statuses if one.key == "sidang")
    statuses = tuple(edit(one) if one is sits else one for one in BOARD.workflow.statuses)
    return replace(BOARD, workflow=replace(BOARD.workflow, statuses=statuses))


def plan(new: Module, case: Standing, rules: Rules = Rules()) -> Plan:  # noqa: B008 - frozen
    return planning.plan(BOARD, new, case, rules, now=NOW)


class TestPlan:
    @settings(max_examples=50)
    @given(
        steps=st.lists(st.tuples(commands, actors), max_size=10),
        hours=st.lists(st.integers(0, 200), min_size=11),
    )
    def test_changes_nothing_in_an_identical_version(
        self, steps: list[tuple[Command, Any]], hours: list[int]
    ) -> None:
        answers = permit.answers(village=None)
        begun = engine.begin(MODULE, answers, today=NOW.date())
        snapshot = memory.applied(Snapshot(""), begun, places=memory.Places())
        at, told = NOW, [(Step("", snapshot.status), NOW)]
        usual = (
            (Command("forward", answers={"complete": True}), CLERK),
            (Command("send_back", comment="X", corrections=("age",)), CLERK),
            (Command("answer", answers={"age": 31}), APPLICANT),
            (Command("refuse", comment="X"), HEAD),
            (Command("remind"), SYSTEM),
        )
        for number, (command, actor) in enumerate(steps):
            chosen = usual[hours[number] % 5] if hours[number] % 2 else (command, actor)
            snapshot = replace(
                snapshot, tasks=tuple(replace(task, office_id=OFFICE) for task in snapshot.tasks)
            )
            decided = engine.decide(MODULE, snapshot, chosen[0], chosen[1], now=at)
            if isinstance(decided, ActionRefused) or decided.outcome:
                continue
            at += timedelta(hours=hours[number])
            told.append((Step(decided.from_status, decided.to_status, decided.extend), at))
            snapshot = memory.applied(snapshot, decided, places=memory.Places())
        same = permit.module(key="izin")
        case = standing(MODULE, snapshot, told)
        found = planning.plan(MODULE, same, case, now=at + timedelta(hours=hours[-1]))
        assert (found.kind, found.changes) == ("unaffected", ())
        assert (found.status, found.answers, found.corrections) == (
            snapshot.status,
            snapshot.answers,
            snapshot.corrections,
        )
        assert (found.due_at, found.deadline_at, found.timer_at) == (
            case.since.due,
            case.since.deadline,
            case.timer,
        )

    @settings(max_examples=20)
    @given(
        renames=st.dictionaries(
            st.sampled_from(["name", "email", "age", "detail", "paper"]), st.just(""), max_size=5
        )
    )
    def test_loses_no_answer_that_a_rule_carries(self, renames: dict[str, str]) -> None:
        rules = {key: f"{key}_new" for key in renames}
        document = _renamed(permit.document(), rules)
        new = permit.module(**{k: document[k] for k in ("pages", "workflow", "applicant")})
        answers = permit.answers(reason="b", detail="X")
        case = standing(MODULE, Snapshot("review", 1, answers, entered=1), [(Step("", "review"), NOW)])
        there = {question.key for _page, question in new.fields()}
        assert there >= set(rules.values())
        found = planning.plan(MODULE, new, case, Rules(questions=rules), now=NOW)
        assert found.losses == found.needs == ()
        assert found.answers == {rules.get(key, key): value for key, value in answers.items()}


class TestTasks:
    def test_keep_their_votes_and_whose_they_are(self) -> None:
        held = (replace(SEATS[1], held_by=7), SEATS[2])
        case = sitting((DecidedTask("suara", 1, "setuju", "for", 5),), held)
        found = plan(board(lambda s: replace(s, due=None)), case)
        assert (found.closed, found.opened, found.losses) == ((), (), ())
        assert [change.what for change in found.changes] == ["due"]

    def test_open_for_further_seats_and_close_free_ones_first(self) -> None:
        more = plan(board(lambda s: _seats(s, 4)), sitting())
        assert [(one.rule.key, one.seat) for one in more.opened] == [("suara", 4)]
        held = (SEATS[0], SEATS[1], replace(SEATS[2], held_by=7))
        fewer = plan(board(lambda s: _seats(s, 2)), sitting(tasks=held))
        assert [task.seat for task in fewer.closed] == [2]

    def test_whose_rule_is_gone_end_and_bar_a_move_after_which_nobody_acts(self) -> None:
        found = plan(board(lambda s: replace(s, tasks=s.tasks[1:])), sitting())
        assert [task.key for task in found.closed] == ["suara"] * 3
        assert "nobody" in [one.bar for one in found.hindrances]

    def test_that_another_role_decides_begin_anew(self) -> None:
        other = replace(BOARD.workflow.status("sidang").tasks[0], role="kepala")
        found = plan(board(lambda s: replace(s, tasks=(other, *s.tasks[1:]))), sitting())
        assert (len(found.closed), len(found.opened)) == (3, 3)

    def test_lose_a_decision_that_no_longer_exists(self) -> None:
        case = sitting((DecidedTask("suara", 1, "abstain", "abstain", 5),), SEATS[1:])
        vote = BOARD.workflow.status("sidang").tasks[0]
        without = replace(vote, outcomes=vote.outcomes[:2])
        found = plan(board(lambda s: replace(s, tasks=(without, *s.tasks[1:]))), case)
        assert [loss.name for loss in found.losses] == ["vote:suara"]

    def test_bar_a_move_by_which_votes_would_decide_at_once(self) -> None:
        case = sitting((DecidedTask("suara", 1, "setuju", "for", 5),), SEATS[1:])

        def one_is_enough(status: Any) -> Any:
            enough = tuple(replace(r, tally=replace(r.tally, count=1)) for r in status.complete)
            return replace(status, complete=enough)

        found = plan(board(one_is_enough), case)
        assert [(one.bar, one.key) for one in found.hindrances] == [("would_decide", "siap")]


class TestOffered:
    def test_asks_only_what_no_key_decides(self) -> None:
        new = renewed.module(
            renewed.rename_status("review", "checking"),
            renewed.rename_question("paper", "scan"),
            renewed.with_question("data", key="phone", required=True),
        )
        found = offering.offered(MODULE, new)
        assert [status.key for status, _targets in found.statuses] == ["review"]
        assert [one.key for one in found.statuses[0][1]] == ["checking", "fix", "sign"]
        assert [(old.key, [one.key for one in new]) for old, new in found.questions] == [
            ("paper", ["phone", "scan"])
        ]
        assert [question.key for _page, question in found.asked] == ["phone"]


def _seats(status: Any, seats: int) -> Any:
    return replace(status, tasks=(replace(status.tasks[0], seats=seats), *status.tasks[1:]))


def _renamed(value: Any, rules: dict[str, str]) -> Any:
    """Give questions other keys wherever they are named."""
    if isinstance(value, list):
        return [_renamed(one, rules) for one in value]
    if not isinstance(value, dict):
        return value
    found = {key: _renamed(one, rules) for key, one in value.items()}
    for key in ("var", "name", "email"):
        if isinstance(found.get(key), str):
            found[key] = rules.get(found[key], found[key])
    if "type" in found and "label" in found:
        found["key"] = rules.get(found["key"], found["key"])
    return found
