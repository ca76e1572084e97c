"""Conditions that can never, or must always, be true."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import expressions
from schemas.definition import Module
from schemas.expressions import Expression
from schemas.problems import Problem, error, warning
from schemas.rules import places


def problems(module: Module) -> Iterator[Problem]:
    for pointer, page in places.pages(module):
        yield from _condition(page.visible, f"{pointer}/visible")
    for pointer, _page, field in places.fields(module):
        yield from _condition(field.visible, f"{pointer}/visible")
        if isinstance(field.required, Expression):
            yield from _condition(field.required, f"{pointer}/required", fatal=False)
        yield from _check(field.check, f"{pointer}/check")
    for pointer, action in places.actions(module):
        yield from _condition(action.when, f"{pointer}/when")


def _condition(expression: Expression | None, pointer: str, *, fatal: bool = True) -> Iterator[Problem]:
    if expression is None:
        return
    verdict = expressions.judge(expression)
    if verdict.never:
        yield (error if fatal else warning)("expressions.never", pointer)
    elif verdict.always:
        yield warning("expressions.always", pointer)


def _check(expression: Expression | None, pointer: str) -> Iterator[Problem]:
    if expression is None:
        return
    verdict = expressions.judge(expression)
    if verdict.never:
        yield error("expressions.check_fails", pointer)
    elif verdict.never_false:
        yield warning("expressions.check_idle", pointer)
