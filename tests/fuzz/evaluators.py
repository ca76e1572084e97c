"""Server against browser, and every rule against its simplified form, on random rules and answers."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from runtime.forms import browser as compacting
from schemas import expressions
from schemas.expressions import COLUMN, Expression, Kind, Scope
from tests.fuzz import dirt
from tests.fuzz.browser import Browser, Case, same, spoken
from tests.fuzz.expressions import COLUMNS, KINDS, TABLES, Maker, used
from tests.schemas.corpus import Rows

BATCH = 2_000
ANSWERS_EACH = 4
TODAYS = ("2026-11-24", "2024-02-29", "2026-02-28", "2000-01-01")
WANTED = ("boolean", "boolean", "number", "date", "text", "time", "datetime")
SCOPE = Scope(KINDS, frozenset(KINDS), columns=COLUMNS)
CELLS = {f"{COLUMN}{name}": Kind(part.type) for name, part in COLUMNS.items()}
SHOWN = 5


@dataclass
class Outcome:
    """How many were compared, where they differ, and which operators and results were met."""

    compared: int = 0
    refused: int = 0
    shortened: int = 0
    differences: list[str] = field(default_factory=list)
    operators: Counter[str] = field(default_factory=Counter)
    results: Counter[str] = field(default_factory=Counter)


def run(count: int, seed: int, browser: Browser, *, to_the_first: bool = False) -> Outcome:
    """Compare `count` evaluations; `to_the_first` no more once some of them differ."""
    random, outcome = Random(seed), Outcome()
    maker = Maker(random, columns=COLUMNS)
    while outcome.compared < count and not (to_the_first and outcome.differences):
        cases: list[Case] = []
        wanted: list[Any] = []
        while len(cases) < min(BATCH, count - outcome.compared):
            _add(random, maker, outcome, cases, wanted)
        for case, theirs, ours in zip(cases, browser.evaluate(cases), wanted, strict=True):
            if not same(theirs, ours):
                outcome.differences.append(f"{json.dumps(case)}: browser {theirs!r}, server {ours!r}")
        outcome.compared += len(cases)
    return outcome


def _add(random: Random, maker: Maker, outcome: Outcome, cases: list[Case], wanted: list[Any]) -> None:
    wants = random.choice(WANTED)
    raw = maker.make(wants)
    expression, _problems = expressions.parse(raw, "", SCOPE, wants=wants)  # type: ignore[arg-type]
    if expression is None:
        outcome.refused += 1
        return
    outcome.operators.update(used(raw))
    tree = json.loads(compacting.compact(expression))
    for _ in range(ANSWERS_EACH):
        answers, today = dirt.answers(random, {**KINDS, **CELLS}), random.choice(TODAYS)
        result = _value(expression, answers, today)
        _simplified(expression, answers, today, result, outcome)
        outcome.results[type(result).__name__] += 1
        cases.append((tree, answers, today, TABLES))
        wanted.append(spoken(result))


def _value(expression: Expression, answers: dict[str, Any], today: str) -> Any:
    return expressions.evaluate(expression, answers, today=date.fromisoformat(today), tables=Rows(TABLES))


def _simplified(
    expression: Expression, answers: dict[str, Any], today: str, result: Any, outcome: Outcome
) -> None:
    """Note where the simplified expression, written and read again, has another value."""
    short = expressions.simplify(expression, SCOPE)
    outcome.shortened += short.raw != expression.raw
    read, problems = expressions.parse(short.raw, "", SCOPE, wants=expression.type)
    if read is None:
        outcome.differences.append(f"{expression.raw!r}: simplified to {short.raw!r}: {problems}")
        return
    found = _value(read, answers, today)
    if found != result or type(found) is not type(result):
        outcome.differences.append(f"{expression.raw!r}: {result!r}, simplified {short.raw!r}: {found!r}")
