"""Durable workflow steps per second beside the floor: one row and its audit row in one transaction."""

from __future__ import annotations

import itertools
import statistics
import uuid
from collections import deque

from django.db import connection, transaction
from django.utils import timezone

from runtime.cases import services
from runtime.regions import scope
from tests.bench import timing
from tests.bench.peer.models import BareAudit, BareRow
from tests.bench.questions import canonical_answers
from tests.bench.world import Scene

SLICES, SECONDS, STEPS = 15, 0.3, 5
BUDGET = 0.6


def _bare() -> int:
    with transaction.atomic():
        row = BareRow.objects.create(status="langkah1", data=canonical_answers())
        BareAudit.objects.create(row=row, actor="petugas", data={"from": "langkah1", "to": "langkah2"})
    return 1


class Walk:
    """Takes one case after another through its five steps, one committed transaction each."""

    def __init__(self, scene: Scene, answers: dict[str, object]) -> None:
        self.scene, self.answers = scene, answers
        self.pending: deque[tuple[str, int]] = deque()

    def refill(self, count: int) -> None:
        """File `count` cases; not measured."""
        for _ in range(count):
            receipt = services.submit_case(
                region=self.scene.region,
                version=self.scene.installation.version,
                answers=self.answers,
                language="id",
                submit_key=uuid.uuid4().hex,
                draft_token="",
                now=timezone.now(),
            )
            self.pending.extend((receipt.case.reference, step) for step in range(1, STEPS + 1))

    def step(self) -> int:
        reference, step = self.pending.popleft()
        services.perform(
            region=self.scene.region,
            case_reference=reference,
            actor_user=self.scene.officer,
            action=f"lanjut{step}",
            key=uuid.uuid4().hex,
            seen_revision=None,
            now=timezone.now(),
        )
        return 1


def report(scene: Scene) -> None:
    """Print steps per second, the floor's transactions per second, and their ratio."""
    with scope.use(scene.region):
        walk = Walk(scene, canonical_answers())
        walk.refill(60)
        with connection.cursor() as cursor:  # a database in service knows its tables
            cursor.execute("ANALYZE")
        ratios, rates = [], {"bare": [], "ours": []}
        for _ in itertools.repeat(None, SLICES):
            walk.refill(60)
            slice_ = timing.rate({"bare": _bare, "ours": walk.step}, slices=1, seconds=SECONDS)
            for name in rates:
                rates[name] += slice_[name]
            ratios.append(slice_["ours"][0] / slice_["bare"][0])
    print(f"\nDurable workflow steps on {connection.vendor} (median of {SLICES} alternating slices)")
    print(f"bare row + audit row   {statistics.median(rates['bare']):8.0f} transactions/s")
    print(f"workflow step          {statistics.median(rates['ours']):8.0f} steps/s")
    print(f"ratio                  {statistics.median(ratios):8.2f}   (budget {BUDGET})")
