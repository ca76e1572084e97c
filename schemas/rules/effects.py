"""What happens outside: it names what there is, gives away no more than it may, and can be carried out.

Whether a region has the connections that are named is judged where regions are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from schemas.definition import Action, EffectRule, Module, Outcome, with_rows
from schemas.problems import Problem, error, warning
from schemas.rules import places
from schemas.rules.messages import tokens_of

LONGEST = {"sms": 300, "whatsapp": 1000}  # letters of a message, its places not counted


def problems(module: Module) -> Iterator[Problem]:
    for pointer, effect, action in places.effects(module):
        match effect.type:
            case "message":
                yield from _message(module, effect, pointer)
            case "webhook":
                yield from _webhook(module, effect, pointer)
            case "case":
                yield from _case(module, effect, action, pointer)
            case "anonymise":
                yield from _anonymise(module, effect, action, pointer)


def references(module: Module) -> Iterator[Problem]:
    """Yield what effects name and there is not."""
    roles = {role.key for role in module.workflow.roles}
    statuses = {status.key for status in module.workflow.statuses}
    for pointer, effect, _action in places.effects(module):
        if effect.type in ("mail", "message") and module.message(effect.message) is None:
            yield error("references.message", f"{pointer}/{effect.type}", name=effect.message)
        if effect.to.kind == "role" and effect.to.role not in roles:
            yield error("references.role", f"{pointer}/to/role", name=effect.to.role)
        for at, key in enumerate(effect.data):
            if module.field(key) is None:
                yield error("references.field", f"{pointer}/data/{at}", name=key)
        for at, key in enumerate(effect.while_):
            if key not in statuses:
                yield error("references.status", f"{pointer}/while/{at}", name=key)


def _message(module: Module, effect: EffectRule, pointer: str) -> Iterator[Problem]:
    """Judge a message to a telephone: officers have no number here, and what is private stays out of it."""
    if effect.to.kind == "role":
        yield error("effects.staff_phone", f"{pointer}/to", name=effect.message)
    message = module.message(effect.message)
    if message is None:
        return
    if message.short.values:  # judged with the message itself
        return
    if "note" in tokens_of(message.body):
        yield error("effects.note", f"{pointer}/message", name=message.key)
    most = LONGEST[effect.via or "sms"]
    longest = max((len(words) for _language, words in message.body.values), default=0)
    if longest > most:
        yield warning("effects.long", f"{pointer}/message", name=message.key, limit=most, count=longest)


def _webhook(module: Module, effect: EffectRule, pointer: str) -> Iterator[Problem]:
    for at, key in enumerate(effect.data):
        field = module.field(key)
        if field is None:
            continue
        classes = {inner.privacy for inner in with_rows(field)}
        if field.privacy == "never_export":
            yield error("effects.never_export", f"{pointer}/data/{at}", name=key)
        elif "special" in classes:
            yield warning("effects.special", f"{pointer}/data/{at}", name=key)


def _case(module: Module, effect: EffectRule, action: Action | None, pointer: str) -> Iterator[Problem]:
    """Judge where the outcome of the other application leads: by the system, from where this one waits."""
    if effect.module == module.key:
        yield error("effects.itself", f"{pointer}/case", name=effect.module)
    there = _targets(module, action)
    for outcome, key in effect.outcomes.items():
        leads = module.workflow.action(key)
        if leads is None or leads.who.kind != "system" or leads.by_clock or not there <= set(leads.from_):
            yield error("effects.outcome", f"{pointer}/outcomes/{outcome}", name=key)
    yield from _unforeseen(module, effect, there, pointer)


def _unforeseen(module: Module, effect: EffectRule, there: set[str], pointer: str) -> Iterator[Problem]:
    """Where a case can only wait for the other one, every way in which that may end must lead on."""
    missing = [outcome for outcome in get_args(Outcome) if outcome not in effect.outcomes]
    results = module.workflow.results
    for key in sorted(there) if effect.outcomes and missing else ():
        others = [a for a in module.workflow.actions_from(key) if a.key not in results]
        if all(action.who.kind == "applicant" for action in others):
            yield error("effects.unforeseen", f"{pointer}/outcomes", name=key)
            return


def _anonymise(module: Module, effect: EffectRule, action: Action | None, pointer: str) -> Iterator[Problem]:
    ends = {status.key for status in module.workflow.statuses if status.kind == "final"}
    there = _targets(module, action)
    if not there <= ends:
        yield error("effects.anonymise", pointer)
        return
    again = next((one for key in sorted(there) for one in module.workflow.actions_from(key)), None)
    if again is not None and effect.after is None:
        yield warning("effects.reopened", pointer, name=again.key)


def _targets(module: Module, action: Action | None) -> set[str]:
    """Return the statuses a case can stand in once the action was taken."""
    if action is None:
        return {module.workflow.start}
    return {action.to} if action.to else set(action.from_)
