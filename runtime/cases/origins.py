"""Which case opened which, by which effect, and whether it still waits for the outcome. Reads only.

The link is stored with the case that was opened; what its end leads to is read from the document that
the event was made under, which never changes. Nothing here takes a lock.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from runtime.cases.models import Case, CaseEvent
from runtime.modules import selectors as modules
from schemas.definition import EffectRule, Module

MOST_DEEP = 5  # how many cases may each have opened the next


@dataclass(frozen=True, slots=True)
class Origin:
    """The effect number `effect` of the event `event` of `parent`."""

    parent: Case
    event: int
    effect: int

    def told(self) -> list[str | int]:
        """Return what the history of the opened case says of it."""
        return [str(self.parent.public_id), self.event, self.effect]


def of(case: Case) -> Origin | None:
    """Return what opened `case`, None when a person filed it."""
    if case.parent_id is None:
        return None
    parent = Case.objects.select_related("region", "version", "applicant").get(pk=case.parent_id)
    return Origin(parent, case.parent_event, case.parent_effect)


def rule(origin: Origin) -> EffectRule:
    """Return the effect as the document says it that the parent was under at the time."""
    event = CaseEvent.objects.get(case=origin.parent, n=origin.event)
    module = _module(origin.parent, event)
    if event.n == 1:
        return module.workflow.filed[origin.effect]
    action = module.workflow.action(event.action)
    assert action is not None, "an event with effects is an action of its document"
    return action.effects[origin.effect]


def waits(origin: Origin) -> bool:
    """Tell whether the outcome is still waited for: the parent has not come round and asked once more.

    An action that leads on and is taken again, once the case has come back, waits for the newer case. One
    that stays in its status may ask several times, and waits for each.
    """
    later = CaseEvent.objects.filter(case=origin.parent, n__gt=origin.event)
    asked = CaseEvent.objects.get(case=origin.parent, n=origin.event)
    again = later.filter(action=asked.action).order_by("-n").first() if asked.n > 1 else None
    if again is None:
        return True
    between = later.filter(n__lte=again.n).exclude(
        action__contains=":"
    )  # a move to a newer version is no step
    return not between.exclude(from_status=F("to_status")).exists()


def depth(case: Case) -> int:
    """Return how many cases each opened the next, up to `case`; no more than are allowed are counted."""
    count, parent = 0, case.parent_id
    while parent is not None and count < MOST_DEEP:
        parent = Case.objects.values_list("parent_id", flat=True).get(pk=parent)
        count += 1
    return count


def agrees(case: Case, first: CaseEvent) -> bool:
    """Tell whether the case says of its origin what its first event says."""
    told = first.data.get("parent")
    if case.parent is None:
        return told is None
    return bool(told == Origin(case.parent, case.parent_event, case.parent_effect).told())


def _module(case: Case, event: CaseEvent) -> Module:
    digest = event.data.get("version")
    if digest in (None, case.version.digest):
        return modules.definition(case.version)
    version = modules.by_digest(case.region, case.version.key, digest)
    return modules.definition(version or case.version)
