"""Carry one case over to another version of its service: one transaction and one event.

What becomes of the case is told by `workflow.moving`; here it is written. A move sends nothing, numbers
nothing and decides nothing, so that undoing it brings every row back as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction

from runtime.cases import (
    moverows,
    noting,
    proof,
    snapshots,
    standings,
    statements,
    talking,
    tasks,
    versions,
    writing,
)
from runtime.cases.models import Case, CaseEvent, Move, Task
from runtime.cases.retry import once_more
from runtime.cases.writing import LostRace
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.regions import calendar
from runtime.regions.models import Region, User
from runtime.workflow.moving import planning
from runtime.workflow.moving.values import NO_RULES, Plan, Rules
from runtime.workflow.values import Decision, Snapshot
from schemas.definition import Module

Why = Literal["changed", "closed", "elsewhere", "not_allowed", "since", "never_moved"]


class NotMoved(Exception):
    """The case stays. `plan` is what would become of it at `revision`, `event` what was done since."""

    def __init__(
        self, why: Why, *, plan: Plan | None = None, revision: int = 0, event: CaseEvent | None = None
    ) -> None:
        super().__init__(why)
        self.why, self.plan, self.revision, self.event = why, plan, revision, event


@dataclass(frozen=True, slots=True)
class Wanted:
    """A move of one case: from which version to which, by which rules, within which batch, who wants it."""

    region: Region
    reference: str
    old: ModuleVersion
    new: ModuleVersion
    batch: str
    now: datetime
    rules: Rules = NO_RULES
    seen_revision: int | None = None
    by: User | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A case that was moved, or moved back. `repeated` says that this very move had been before."""

    case: Case
    event: CaseEvent
    repeated: bool = False


def plan(case: Case, new: ModuleVersion, rules: Rules, now: datetime) -> Plan:
    """Return what moving an open `case` to `new` does to it; nothing is written."""
    module, events = modules.definition(case.version), moverows.events(case)
    standing = standings.standing(case, module, events)
    return planning.plan(
        module, modules.definition(new), standing, rules, now=calendar.local(now, case.region)
    )


def move(wanted: Wanted) -> Done:
    """Move the case; the same batch gives the same result. Raises `NotMoved`, `Case.DoesNotExist`."""
    return once_more(lambda: _move(wanted))


def _move(wanted: Wanted) -> Done:
    with transaction.atomic():
        key = f"move:{wanted.batch}"
        held = statements.hold(region=wanted.region, reference=wanted.reference, key=key, user=None)
        case = held.case
        if held.earlier is not None:
            return Done(case, CaseEvent.objects.get(case=case, pk=held.earlier), repeated=True)
        if case.closed_at is not None:
            raise NotMoved("closed")
        if case.version_id != wanted.old.pk:
            raise NotMoved("elsewhere")
        old, new = modules.definition(wanted.old), modules.definition(wanted.new)
        events = moverows.events(case)
        standing = standings.standing(case, old, events, snapshots.of_held(held, old))
        local = calendar.local(wanted.now, case.region)
        planned = planning.plan(old, new, standing, wanted.rules, now=local)
        if wanted.seen_revision is not None and not talking.shows(case, wanted.seen_revision):
            raise NotMoved("changed", plan=planned, revision=case.revision, event=events[-1])
        if not planned.allowed(wanted.rules):
            raise NotMoved("not_allowed", plan=planned, revision=case.revision)
        writer = _Writer(case, old, new, planned, wanted, standing.snapshot)
        try:
            return Done(case, writer.write(events[-1], key))
        except LostRace:
            raise NotMoved("changed") from None


