"""Who does what: a person that is to be chosen is chosen, and buttons can be told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from schemas import expressions
from schemas.definition import Action, Module, with_rows
from schemas.expressions import Budget
from schemas.problems import Problem, error, warning
from schemas.rules import places

MOST_BUTTONS = 9


def problems(module: Module) -> Iterator[Problem]:
    yield from _chosen(module)
    yield from _buttons(module)
    yield from _told_on(module)


def _chosen(module: Module) -> Iterator[Problem]:
    asked: set[tuple[str, str]] = set()
    for action in module.workflow.actions:
        if action.ask.person:
            asked |= {(action.target(key), action.ask.person) for key in action.from_}
    for at, status in enumerate(module.workflow.statuses):
        for task_at, task in enumerate(status.tasks):
            if task.assign == "chosen" and (status.key, task.key) not in asked:
                place = f"/workflow/statuses/{at}/tasks/{task_at}"
                yield error("tasks.nobody_chooses", f"{place}/assign", name=task.key)


def _buttons(module: Module) -> Iterator[Problem]:
    """One person should not see two buttons that read the same, nor more than can be taken in."""
    pointers = {action.key: pointer for pointer, action in places.actions(module)}
    budget, told = Budget(100_000), set[tuple[str, str]]()
    for at, status in enumerate(module.workflow.statuses):
        buttons: dict[object, list[Action]] = defaultdict(list)
        for action in module.workflow.actions_from(status.key):
            if action.who.kind != "system":
                buttons[action.who].append(action)
        for actions in buttons.values():
            if len(actions) > MOST_BUTTONS:
                names = {"name": status.key, "count": len(actions)}
                yield warning("workflow.many_actions", f"/workflow/statuses/{at}", **names)
                continue
            for later_at, later in enumerate(actions):
                for earlier in actions[:later_at]:
                    pair = (earlier.key, later.key)
                    if pair not in told and later.title == earlier.title:
                        told.add(pair)
                        if _both(module, earlier, later, budget):
                            yield warning("workflow.same_name", pointers[later.key], name=later.key)


def _both(module: Module, first: Action, second: Action, budget: Budget) -> bool:
    joint = expressions.both(first.when, second.when)
    return joint is None or expressions.judge(joint, budget, module.tables).can_be_true


def _told_on(module: Module) -> Iterator[Problem]:
    """What officers know does not go into an application that the applicant will read."""
    theirs = {
        inner.key
        for page in module.pages
        if page.for_ != "applicant"
        for question in page.fields
        for inner in with_rows(question)
    }
    for pointer, effect, _action in places.effects(module):
        for key, expression in effect.answers.items() if effect.type == "case" else ():
            for name in sorted(expressions.names(expression) & theirs):
                yield warning("effects.officers_know", f"{pointer}/answers/{key}", name=name)
