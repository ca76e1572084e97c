"""The BPMN keeps to the schema of the OMG, and ends where we end when a stranger's engine runs it."""

from __future__ import annotations

import json
import random
from collections import Counter, deque
from datetime import UTC, datetime
from pathlib import Path

import pytest
import SpiffWorkflow.bpmn.parser
from lxml import etree

from runtime.workflow import engine
from runtime.workflow.memory import applied
from runtime.workflow.proof.moves import Move, Tried
from runtime.workflow.proof.moves import hops as hops_of
from runtime.workflow.proof.moves import moves as moves_of
from runtime.workflow.proof.rehearsal import Rehearsal
from runtime.workflow.values import Decision, Snapshot
from schemas import diagram, parse
from schemas.definition import Action, Module, Status
from tests.schemas.corpus import STARTERS, VALID
from tests.schemas.spiff import OFFICES, Run

SCHEMA = Path(SpiffWorkflow.bpmn.parser.__file__).parent / "schema" / "BPMN20.xsd"
Walk = list[tuple[str, Action]]
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
WALKS = 20
MOST_STEPS = 40


@pytest.fixture(scope="module")
def standard() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def load(path: Path) -> Module:
    return parse.load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [*STARTERS, *VALID], ids=lambda path: path.stem)
class TestSchema:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_is_valid_by_the_schema_of_the_omg(
        self, path: Path, language: str, standard: etree.XMLSchema
    ) -> None:
        document = etree.fromstring(diagram.bpmn(load(path), language).encode())
        assert standard.validate(document), standard.error_log


def ways(module: Module) -> list[Walk]:
    """Return walks that take every action from every status once, and forty random ones."""
    workflow = module.workflow
    shortest: dict[str, Walk] = {workflow.start: []}
    waiting = deque([workflow.start])
    while waiting:
        here = waiting.popleft()
        for action in moves(module, workflow.status(here)):
            if action.target(here) not in shortest:
                shortest[action.target(here)] = [*shortest[here], (here, action)]
                waiting.append(action.target(here))
    walks = [
        [*shortest[key], (key, action)] for key in shortest for action in moves(module, workflow.status(key))
    ]
    drawn = random.Random(module.key)
    return [to_the_end(module, walk, drawn) for walk in walks + [[] for _ in range(40)]]


def moves(module: Module, status: Status) -> tuple[Action, ...]:
    return () if status.kind == "final" else module.workflow.actions_from(status.key)


def to_the_end(module: Module, walk: Walk, drawn: random.Random) -> Walk:
    """Go on at random until a final status, or sixty steps; a clock that leads nowhere strikes once."""
    walk = list(walk)
    here = walk[-1][1].target(walk[-1][0]) if walk else module.workflow.start
    while len(walk) < 60 and (choice := moves(module, module.workflow.status(here))):
        stayed = {action.key for status, action in walk if action.by_clock and status == here}
        fresh = [action for action in choice if action.to or action.key not in stayed]
        walk.append((here, drawn.choice(fresh)))
        here = walk[-1][1].target(here)
    return walk


def reached(module: Module) -> set[str]:
    """Return the final statuses that an action leads to."""
    finals = {status.key for status in module.workflow.statuses if status.kind == "final"}
    return {action.to for action in module.workflow.actions} & finals


def patience(status: Status) -> int:
    """Return how many can decide before it must be enough: all but one of those asked first."""
    first = [task for task in status.tasks if task.outcomes and not task.after]
    return max(sum(OFFICES if task.where.kind == "each" else task.seats for task in first) - 1, 0)


@pytest.mark.parametrize("path", [*STARTERS, *VALID], ids=lambda path: path.stem)
class TestInAnotherEngine:
    def test_the_same_decisions_lead_to_the_same_statuses(self, path: Path) -> None:
        module = load(path)
        xml, drawn, ended = diagram.bpmn(module, "id"), random.Random(1), set()
        for walk in ways(module):
            run = Run(xml)
            for status, action in walk:
                assert f"s_{status}" in run.where(), walk
                run.decide(status, action.key, drawn.randint(0, patience(module.workflow.status(status))))
                here = action.target(status)
            if module.workflow.status(here).kind == "final":
                assert run.flow.completed, walk
                ended.add(here)
            assert run.where() == {f"s_{here}"}, walk
        assert ended == reached(module)


