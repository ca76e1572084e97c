"""Write a decision down: case, tasks, correction, number, event, outbox. Called by `services` only.

The caller holds the transaction and the case. Order of locks, the same everywhere: case row →
register counters → tasks and corrections → event → outbox. Nobody takes a lock on a case while
holding one further right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from runtime.cases import (
    chain,
    edits,
    numbering,
    offices,
    outgoing,
    proof,
    statements,
    talking,
    tasks,
    times,
    wording,
)
from runtime.cases.assigning import Acted
from runtime.cases.models import Case, CaseEvent, Correction, Task
from runtime.cases.origins import Origin
from runtime.regions import calendar
from runtime.regions.capacity import StandIn
from runtime.regions.models import Region, User
from runtime.workflow import commenting, editing
from runtime.workflow.values import Actor, Command, CorrectionAsked, Decision, Snapshot
from schemas.definition import Module


@dataclass(frozen=True, slots=True)
class Act:
    """One decision about one case by one actor at one moment."""

    module: Module
    decision: Decision
    command: Command
    actor: Actor
    now: datetime
    standin: StandIn | None = None  # for whom the actor acts
    told: Mapping[str, Any] = field(default_factory=dict)  # what the event tells of how a case came in


class LostRace(Exception):
    """The case's revision was no longer the one that was decided upon."""


def write(case: Case, act: Act, snapshot: Snapshot, *, previous: str) -> CaseEvent:
    """Apply the decision to a stored case; raise `LostRace` when somebody else was first.

    `snapshot` is what was decided upon, `previous` the hash of the case's last event.
    """
    values = changed_values(case, act)
    number = _number(case, act)
    if number:
        values["number"] = number
    earlier, revision = case.answers, case.revision
    values = {name: value for name, value in values.items() if getattr(case, name) != value}
    for name, value in values.items():
        setattr(case, name, value)
    case.revision += 1
    opened = tasks.opened(case, act.decision, act.now)
    changes = statements.changing(case, [*values, "revision"], revision=revision)
    updated, *found = statements.together(changes, *tasks.whose(opened, act.module, act.now))
    if not updated.touched:
        raise LostRace
    if wording.TOLD & values.keys():
        wording.renew(case)
    if snapshot.corrections:
        _settle_corrections(case, act, earlier)
    if act.decision.correction is not None:
        _ask_correction(case, act, act.decision.correction)
    moved = tasks.escalate(case, act.module, snapshot.tasks, act.now) if act.decision.escalate else ()
    return _follow(case, act, _placed(case, act, opened, found, snapshot.acted), previous, moved)


def begin(case: Case, act: Act) -> CaseEvent:
    """Write what follows from the filing of a case once its row is written."""
    opened = tasks.opened(case, act.decision, act.now)
    found = statements.together(*tasks.whose(opened, act.module, act.now))
    return _follow(case, act, _placed(case, act, opened, found, {}), "")


def _placed(
    case: Case, act: Act, opened: list[Task], found: Sequence[statements.Result], before: Acted
) -> list[Task]:
    """Put the tasks that open into offices and hands; what is being done counts as done."""
    persons, key = (
        (_person(act.actor), act.standin.principal_id if act.standin else None),
        act.decision.action,
    )
    now = frozenset(person for person in persons if person is not None)
    acted = {**before, key: before.get(key, frozenset()) | now}
    return tasks.place(case, act.module, act.decision, opened, found, acted)


def _follow(
    case: Case, act: Act, opened: list[Task], previous: str, moved: Sequence[tasks.Moved] = ()
) -> CaseEvent:
    """Write tasks, event and outbox."""
    decision, written = act.decision, []
    salt = talking.salted() if decision.said or decision.edited else ""
    event = _event(case, act, previous, _facts(case, act, opened, moved, salt))
    if decision.handed is not None:
        tasks.hand(case, decision.handed, act.now)
    if decision.settled is not None:
        instead_of = act.standin.principal_id if act.standin else None
        tasks.settle(case, decision, by=_person(act.actor), instead_of=instead_of, now=act.now)
    elif closed := [task.id for task in decision.closed]:
        written.append(statements.closing(case, closed, by=_person(act.actor), at=act.now))
    if opened:
        written.append(statements.inserting(opened))
    *before, inserted = statements.together(*written, statements.inserting([event]))
    event.pk = inserted.rows[0][0]
    for task, row in zip(opened, before[-1].rows if before else (), strict=False):
        task.pk = row[0]
    if decision.said:
        talking.write(event, decision.said, salt)
    if decision.edited is not None:
        edits.write(event, decision.edited, salt)
    outgoing.enqueue(outgoing.Step(case, act.module, decision, event, opened))
    return event


def changed_values(case: Case, act: Act) -> dict[str, Any]:
    """Return the columns of the case that the decision changes."""
    decision, region = act.decision, case.region
    values: dict[str, Any] = {}
    if decision.officer_answers != case.officer_answers:
        values["officer_answers"] = dict(decision.officer_answers)
    if decision.answers != case.answers or not case.pk:
        values["answers"] = dict(decision.answers)
        values |= facts(act.module, decision.answers, region, case)
    known = proof.fact(act.module, decision.answers)
    if case.pk and known and act.module.applicant.proof in decision.changed:
        values["proof_hash"] = proof.digest(case.reference, known)
    return values | times.changed(
        case, act.module, decision, act.now, office=values.get("office", case.office)
    )


