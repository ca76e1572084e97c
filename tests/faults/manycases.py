"""One step on many cases, and cases moved to a new version, while whoever works on it is killed again."""

from __future__ import annotations

import json
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar
from unittest import mock

from django.db import connections
from django.utils import timezone

from runtime.batches import services as batches
from runtime.batches.models import Batch
from runtime.batches.services import Ticked, Wanted
from runtime.cases import chain, versions
from runtime.cases.models import Case, CaseEvent, Task
from runtime.effects.runner import Runner
from runtime.jobs import working
from runtime.jobs.models import Job
from runtime.modules import selectors as modules
from runtime.modules import services as publishing
from runtime.moves import services as moves
from runtime.moves.models import Batch as Move
from runtime.moves.models import Item
from runtime.regions import scope
from tests.faults import count, forked
from tests.faults.table import Row
from tests.faults.world import World, until
from tests.runtime import permit

T = TypeVar("T")
SIGNED, MOVED = "izin-serentak", "izin-pindah"
CASES, KILLS = 100, 20  # as many cases as a batch may have
PATIENCE = 600  # seconds for all of it
LEASE = timedelta(seconds=2)  # instead of two minutes, so that a dead worker's job is taken up at once


def batched(world: World) -> Iterator[Row]:
    """Sign a hundred cases at once, the runner killed in the middle: each is signed, and once."""
    clerk, head = world.person("clerk"), world.person("head")
    document = permit.document(key=SIGNED)
    for action in document["workflow"]["actions"]:
        action["bulk"] = action["key"] == "sign"
    with world.without_site():
        references = _filed(document)
        count.forward(clerk, references)
        with scope.use(count.city()):
            open_ = Task.objects.filter(case__version__key=SIGNED, closed_at=None).select_related("case")
            ticked = [Ticked(task.pk, task.case.revision) for task in open_.order_by("pk")]
            wanted, key = Wanted("sign", module=SIGNED), uuid.uuid4()
            batch = batches.begin(
                region=count.city(), user=head, key=key, wanted=wanted, ticked=ticked, now=timezone.now()
            )
        connections.close_all()
        kills, took = _struck(world, lambda: batch.job, _done(SIGNED, "sign"))
        with scope.use(count.city()):
            noted = Counter(Batch.objects.get(pk=batch.pk).items.values_list("state", flat=True))
        said = "" if noted == {"done": CASES} else f"the batch says {dict(noted)}"
        yield _judged(world, SIGNED, ("sign",), f"of a batch that signs {CASES} cases", kills, took, said)


def moved(world: World) -> Iterator[Row]:
    """Move a hundred running cases to a new version and back, the runner killed in each stage."""
    with world.without_site():
        document = permit.document(key=MOVED)
        _filed(document)
        old, new = _next_version(document)
        with scope.use(count.city()):
            batch = moves.begin(region=count.city(), old=old, new=new, now=timezone.now())
        total, longest = 0, 0.0
        stages: tuple[tuple[Callable[[Move], int] | None, Callable[[], int]], ...] = (
            (None, lambda: Item.objects.filter(batch=batch).count()),
            (moves.choose, _done(MOVED, versions.MOVED)),
            (moves.undo, _done(MOVED, versions.UNDONE)),
        )
        for begin, done in stages:
            with scope.use(count.city()):
                batch.refresh_from_db()
                begun = begin(batch) if begin else CASES
            assert begun == CASES, f"{begun} cases were chosen"
            connections.close_all()
            kills, took = _struck(world, lambda: _latest(batch), done)
            total, longest = total + kills, max(longest, took)
        with scope.use(count.city()):
            elsewhere = Case.objects.filter(version__key=MOVED).exclude(version=old).count()
            states = Counter(Item.objects.filter(batch=batch).values_list("state", flat=True))
        said = f"the plan says {dict(states)}" if states != {"returned": CASES} else ""
        said = said or (f"{elsewhere} cases are not back on their version" if elsewhere else "")
        keys = (versions.MOVED, versions.UNDONE)
        did = f"of planning, moving and moving back {CASES} running cases"
        yield _judged(world, MOVED, keys, did, total, longest, said)


def _filed(document: dict[str, Any]) -> list[str]:
    with scope.use(count.city()):
        text, key = json.dumps(document), document["key"]
        publishing.install(region=count.city(), document=text, number=1, now=timezone.now())
        found = [count.file(f"Serentak {n}", service=key) for n in range(CASES)]
    connections.close_all()
    return found


def _next_version(document: dict[str, Any]) -> tuple[Any, Any]:
    """Publish the same with another title; return the versions that cases are moved from and to."""
    with scope.use(count.city()):
        before = modules.installation(count.city(), MOVED)
        assert before is not None
        old, changed = before.version, document | {"title": {"id": "Izin yang diperbarui"}}
        text = json.dumps(changed)
        after = publishing.install(region=count.city(), document=text, number=2, now=timezone.now())
    return old, after.version


def _done(service: str, action: str) -> Callable[[], int]:
    return lambda: CaseEvent.objects.filter(case__version__key=service, action=action).count()


def _latest(batch: Move) -> Job | None:
    return Move.objects.select_related("job").get(pk=batch.pk).job


def _struck(world: World, job: Callable[[], Job | None], done: Callable[[], int]) -> tuple[int, float]:
    """Kill the runner again and again while it works; return how often, and how long the rest took."""

    def over() -> bool:
        current = job()
        return current is None or Job.objects.filter(pk=current.pk, finished_at__isnull=False).exists()

    kills = 0
    with mock.patch.object(working, "LEASE", LEASE):
        for _ in range(KILLS):
            before = _asked(done)
            runner = forked.Forked(lambda: Runner().work())
            until(lambda: _asked(done) != before or _asked(over), 60)  # noqa: B023 - called at once
            time.sleep(world.dice.uniform(0.0, 0.15))
            ended = _asked(over)
            runner.kill()
            if ended:
                break
            kills += 1
        began = time.monotonic()
        runner = forked.Forked(lambda: Runner().work())
        until(lambda: _asked(over), PATIENCE)
        took = time.monotonic() - began
        until(lambda: count.effects_open() == 0, PATIENCE)
        runner.kill()
    return kills, took


def _asked(what: Callable[[], T]) -> T:
    with scope.use(count.city()):
        found = what()
    connections.close_all()
    return found


def _judged(
    world: World, service: str, actions: tuple[str, ...], did: str, kills: int, took: float, said: str
) -> Row:
    """Each case has each event once, and its history is whole."""
    lost = doubled = broken = 0
    with scope.use(count.city()):
        cases = list(Case.objects.filter(version__key=service))
        events = CaseEvent.objects.filter(case__in=cases, action__in=actions)
        told = Counter(events.values_list("case", "action"))
        lost = sum(not told[case.pk, action] for case in cases for action in actions)
        doubled = sum(times - 1 for times in told.values())
        broken = sum(bool(chain.verify(case)) for case in cases)
    connections.close_all()
    wrong = [said] if said else []
    wrong += [f"{broken} histories broken"] if broken else []
    wrong += ["nobody was killed in the middle"] if not kills else []
    return Row(
        "batches" if service == SIGNED else "moves",
        f"kill -9 the runner in the middle {did}, {kills} times",
        told=CASES * len(actions),
        lost=lost,
        doubled=doubled,
        wrong=tuple(wrong),
        kills=kills,
        gap=took,
        database=world.database,
    )
