"""What an action will do, in words, before anybody presses the button. Pure; reads the definition only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from runtime.workflow import previewing, rights
from runtime.workflow.values import Actor, OpenTask, Snapshot
from schemas.definition import Action, Change, EffectRule, Module, Status

TONES = {"advance": 0, "neutral": 1, "return": 2, "refuse": 3}
CLASSES = {"advance": "", "neutral": "btn--ghost", "return": "btn--ghost", "refuse": "btn--danger"}


def heading(module: Module, action: Action, status: str, language: str) -> str:
    """Return where the action leads, for the second line of its button; empty when the case stays."""
    return "" if action.target(status) == status else module.workflow.status(action.to).title.say(language)


def consequences(module: Module, action: Action, status: str, language: str) -> tuple[str, ...]:
    """Return whole sentences: where the case goes, whose turn it is, what is numbered and who is told."""
    return tuple(_sentences(module, action, status, language))


def of_decision(
    module: Module,
    snapshot: Snapshot,
    actor: Actor,
    task: str,
    outcome: str,
    *,
    language: str,
    now: datetime,
) -> tuple[str, ...]:
    """Return what it does that the actor decides a task so: how it counts, and what follows at once.

    What still has to be written, a reason or a page, cannot change what follows.
    """
    rule = module.workflow.status(snapshot.status).task(task)
    chosen = rule.outcome(outcome) if rule else None
    seat = rights.seat(snapshot, rule, actor) if rule else None
    if rule is None or chosen is None or not isinstance(seat, OpenTask):
        return ()
    counts = {
        "for": _("Your decision counts as agreement."),
        "against": _("Your decision counts as disagreement."),
        "abstain": _("Your decision counts as neither agreement nor disagreement."),
    }[chosen.counts]
    after, follows = previewing.decision(module, snapshot, seat, chosen, now=now, actor=actor)
    if not follows:
        others = len(after.tasks)
        return counts, ngettext(
            "The case stays where it is; one more decision is open.",
            "The case stays where it is; %(count)s more decisions are open.",
            others,
        ) % {"count": others} if others else _("The case stays where it is.")
    first = module.workflow.action(follows[0].action)
    assert first is not None, "what follows is an action of the service"
    return counts, *consequences(module, first, snapshot.status, language)


def _sentences(module: Module, action: Action, status: str, language: str) -> Iterator[str]:
    target = module.workflow.status(action.target(status))
    name = target.title.say(language)
    if target.key == status:
        yield _("The case stays in “%(status)s”.") % {"status": name}
    else:
        yield _("The case moves to “%(status)s”.") % {"status": name}
        yield from _turn(module, target, language)
    for change in action.changes:
        yield _changed(module, change, language)
    yield from dict.fromkeys(_told(module, effect, language) for effect in action.effects)


def _turn(module: Module, target: Status, language: str) -> Iterator[str]:
    if target.kind == "final":
        yield {
            "granted": _("The application is granted and closed."),
            "refused": _("The application is refused and closed."),
            "withdrawn": _("The application is withdrawn and closed."),
            "expired": _("The application expires and is closed."),
        }.get(target.outcome or "", _("The case is closed."))
    elif target.kind == "applicant":
        yield _("It is then the applicant's turn; the processing time stands still until the answer comes.")
    elif target.tasks:
        roles = dict.fromkeys(module.workflow.role(rule.role).title.say(language) for rule in target.tasks)
        joiner = pgettext("between the last two names of a list", " and ")
        yield _("It then waits for %(roles)s.") % {"roles": joiner.join(roles)}


def _changed(module: Module, change: Change, language: str) -> str:
    match change.type:
        case "number":
            register = module.workflow.register(change.register).title.say(language)
            return _("It gets the next number of “%(register)s”.") % {"register": register}
        case "set":
            field = module.field(change.field)
            assert field is not None, "the parser lets no action set a question that is not there"
            return _("“%(question)s” is filled in by itself.") % {"question": field.label.say(language)}
        case "extend":
            return _("The promised time becomes longer.")
        case "escalate":
            return _("The open tasks go to the office above.")


def _told(module: Module, effect: EffectRule, language: str) -> str:
    """Return what goes out, and to whom."""
    if effect.type == "mail" and effect.to.kind == "role":
        role = module.workflow.role(effect.to.role).title.say(language)
        return _("%(role)s gets an e-mail.") % {"role": role}
    if effect.outcomes:
        return _("An application for another service is filed, and this case waits for its end.")
    return {
        "mail": _("The applicant gets an e-mail, if an address is known."),
        "message": _("The applicant gets a message by telephone, if a number is known."),
        "webhook": _("Another system is told about it."),
        "letter": _("A letter is issued."),
        "case": _("An application for another service is filed."),
        "anonymise": _("Personal data are removed afterwards."),
    }[effect.type]
