"""Whether the decided tasks of a status are enough: all, any, N of M, veto, nothing left. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from runtime.workflow.values import Snapshot
from schemas.definition import Completion, Status


@dataclass(frozen=True, slots=True)
class Votes:
    """How the tasks that count stand: decided for, against, abstained, and still to be decided."""

    for_: int = 0
    against: int = 0
    abstained: int = 0
    open: int = 0


def count(
    status: Status, rule: Completion, snapshot: Snapshot, to_come: Mapping[str, int] | None = None
) -> Votes:
    """Count the tasks that `rule` looks at; `to_come` are tasks of the status that open later."""
    seen = rule.of or tuple(task.key for task in status.tasks if task.outcomes)
    counts = [task.counts for task in snapshot.decided if task.key in seen]
    waiting = sum(task.key in seen for task in snapshot.tasks)
    later = sum(number for key, number in (to_come or {}).items() if key in seen)
    return Votes(counts.count("for"), counts.count("against"), counts.count("abstain"), waiting + later)


def holds(rule: Completion, votes: Votes) -> bool:
    """Tell whether the tally of `rule` is reached. Without any task to decide, all of them are decided."""
    number = rule.tally.count
    match rule.tally.kind:
        case "all_for":
            return not votes.open and not votes.against and not votes.abstained
        case "any_against":
            return votes.against > 0
        case "all_decided":
            return not votes.open
        case "for":
            return votes.for_ >= number
        case "against":
            return votes.against >= number
        case "unreachable":
            return votes.for_ + votes.open < number
