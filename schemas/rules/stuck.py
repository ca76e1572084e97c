"""Conditions of actions against all answers that can be filed: is there always a way on?

What officers answer on the way is known only to the proof, so conditions that read it are left to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from schemas import expressions
from schemas.definition import Action, Json, Module, Status
from schemas.expressions import UNKNOWN, Expression
from schemas.problems import Problem, error, quote, warning
from schemas.rules import places
from schemas.situations import situations

TODAY = date(2026, 1, 1)  # conditions that read the calendar are left to the proof, which runs on a day
MOST = 100


def problems(module: Module) -> Iterator[Problem]:
    filed = {field.key for page in module.filing_pages() for field in page.fields}
    guarded = [
        action
        for action in module.workflow.actions
        if action.when is not None and expressions.names(action.when) <= filed and not _dated(action.when)
    ]
    if not guarded:
        return
    rules = [action.when for action in guarded if action.when is not None]
    found = situations(module, module.filing_pages(), rules, today=TODAY, most=MOST, whole=False)
    ways = [(given, _arrived(module, guarded, given)) for given in found.answers]
    stuck: set[str] = set()
    for at, status in enumerate(module.workflow.statuses):
        answers = [given for given, arrived in ways if status.key in arrived]
        problem = _stuck(module, status, guarded, answers, f"/workflow/statuses/{at}")
        if problem is not None:
            stuck.add(status.key)
            yield problem
    yield from _unanswered(module, guarded, ways, stuck)


def _dated(rule: Expression) -> bool:
    return any(node.op == "today" for node in rule.root.walk())


def _arrived(module: Module, guarded: list[Action], given: dict[str, Json]) -> set[str]:
    """Return the statuses to which a case with these answers may come."""
    workflow = module.workflow

    def may(action: Action) -> bool:
        return action not in guarded or action.when is None or _value(module, action.when, given) is True

    found, waiting = {workflow.start}, [workflow.start]
    while waiting:
        key = waiting.pop()
        sure = (one for one in workflow.automatic(key) if one.when is None or one in guarded)
        first = next((one for one in sure if may(one)), None)
        for action in (first,) if first else workflow.actions_from(key):
            target = action.target(key)
            if target not in found and may(action):
                found.add(target)
                waiting.append(target)
    return found


def _stuck(
    module: Module, status: Status, guarded: list[Action], answers: Sequence[dict[str, Json]], pointer: str
) -> Problem | None:
    """Find answers with which a case stays in `status` unless the applicant takes it back."""
    exits = [
        action
        for action in module.workflow.actions_from(status.key)
        if action.target(status.key) != status.key
    ]
    if status.kind != "applicant":
        exits = [action for action in exits if action.who.kind != "applicant"]
    if status.kind == "final" or status.complete or not exits or any(a not in guarded for a in exits):
        return None
    rules = [action.when for action in exits if action.when is not None]
    for given in answers:
        if not any(_value(module, rule, given) is True for rule in rules):
            key = min(expressions.names(rules[0]))
            if key not in given:
                return error("workflow.stuck_unanswered", pointer, name=status.key, field=key)
            return error(
                "workflow.stuck", pointer, name=status.key, field=key, answer=_said(module, key, given)
            )
    return None


def _unanswered(
    module: Module,
    guarded: list[Action],
    ways: Sequence[tuple[dict[str, Json], set[str]]],
    stuck: set[str],
) -> Iterator[Problem]:
    """Find actions that nobody can take while a question is unanswered, which it may stay."""
    for pointer, action in places.actions(module):
        if action not in guarded or stuck & set(action.from_) or _otherwise(module, action):
            continue
        for given, arrived in ways:
            missing = sorted(expressions.names(action.when) - set(given))
            waits = missing and arrived & set(action.from_) and action.when is not None
            if waits and action.when and _value(module, action.when, given) is UNKNOWN:
                yield warning("expressions.unanswered", f"{pointer}/when", name=action.key, field=missing[0])
                break


def _otherwise(module: Module, action: Action) -> bool:
    """Tell whether the system does something else where it does not do this."""
    automatic = [other for key in action.from_ for other in module.workflow.automatic(key)]
    return action in automatic and any(other.when is None for other in automatic)


def _value(module: Module, rule: Expression, given: dict[str, Json]) -> object:
    return expressions.evaluate(rule, given, today=TODAY, tables=module.tables)


def _said(module: Module, key: str, given: dict[str, Json]) -> str:
    """Return an answer as the sentence quotes it: of a choice what people read."""
    field = module.field(key)
    option = field.option(given[key]) if field is not None and isinstance(given[key], str) else None
    return option.label.say() if option is not None else quote(given[key])
