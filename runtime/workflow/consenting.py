"""The applicant withdraws a consent that the form marks as revocable. Pure; `engine.decide` leads here.

The answer goes, and with it every answer that was asked only because of it: not agreeing is no answer, so
from then on every rule, letter and page knows of none. It may be done at any time, also when the case has
ended (UU 27/2022 art. 9).
"""

from __future__ import annotations

from datetime import date

from runtime.forms.journey import journey
from runtime.workflow.values import ActionRefused, Actor, Command, Decision, Snapshot
from schemas.definition import EffectRule, Field, Module, Who

WITHDRAW = "consent:withdraw"
"""No keys of a document have a colon, so no action of a service can be taken for it."""


def revocable(module: Module) -> tuple[Field, ...]:
    """Return the consents that may be withdrawn."""
    fields = (field for page in module.filing_pages() for field in page.fields)
    return tuple(field for field in fields if field.type == "consent" and field.settings.get("revocable"))


def decide(
    module: Module, snapshot: Snapshot, command: Command, actor: Actor, *, today: date
) -> Decision | ActionRefused:
    """Return what it does that the consent named in `command.corrections` is withdrawn, or why it may not."""
    talk = snapshot.talk
    assert talk is not None, "whoever decides on a withdrawal asks for the talk of the case as well"
    if actor.kind != "applicant":
        return ActionRefused("no_part")
    if talk.forgotten:
        return ActionRefused("forgotten")
    key = command.corrections[0] if len(command.corrections) == 1 else ""
    if key not in {field.key for field in revocable(module)} or not snapshot.answers.get(key):
        return ActionRefused("not_revocable")
    pages = module.filing_pages()
    left = {name: answer for name, answer in snapshot.answers.items() if name != key}
    filed = {field.key for page in pages for field in page.fields}
    walked = journey(module, {name: left[name] for name in left if name in filed}, today=today, pages=pages)
    after = {name: answer for name, answer in left.items() if name not in filed or name in walked.answers}
    gone = tuple(name for name in left if name not in after)
    roles = {task.role for task in snapshot.tasks} or {role for role, _office in talk.posts}
    return Decision(
        action=WITHDRAW,
        from_status=snapshot.status,
        to_status=snapshot.status,
        answers=after,
        officer_answers=snapshot.officer_answers,
        changed=(key, *gone),
        effects=tuple(EffectRule("mail", message=WITHDRAW, to=Who("role", role)) for role in sorted(roles)),
    )
