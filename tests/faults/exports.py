"""Files of applications: whoever makes one is killed at every step; the next one makes it whole."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import connections
from django.utils import timezone

from runtime.exports import asking, making
from runtime.exports.asking import Wanted
from runtime.jobs import folder, services, working
from runtime.jobs.models import Job
from runtime.modules import services as publishing
from runtime.regions import scope
from runtime.regions import selectors as regions
from runtime.regions.models import User
from runtime.viewlog.models import Viewing
from schemas.exporting import Way
from tests.faults import count, forked
from tests.faults.table import Row
from tests.faults.world import World
from tests.runtime import permit

SERVICE = "izin-berkas"
CASES, AT_ONCE = 12, 5  # three parts, the last one smaller
LATER = working.LEASE * 2  # when nobody believes any more that a dead process is at it


@dataclass
class _Left:
    """What is not as it should be with the files."""

    lost: int = 0
    doubled: int = 0
    wrong: list[str] = field(default_factory=list)


def made(world: World) -> Iterator[Row]:
    """Kill -9 at each step of making a file, on its own and three times in a row; then it is made whole."""
    clerk, at_once = world.person("clerk"), making.AT_ONCE
    making.AT_ONCE = AT_ONCE
    try:
        with world.without_site(), scope.use(count.city()):
            text = permit.as_text(key=SERVICE)
            publishing.install(region=count.city(), document=text, number=1, now=timezone.now())
            references = [count.file(f"Berkas {n}", service=SERVICE) for n in range(CASES)]
            yield _killed(world, clerk, references, times=1)
            yield _killed(world, clerk, references, times=3)
    finally:
        making.AT_ONCE = at_once


def _killed(world: World, clerk: User, references: list[str], *, times: int) -> Row:
    kills, step, jobs, over = 0, 1, list[Job](), False
    before = Counter(Viewing.objects.filter(user=clerk).values_list("case_id", flat=True))
    while not over:
        job = _asked(clerk)
        now = job.asked_at
        for _turn in range(times):
            now += LATER
            if not forked.killed_at(step, _making(job, now)):
                over = True
                break
            kills += 1
        _making(job, now + LATER)()
        jobs.append(job)
        step += 1
    left = _left(clerk, jobs, references, before)
    return Row(
        "exports",
        f"kill -9 before and after each message to the database of making a file, {times} times; then again",
        told=len(jobs) * CASES,
        lost=left.lost,
        doubled=left.doubled,
        wrong=tuple(left.wrong),
        kills=kills,
        database=world.database,
    )


def _asked(clerk: User) -> Job:
    posts = tuple(sorted({one.post for one in regions.at_desk(count.city(), clerk)}))
    wanted = Wanted(service=SERVICE, form="json", way=Way.FILE, language="id", posts=posts)
    return services.begin(
        region=count.city(),
        by=clerk,
        key=uuid.uuid4(),
        kind=asking.KIND,
        arguments=wanted.as_json(),
        now=timezone.now() + timedelta(seconds=1),
    )


def _making(job: Job, now: datetime) -> Callable[[], None]:
    def work() -> None:
        with scope.use(count.city()):
            working.work(Job.objects.get(pk=job.pk), now=now, patience=60, hand_over=True)

    return work


def _left(clerk: User, jobs: list[Job], references: list[str], before: Counter[int]) -> _Left:
    """Compare the files and the log of views with the applications."""
    left = _Left()
    for job in jobs:
        job.refresh_from_db()
        if job.state != Job.State.DONE or not job.file:
            left.lost += len(references)
            continue
        with default_storage.open(job.file, "rb") as file:
            told = Counter(one["reference"] for one in json.load(file)["cases"])
        left.lost += sum(not told[reference] for reference in references)
        left.doubled += sum(times - 1 for times in told.values())
        beside = set(default_storage.listdir(folder.path(job, ""))[1]) - {job.file.rsplit("/", 1)[-1]}
        if beside:
            left.wrong.append(f"{len(beside)} parts left beside a file")
    seen = Counter(Viewing.objects.filter(user=clerk).values_list("case_id", flat=True))
    seen.subtract(before)
    odd = {case: times for case, times in seen.items() if times != len(jobs)}
    if odd:
        left.wrong.append(f"{len(odd)} applications have not one row in the log of views for each file")
    connections.close_all()
    return left
