"""500 letters issued anew as one job, while whoever works on it is killed again and again."""

from __future__ import annotations

import time
import uuid
from collections import Counter, defaultdict
from datetime import timedelta
from unittest import mock

from django.db import connections
from django.utils import timezone

from runtime.cases.models import CaseEvent, RegisterEntry
from runtime.effects.runner import Runner
from runtime.jobs import services as jobs
from runtime.jobs import working
from runtime.jobs.models import Job
from runtime.letters import storing
from runtime.letters.many import errands, reissue
from runtime.letters.models import IssuedLetter
from runtime.modules import services as publishing
from runtime.regions import scope
from runtime.regions.models import User
from tests.faults import count, forked
from tests.faults.table import Row
from tests.faults.world import World, until
from tests.runtime import lettered

SERVICE = "izin-sekaligus"
LETTERS, KILLS = 500, 20
PATIENCE = 1200  # seconds for all of it
LEASE = timedelta(seconds=2)  # instead of two minutes, so that a dead worker's job is taken up at once
State = IssuedLetter.State


def issued_anew(world: World) -> Row:
    """Begin the job, kill the runner in the middle of it, look at every letter and number."""
    chief = _prepared(world)
    with mock.patch.object(working, "LEASE", LEASE):
        job, took = _begun(chief), 0.0
        for _ in range(KILLS):
            before = _standing(job)
            runner = forked.Forked(lambda: Runner().work())
            until(lambda: _standing(job) != before, 120)  # noqa: B023 - called at once
            time.sleep(world.dice.uniform(0.0, 1.5))
            runner.kill()
        began = time.monotonic()
        runner = forked.Forked(lambda: Runner().work())
        until(lambda: _over(job) and not count.effects_open(), PATIENCE)
        took = time.monotonic() - began
        runner.kill()
    return _judged(world, job, took)


def _prepared(world: World) -> User:
    """Have the letters issued for the first time; return who manages the region."""
    clerk, head, chief = world.person("clerk"), world.person("head"), world.person("administrator")
    with scope.use(count.city()):
        text = lettered.as_text(key=SERVICE)
        publishing.install(region=count.city(), document=text, number=1, now=timezone.now())
        for n in range(LETTERS):
            count.signed(f"Surat sekaligus {n}", clerk, head, service=SERVICE)
    connections.close_all()
    runner = forked.Forked(lambda: Runner().work())
    until(lambda: count.effects_open() == 0, PATIENCE)
    runner.kill()
    return chief


def _begun(chief: User) -> Job:
    wanted = reissue.Wanted(SERVICE, "izin", None, None, newest=False, reason="Kop keliru.")
    with scope.use(count.city()):
        job = jobs.begin(
            region=count.city(),
            by=chief,
            key=uuid.uuid4(),
            kind=reissue.KIND,
            arguments=wanted.as_json(),
            now=timezone.now(),
        )
    connections.close_all()
    return job


def _standing(job: Job) -> tuple[errands.Tally, Counter[str]]:
    with scope.use(count.city()):
        states = errands.of_job(job).order_by().values_list("state", flat=True)
        found = errands.tally(job), Counter(states)
    connections.close_all()
    return found


def _over(job: Job) -> bool:
    with scope.use(count.city()):
        over: bool = Job.objects.filter(pk=job.pk, finished_at__isnull=False).exists()
    connections.close_all()
    return over


def _judged(world: World, job: Job, took: float) -> Row:
    """Each case has its old letter, replaced, and one new one, whole; the numbers go from 1 without a gap."""
    with scope.use(count.city()):
        job.refresh_from_db()
        tally = errands.tally(job)
        letters: dict[int, list[IssuedLetter]] = defaultdict(list)
        for letter in IssuedLetter.objects.filter(version__key=SERVICE).order_by("pk"):
            letters[letter.case_id].append(letter)
        told = CaseEvent.objects.filter(case__version__key=SERVICE, action="letter:reissued")
        noted = Counter(told.values_list("case", flat=True))
        numbers = list(RegisterEntry.objects.filter(case__version__key=SERVICE).values_list("n", flat=True))
    twice, never = count.apart([0, *numbers])
    good = [
        some for some in letters.values() if [one.state for one in some] == [State.REPLACED, State.VERIFIED]
    ]
    wrong = {
        "the job says {}": "" if (job.state, tally.done) == ("done", LETTERS) else f"{job.state}, {tally}",
        "{} numbers left out": never,
        "{} orders noted twice": sum(times - 1 for times in noted.values()),
        "{} letters without their file": sum(not _whole(some[-1]) for some in good),
    }
    return Row(
        "letters",
        f"kill -9 the runner in the middle of a job that issues {LETTERS} letters anew, {KILLS} times",
        told=LETTERS,
        lost=LETTERS - len(good),
        doubled=sum(max(len(some) - 2, 0) for some in letters.values()) + twice,
        wrong=tuple(words.format(what) for words, what in wrong.items() if what),
        kills=KILLS,
        gap=took,
        database=world.database,
    )


def _whole(letter: IssuedLetter) -> bool:
    try:
        return storing.get(letter.file, letter.sha256).startswith(b"%PDF-")
    except storing.Lost:
        return False
