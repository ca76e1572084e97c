"""What happens to a case: the map of its statuses and actions, its registers and its promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.definition.action import Action, EffectRule
from schemas.definition.form import NO_TEXT, Text
from schemas.definition.status import Duration, Role, Status


@dataclass(frozen=True, slots=True)
class Register:
    """A series of numbers. Tokens of `pattern`: {number} {year} {month} {month_roman} {office}.

    `shared`: every service of the region whose register has this key, shared as well, takes from one series.
    """

    key: str
    title: Text
    pattern: str
    scope: Literal["region", "office"] = "office"
    reset: Literal["year", "never"] = "year"
    digits: int = 1
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """The promised time of the whole service, counted from filing; it stands still with the applicant."""

    within: Duration
    legal_basis: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Workflow:
    """The map of a case's life. `office` names the answer that decides which office handles it.

    `separate` holds sets of actions and tasks of which one person may do only one on a case.
    """

    start: str
    roles: tuple[Role, ...]
    statuses: tuple[Status, ...]
    actions: tuple[Action, ...]
    registers: tuple[Register, ...] = ()
    office: str = ""
    filed: tuple[EffectRule, ...] = ()
    deadline: Deadline | None = None
    separate: tuple[tuple[str, ...], ...] = ()

    def status(self, key: str) -> Status:
        return next(status for status in self.statuses if status.key == key)

    def action(self, key: str) -> Action | None:
        return next((action for action in self.actions if action.key == key), None)

    def role(self, key: str) -> Role:
        return next(role for role in self.roles if role.key == key)

    def register(self, key: str) -> Register:
        return next(register for register in self.registers if register.key == key)

    @property
    def results(self) -> frozenset[str]:
        """The keys of the actions that the outcome of another case leads to."""
        rules = [*self.filed, *(rule for action in self.actions for rule in action.effects)]
        return frozenset(key for rule in rules for key in rule.outcomes.values())

    def automatic(self, status: str) -> tuple[Action, ...]:
        """Return the system's actions there that wait for nothing but their condition."""
        done = {rule.do for rule in self.status(status).complete} | self.results
        return tuple(
            action
            for action in self.actions_from(status)
            if action.who.kind == "system" and not action.by_clock and action.key not in done
        )

    def actions_from(self, status: str) -> tuple[Action, ...]:
        return tuple(action for action in self.actions if status in action.from_)
