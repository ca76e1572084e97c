"""Comments on a case: among officers, to the applicant, and the applicant's answer. Pure.

`engine.decide` leads here. A comment is a line of history like any other, but it decides nothing:
whoever is about to act has still seen the case as it stands.
"""

from __future__ import annotations

from typing import Literal, get_args

from runtime.forms.limits import LONGEST_COMMENT
from runtime.regions.capacity import Post
from runtime.workflow import standing, telling
from runtime.workflow.values import ActionRefused, Actor, Command, Decision, Snapshot, Talk
from schemas.definition import EffectRule, Module, Who

Verb = Literal["comment:internal", "comment:applicant", "comment:answer"]
VERBS: tuple[str, ...] = get_args(Verb)
"""No keys of a document have a colon, so no action of a service can be taken for one of these."""
INTERNAL, TO_APPLICANT, ANSWER = VERBS
MOST_ANSWERS = 5  # of the applicant, until the office writes again
MOST_A_DAY = 10  # of the applicant


def decide(module: Module, snapshot: Snapshot, command: Command, actor: Actor) -> Decision | ActionRefused:
    """Return what it does that `command.comment` is written to the case, or why it may not be."""
    talk, text = snapshot.talk, command.comment.strip()
    assert talk is not None, "whoever decides on a comment asks for the talk of the case as well"
    refused = _unfit(text, talk)
    if refused is not None:
        return refused
    if command.action == ANSWER:
        return _no_answer(module, snapshot, talk, actor) or _decision(module, snapshot, command, talk.role)
    role = _role(snapshot, talk, actor)
    if isinstance(role, ActionRefused):
        return role
    return _decision(module, snapshot, command, role)


def _unfit(text: str, talk: Talk) -> ActionRefused | None:
    if talk.forgotten:
        return ActionRefused("forgotten")
    if not text:
        return ActionRefused("nothing_written")
    too_long = len(text) > LONGEST_COMMENT
    return ActionRefused("too_long", {"most": LONGEST_COMMENT, "length": len(text)}) if too_long else None


def _no_answer(module: Module, snapshot: Snapshot, talk: Talk, actor: Actor) -> ActionRefused | None:
    if actor.kind != "applicant":
        return ActionRefused("no_part")
    if module.workflow.status(snapshot.status).kind == "final":
        return ActionRefused("final", {"status": snapshot.status})
    if not talk.invited:
        return ActionRefused("not_asked")
    if talk.answers >= MOST_ANSWERS:
        return ActionRefused("answers_full", {"most": MOST_ANSWERS})
    return ActionRefused("answers_often", {"most": MOST_A_DAY}) if talk.today >= MOST_A_DAY else None


def _role(snapshot: Snapshot, talk: Talk, actor: Actor) -> str | ActionRefused:
    """Return the role in which an officer writes: of a task that is open, else of one there has been."""
    held = frozenset(post for post in talk.posts if post in actor.posts and actor.kind == "person")
    if not held:
        return ActionRefused("no_part")
    if barred := standing.barred(actor, held, snapshot.applicant_id):
        return ActionRefused(barred)
    usable = standing.usable(actor, held, snapshot.applicant_id)
    waiting = {(task.role, task.office_id) for task in snapshot.tasks}
    stood_in = {one.post for one in actor.standins}

    def rank(post: Post) -> tuple[bool, bool, str]:
        return post not in waiting, post in stood_in, post[0]

    return min(usable, key=rank)[0]


def _decision(module: Module, snapshot: Snapshot, command: Command, role: str) -> Decision:
    return Decision(
        action=command.action,
        from_status=snapshot.status,
        to_status=snapshot.status,
        answers=snapshot.answers,
        officer_answers=snapshot.officer_answers,
        role="" if command.action == ANSWER else role,
        said=command.comment.strip(),
        attachments=command.attachments,
        effects=_effects(module, command.action, role),
    )


def _effects(module: Module, verb: str, role: str) -> tuple[EffectRule, ...]:
    """Return who is told that there is something to read."""
    if verb == INTERNAL:
        return ()
    if verb == ANSWER:
        return (EffectRule("mail", message=ANSWER, to=Who("role", role)),)
    return telling.applicant(module, TO_APPLICANT)
