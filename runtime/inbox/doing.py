"""What an officer is about to do on a case: take an action, or decide a task that waits for them.

A decision is shown and asked for like an action of the status: it has a title, a tone, a comment, a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case, Entry
from runtime.inbox.access import Officer
from runtime.look.words import language
from runtime.workflow import deciding
from runtime.workflow.values import ActionRefused
from schemas.definition import Action, Module


@dataclass(frozen=True, slots=True)
class Doing:
    """An action, or with `outcome` the decision of the task that has the action's key."""

    action: Action
    outcome: str = ""

    def address(self, case: Case) -> str:
        """Return where it is asked for and done."""
        if self.outcome:
            return reverse("inbox:decide", args=[case.reference, self.action.key, self.outcome])
        return reverse("inbox:act", args=[case.reference, self.action.key])

    def fresh(self, case: Case, seen: int) -> bool:
        """Tell whether what the officer saw still counts; a vote outlives those of others, but no edit."""
        if self.outcome:
            return seen >= max(case.entered, cases.snapshot(case).edited)
        return cases.shows(case, seen)

    def offered(self, officer: Officer, case: Case, now: datetime) -> tuple[bool, ActionRefused | None]:
        """Return whether the officer sees it on the case, and why it is not to be had now, if so."""
        if self.outcome:
            for choice in cases.task_choices(case, officer.user, now):
                if (choice.rule.key, choice.outcome.key) == (self.action.key, self.outcome):
                    return True, choice.refused
            return False, None
        for one in cases.available_actions(case, officer.user, now):
            if one.action.key == self.action.key:
                return True, one.refused
        return False, None


def action(module: Module, key: str) -> Doing | None:
    """Return the action `key` of the module, if officers take it."""
    found = module.workflow.action(key)
    return Doing(found) if found and found.who.kind == "role" else None


def decision(case: Case, module: Module, task: str, outcome: str) -> Doing | None:
    """Return the decision of a task of the case's present status; none when the status has no such task."""
    rule = module.workflow.status(case.status).task(task)
    found = rule.outcome(outcome) if rule else None
    if rule is None or found is None:
        return None
    return Doing(deciding.as_action(rule, found, case.status), found.key)


def last(case: Case) -> Entry:
    """Return what was done last; what was only written is no answer to who was first."""
    return next(entry for entry in reversed(cases.timeline(case, language())) if not entry.comment)
