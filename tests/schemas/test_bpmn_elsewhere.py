"""The BPMN keeps to the schema of the OMG, and ends where we end when a stranger's engine runs it."""

from __future__ import annotations

import random
from collections import deque
from pathlib import Path

import pytest
import SpiffWorkflow.bpmn.parser
from lxml import etree

from schemas import diagram, parse
from schemas.definition import Action, Module, Status
from tests.schemas.corpus import STARTERS, VALID
from tests.schemas.spiff import OFFICES, Run

SCHEMA = Path(SpiffWorkflow.bpmn.parser.__file__).parent / "schema" / "BPMN20.xsd"
Walk = list[tuple[str, Action]]


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
        reached = {action.to for action in module.workflow.actions} - {""}
        finals = {status.key for status in module.workflow.statuses if status.kind == "final"}
        assert ended == reached & finals
