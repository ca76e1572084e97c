"""A case as the engine sees it, made from its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from runtime.cases import counter, edits, statements, talking
from runtime.cases.models import Case, CaseEvent, Correction, Task
from runtime.cases.statements import Decided
from runtime.workflow import rights
from runtime.workflow.commenting import VERBS
from runtime.workflow.values import DecidedTask, OpenTask, Snapshot
from schemas.definition import Module


def of_held(held: statements.Held, module: Module) -> Snapshot:
    """Return the snapshot of a case that is held for an action."""
    found = _snapshot(held.case, module, held.tasks, held.decided, held.corrections)
    if held.last_action not in VERBS:
        return found
    return replace(found, unchanged_since=talking.unchanged_since(held.case))


def of_case(case: Case, module: Module) -> Snapshot:
    """Return the snapshot of a case that is only looked at."""
    rows = list(Task.objects.filter(case=case, entered=case.entered).order_by("pk"))
    rows += Task.objects.filter(case=case, closed_at__isnull=True).exclude(entered=case.entered)
    open_ = Correction.objects.filter(case=case, answered_at__isnull=True, withdrawn_at__isnull=True)
    correction = open_.first()
    return _snapshot(
        case,
        module,
        tuple(
            OpenTask(t.pk, t.key, t.role, t.office_id, t.seat, t.claimed_by_id)
            for t in sorted(rows, key=lambda task: task.pk)
            if t.closed_at is None
        ),
        tuple(
            Decided(t.key, t.office_id, t.outcome, t.closed_by_id, t.closed_for_id)
            for t in rows
            if t.closed_at and t.outcome
        ),
        tuple(correction.fields) if correction else (),
    )


def _snapshot(
    case: Case,
    module: Module,
    tasks: tuple[OpenTask, ...],
    decided: Iterable[Decided],
    corrections: tuple[str, ...],
) -> Snapshot:
    above = (case.office or case.region) if rights.untasked(module.workflow, case.status) else None
    return Snapshot(
        status=case.status,
        revision=case.revision,
        answers=case.answers,
        officer_answers=case.officer_answers,
        tasks=tasks,
        corrections=corrections,
        applicant_id=case.applicant_id or counter.own(case),
        entered=case.entered,
        decided=tuple(_decided(module, case.status, one) for one in decided),
        acted=_acted(case, module),
        edited=edits.last(case) if module.workflow.status(case.status).edit else 0,
        offices=frozenset(office.pk for office in above.ancestors()) if above else frozenset(),
    )


def _decided(module: Module, status: str, one: Decided) -> DecidedTask:
    rule = module.workflow.status(status).task(one.key)
    outcome = rule.outcome(one.outcome) if rule else None
    counts = outcome.counts if outcome else "abstain"
    return DecidedTask(one.key, one.office_id, one.outcome, counts, one.by, one.instead_of)


def _acted(case: Case, module: Module) -> Mapping[str, frozenset[int]]:
    """Return who did those actions and tasks that the workflow keeps apart, and for whom."""
    watched = rights.watched(module)
    if not watched:
        return {}
    found: dict[str, frozenset[int]] = {}
    if case.filed_by_id is not None:
        found[rights.FILED] = frozenset({case.filed_by_id})
    done = CaseEvent.objects.filter(case=case, action__in=watched, actor__isnull=False)
    for key, *persons in done.order_by().values_list("action", "actor", "on_behalf_of").distinct():
        found[key] = found.get(key, frozenset()) | {one for one in persons if one is not None}
    return found
