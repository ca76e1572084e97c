"""How many letters one process prints in a second, beside an empty document of the same typesetter."""

from __future__ import annotations

import json
import statistics
import tempfile

from runtime.letters import typesetting
from tests.bench import timing
from tests.runtime.letters import printed

TURNS = 15
EMPTY = '#set document(title: "-")\n-'


def report() -> None:
    """Print the medians of alternating runs, each in a process of its own as letters are printed."""
    made = printed.domicile()
    works = {
        "empty document (floor)": _empty,
        "domicile, one page": lambda: typesetting.pdf(made.letter, made.facts),
    }
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _turn in range(TURNS):
        for name, work in works.items():
            taken[name].append(timing.seconds(work))
    least = statistics.median(taken["empty document (floor)"])
    print("\nLetters, wall milliseconds of one and so many a second")
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(f"{name:26}{middle * 1000:8.1f}{1 / middle:8.1f}/s   {middle / least:.2f} × the floor")


def _empty() -> None:
    data = {"template": EMPTY, "letter": {}, "stamp": 0, "format": "pdf", "ppi": 72}
    with tempfile.TemporaryDirectory() as folder:
        typesetting._run(json.dumps({**data, "root": folder}).encode(), folder, typesetting.SECONDS)
