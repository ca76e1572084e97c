"""In which ways an applicant is told that there is something to read; the words stay on the page."""

from __future__ import annotations

from schemas.definition import EffectRule, Module, Who


def applicant(module: Module, message: str) -> tuple[EffectRule, ...]:
    """Return the effects that tell the applicant of `message` in every way this service writes to them."""
    rules = [rule for action in module.workflow.actions for rule in action.effects]
    ways = dict.fromkeys(rule.via for rule in (*module.workflow.filed, *rules) if rule.type == "message")
    to = Who("applicant")
    return (
        EffectRule("mail", message=message, to=to),
        *(EffectRule("message", message=message, to=to, via=via) for via in ways),
    )