@dataclass
class _Writer:
    """Writes the plan of one case that is held."""

    case: Case
    old: Module
    new: Module
    plan: Plan
    wanted: Wanted
    snapshot: Snapshot

    def write(self, last: CaseEvent, key: str) -> CaseEvent:
        """Write row, tasks, correction, event and what undoing needs; raise `LostRace`."""
        case, before = self.case, moverows.kept(self.case, self.snapshot.corrections)
        moverows.change(case, {**self._values(), "version": self.wanted.new})
        kept = self._keep_tasks()
        opened = self._open_tasks()
        self._rename(self.wanted.rules.questions)
        event = noting.note(
            case,
            last,
            action=versions.MOVED,
            key=key,
            data=self._told(opened, before),
            now=self.wanted.now,
            by=self.wanted.by,
        )
        tasks_before = {
            "kept": kept,
            "opened": [task.pk for task in opened],
            "closed": [task.id for task in self.plan.closed],
        }
        Move.objects.create(
            region=case.region,
            case=case,
            batch=self.wanted.batch,
            n=event.n,
            rules={
                "statuses": dict(self.wanted.rules.statuses),
                "questions": dict(self.wanted.rules.questions),
            },
            before={**before, "tasks": tasks_before},
        )
        return event

    def _values(self) -> dict[str, Any]:
        """Return the columns that the plan changes; what both versions say alike stays as it is."""
        case, plan = self.case, self.plan
        values: dict[str, Any] = {
            "status": plan.status,
            "answers": dict(plan.answers),
            "officer_answers": dict(plan.officer_answers),
            "due_at": plan.due_at,
            "deadline_at": plan.deadline_at,
            "timer_at": plan.timer_at,
        }
        was = writing.facts(self.old, case.answers, case.region, case)
        will = writing.facts(self.new, plan.answers, case.region, case)
        values |= {name: value for name, value in will.items() if value != was[name]}
        known = proof.fact(self.new, plan.answers)
        if known and known != proof.fact(self.old, case.answers):
            values["proof_hash"] = proof.digest(case.reference, known)
        return values

    def _keep_tasks(self) -> list[list[Any]]:
        """Close the tasks whose rule is gone, let the others go on; return these as they were."""
        case, plan, kept = self.case, self.plan, []
        closed = [task.id for task in plan.closed]
        if closed:
            by = self.wanted.by.pk if self.wanted.by else None
            statements.together(statements.closing(case, closed, by=by, at=self.wanted.now))
        for task in Task.objects.filter(case=case, closed_at__isnull=True).order_by("pk"):
            due = plan.task_due.get(task.pk, task.due_at)
            if (task.status, task.due_at) != (plan.status, due):
                kept.append([task.pk, task.status, task.due_at.isoformat() if task.due_at else None])
                Task.objects.filter(pk=task.pk).update(status=plan.status, due_at=due)
        return kept

    def _open_tasks(self) -> list[Task]:
        plan, case = self.plan, self.case
        if not plan.opened:
            return []
        decision = Decision(
            action=versions.MOVED,
            from_status=self.snapshot.status,
            to_status=plan.status,
            answers=plan.answers,
            officer_answers=plan.officer_answers,
            opened=plan.opened,
        )
        rows = tasks.opened(case, decision, self.wanted.now)
        found = statements.together(*tasks.whose(rows, self.new, self.wanted.now))
        placed = tasks.place(case, self.new, decision, rows, found, self.snapshot.acted)
        made: list[Task] = Task.objects.bulk_create(placed)
        return made

    def _rename(self, questions: Mapping[str, str]) -> None:
        """Let what hangs on a question follow it: the open correction, files, what registers said."""
        if self.plan.corrections != self.snapshot.corrections:
            moverows.correct(self.case, self.plan.corrections)
        moverows.follow(self.case, questions)

    def _told(self, opened: list[Task], before: dict[str, Any]) -> dict[str, Any]:
        """Return what the event tells: keys only, so that no answer stays in the history."""
        case, plan, wanted = self.case, self.plan, self.wanted
        told: dict[str, Any] = {
            "opened": [[t.key, t.seat, t.office_id, t.claimed_by_id or 0] for t in opened],
            "closed": [[t.key, t.seat, t.office_id] for t in plan.closed],
            "changed": [change.key for change in plan.changes if change.what in ("given", "worked_out")],
        }
        return {
            **moverows.standing(case),
            **{name: value for name, value in told.items() if value},
            "moved": {
                "batch": wanted.batch,
                "from": wanted.old.digest,
                "numbers": [wanted.old.number, wanted.new.number],
                "statuses": dict(wanted.rules.statuses),
                "questions": dict(wanted.rules.questions),
                "given": [change.key for change in plan.changes if change.what == "given"],
                "lost": [loss.name for loss in plan.losses],
                "before": {name: before["moments"][name] for name in ("due_at", "deadline_at")},
            },
        }