def facts(module: Module, answers: Mapping[str, Any], region: Region, case: Case) -> dict[str, Any]:
    """Return the columns that repeat an answer: who asks, how to reach them, which office.

    The account is asked only where the module has no question for it: whoever leaves the name out
    of a complaint shall not be named by having logged in. What a clerk stated at the counter stays.
    """
    named, user = module.applicant, case.applicant
    name = answers.get(named.name, "") if named.name else _known(user, case.applicant_name)
    email = answers.get(named.email, "") if named.email else user.email if user else case.contact_email
    return {
        "applicant_name": str(name)[:200],
        "contact_email": str(email)[:254],
        "office": offices.of_case(module, answers, region),
    }


def _known(user: User | None, stated: str) -> str:
    return user.get_full_name() if user else stated


def _number(case: Case, act: Act) -> str:
    """Take a number from each register the action names; the last one is the case's."""
    number = ""
    for change in act.decision.changes:
        register = act.module.workflow.register(change.register)
        number = numbering.take(case=case, register=register, now=act.now)
    return number


def _settle_corrections(case: Case, act: Act, earlier: Mapping[str, Any]) -> None:
    decision = act.decision
    open_ = Correction.objects.filter(case=case, answered_at__isnull=True, withdrawn_at__isnull=True)
    if decision.answered:
        before = {key: earlier.get(key) for key in decision.changed}
        open_.update(answered_at=act.now, before=before)
    elif decision.moved:
        open_.update(withdrawn_at=act.now)


def _ask_correction(case: Case, act: Act, asked: CorrectionAsked) -> None:
    Correction.objects.create(
        region=case.region,
        case=case,
        fields=list(asked.fields),
        note=asked.note,
        asked_by_id=_person(act.actor),
        asked_at=act.now,
    )


def _event(case: Case, act: Act, previous: str, facts: dict[str, Any]) -> CaseEvent:
    decision, actor, standin = act.decision, act.actor, act.standin
    event = CaseEvent(
        region=case.region,
        case=case,
        n=case.revision,
        key=act.command.key,
        at=act.now,
        by=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name if actor.kind == "person" else "",
        role=decision.role,
        as_kind=standin.kind if standin else "",
        on_behalf_of_id=standin.principal_id if standin else None,
        on_behalf_name=standin.principal_name if standin else "",
        action=decision.action,
        from_status=decision.from_status,
        to_status=decision.to_status,
        note=decision.comment,
        data=facts,
        prev_hash=previous,
    )
    event.hash = chain.seal(event)
    return event


def _facts(
    case: Case, act: Act, opened: Sequence[Task], moved: Sequence[tasks.Moved], salt: str
) -> dict[str, Any]:
    """Return what the event tells beyond its columns; with it the case can be told anew from its events.

    `tasks` marks a case whose events name their tasks; `opened` are [key, seat, office, person or 0],
    `closed` [key, seat, office], `escalated` [key, seat, office, new seat, new office].
    """
    decision = act.decision
    asked = decision.correction.fields if decision.correction else ()
    told: dict[str, Any] = {
        "opened": [[t.key, t.seat, t.office_id, t.claimed_by_id or 0] for t in opened],
        "closed": [[t.key, t.seat, t.office_id] for t in decision.closed],
        "escalated": [[m.task.key, m.task.seat, m.task.office_id, m.seat, m.office_id] for m in moved],
        "outcome": decision.settled.outcome.key if decision.settled else "",
        "handed": _handed(decision),
        "deadline_at": case.deadline_at.isoformat() if case.deadline_at else "",
        "attachments": list(decision.attachments),
        chain.SAID: chain.digest([salt, decision.said]) if decision.said else "",
        chain.EDITED: edits.digest(decision.edited, salt) if decision.edited else "",
        "calendar": calendar.of(case.region, case.office).digest if case.due_at or case.deadline_at else "",
    }
    return {
        **({"tasks": 1} if not decision.from_status else {}),
        "answers": chain.answers_digest(case.answers, case.officer_answers),
        "changed": list(decision.changed),
        "corrections": list(asked),
        "number": case.number,
        "due_at": case.due_at.isoformat() if case.due_at else None,
        "version": case.version.digest,
        "command": command_digest(act.command),
        **({"substitution": act.standin.id} if act.standin else {}),
        **_descent(case, decision),
        **act.told,
        **{name: value for name, value in told.items() if value},
    }


def _descent(case: Case, decision: Decision) -> dict[str, Any]:
    """Return what the first event tells of the case that opened this one."""
    if decision.from_status or case.parent is None:
        return {}
    return {"parent": Origin(case.parent, case.parent_event, case.parent_effect).told()}


def _handed(decision: Decision) -> list[Any]:
    """Return [key, seat, office, person or 0] of the task that was handed to somebody."""
    if decision.handed is None:
        return []
    task = decision.handed.task
    return [task.key, task.seat, task.office_id, decision.handed.to or 0]


def command_digest(command: Command) -> str:
    """Return the digest of what was asked, to tell a repetition from another command of that key.

    What is written to a case leaves no trace that is not salted; its words are compared by `talking.same`,
    what an officer changed of the answers by `edits.same`.
    """
    if command.action == editing.EDIT:
        return chain.digest([command.action, "", {}, []])
    note = "" if command.action in commenting.VERBS else command.comment
    asked: list[Any] = [command.action, note, dict(command.answers), list(command.corrections)]
    if command.outcome or command.person or command.attachments:
        asked += [command.outcome, command.person, list(command.attachments)]
    if command.task:
        asked.append(command.task)
    return chain.digest(asked)


def _person(actor: Actor) -> int | None:
    return actor.id if actor.kind == "person" else None
