"""The way of a case as its applicant sees it: what lies ahead, and which notes are meant for them."""

from __future__ import annotations

from collections import deque

from schemas.definition import Action, Module, Status


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


def coming(module: Module, status: str) -> tuple[Status, ...]:
    """Return the statuses after `status`, nearest first, up to a granted end; empty when none is left.

    Actions that return or refuse are no way ahead, nor is what only the clock does.
    """
    flow = module.workflow
    ways: deque[tuple[str, ...]] = deque([(status,)])
    seen = {status}
    while ways:
        way = ways.popleft()
        last = flow.status(way[-1])
        if last.outcome == "granted":
            return tuple(flow.status(key) for key in way[1:])
        for action in flow.actions_from(last.key):
            if action.tone in ("return", "refuse") or action.by_clock:
                continue
            target = action.target(last.key)
            if target not in seen:
                seen.add(target)
                ways.append((*way, target))
    return ()
