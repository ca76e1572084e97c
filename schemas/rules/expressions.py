"""Conditions that can never, or must always, be true."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import expressions
from schemas.definition import Module
from schemas.expressions import Budget, Expression
from schemas.problems import Problem, error, warning
from schemas.rules import letterparts, places


def problems(module: Module) -> Iterator[Problem]:
    judge = _Judge(module)
    for pointer, page in places.pages(module):
        yield from judge.condition(page.visible, f"{pointer}/visible")
        yield from judge.check(page.check, f"{pointer}/check")
    for group in places.groups(module):
        yield from judge.condition(group.visible, f"{group.at}/visible")
        yield from judge.condition(group.required, f"{group.at}/required", fatal=False)
        yield from judge.check(group.check, f"{group.at}/check")
    for pointer, _page, field in places.fields(module):
        if field.own_visible is not None:
            yield from judge.condition(field.visible, f"{pointer}/visible")
        yield from judge.condition(field.required, f"{pointer}/required", fatal=False)
        yield from judge.check(field.check, f"{pointer}/check")
        yield from judge.check(field.row.check, f"{pointer}/row/check")
    for pointer, action in places.actions(module):
        yield from judge.condition(action.when, f"{pointer}/when")
    for at, status in enumerate(module.workflow.statuses):
        for task_at, task in enumerate(status.tasks):
            yield from judge.condition(task.when, f"/workflow/statuses/{at}/tasks/{task_at}/when")
        for rule_at, rule in enumerate(status.complete):
            yield from judge.condition(rule.when, f"/workflow/statuses/{at}/complete/{rule_at}/when")
    for pointer, block, _rows in letterparts.blocks(module):
        yield from judge.condition(block.when, f"{pointer}/when")


class _Judge:
    """Judges all rules of a module within one budget of work."""

    def __init__(self, module: Module) -> None:
        self.budget = Budget()
        self.tables = module.tables

    def condition(
        self, expression: Expression | bool | None, pointer: str, *, fatal: bool = True
    ) -> Iterator[Problem]:
        if not isinstance(expression, Expression):
            return
        verdict = expressions.judge(expression, self.budget, self.tables)
        if verdict.never:
            yield (error if fatal else warning)("expressions.never", pointer)
        elif verdict.always:
            yield warning("expressions.always", pointer)

    def check(self, expression: Expression | None, pointer: str) -> Iterator[Problem]:
        if expression is None:
            return
        verdict = expressions.judge(expression, self.budget, self.tables)
        if verdict.never:
            yield error("expressions.check_fails", pointer)
        elif verdict.never_false:
            yield warning("expressions.check_idle", pointer)
