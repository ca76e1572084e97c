"""Whether the decided tasks of a status are enough: all, any, N of M, veto, nothing left. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from runtime.workflow.values import Snapshot
from schemas import tally
from schemas.definition import Completion, Status
from schemas.tally import Count


def count(
    status: Status, rule: Completion, snapshot: Snapshot, to_come: Mapping[str, int] | None = None
) -> Count:
    """Count the tasks that `rule` looks at; `to_come` are tasks of the status that open later."""
    seen = rule.of or tuple(task.key for task in status.tasks if task.outcomes)
    counts = [task.counts for task in snapshot.decided if task.key in seen]
    waiting = sum(task.key in seen for task in snapshot.tasks)
    later = sum(number for key, number in (to_come or {}).items() if key in seen)
    return Count(counts.count("for"), counts.count("against"), counts.count("abstain"), waiting + later)


def holds(rule: Completion, votes: Count) -> bool:
    """Tell whether the tally of `rule` is reached; the checks before publishing ask the same function."""
    return tally.holds(rule.tally, votes)
