"""The way of a case as its applicant sees it: what lies ahead, and which notes are meant for them."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from schemas import expressions
from schemas.definition import Action, Json, Module, Status


def tells_applicant(module: Module, action: Action) -> bool:
    """Tell whether the note of an action is meant for the applicant.

    It is when the case comes back to them or ends, or when a mail to them carries it. What one
    officer writes to another, such as a return from the section head to the desk, stays inside.
    """
    ends = [module.workflow.status(action.target(key)).kind for key in action.from_]
    if action.who.kind != "role" or (action.to and {"applicant", "final"} & set(ends)):
        return True
    mails = (effect for effect in action.effects if effect.type == "mail")
    messages = (module.message(mail.message) for mail in mails if mail.to.kind == "applicant")
    return any("{note}" in words for message in messages if message for _, words in message.body.values)


def coming(
    module: Module, status: str, answers: Mapping[str, Json] = MappingProxyType({})
) -> tuple[Status, ...]:
    """Return the statuses after `status`, nearest first, up to a granted end; empty when none is left.

    Actions that return or refuse are no way ahead, nor is what only the clock does. A status that the
    system will leave at once with these `answers` is left out.
    """
    flow = module.workflow
    ways: deque[tuple[str, ...]] = deque([(status,)])
    seen = {status}
    while ways:
        way = ways.popleft()
        last = flow.status(way[-1])
        if last.outcome == "granted":
            return tuple(one for one in map(flow.status, way[1:]) if not _passed(module, one, answers))
        for action in flow.actions_from(last.key):
            if action.tone in ("return", "refuse") or action.by_clock:
                continue
            target = action.target(last.key)
            if target not in seen:
                seen.add(target)
                ways.append((*way, target))
    return ()


def _passed(module: Module, status: Status, answers: Mapping[str, Json]) -> bool:
    """Tell whether the system certainly leads past a status, whatever officers or a later day will say."""
    if status.kind == "final":
        return False
    rules = [action.when for action in module.workflow.automatic(status.key) if action.when is not None]
    settled = [
        rule
        for rule in rules
        if expressions.names(rule) <= set(answers) and not any(n.op == "today" for n in rule.root.walk())
    ]
    return any(expressions.holds(rule, answers, today=date.min, tables=module.tables) for rule in settled)
