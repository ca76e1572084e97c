"""`manage.py run_effects`: the effect runner in the foreground, until it is told to stop."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from runtime.effects.runner import Runner


class Command(BaseCommand):
    """Work the outbox off and fire timers, outside of any web process."""

    help = "Works off effects and timers. Stop with Ctrl-C; with --once it ends when nothing is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing more is due")

    def handle(self, *args: Any, **options: Any) -> None:
        runner = Runner()
        if options["once"]:
            total = 0
            while done := runner.once():
                total += done
            self.stdout.write(f"{total} done")
            return
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: runner.stop(timeout=0))
        self.stdout.write("Working off effects and timers.")
        runner.work()