class Case:
    """A case in our engine, in memory, and the same case in the foreign one."""

    def __init__(
        self, module: Module, drawn_of: Module, drawn: random.Random, seen: Counter[tuple[str, str]]
    ) -> None:
        self.stage, self.drawn, self.seen = Rehearsal(module, NOW), drawn, seen
        self.filings = self.stage.filings()
        self.run = Run(diagram.bpmn(drawn_of, "id"))
        filed = engine.begin(self.stage.module, drawn.choice(self.filings), today=NOW.date())
        self.case = applied(Snapshot(""), filed, places=self.stage.places)
        self.struck: set[tuple[int, str]] = set()
        self.taken: list[str] = []
        self._goes_on(vote="")

    @property
    def status(self) -> Status:
        return self.stage.module.workflow.status(self.case.status)

    def step(self) -> bool:
        """Do in both what our engine allows; tell whether there was anything to do."""
        ways = [tried for tried in moves_of(self.stage, self.case, self.filings) if self._possible(tried)]
        if not ways or self.status.kind == "final":
            return False
        rarest = min(self.seen[_what(tried.move)] for tried in ways)
        tried = self.drawn.choice([one for one in ways if self.seen[_what(one.move)] == rarest])
        self.seen[_what(tried.move)] += 1
        before, move = self.case, tried.move
        assert isinstance(tried.after, Snapshot)
        self.case = tried.after
        self.taken.append(f"{move.key} {move.outcome}".strip())
        if self.stage.module.workflow.status(before.status).task(move.key) is not None and move.outcome:
            self._goes_on(vote=move.key)
            return True
        action = self.stage.module.workflow.action(move.key)
        assert action is not None
        if action.by_clock and not action.to:
            self.struck.add((before.entered, move.key))
        self._expect_offices()
        self.run.decide(before.status, move.key)
        self._goes_on(vote="")
        return True

    def _possible(self, tried: Tried) -> bool:
        again = (self.case.entered, tried.move.key) in self.struck
        return isinstance(tried.after, Snapshot) and bool(tried.move.key) and not again

    def _goes_on(self, *, vote: str) -> None:
        """Let the system go on by itself; a vote that was enough takes the first of its steps along."""
        here = self.case.status
        hops = list(hops_of(self.stage, self.case))
        if vote:
            first = hops.pop(0) if hops else None
            self.case = first[1] if first else self.case
            self._expect_offices()
            self.run.vote(here, vote, first[0].action if first else "")
        for decision, after in hops:
            self.case = after
            self._expect_offices()
            self._happens(decision)

    def _happens(self, decision: Decision) -> None:
        """Let the system do it; where nobody was asked, whom the foreign engine asks instead says it."""
        left = self.stage.module.workflow.status(decision.from_status)
        if any(rule.do == decision.action for rule in left.complete):
            self.run.decide(left.key, decision.action)
        else:
            self.run.happen(left.key, decision.action)

    def _expect_offices(self) -> None:
        """Tell the foreign engine, which cannot read answers, how many offices are asked."""
        keys = {task.key for task in self.status.tasks if task.where.kind == "each"}
        asked = {task.office_id for task in self.case.tasks if task.key in keys}
        self.run.engine.offices = len(asked) or OFFICES


def _what(move: Move) -> tuple[str, str]:
    return move.key, move.outcome


def walked(module: Module, drawn_of: Module) -> set[str]:
    """Walk random decisions through both engines; return the final statuses they came to together."""
    drawn, seen, ends = random.Random(7), Counter[tuple[str, str]](), set()
    for _ in range(WALKS):
        both = Case(module, drawn_of, drawn, seen)
        while len(both.taken) < MOST_STEPS and both.step():
            assert both.run.where() == {f"s_{both.case.status}"}, both.taken
        ended = both.status.kind == "final"
        assert both.run.flow.completed == ended, both.taken
        assert both.run.where() == {f"s_{both.case.status}"}, both.taken
        ends |= {both.case.status} if ended else set()
    return ends


class TestBesideOurEngine:
    @pytest.mark.parametrize("path", [*STARTERS, *VALID], ids=lambda path: path.stem)
    def test_ends_as_our_engine_does_given_the_same_decisions(self, path: Path) -> None:
        module = load(path)
        assert walked(module, module) == reached(module)

    def test_is_seen_to_end_otherwise_when_one_way_is_drawn_wrongly(self) -> None:
        document = json.loads(STARTERS[0].read_text(encoding="utf-8"))
        again = next(one for one in document["workflow"]["actions"] if one["key"] == "kerjakan_ulang")
        again["to"] = "disposisi"
        spoilt = parse.load(json.dumps({**document, "stories": []}))
        with pytest.raises(AssertionError, match="kerjakan_ulang"):
            walked(load(STARTERS[0]), spoilt)
