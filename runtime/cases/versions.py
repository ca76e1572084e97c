"""Which version of its service each event of a case belongs to: a case that was moved has several.

An event is told in the words of the version it was written under, whatever the case has now.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from runtime.cases.models import Case, CaseEvent
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.workflow.clocks import Step
from runtime.workflow.moving import timing
from schemas.definition import Duration, Module, Status

MOVED = "version:moved"  # no action of a document: their keys have no colon
UNDONE = "version:undone"
MOVES = frozenset({MOVED, UNDONE})
Versions = dict[int, ModuleVersion]


def of(case: Case, events: Sequence[CaseEvent]) -> Versions:
    """Return the version that stood after each of `events`, by its number."""
    if not any(event.action == MOVED for event in events):
        return {event.n: case.version for event in events}
    first = next(event for event in events if event.action == MOVED)
    digest, told = str(first.data["moved"]["from"]), {}
    for event in events:
        digest = event.data.get("version", digest)
        told[event.n] = digest
    found = ModuleVersion.objects.filter(
        region=case.region_id, key=case.version.key, digest__in=set(told.values())
    )
    known = {version.digest: version for version in found.order_by("-number")} | {
        case.version.digest: case.version
    }
    return {n: known[digest] for n, digest in told.items()}


def steps(case: Case, events: Sequence[CaseEvent]) -> tuple[timing.Steps, tuple[Status, ...]]:
    """Return what of the history matters to clocks, in the words of the version the case has.

    Beside them the statuses of its earlier versions. Time that was added stays as long as it was given.
    """
    versions = of(case, events)
    told: timing.Steps = ()
    earlier: dict[int, timing.Steps] = {}
    for event in events:
        if event.action == MOVED:
            earlier[event.n] = told
            told = timing.translated(told, event.data["moved"]["statuses"])
        elif event.action == UNDONE:
            told = earlier[event.data["moved"]["undoes"]]
        else:
            extended = _extensions(modules.definition(versions[event.n]), event)
            told = (*told, (Step(event.from_status, event.to_status, extended), event.at))
    used = {version.digest: version for version in versions.values()}
    used.pop(case.version.digest, None)
    past = (status for one in used.values() for status in modules.definition(one).workflow.statuses)
    return told, tuple(past)


def title(event: CaseEvent) -> str:
    """Return the event of a move, or of undoing one, in words."""
    numbers = event.data["moved"]["numbers"]
    named = {"old": numbers[0], "new": numbers[1]}
    if event.action == UNDONE:
        return _("Moved back from version %(old)s to version %(new)s of the service") % named
    return _("Moved from version %(old)s to version %(new)s of the service") % named


def _extensions(module: Module, event: CaseEvent) -> tuple[Duration, ...]:
    action = module.workflow.action(event.action)
    changes = action.changes if action and not event.data.get("outcome") else ()
    return tuple(change.by for change in changes if change.type == "extend" and change.by)
