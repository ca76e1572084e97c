"""Conditions that can never, or must always, be true."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import expressions
from schemas.definition import Module
from schemas.expressions import Budget, Expression
from schemas.problems import Problem, error, warning
from schemas.rules import places


def problems(module: Module) -> Iterator[Problem]:
    budget = Budget()
    for pointer, page in places.pages(module):
        yield from _condition(page.visible, f"{pointer}/visible", budget)
    for pointer, _page, field in places.fields(module):
        yield from _condition(field.visible, f"{pointer}/visible", budget)
        if isinstance(field.required, Expression):
            yield from _condition(field.required, f"{pointer}/required", budget, fatal=False)
        yield from _check(field.check, f"{pointer}/check", budget)
    for pointer, action in places.actions(module):
        yield from _condition(action.when, f"{pointer}/when", budget)


def _condition(
    expression: Expression | None, pointer: str, budget: Budget, *, fatal: bool = True
) -> Iterator[Problem]:
    if expression is None:
        return
    verdict = expressions.judge(expression, budget)
    if verdict.never:
        yield (error if fatal else warning)("expressions.never", pointer)
    elif verdict.always:
        yield warning("expressions.always", pointer)


def _check(expression: Expression | None, pointer: str, budget: Budget) -> Iterator[Problem]:
    if expression is None:
        return
    verdict = expressions.judge(expression, budget)
    if verdict.never:
        yield error("expressions.check_fails", pointer)
    elif verdict.never_false:
        yield warning("expressions.check_idle", pointer)
