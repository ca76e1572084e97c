"""`make faults`: bring faults about in real parts; say what was told, lost, doubled, and how long it took.

    python -m tests.faults [F1 … races letters exports batches moves] [--database sqlite|postgres] [--kills N]

Without names, everything, on both databases. PostgreSQL, Redis and RabbitMQ are started here, on ports of
their own. A mail may go out twice when its sender dies between sending and noting it; it then bears the same
Message-ID. Exit 1 when anything that somebody was told is not there, or is there twice, or took too long,
or could not be tried.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import django

from tests.faults import table
from tests.faults.servers import Missing, Postgres
from tests.faults.table import Row
from tests.stack import Stack

DATABASES = ("sqlite", "postgres")


def main() -> int:
    """Run what was asked for, each database in a process of its own, and print one table."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended on the way out
    if options.rows:
        return _one_database(options)
    began, rows = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="rakit-faults-") as folder:
        for database in [options.database] if options.database else DATABASES:
            file = Path(folder) / database
            command = [sys.executable, "-m", "tests.faults", *sys.argv[1:]]
            _run([*command, "--database", database, "--rows", str(file)])
            rows += table.kept(file) or [Row("all", "", left_out="the run ended early", database=database)]
    print(f"\n{table.head()}")
    for row in rows:
        print(table.say(row))
    minutes = (time.monotonic() - began) / 60
    wrong = [row for row in rows if not row.good]
    print(
        f"\n{len(rows)} faults in {minutes:.0f} minutes; killed {sum(r.kills for r in rows)} processes, "
        f"lost {sum(r.lost for r in rows)}, doubled {sum(r.doubled for r in rows)}; "
        f"not as it should be: {len(wrong)}"
    )
    return 1 if wrong else 0


def _run(command: list[str]) -> None:
    """Run a process to its end, or let it clean up when this one is told to stop."""
    with subprocess.Popen(command) as process:
        try:
            process.wait()
        except BaseException:
            process.terminate()
            raise


def _one_database(options: argparse.Namespace) -> int:
    """Run the faults on one database; keep the rows after each."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="rakit-faults-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = Postgres(folder / "postgres") if options.database == "postgres" else None
        try:
            if server:
                server.start()
        except Missing as missing:
            table.keep([Row("all", "", left_out=str(missing), database=options.database)], options.rows)
            return 1
        stack = Stack(
            folder / "site",
            postgres=server.url if server else "",
            settings={"DJANGO_SETTINGS_MODULE": "tests.faults.settings"},
        )
        try:
            with stack:
                os.environ.update(stack.environment())
                django.setup()
                _try_all(options, stack, server, rows)
        finally:
            if server:
                server.kill()
    return 0


def _try_all(options: argparse.Namespace, stack: Stack, server: Postgres | None, rows: list[Row]) -> None:
    from django.db import connections

    from tests.faults import count, every  # models can be imported only after django.setup()
    from tests.faults.world import World

    dice = random.Random(options.seed)
    world = World(options.database, stack, server, dice, options.kills, options.applicants)
    count.install()
    try:
        for fault in options.faults or every.FAULTS:
            began = time.monotonic()
            connections.close_all()  # the database may have gone away under them
            try:
                for row in every.FAULTS[fault](world):
                    took = f"{time.monotonic() - began:5.0f} s  load {os.getloadavg()[0]:.1f}"
                    print(f"{took}\n{table.say(row)}", flush=True)
                    rows.append(row)
                    table.keep(rows, options.rows)
                    began = time.monotonic()
            except Exception:  # one that breaks down must not hide the others
                traceback.print_exc()
                words = traceback.format_exc().strip().splitlines()[-1][:200]
                rows.append(Row(fault, "", wrong=(f"broke down: {words}",), database=options.database))
                table.keep(rows, options.rows)
    finally:
        world.end()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument(
        "faults",
        nargs="*",
        metavar="FAULT",
        help="F1 … F26, races, letters, exports, batches, moves; all when none",
    )
    parser.add_argument("--database", choices=DATABASES, help="both when none is named")
    parser.add_argument("--kills", type=int, default=100, help="about how many, on each database")
    parser.add_argument("--applicants", type=int, default=300, help="who apply at once (F17)")
    parser.add_argument("--seed", type=int, default=None, help="repeat the moments of an earlier run")
    parser.add_argument("--rows", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
