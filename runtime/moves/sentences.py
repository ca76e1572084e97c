"""A plan in words, for administrators: what becomes of a case, what is missing, why it stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from runtime.look import words
from schemas.definition import Field, Module

KINDS: Mapping[str, Any] = {
    "unaffected": _("Unaffected"),
    "by_rule": _("Moved by rule"),
    "needs": _("Needs an answer"),
    "loses": _("Loses an answer"),
    "cannot": _("Cannot be moved"),
}
_CHANGES: Mapping[str, Any] = {
    "status": _("The stage “%(before)s” becomes “%(after)s”."),
    "renamed": _("The answer to “%(before)s” is kept under “%(name)s”."),
    "given": _("“%(name)s” gets the answer that you gave in the rules."),
    "worked_out": _("“%(name)s” is worked out anew."),
    "task_closed": _("The task “%(task)s” ends: the new version does not have it."),
    "clock": _("Right after the move the system does this: “%(action)s”."),
    "correction": _("The applicant no longer has to correct “%(before)s”."),
    "proof": _("To open the case, the applicant is asked for “%(name)s” from now on."),
}
_BARS: Mapping[str, Any] = {
    "status_gone": _(
        "The stage “%(status)s” does not exist in version %(new)s. Say in the rules which stage takes its "
        "place."
    ),
    "status_final": _(
        "In version %(new)s the case would be at its end with “%(status)s”. A move does not end a case."
    ),
    "correction_gone": _(
        "The applicant is asked to correct answers and could not send them in version %(new)s. "
        "Wait until they have answered."
    ),
    "nobody": _(
        "In version %(new)s nobody would be asked to act at the stage “%(status)s”. Let officers finish the "
        "stage first."
    ),
    "would_decide": _(
        "In version %(new)s the system would at once do this: “%(action)s”. A move decides nothing, so the "
        "case stays on its version."
    ),
    "would_strike": _(
        "By the time limits of version %(new)s this would be overdue at once: “%(action)s”. A move decides "
        "nothing, so the case stays on its version."
    ),
    "awaited_gone": _(
        "The case waits for another application, whose end leads to “%(action)s”. Version %(new)s has no "
        "such step from here. Wait until the other application has ended."
    ),
    "proof_gone": _(
        "The applicant opens the case with the answer to “%(question)s”, which has no place in version "
        "%(new)s."
    ),
}
_LEFT: Mapping[str, Any] = {
    "changed": _("The case has changed since it was planned. It was planned anew: look at it again."),
    "closed": _("The case has been finished in the meantime."),
    "elsewhere": _("The case is no longer on version %(old)s."),
    "not_allowed": _("The case was left where it is, for the reason given here."),
    "never_moved": _("This case was not moved by this plan."),
    "since": _("Something was done with the case after the move, so it stays on version %(new)s."),
    "failed": _(
        "The case could not be moved because of a fault. It is as it was; tell the operator of the site."
    ),
}


@dataclass(frozen=True)
class Words:
    """Says plans of moves from version `old` to `new` of a service; moments on the region's clock."""

    old: Module
    new: Module
    numbers: tuple[int, int]
    zone: ZoneInfo
    year: int

    @cached_property
    def _versions(self) -> dict[str, int]:
        return {"old": self.numbers[0], "new": self.numbers[1]}

    def changes(self, plan: Mapping[str, Any]) -> list[str]:
        """Return what is otherwise after the move."""
        return [self._change(*one) for one in plan.get("changes", ())]

    def needs(self, plan: Mapping[str, Any]) -> list[str]:
        """Return which answers are missing or do not fit."""
        return [self._need(*one) for one in plan.get("needs", ())]

    def hindrances(self, plan: Mapping[str, Any]) -> list[str]:
        """Return why the case cannot be moved."""
        return [self._bar(*one) for one in plan.get("hindrances", ())]

    def loss(self, what: str, key: str, inner: str = "") -> str:
        """Return which answer, or decision, is lost."""
        if what == "vote":
            named = {"task": self.task(key), **self._versions}
            return say("A decision of the task “%(task)s” no longer counts in version %(new)s.") % named
        question = self.old.field(key)
        if question is not None and inner:
            named_ = {"name": _label(question), "inner": _label(_inside(question, inner)), **self._versions}
            return say("In “%(name)s”, the answers to “%(inner)s” have no place in version %(new)s.") % named_
        return say("The answer to “%(name)s” has no place in version %(new)s.") % {
            "name": self.question(key),
            **self._versions,
        }

    def left(self, why: str) -> str:
        """Return why a case was left alone."""
        return str(_LEFT[why]) % self._versions if why else ""

    def question(self, key: str) -> str:
        """Return the label of a question, of the newer version if it is there."""
        found = self.new.field(key) or self.old.field(key)
        return _label(found)

    def status(self, key: str) -> str:
        """Return the title of a status, of the older version if it is there."""
        statuses = (*self.old.workflow.statuses, *self.new.workflow.statuses)
        found = next((one for one in statuses if one.key == key), None)
        return words.say(found.title) if found else key

    def task(self, key: str) -> str:
        """Return the title of a task."""
        every = (
            task for module in (self.new, self.old) for s in module.workflow.statuses for task in s.tasks
        )
        found = next((task for task in every if task.key == key), None)
        return words.say(found.title) if found else key

    def action(self, key: str) -> str:
        """Return the title of an action, of the newer version if it is there."""
        found = self.new.workflow.action(key) or self.old.workflow.action(key)
        return words.say(found.title) if found else key

    def _change(self, what: str, key: str, before: Any, after: Any) -> str:
        if what in ("due", "deadline", "task_due"):
            return self._moment(what, key, before, after)
        if what == "task_opened":
            named = {"task": self.task(key), "count": after}
            found = ngettext("A new task opens: “%(task)s”.", "%(count)s new tasks open: “%(task)s”.", after)
            return found % named
        if what == "renamed" and _label(self.old.field(before)) == self.question(key):
            return say("The answer to “%(name)s” is kept.") % {"name": self.question(key)}
        after_status = next((one for one in self.new.workflow.statuses if one.key == key), None)
        return str(_CHANGES[what]) % {
            "name": self.question(key),
            "before": self.status(before) if what == "status" else _label(self.old.field(before or "")),
            "after": words.say(after_status.title) if after_status else "",
            "task": self.task(key),
            "action": self.action(key),
        }

    def _moment(self, what: str, key: str, before: str | None, after: str | None) -> str:
        named = {"task": self.task(key), "before": self._said(before), "after": self._said(after)}
        if what == "task_due":
            return say("The task “%(task)s” is due: %(after)s (until now: %(before)s).") % named
        if what == "deadline":
            return say("The whole service is promised until: %(after)s (until now: %(before)s).") % named
        return say("This stage is due: %(after)s (until now: %(before)s).") % named

    def _need(self, question: str, page: str, code: str) -> str:
        named = {"name": self.question(question), **self._versions}
        if not question:
            found = self.new.page(page)
            named["name"] = words.say(found.title) if found else ""
            return say("The answers on “%(name)s” do not fit together in version %(new)s.") % named
        if code == "answers.required":
            return say("“%(name)s” has no answer, and version %(new)s requires one.") % named
        return say("The answer to “%(name)s” does not fit version %(new)s.") % named

    def _bar(self, bar: str, key: str) -> str:
        named = {"status": self.status(key), "action": self.action(key), "question": self.question(key)}
        return str(_BARS[bar]) % {**named, **self._versions}

    def _said(self, moment: str | None) -> str:
        if not moment:
            return say("no time limit")
        return words.day(datetime.fromisoformat(moment).astimezone(self.zone), this_year=self.year)


def _label(question: Field | None) -> str:
    return words.say(question.label) if question else ""


def _inside(question: Field, path: str) -> Field | None:
    """Return the question in the rows of `question` to which the dotted `path` leads."""
    found: Field | None = question
    for key in path.split("."):
        found = next((inner for inner in found.fields if inner.key == key), None) if found else None
    return found
