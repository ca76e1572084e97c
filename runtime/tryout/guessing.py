"""Examples that lead where a test run has not been yet: to questions never asked, or never left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from runtime.tryout import coverage
from runtime.tryout.coverage import Gone
from schemas.definition import Json, Module, Page
from schemas.expressions import Expression
from schemas.situations import situations

MOST = 20
"""So many ways of filling in are tried, the most telling first."""

Answers = Mapping[str, Json]


def ways(
    module: Module,
    pages: tuple[Page, ...],
    tried: Gone,
    *,
    fixed: Answers,
    around: Answers,
    today: date,
) -> Iterator[dict[str, Json]]:
    """Yield answers that bring up or leave out what was never so, those of most news first.

    They say only what the conditions read, beside what is `fixed`; `around` was answered before.
    """
    rules = [rule for page in pages for rule in _conditions(page)]
    if not rules:
        return
    found = situations(module, pages, rules, fixed=fixed, around=around, today=today, whole=False).answers
    scored = [(_news(module, pages, {**around, **way}, tried, today), at) for at, way in enumerate(found)]
    for news, at in sorted(scored, key=lambda one: (-one[0], one[1]))[:MOST]:
        if news:
            yield found[at]


def _news(module: Module, pages: tuple[Page, ...], answers: Answers, tried: Gone, today: date) -> int:
    """Weigh what these answers bring up or leave out for the first time: what comes up tells more."""
    met = coverage.branches(module, pages, answers, today=today)
    return 2 * len(met.asked - tried.asked) + len(met.skipped - tried.skipped)


def _conditions(page: Page) -> Iterator[Expression]:
    for rule in (page.visible, *(question.visible for question in page.fields)):
        if isinstance(rule, Expression):
            yield rule
