"""Officers put the applicant's answers right: who may, what of them, and what must not change by it. Pure.

`engine.decide` leads here. An edit decides nothing: the case stays in its status, its tasks stay open. What
would send it another way, or take from the applicant what only they can give, is refused; then the
application goes back to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from runtime.forms.journey import Journey, journey
from runtime.forms.limits import LONGEST_COMMENT
from runtime.workflow import demands, openings, rights, telling
from runtime.workflow.values import ActionRefused, Actor, Command, Decision, Edited, Snapshot
from schemas.definition import NO_TEXT, Action, Field, Module, Who, with_rows
from schemas.walk import is_asked, is_empty

EDIT = "answers:edit"
"""No keys of a document have a colon, so no action of a service can be taken for this."""
OWN = frozenset({"file", "photo", "signature", "consent"})
"""Types that only the applicant answers: a document, a signature, an agreement are theirs as they stand."""


def editable(module: Module) -> tuple[Field, ...]:
    """Return the questions whose answers officers may change, in the order of the form."""
    deciding = _deciding(module)
    return tuple(
        field
        for page in module.filing_pages()
        for field in page.fields
        if is_asked(field) and field.key not in deciding and not any(map(_is_own, with_rows(field)))
    )


def not_allowed(module: Module, snapshot: Snapshot, actor: Actor) -> str | ActionRefused:
    """Return the role in which the actor may edit the answers now, or why they may not."""
    status = module.workflow.status(snapshot.status)
    if status.kind == "final":
        return ActionRefused("final", {"status": status.key})
    refused = ActionRefused("wrong_role", {"role": ""})
    for role in status.edit:
        action = Action(EDIT, NO_TEXT, (status.key,), "", Who("role", role))
        barred = rights.not_allowed(module, snapshot, action, actor)
        if barred is None:
            return ActionRefused("edit_decided") if snapshot.decided else role
        refused = barred if refused.reason == "wrong_role" else refused
    return refused


def decide(
    module: Module, snapshot: Snapshot, command: Command, actor: Actor, *, today: date
) -> Decision | ActionRefused:
    """Return what it does that `command.answers` take the place of the applicant's, or why they may not.

    They are the changed ones alone; None empties an answer. `command.comment` is the reason.
    """
    if command.seen_revision is not None and not snapshot.shows(command.seen_revision):
        return ActionRefused("stale", {"seen": command.seen_revision, "revision": snapshot.revision})
    role, reason = not_allowed(module, snapshot, actor), command.comment.strip()
    if isinstance(role, ActionRefused):
        return role
    if not reason:
        return ActionRefused("comment_missing")
    if len(reason) > LONGEST_COMMENT:
        return ActionRefused("too_long", {"most": LONGEST_COMMENT, "length": len(reason)})
    answers = _answers(module, snapshot, command.answers, today)
    if isinstance(answers, ActionRefused):
        return answers
    before = snapshot.answers
    changed = tuple(sorted(key for key in {**before, **answers} if before.get(key) != answers.get(key)))
    if not any(before.get(key) != answers.get(key) for key in command.answers):
        return ActionRefused("edit_unchanged")
    return Decision(
        action=EDIT,
        from_status=snapshot.status,
        to_status=snapshot.status,
        answers=answers,
        officer_answers=snapshot.officer_answers,
        changed=changed,
        effects=telling.applicant(module, EDIT),
        role=role,
        edited=Edited(reason, _of(before, changed), _of(answers, changed)),
    )


def _answers(
    module: Module, snapshot: Snapshot, given: Mapping[str, Any], today: date
) -> dict[str, Any] | ActionRefused:
    """Return all answers of the applicant after the edit, judged by every rule of the form."""
    filing = module.filing_pages()
    filed = {field.key: field for page in filing for field in page.fields}
    open_ = {field.key for field in editable(module)}
    before = {key: value for key, value in snapshot.answers.items() if key in filed}
    after = {key: value for key, value in {**before, **given}.items() if not is_empty(value)}
    walked = journey(module, after, today=today, pages=filing)
    asked = {field.key for step in walked.steps for field in step.fields}
    hidden = {key for key, value in given.items() if not is_empty(value)} - asked
    if stray := sorted((set(given) - open_) | hidden):
        return ActionRefused("answers_invalid", {"unasked": tuple(stray)})
    lost = [key for key in before if key not in walked.answers and key not in open_ and is_asked(filed[key])]
    if lost:
        return ActionRefused("edit_loses", {"fields": tuple(lost)})
    if refused := _wrong(module, walked, journey(module, before, today=today, pages=filing), open_, given):
        return refused
    later = {key: value for key, value in snapshot.answers.items() if key not in filed}
    answers = {**later, **walked.answers}
    return ActionRefused("edit_reroutes") if _reroutes(module, snapshot, answers, today) else answers


def _wrong(
    module: Module, after: Journey, before: Journey, open_: set[str], given: Mapping[str, Any]
) -> ActionRefused | None:
    """Return what the edit makes wrong, see `demands.worsened`."""
    wrong = demands.worsened(module, after, before, frozenset(given))
    if not wrong:
        return None
    theirs = {field.key for field in _every(module)} - open_
    if needed := tuple(dict.fromkeys(key for key in map(demands.first, wrong) if key in theirs)):
        return ActionRefused("edit_needs", {"fields": needed})
    return ActionRefused("answers_invalid", {"problems": wrong})


def _reroutes(module: Module, snapshot: Snapshot, answers: Mapping[str, Any], today: date) -> bool:
    """Tell whether other tasks would be open in the status if the case had come with these answers."""
    status = module.workflow.status(snapshot.status)
    old, new = (
        openings.possible(module, status, {**each, **snapshot.officer_answers}, today=today)
        for each in (snapshot.answers, answers)
    )
    return old != new


def _deciding(module: Module) -> frozenset[str]:
    """Return the questions that say which office works on the case."""
    workflow = module.workflow
    rules = (task.where for status in workflow.statuses for task in status.tasks)
    named = {where.field for where in (*(role.where for role in workflow.roles), *rules)}
    return frozenset(named | {workflow.office}) - {""}


def _is_own(field: Field) -> bool:
    return field.type in OWN or field.read_only


def _every(module: Module) -> Iterable[Field]:
    return (field for page in module.filing_pages() for field in page.fields)


def _of(answers: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: answers[key] for key in keys if key in answers}
