"""F1–F3: a process is killed without a word, while citizens apply, officers act and mails go out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connections
from django.utils import timezone

from runtime.cases import services
from runtime.effects.runner import Runner
from runtime.regions import scope
from tests.faults import count, forked
from tests.faults.citizen import Citizens
from tests.faults.servers import BROKERS
from tests.faults.table import Row
from tests.faults.world import World, until

CITIZENS = 6
RESUMED = 60.0  # seconds after which another does what a dead one had in hand
SHARES = {"web": 0.15, "mail": 0.3, "celery": 0.08}  # of the kills; the steps of a transaction are the rest


def web(world: World) -> Iterator[Row]:
    """F1: kill -9 the web process while citizens apply over HTTP."""
    citizens = Citizens(world.stack.port, "F1")
    citizens.begin(CITIZENS)
    gaps, kills = [], max(1, round(world.kills * SHARES["web"]))
    for _ in range(kills):
        before = len(citizens.acknowledged)
        until(lambda: len(citizens.acknowledged) > before, 30)  # noqa: B023 - called at once
        time.sleep(world.dice.uniform(0.0, 0.6))
        died, told = time.monotonic(), len(citizens.acknowledged)
        world.stack.kill(world.stack.web)  # type: ignore[arg-type]  # it runs
        world.stack.start_web()
        until(lambda: len(citizens.acknowledged) > told, 60)  # noqa: B023 - called at once
        gaps.append(time.monotonic() - died)
    citizens.end()
    yield world.judged(
        "F1",
        f"kill -9 web, {kills} times, while {CITIZENS} citizens apply and send again",
        told=citizens.acknowledged,
        among="F1",
        kills=kills,
        gap=max(gaps),
        wrong=[f"a citizen saw {words}" for words in sorted(set(citizens.refusals))],
        notes=[f"{citizens.tries_again} requests died and were sent again; gap: until the next receipt"],
    )


def worker(world: World) -> Iterator[Row]:
    """F2: kill -9 at every step of a decision's transaction, and while mails go out."""
    clerk, head = world.person("clerk"), world.person("head")

    def act(reference: str, action: str, **given: Any) -> str:
        user = head if action == "sign" else clerk
        with scope.use(count.city()):
            services.perform(
                region=count.city(),
                case_reference=reference,
                action=action,
                key=f"{action}-{reference}",
                actor_user=user,
                now=timezone.now(),
                **given,
            )
        return reference

    def filed(name: str) -> str:
        with scope.use(count.city()):
            return count.file(name, key=name)

    told, kills, signed = {}, 0, []
    for step in _steps(lambda n: lambda: filed(f"F2 file {n}")):
        told[f"F2 file {step}"] = filed(f"F2 file {step}")
        kills += 1
    for action, given in (("forward", {"answers": {"complete": True}}), ("sign", {})):
        waiting = (world.to_sign if action == "sign" else count.fill)(40, f"F2 {action}")
        told |= waiting
        cases = list(waiting.values())
        for step in _steps(lambda n: lambda: act(cases[n], action, **given)):  # noqa: B023 - called at once
            act(cases[step], action, **given)
            kills += 1
            signed += [cases[step]] if action == "sign" else []
    connections.close_all()
    yield world.judged(
        "F2",
        "kill -9 before and after each message to the database of filing, forwarding and signing; then again",
        told=told,
        among="F2 ",
        signed=signed,
        kills=kills,
    )
    yield _mails(world, max(1, round(world.kills * SHARES["mail"])))


def _steps(work: Callable[[int], Callable[[], Any]]) -> Iterator[int]:
    """Kill `work(n)` at its n-th step, for every n it has; yield each n for it to be done again."""
    step = 1
    while forked.killed_at(step, work(step)):
        yield step
        step += 1


def _mails(world: World, kills: int) -> Row:
    told: dict[str, str] = {}
    with world.without_site():
        for _ in range(kills):
            told |= count.fill(12, "F2mail")
            before = count.effects_run()
            runner = forked.Forked(lambda: Runner().work())
            until(lambda: count.effects_run() > before, 30)  # noqa: B023 - called at once
            time.sleep(world.dice.uniform(0.0, 0.3))
            runner.kill()
        died = time.monotonic()
        last = forked.Forked(lambda: Runner().work())
        until(lambda: count.effects_open() == 0)
        gap = time.monotonic() - died
        last.kill()
    return world.judged(
        "F2",
        f"kill -9 the effect runner in the middle of mails, {kills} times",
        told=told,
        among="F2mail",
        kills=kills + 1,
        gap=gap,
        most=RESUMED,
    )


def celery(world: World) -> Iterator[Row]:
    """F3: kill -9 Celery workers, on either broker, while mails go out."""
    kills = max(1, round(world.kills * SHARES["celery"]))
    for name in BROKERS:
        told: dict[str, str] = {}
        among = f"F3{name}"
        with world.celery(name):
            for _ in range(kills):
                told |= count.fill(12, among)
                before = count.effects_run()
                until(lambda: count.effects_run() > before, 60)  # noqa: B023 - called at once
                time.sleep(world.dice.uniform(0.0, 0.3))
                died = time.monotonic()
                world.stack.kill(world.stack.worker)  # type: ignore[arg-type]  # it runs
                world.stack.start_worker()
            until(lambda: count.effects_open() == 0)
            gap = time.monotonic() - died
            yield world.judged(
                "F3",
                f"kill -9 a Celery worker on {name} in the middle of mails, {kills} times",
                told=told,
                among=among,
                kills=kills,
                gap=gap,
                most=RESUMED,
            )
