"""Long work: a part at a time, begun again where it ended, never twice, stopped, tidied up."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from runtime.jobs import folder, kinds, selectors, services, working
from runtime.jobs.kinds import Cannot, Part, Result
from runtime.jobs.models import Job
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.runtime.conftest import Village

State = Job.State


class Counting:
    """A kind that writes numbers down, three at a time, and hands them over as one file."""

    key, keep = "counting", timedelta(hours=1)

    def __init__(self) -> None:
        self.written: list[int] = []
        self.finished: list[int] = []
        self.before_writing: Callable[[], None] = lambda: None
        self.before_finishing: Callable[[], None] = lambda: None

    gives_up = True

    def count(self, job: Job, now: datetime) -> int:
        return int(job.arguments["numbers"])

    def part(self, job: Job, now: datetime) -> Part:
        first = job.place.get("next", 0)
        numbers = list(range(first, min(first + 3, job.total or 0)))
        default_storage.save(folder.path(job, "part"), ContentFile(b"."))
        self.before_writing()
        place = {"next": first + len(numbers)}
        return Part(len(numbers), place, len(numbers) < 3, lambda: self.written.extend(numbers))

    def finish(self, job: Job, alive: Callable[[], None], now: datetime) -> Result:
        self.before_finishing()
        self.finished.append(job.pk)
        alive()
        name = default_storage.save(folder.path(job, "all"), ContentFile(str(self.written).encode()))
        return Result(name, "numbers.txt", 1)


@pytest.fixture
def kind(settings: Any, tmp_path: Path) -> Iterator[Counting]:
    settings.MEDIA_ROOT = tmp_path
    made = Counting()
    kinds.register(made)
    yield made
    kinds._kinds.pop(made.key)


def begin(desk: Village, numbers: int = 8, key: uuid.UUID | None = None) -> Job:
    return services.begin(
        region=desk.region,
        by=desk.clerk,
        key=key or uuid.uuid4(),
        kind="counting",
        arguments={"numbers": numbers},
        now=desk.now,
    )


def files(job: Job) -> list[str]:
    path = folder.path(job, "")
    return sorted(default_storage.listdir(path)[1]) if default_storage.exists(path) else []


class TestWork:
    def test_is_done_by_the_clock_and_hands_over_one_file(self, desk: Village, kind: Counting) -> None:
        job = begin(desk)
        assert services.work_due(desk.now) == 9
        job.refresh_from_db()
        assert (job.state, job.done, job.total, kind.written) == (State.DONE, 8, 8, list(range(8)))
        assert (job.name, files(job)) == ("numbers.txt", ["all"])
        assert services.work_due(desk.now) == 0

    def test_begun_twice_with_one_key_is_one(self, desk: Village, kind: Counting) -> None:
        key = uuid.uuid4()
        assert begin(desk, key=key).pk == begin(desk, key=key).pk

    def test_goes_on_where_the_last_part_ended_when_a_process_died(
        self, desk: Village, kind: Counting
    ) -> None:
        job = begin(desk)
        services.work(job, now=desk.now)  # one part, then the rest is left to the clock
        assert (kind.written, job.place["next"]) == ([0, 1, 2], 3)

        def dies() -> None:
            raise SystemExit

        kind.before_writing = dies
        with pytest.raises(SystemExit):
            services.work(job, now=desk.now)
        kind.before_writing = lambda: None
        assert services.work_due(desk.now + working.LEASE / 2) == 0  # it seems to be at work still
        services.work_due(desk.now + working.LEASE * 2)
        job.refresh_from_db()
        assert (kind.written, job.state) == (list(range(8)), State.DONE)

    def test_notes_nothing_of_one_that_seemed_dead_and_comes_back(
        self, desk: Village, kind: Counting
    ) -> None:
        job = begin(desk)
        other = Job.objects.get(pk=job.pk)

        def overtaken() -> None:
            kind.before_writing = lambda: None
            services.work(other, now=desk.now + working.LEASE * 2, patience=60, hand_over=True)

        kind.before_writing = overtaken
        assert services.work(job, now=desk.now, patience=60) == 0
        assert (kind.written, job.state, files(job)) == (list(range(8)), State.DONE, ["all"])

    def test_notes_nothing_of_one_that_comes_back_while_another_is_at_it(
        self, desk: Village, kind: Counting
    ) -> None:
        """The job is not finished yet: only the number of the turn tells the two apart."""
        job = begin(desk)

        def overtaken() -> None:
            kind.before_writing = lambda: None
            services.work(Job.objects.get(pk=job.pk), now=desk.now + working.LEASE * 2)

        kind.before_writing = overtaken
        services.work(job, now=desk.now)
        assert kind.written == [0, 1, 2]
        assert Job.objects.get(pk=job.pk).done == 3

    def test_is_stopped_and_leaves_no_file(self, desk: Village, kind: Counting) -> None:
        job = begin(desk)
        services.work(job, now=desk.now)
        assert services.cancel(job, now=desk.now)
        assert not services.cancel(job, now=desk.now)
        assert (services.work_due(desk.now), files(job)) == (0, [])

    def test_stopped_while_it_is_put_together_hands_over_nothing(self, desk: Village, kind: Counting) -> None:
        job = begin(desk)
        kind.before_finishing = lambda: services.cancel(job, now=desk.now) and None
        services.work(job, now=desk.now, patience=60, hand_over=True)
        assert (job.state, job.file, files(job)) == (State.CANCELLED, "", [])

    def test_says_why_it_cannot_be_done(self, desk: Village, kind: Counting) -> None:
        def never() -> None:
            raise Cannot("rights")

        job, kind.before_writing = begin(desk), never
        services.work(job, now=desk.now)
        assert (job.state, job.why, files(job)) == (State.FAILED, "rights", [])

    def test_rests_after_a_failure_and_fails_after_several(self, desk: Village, kind: Counting) -> None:
        def breaks() -> None:
            raise ValueError

        job, kind.before_writing = begin(desk), breaks
        tried = 0
        for minute in range(20):
            services.work_due(desk.now + timedelta(minutes=minute / 2))
            tried = max(tried, Job.objects.get(pk=job.pk).turn)
        job.refresh_from_db()
        assert (job.state, job.why, tried) == (State.FAILED, "failed", working.TRIES)

    def test_forgets_failures_once_a_part_was_done(self, desk: Village, kind: Counting) -> None:
        job = begin(desk)
        Job.objects.update(tries=working.TRIES - 1)
        services.work(job, now=desk.now)
        assert job.tries == 0

    def test_lets_nobody_take_the_whole_line(self, desk: Village, kind: Counting) -> None:
        jobs = [begin(desk) for _one in range(services.MOST)]
        with pytest.raises(services.TooMany):
            begin(desk)
        services.cancel(jobs[0], now=desk.now)
        begin(desk)

    def test_takes_up_first_what_waited_longest(self, desk: Village, kind: Counting) -> None:
        early, late = begin(desk), begin(desk)
        services.work(early, now=desk.now)
        Job.objects.filter(pk=early.pk).update(worked_at=desk.now)
        services.work_due(desk.now + timedelta(seconds=1))
        assert kind.finished == [late.pk, early.pk]

    def test_is_nobody_elses(self, desk: Village, kind: Counting) -> None:
        job = begin(desk)
        assert selectors.job_of(desk.region, desk.clerk, "counting", job.public_id) == job
        assert selectors.job_of(desk.region, desk.head, "counting", job.public_id) is None
        with pytest.raises(services.NotYours):
            services.begin(
                region=desk.region,
                by=desk.head,
                key=job.public_id,
                kind="counting",
                arguments={},
                now=desk.now,
            )

    def test_of_another_region_goes_on_as_well(self, desk: Village, kind: Counting, poso: Region) -> None:
        with scope.use(poso):
            job = services.begin(
                region=poso,
                by=factories.person(),
                key=uuid.uuid4(),
                kind="counting",
                arguments={"numbers": 1},
                now=desk.now,
            )
        services.work_due(desk.now)
        with scope.use(poso):
            job.refresh_from_db()
        assert job.state == State.DONE


class TestSweep:
    def test_deletes_a_file_when_its_time_is_over(self, desk: Village, kind: Counting) -> None:
        job = begin(desk)
        services.work_due(desk.now)
        assert services.sweep(desk.now + timedelta(minutes=59)) == 0
        assert services.sweep(desk.now + timedelta(minutes=62)) == 1
        job.refresh_from_db()
        assert (job.file, files(job), job.state) == ("", [], State.DONE)

    def test_forgets_jobs_nobody_asks_for_any_more(self, desk: Village, kind: Counting) -> None:
        begin(desk)
        services.work_due(desk.now)
        services.sweep(desk.now + timedelta(hours=2))
        services.sweep(desk.now + services.LIFE * 2)
        assert not Job.objects.exists()
