"""What the parts of a module must mean together: one file per family of checks.

Every family is a function `problems(module) -> Iterator[Problem]`. Families that follow references
run only when all references and keys are right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schemas.definition import Module
from schemas.problems import Problem, any_errors
from schemas.rules import (
    automatic,
    clocks,
    datasets,
    effects,
    expressions,
    fairness,
    forks,
    letters,
    messages,
    names,
    persons,
    pitfalls,
    prefill,
    privacy,
    questions,
    reachability,
    references,
    series,
    spans,
    stories,
    stuck,
    tallies,
    tariffs,
    tasks,
    texts,
)

Family = Callable[[Module], Iterator[Problem]]

FIRST: tuple[Family, ...] = (names.problems, references.problems)
INDEPENDENT: tuple[Family, ...] = (
    questions.problems,
    datasets.problems,
    prefill.problems,
    texts.problems,
    messages.problems,
    effects.problems,
    letters.problems,
    privacy.problems,
    stories.problems,
    pitfalls.problems,
    series.problems,
    forks.problems,
    tariffs.problems,
    spans.problems,
)
CONNECTED: tuple[Family, ...] = (
    tasks.problems,
    expressions.problems,
    reachability.problems,
    fairness.problems,
    tallies.problems,
    automatic.problems,
    clocks.problems,
    persons.problems,
    stuck.problems,
)


def problems(module: Module, *, sound: bool) -> Iterator[Problem]:
    """Yield every finding. `sound` tells whether all expressions of the document could be built."""
    first = [problem for family in FIRST for problem in family(module)]
    yield from first
    for family in INDEPENDENT:
        yield from family(module)
    if sound and not any_errors(first):
        for family in CONNECTED:
            yield from family(module)
