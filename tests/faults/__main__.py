"""`make faults`: kill -9 fifty times, then say what was acknowledged, stored, lost, doubled.

    python -m tests.faults [--kills 50] [--database sqlite|postgres] [--celery redis|rabbitmq]

Half of the kills hit the web process while citizens apply over HTTP, half the worker while it sends
mail: `manage.py run_effects`, or a Celery worker with --celery. For PostgreSQL, RAKIT_DATABASE_URL
names a database beside which a new one is made. A mail may go out twice when its
sender dies between sending and noting it; it then bears the same Message-ID. Exit 1 when anything
acknowledged was lost, a case was doubled, an effect never ran or a history is broken.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

from tests.faults.citizen import Citizens
from tests.stack import Stack

POSTGRES = os.environ.get("RAKIT_DATABASE_URL", "")
BROKERS = {
    "redis": os.environ.get("RAKIT_TEST_REDIS_URL", "redis://127.0.0.1:6379/9"),
    "rabbitmq": os.environ.get("RAKIT_TEST_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672//"),
}
CITIZENS = 6
BATCH = 60
DRAIN = 240


def main() -> int:
    """Run both halves and print the table."""
    options = _options()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="rakit-faults-", ignore_cleanup_errors=True) as folder:
        stack = Stack(
            Path(folder),
            postgres=POSTGRES if options.database == "postgres" else "",
            broker=BROKERS[options.celery] if options.celery else "",
            settings={"DJANGO_SETTINGS_MODULE": "tests.faults.settings"},
        )
        with stack:
            os.environ.update(stack.environment())
            django.setup()
            return _run(stack, options.kills, dice)


def _run(stack: Stack, kills: int, dice: random.Random) -> int:
    from tests.faults import count  # models can be imported only after django.setup()

    count.install()
    began = time.monotonic()
    citizens = _kill_web(stack, kills - kills // 2, dice)
    _say(f"web process killed {kills - kills // 2} times", began)
    filed = _kill_worker(stack, kills // 2, dice)
    _say(f"worker killed {kills // 2} times", began)
    result = count.count(stack, {**citizens.acknowledged, **filed})
    acknowledged = len(citizens.acknowledged) + len(filed)
    rows = {
        "applications acknowledged": acknowledged,
        "  of them by a receipt over HTTP": len(citizens.acknowledged),
        "  requests that died and were sent again": citizens.tries_again,
        "cases stored": result.stored,
        "cases lost": result.lost,
        "cases doubled": result.doubled_cases,
        "histories broken": result.broken_histories,
        "effects written": result.effects,
        "effects run": result.effects_run,
        "effects parked": result.effects_parked,
        "mails (by Message-ID)": result.mails,
        "mails missing": result.mails_missing,
        "mails sent twice, same Message-ID": result.mails_doubled,
    }
    _say("", began)
    for what, number in rows.items():
        _say(f"{what:<45}{number:>8}", began)
    wrong = result.lost or result.doubled_cases or result.broken_histories or result.mails_missing
    unrun = result.effects - result.effects_run
    if citizens.refusals:
        _say(f"unexpected answers: {sorted(set(citizens.refusals))}", began)
    return 1 if wrong or unrun or not citizens.acknowledged else 0


def _kill_web(stack: Stack, kills: int, dice: random.Random) -> Citizens:
    """Let citizens apply over HTTP while the web process dies and comes back."""
    citizens = Citizens(stack.port)
    citizens.begin(CITIZENS)
    for _ in range(kills):
        before = len(citizens.acknowledged)
        _wait_for_more(lambda: len(citizens.acknowledged), before, 30)
        time.sleep(dice.uniform(0.0, 0.6))
        assert stack.web is not None
        stack.kill(stack.web)
        stack.start_web()
    citizens.end()
    return citizens


def _kill_worker(stack: Stack, kills: int, dice: random.Random) -> dict[str, str]:
    """Let mails wait, start who sends them, kill it in the middle; at last let it finish."""
    from tests.faults import count

    stack.stop()
    filed: dict[str, str] = {}
    for _ in range(kills):
        filed |= count.fill(BATCH)
        before = count.effects_run()
        worker = _start_worker(stack)
        _wait_for_more(count.effects_run, before, 60)
        time.sleep(dice.uniform(0.0, 0.8))
        stack.kill(worker)
    worker = _start_worker(stack)
    # rows of the killed come back after their lease
    _wait_for_more(lambda: -count.effects_open(), -1, DRAIN)
    stack.kill(worker)
    return filed


def _start_worker(stack: Stack) -> subprocess.Popen[bytes]:
    if stack.broker:
        stack.start_worker()
        assert stack.worker is not None
        return stack.worker
    return stack._spawn([sys.executable, "manage.py", "run_effects"], "worker.log")


def _wait_for_more(figure: Callable[[], int], than: int, seconds: float) -> None:
    """Wait until the figure has grown beyond `than`, or the time is over."""
    end = time.monotonic() + seconds
    while figure() <= than and time.monotonic() < end:
        time.sleep(0.05)


def _say(words: str, began: float) -> None:
    print(f"{time.monotonic() - began:6.0f} s  {words}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--celery", choices=sorted(BROKERS), default="")
    parser.add_argument("--seed", type=int, default=None, help="repeat the moments of an earlier run")
    options = parser.parse_args()
    if options.database == "postgres" and not POSTGRES.startswith("postgres"):
        parser.error("RAKIT_DATABASE_URL must name a PostgreSQL database whose role may create another.")
    return options


if __name__ == "__main__":
    sys.exit(main())
