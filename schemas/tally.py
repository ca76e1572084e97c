"""What the votes in a status come to. The one meaning of a tally, for the checks and for the engine."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.definition import Module, Status, Tally, TaskRule
from schemas.fieldtypes import repeat

FEW = frozenset({1, 2, 3})


@dataclass(frozen=True, slots=True)
class Count:
    """Votes given for, against and neither, and those still to come."""

    for_: int = 0
    against: int = 0
    abstain: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        return self.for_ + self.against + self.abstain + self.open


def offices(module: Module, status: Status, task: TaskRule) -> list[int]:
    """Return with how many offices a task of each office is to be tried: a few, and those a tally turns on.

    That rows must be many says nothing: they may name the same office.
    """
    asked = {
        -(-rule.tally.count // task.seats)
        for rule in status.complete
        if rule.tally.count and (not rule.of or task.key in rule.of)
    }
    near = FEW | {number + step for number in asked for step in (-1, 0, 1)}
    return sorted(number for number in near if 1 <= number <= most(module, task))


def most(module: Module, task: TaskRule) -> int:
    """Return how many offices can be asked in the task, one where it is not a task of each office."""
    field = module.field(task.where.field) if task.where.kind == "each" else None
    return repeat.most(field) if field is not None else 1


def holds(tally: Tally, count: Count) -> bool:
    """Tell whether `count` is enough. Who abstains is not for; what nobody was asked is decided."""
    match tally.kind:
        case "all_for":
            return count.for_ == count.total
        case "any_against":
            return count.against > 0
        case "all_decided":
            return count.open == 0
        case "for":
            return count.for_ >= tally.count
        case "against":
            return count.against >= tally.count
        case "unreachable":
            return count.for_ + count.open < tally.count
