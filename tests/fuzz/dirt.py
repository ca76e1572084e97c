"""Values that answers may have, and values that they should never have but may."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from schemas.expressions import Kind

LARGEST = 2**53 - 1
CONSTANTS: Mapping[str, list[Any]] = {
    "boolean": [True, False],
    "number": [
        *(0, 1, -1, 2, 3, 5, 7, 10, 17, 100, 999, -12, 15000, LARGEST, -LARGEST),
        *("0.5", "-0.5", "2.5", "1.005", "0.1", "-0", "12.50", "100.000", "00012", "9" * 30, "0." + "3" * 29),
    ],
    "date": [
        "2026-11-24",
        "2024-02-29",
        "2000-03-01",
        "1999-12-31",
        "0001-01-01",
        "9999-12-31",
        "2008-02-29",
    ],
    "time": ["00:00", "08:00", "12:30", "23:59"],
    "datetime": [
        *("2026-11-24T08:00+07:00", "2026-11-24T01:00Z", "2024-02-29T23:59:59-03:30"),
        *("0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"),
    ],
    "text": ["a", "b", "c", "sapi", "Ibu Sri", "😀", "e\u0301", "\u00e9", "A", " a ", "2", "true"],
}
DIRTY: list[Any] = [
    *(None, "", " ", "\u00a0", "\ufeff", "\u0085", "\x1c", "\u180e", "\u2028", "\ud83d", "😀😀", "\u202ea"),
    *(0, -0, 1, -1, LARGEST, -LARGEST, LARGEST + 1, -LARGEST - 1, 10**20, 10**29, 10**30, -(10**30), 10**400),
    *(1.5, -0.25, 1e-7, 0.1, 1.7976931348623157e308),
    *("0", "-0", "-", ".", "-.", "-.5", "5.", "+5", "1e5", "0x1F", "１２", "1,5", "1.000", " 1", "1 ", "1\n"),
    *("1" * 30, "1" * 31, "0" * 29 + "1", "0" * 40, "0." + "1" * 29, "0." + "1" * 30, "NaN", "Infinity"),
    *("2026-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "0000-01-01", "0001-01-01", "9999-12-31"),
    *("2026-2-3", "20260203", "2026-W01-1", "2026-02-03T00:00", "2026-13-01", "2026-00-10", "-2026-01-01"),
    *(True, False, "true", "yes", "given", "constructor", "__proto__"),
    *("24:00", "8:00", "08:00:00", "08.00", "2026-11-24T08:00", "2026-02-30T08:00Z", "2026-11-24T08:00+7:00"),
    *("36.71.01.1001", "36", "36.", ".", "..", {"from": "2026-11-24"}, {"from": 1, "to": "2026-11-25"}),
    *([], {}, [None], [""], ["a"], ["a", "a"], ["a", None], ["sapi", "b"], [[]], [1], "a", "b", "sapi"),
    *({"accepted": True}, {"accepted": False}, {"accepted": "yes"}, {"accepted": None}, {"landmark": ""}),
    *({"length": 1}, {"n": 1, "s": 0}, {"d": 1}, {"__proto__": 1}, [{}], {"a": {}}),
]
"""Missing, empty, of the wrong type, too large, half a letter, and what programs choke on."""


def answer(random: Random, kind: Kind) -> Any:
    """Return an answer to a question: mostly of its type, sometimes anything at all."""
    if random.random() < 0.35:
        return random.choice(DIRTY)
    if kind.options and kind.type == "text":
        return random.choice(sorted(kind.options))
    if kind.type == "choices":
        return random.sample(sorted(kind.options or ()), random.randint(0, 3))
    if kind.type == "rows":
        return [answers(random, kind.rows) for _ in range(random.choice((0, 1, 1, 2, 3)))]
    if kind.type == "thing":
        spans = [{"from": "2026-11-24", "to": "2026-11-26"}, {"from": "2024-02-29", "to": "2025-02-28"}]
        return random.choice([[{"name": "ktp.pdf"}], {"landmark": "pasar"}, [], {}, *spans])
    if kind.type == "date":
        return f"{random.choice((1, 1899, 1999, 2000, 2008, 2023, 2024, 2026, 9999)):04}-" + random.choice(
            ("01-01", "02-28", "02-29", "03-01", "11-23", "11-24", "11-25", "12-31")
        )
    if kind.type == "number" and random.random() < 0.5:
        return random.choice(
            (random.randint(-20, 120), f"{random.randint(-999, 999)}.{random.randint(0, 99):02}")
        )
    if kind.parts and kind.type == "text":
        return random.choice(("36", "36.71", "36.71.01", "36.71.01.1001"))
    return random.choice(CONSTANTS[kind.type])


def answers(random: Random, kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """Return answers to some of the questions, and now and then to one that does not exist."""
    found = {name: answer(random, kind) for name, kind in kinds.items() if random.random() < 0.75}
    if random.random() < 0.05:
        found["__proto__"] = random.choice(DIRTY)
    return found
