"""Durable workflow steps: ours, viewflow's and SpiffWorkflow's, beside a bare row with its audit row.

The same five steps with the same thirty answers, in the same database, in turns within one run. Each step is
a transaction of its own that reads the case, tries a condition on an answer, moves on and leaves a line of
history; ours is `cases.services.perform`, as a button of the inbox calls it.
"""

from __future__ import annotations

import itertools
import statistics
import uuid
from collections import deque
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from runtime.cases import services
from runtime.regions import scope
from tests.bench import backlog, budget, timing
from tests.bench.peer import diagram
from tests.bench.peer.models import BareAudit, BareRow
from tests.bench.questions import canonical_answers
from tests.bench.world import Scene

SLICES, SECONDS, STEPS = 15, 0.3, 5
OPEN = 1000
OF_BARE = 0.6
FASTER = {"viewflow": 3, "SpiffWorkflow": 2}
TITLES = {"bare": "bare row + audit row", "ours": "our step"}


def bare() -> None:
    """Write what no auditable system can do without."""
    with transaction.atomic():
        row = BareRow.objects.create(status="langkah1", data=canonical_answers())
        BareAudit.objects.create(row=row, actor="petugas", data={"from": "langkah1", "to": "langkah2"})


class Walk:
    """Takes one case after another through its five steps, one committed transaction each."""

    def __init__(self, begin: Callable[[], Any], act: Callable[[Any, int], object]) -> None:
        self.begin, self.act = begin, act
        self.pending: deque[tuple[Any, int]] = deque()

    def refill(self, count: int) -> None:
        """Have `count` fresh cases at hand; not measured."""
        for _ in range(count - len(self.pending) // STEPS):
            case = self.begin()
            self.pending.extend((case, step) for step in range(1, STEPS + 1))

    def step(self) -> None:
        self.act(*self.pending.popleft())


def ours(scene: Scene) -> Walk:
    """Return the walk through our engine."""
    answers = canonical_answers()

    def begin() -> str:
        receipt = services.submit_case(
            region=scene.region,
            version=scene.installation.version,
            answers=answers,
            language="id",
            submit_key=uuid.uuid4().hex,
            draft_token="",
            now=timezone.now(),
        )
        return receipt.reference

    def act(reference: str, step: int) -> None:
        services.perform(
            region=scene.region,
            case_reference=reference,
            actor_user=scene.officer,
            action=f"lanjut{step}",
            key=uuid.uuid4().hex,
            seen_revision=None,
            now=timezone.now(),
        )

    return Walk(begin, act)


def _peers() -> dict[str, Walk]:
    if find_spec("viewflow") is None:
        raise SystemExit("viewflow is installed for measuring only, by the command: make bench ARGS=steps")
    from tests.bench.peer import flows

    answers = canonical_answers()
    return {
        name: Walk(
            lambda engine=engine: engine.begin(answers), lambda case, _step, engine=engine: engine.step(case)
        )
        for name, engine in (("viewflow", flows), ("SpiffWorkflow", diagram))
    }


def report(scene: Scene) -> None:
    """Print steps per second and their ratios."""
    with scope.use(scene.region):
        backlog.grow(scene, to=OPEN)
        walks = {"ours": ours(scene), **_peers()}
        costs: dict[str, list[timing.Cost]] = {"bare": [], **{name: [] for name in walks}}
        for _ in itertools.repeat(None, SLICES):
            for name, walk in walks.items():
                walk.refill(120 if name == "ours" else 60)
            works = {"bare": bare, **{name: walk.step for name, walk in walks.items()}}
            for name, cost in timing.durable(works, seconds=SECONDS).items():
                costs[name].append(cost)
    _print(costs)


def _print(costs: dict[str, list[timing.Cost]]) -> None:
    def times(one: str, other: str, what: str = "wall") -> float:
        """Return how many times `other` costs of `one`, slice by slice."""
        pairs = zip(costs[one], costs[other], strict=True)
        return statistics.median(getattr(b, what) / getattr(a, what) for a, b in pairs)

    print(f"\nDurable workflow steps on {connection.vendor} (median of {SLICES} alternating slices)")
    print(f"{'':22}{'a second':>9}{'of bare':>9}{'ours is':>9}{'CPU ms':>9}{'of bare':>9}   budget")
    for name in costs:
        rate = 1000 / statistics.median(cost.wall for cost in costs[name])
        cpu = statistics.median(cost.cpu for cost in costs[name])
        faster = f"{times('ours', name):8.1f}x" if name in FASTER else f"{'':9}"
        met = budget.at_least(times(name, "bare"), OF_BARE) if name == "ours" else ""
        met = budget.at_least(times("ours", name), FASTER[name], "x") if name in FASTER else met
        own = f"{cpu:9.2f}{times('bare', name, 'cpu'):8.1f}x"
        print(f"{TITLES.get(name, name):22}{rate:9.0f}{times(name, 'bare'):9.2f}{faster}{own}   {met}")
