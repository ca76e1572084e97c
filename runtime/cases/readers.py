"""With which post somebody opens a case, and for which task: what the log of views writes down."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from runtime.cases import selectors
from runtime.cases.models import Case, Task
from runtime.cases.tasklists import Held
from runtime.regions.selectors import Capacity


@dataclass(frozen=True, slots=True)
class Reader:
    """A post that opens the case; `task` is the key of an open task of that post, "" when none waits."""

    capacity: Capacity
    task: str


def reader(case: Case, held: Held) -> Reader | None:
    """Return as whom the holder of `held` opens the case: for an open task first, in person first.

    None when no post opens it, as `selectors.case_for_officer` says.
    """
    posts = selectors.posts_of(held)
    if posts is None:
        return None
    given = Task.objects.filter(posts, case=case)
    task = given.order_by(F("closed_at").desc(nulls_first=True), "-pk").first()
    if task is not None:
        post, key = (task.role, task.office_id), "" if task.closed_at else task.key
        mine = [one for one in held if one.post == post and one.covers(case.version.key)]
        return Reader(_in_person_first(mine), key)
    untasked = selectors.untasked(case, held)
    return Reader(_in_person_first(untasked), "") if untasked else None


def _in_person_first(found: list[Capacity]) -> Capacity:
    return min(found, key=lambda one: one.standin is not None)
