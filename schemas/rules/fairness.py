"""What the applicant may expect: a reason, a time limit, a way out, and to be told.

Sources: UU 25/2009 art. 21 (promised time), UU 30/2014 art. 55 (a decision states its reasons).
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas.definition import Module
from schemas.problems import Problem, warning
from schemas.rules import places


def problems(module: Module) -> Iterator[Problem]:
    yield from _refusals(module)
    yield from _time_limits(module)
    outcomes = {status.key: status.outcome for status in module.workflow.statuses}
    ways_out = [
        a for a in module.workflow.actions if a.who.kind == "applicant" and outcomes.get(a.to) == "withdrawn"
    ]
    if not ways_out:
        yield warning("fairness.no_withdrawal", "/workflow/actions")


def _refusals(module: Module) -> Iterator[Problem]:
    for pointer, action in places.actions(module):
        target = module.workflow.status(action.target(action.from_[0]))
        if target.outcome != "refused" or action.who.kind != "role":
            continue
        if action.ask.comment != "required":
            yield warning("fairness.no_reason", pointer, name=action.key)
        if not any(effect.to.kind == "applicant" for effect in action.effects):
            yield warning("fairness.untold", pointer, name=action.key)


def _time_limits(module: Module) -> Iterator[Problem]:
    workflow = module.workflow
    for at, status in enumerate(workflow.statuses):
        clock = any(action.by_clock for action in workflow.actions_from(status.key))
        if status.kind == "work" and not status.due and not clock:
            yield warning("fairness.no_due", f"/workflow/statuses/{at}", name=status.key)
        if status.kind == "applicant" and not clock:
            yield warning("fairness.waits_for_ever", f"/workflow/statuses/{at}", name=status.key)
