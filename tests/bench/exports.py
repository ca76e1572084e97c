"""How many applications a second go into a file, beside a plain CSV writer over the same rows; and memory."""

from __future__ import annotations

import csv
import os
import resource
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import connection
from django.utils import timezone

from runtime.cases.models import Case
from runtime.exports import asking
from runtime.exports.asking import Form, Wanted
from runtime.jobs import services, working
from runtime.regions import scope
from runtime.regions import selectors as regions
from runtime.regions.models import User
from schemas.exporting import Way
from tests.bench import backlog
from tests.bench.world import Scene
from tests.faults.forked import Forked

SIZES = (10_000, 20_000)
FORMS = ("csv", "xlsx", "json")
FLOOR = "plain CSV (floor)"


@dataclass(frozen=True, slots=True)
class _Made:
    """Cases, seconds of all, seconds of the longest beat of the clock, MiB the process grew."""

    cases: int
    seconds: float
    beat: float
    grown: float


def report(scene: Scene) -> None:
    """Print what a file of each kind costs at both sizes, each made in a process of its own."""
    with scope.use(scene.region), tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        chief = backlog.chief(scene)
        print(f"\nApplications as a file on {connection.vendor}, each with a row in the log of views")
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        print(
            f"{'kind':20}{'cases':>8}{'s':>8}{'a second':>10}{'x floor':>9}{'longest beat':>14}{'memory':>10}"
        )
        for size in SIZES:
            backlog.grow(scene, to=size)
            works = {FLOOR: partial(_floor, Path(folder) / "plain.csv")}
            works |= {form: partial(_ours, scene, chief, form) for form in FORMS}
            floor = 0.0
            for name, work in works.items():
                made = Forked(partial(_measured, work)).result()
                each = made.seconds / made.cases
                floor = floor or each
                beat = f"{made.beat:12.1f} s" if made.beat else f"{'–':>14}"
                print(
                    f"{name:20}{made.cases:8,}{made.seconds:8.1f}{1 / each:10,.0f}{each / floor:8.1f}x"
                    f"{beat}{made.grown:6.0f} MiB"
                )


def _measured(work: Callable[[], tuple[int, float]]) -> _Made:
    before, began = _peak(), time.perf_counter()
    cases, beat = work()
    return _Made(cases, time.perf_counter() - began, beat, _peak() - before)


def _peak() -> float:
    """Return the most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _floor(path: Path) -> tuple[int, float]:
    """Write the same rows with their answers as they lie in the database."""
    count = 0
    with path.open("w") as into:
        writer = csv.writer(into)
        rows = Case.objects.order_by("pk").values_list("reference", "status", "submitted_at", "answers")
        for reference, status, submitted_at, answers in rows.iterator():
            writer.writerow([reference, status, submitted_at, *answers.values()])
            count += 1
    return count, 0.0


def _ours(scene: Scene, chief: User, form: str) -> tuple[int, float]:
    """Have a file made by beats of the clock, as a small installation does."""
    now = timezone.now() + timedelta(minutes=1)
    wanted = Wanted(
        service=scene.installation.key,
        form=cast(Form, form),
        way=Way.WHOLE,
        language="id",
        posts=tuple(sorted({one.post for one in regions.at_desk(scene.region, chief)})),
    )
    told = wanted.as_json()
    job = services.begin(
        region=scene.region, by=chief, key=uuid.uuid4(), kind=asking.KIND, arguments=told, now=now
    )
    longest = 0.0
    while job.finished_at is None:
        began = time.perf_counter()
        working.work(job, now=now, patience=working.PATIENCE, hand_over=True)
        longest = max(longest, time.perf_counter() - began)
    if job.state != job.State.DONE:
        raise SystemExit(f"The file was not made: {job.state}, {job.why}")
    return job.done, longest
