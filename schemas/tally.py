"""What the votes in a status come to. The one meaning of a tally, for the checks and for the engine."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.definition import Tally


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
