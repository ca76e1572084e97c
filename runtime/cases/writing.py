"""Write a decision down: case, tasks, correction, number, event, outbox. Called by `services` only.

The caller holds the transaction and the case. Order of locks, the same everywhere: case row →
register counters → tasks and corrections → event → outbox. Nobody takes a lock on a case while
holding one further right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from runtime.cases import chain, numbering, offices, outgoing, proof, statements
from runtime.cases.models import Case, CaseEvent, Correction, Task
from runtime.regions import calendar
from runtime.regions.capacity import StandIn
from runtime.regions.models import Region
from runtime.workflow.values import Actor, Command, CorrectionAsked, Decision, Snapshot, Timer
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
    tasks = _tasks(case, act)
    changes = statements.changing(case, [*values, "revision"], revision=revision)
    updated, *found = statements.together(changes, *_whose(tasks, act))
    if not updated.touched:
        raise LostRace
    if snapshot.corrections:
        _settle_corrections(case, act, earlier)
    if act.decision.correction is not None:
        _ask_correction(case, act, act.decision.correction)
    return _follow(case, act, _placed(tasks, found), previous)


def begin(case: Case, act: Act) -> CaseEvent:
    """Write what follows from the filing of a case once its row is written."""
    tasks = _tasks(case, act)
    return _follow(case, act, _placed(tasks, statements.together(*_whose(tasks, act))), "")


def _follow(case: Case, act: Act, tasks: list[Task], previous: str) -> CaseEvent:
    """Write tasks, event and outbox."""
    event, written = _event(case, act, previous), []
    if closed := [task.id for task in act.decision.closed]:
        written.append(statements.closing(case, closed, by=_person(act.actor), at=act.now))
    if tasks:
        written.append(statements.inserting(tasks))
    *before, inserted = statements.together(*written, statements.inserting([event]))
    event.pk = inserted.rows[0][0]
    for task, row in zip(tasks, before[-1].rows if before else (), strict=False):
        task.pk = row[0]
    outgoing.enqueue(outgoing.Step(case, act.module, act.decision, event, tasks))
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
    if decision.moved:
        ends = act.now if act.module.workflow.status(decision.to_status).kind == "final" else None
        values |= {
            "status": decision.to_status,
            "entered": case.revision + 1 if case.pk else 1,
            "status_since": act.now,
            "due_at": calendar.due_at(act.now, decision.due, region) if decision.due else None,
            "timer_at": next_timer(decision.timers, act.now, region),
            "outcome": (decision.outcome or "") if ends else "",
            "closed_at": ends,
        }
    return values


def facts(module: Module, answers: Mapping[str, Any], region: Region, case: Case) -> dict[str, Any]:
    """Return the columns that repeat an answer: who asks, how to reach them, which office.

    The account is asked only where the module has no question for it: whoever leaves the name out
    of a complaint shall not be named by having logged in.
    """
    named, user = module.applicant, case.applicant
    name = answers.get(named.name, "") if named.name else user.get_full_name() if user else ""
    email = answers.get(named.email, "") if named.email else user.email if user else ""
    return {
        "applicant_name": str(name)[:200],
        "contact_email": str(email)[:254],
        "office": offices.of_case(module, answers, region),
    }


def next_timer(timers: tuple[Timer, ...], since: datetime, region: Region) -> datetime | None:
    """Return when the first of `timers` is to be fired."""
    return min((calendar.due_at(since, timer.after, region) for timer in timers), default=None)


def _number(case: Case, act: Act) -> str:
    """Take a number from each register the action names; the last one is the case's."""
    number = ""
    for change in act.decision.changes:
        number = numbering.take(
            region=case.region,
            office=case.office or case.region,
            module=act.module.key,
            register=act.module.workflow.register(change.register),
            local_now=calendar.local(act.now, case.region),
        )
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


def _tasks(case: Case, act: Act) -> list[Task]:
    """Return the tasks that open, each still in the office from which upward it looks for somebody."""
    answers = {**act.decision.answers, **act.decision.officer_answers}
    region, office = case.region, case.office
    return [
        Task(
            region=region,
            case=case,
            office=offices.base_of(rule.where, region=region, office=office, answers=answers),
            key=rule.key,
            role=rule.role,
            status=act.decision.to_status,
            opened_at=act.now,
            due_at=case.due_at,
        )
        for rule in act.decision.opened
    ]


def _whose(tasks: list[Task], act: Act) -> list[statements.Statement]:
    return [
        statements.nearest(task.region, task.role, task.office, now=act.now, module=act.module.key)
        for task in tasks
    ]


def _placed(tasks: list[Task], found: list[statements.Result]) -> list[Task]:
    """Give each task to the nearest office in which somebody holds its role.

    Nobody holding it anywhere is no reason to lose the case: the task then waits where it looked
    first, for whoever is given the role there.
    """
    for task, result in zip(tasks, found, strict=True):
        if result.rows:
            task.office_id = result.rows[0][0]
    return tasks


def _event(case: Case, act: Act, previous: str) -> CaseEvent:
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
        data=_data(case, act),
        prev_hash=previous,
    )
    event.hash = chain.seal(event)
    return event


def _data(case: Case, act: Act) -> dict[str, Any]:
    decision = act.decision
    asked = decision.correction.fields if decision.correction else ()
    return {
        "answers": chain.answers_digest(case.answers, case.officer_answers),
        "changed": list(decision.changed),
        "corrections": list(asked),
        "number": case.number,
        "due_at": case.due_at.isoformat() if case.due_at else None,
        "version": case.version.digest,
        "command": command_digest(act.command),
        **({"substitution": act.standin.id} if act.standin else {}),
    }


def command_digest(command: Command) -> str:
    """Return the digest of what was asked, to tell a repetition from another command of that key."""
    return chain.digest([command.action, command.comment, dict(command.answers), list(command.corrections)])


def _person(actor: Actor) -> int | None:
    return actor.id if actor.kind == "person" else None
