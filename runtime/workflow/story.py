"""A story: who does what, and when, and what must come of it. Played through the engine, in memory.

A story is JSON: `answers` (the application), `at` (when it is filed, local time), `steps`. A step is done
`by` "applicant" or a role ("panitia", or "panitia#2" for a second person), with `do` (an action or a task),
`outcome`, `answers`, `comment`, `corrections`, `person`; a step with `wait` lets time pass, and the clock
fires what is due. `then` says what must be so afterwards: `status`, `tasks`, `done` (what the system did),
`effects`, `refused` (the reason), `due`, `deadline` (local days). The first difference ends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, get_args

from runtime.forms.journey import journey
from runtime.regions.worktime import Calendar
from runtime.workflow import clocks, engine, memory
from runtime.workflow.clocks import Since, Step, Strike
from runtime.workflow.values import SYSTEM, ActionRefused, Actor, Command, Decision, Snapshot
from schemas.definition import Duration, DurationUnit, EffectRule, Module

MOST_STRIKES = 1000
MOST_AMOUNT = 100_000
OFFICES = 40  # how many offices a person of a story holds their role in


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of what happened. `step` is 0 for filing; `refused` is the reason of a refusal."""

    step: int
    at: datetime
    by: str
    action: str
    status: str
    effects: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where the story does not come out: what was expected of `what`, and what was found."""

    step: int
    what: str
    expected: Any
    found: Any


@dataclass
class Played:
    """What a story led to; it came out when there is no `difference`."""

    happened: list[Happening] = field(default_factory=list)
    difference: Difference | None = None


class NoStory(ValueError):
    """What was given cannot be played: the step and what is wrong with it."""


def play(module: Module, story: Mapping[str, Any], calendar: Calendar) -> Played:
    """Play `story`; raise `NoStory` when it cannot be understood."""
    player = _Player(module, calendar, _moment(story.get("at"), calendar))
    difference = player.file(story.get("answers", {}), story.get("then", {}))
    for number, step in enumerate(story.get("steps", ()), start=1):
        if difference is not None:
            break
        difference = player.take(number, step)
    return Played(player.happened, difference)


class _Player:
    """One case in memory with its clocks."""

    def __init__(self, module: Module, calendar: Calendar, now: datetime) -> None:
        self.module, self.calendar, self.now = module, calendar, now
        self.snapshot = Snapshot("")
        self.since = Since(now)
        self.places = memory.Places()
        self.happened: list[Happening] = []
        self.fired: set[tuple[str, int, datetime]] = set()
        self.persons: dict[str, int] = {}

    def file(self, answers: Mapping[str, Any], then: Mapping[str, Any]) -> Difference | None:
        walked = journey(self.module, dict(answers), today=self.now.date(), fresh=True)
        wrong = [problem for step in walked.steps for problem in step.problems]
        if wrong:
            raise NoStory(f"answers {wrong[0].pointer}: {wrong[0].sentence()}")
        self._taken(0, "applicant", engine.begin(self.module, walked.answers, today=self.now.date()), None)
        return self._differs(0, then, "", 0)

    def take(self, number: int, step: Mapping[str, Any]) -> Difference | None:
        """Take one step and compare what came of it."""
        before = len(self.happened)
        if not isinstance(step, Mapping) or not isinstance(step.get("then", {}), Mapping):
            raise NoStory(f"step {number}: write an object")
        if "wait" in step:
            self._wait(number, _span(number, step["wait"]))
            return self._differs(number, step.get("then", {}), "", before)
        who = str(step.get("by", ""))
        command = Command(
            action=str(step.get("do", "")),
            outcome=str(step.get("outcome", "")),
            comment=str(step.get("comment", "")),
            answers=dict(step.get("answers", {})),
            corrections=tuple(step.get("corrections", ())),
            person=self._person(step["person"]) if "person" in step else None,
            attachments=("story",) if step.get("attachment") else (),
        )
        actor = self._actor(who)
        result = engine.decide(self.module, self.snapshot, command, actor, now=self.now)
        if isinstance(result, ActionRefused):
            stays = self.snapshot.status
            self.happened.append(Happening(number, self.now, who, command.action, stays, (), result.reason))
            return self._differs(number, {"refused": "", **step.get("then", {})}, result.reason, before)
        self._taken(number, who, result, actor.id)
        return self._differs(number, step.get("then", {}), "", before)

    def _wait(self, number: int, span: Duration) -> None:
        """Let time pass; the clock fires what is due on the way, in its order."""
        until = self.calendar.after(self.now, span).astimezone(self.now.tzinfo)
        for _ in range(MOST_STRIKES):
            strike = self._next(until)
            if strike is None:
                break
            self.now = max(self.now, strike.at.astimezone(self.now.tzinfo))
            command = Command(strike.action)
            result = engine.decide(self.module, self.snapshot, command, SYSTEM, now=self.now)
            if isinstance(result, Decision):
                self._taken(number, "system", result, None)
        self.now = max(self.now, until)

    def _next(self, until: datetime) -> Strike | None:
        status = self.module.workflow.status(self.snapshot.status)
        timed = clocks.timers(status, self.module)
        for strike in clocks.strikes(timed, self.since, self.calendar):
            entered = self.snapshot.entered if strike.of != "deadline" else 0
            known = (strike.action, entered, strike.base)
            if strike.at <= until and known not in self.fired:
                self.fired.add(known)
                return strike
        return None

    def _taken(self, number: int, who: str, decision: Decision, person: int | None) -> None:
        """Apply a decision, and what follows from it by itself."""
        self.snapshot = memory.applied(self.snapshot, decision, places=self.places, actor=person)
        self.snapshot, follows = memory.carried_on(
            self.module, self.snapshot, now=self.now, places=self.places
        )
        for one, by in ((decision, who), *((then, "system") for then in follows)):
            step = Step(one.from_status, one.to_status, one.extend)
            self.since = clocks.after(self.module, step, self.since, self.now, self.calendar)
            effects = tuple(_said(effect) for effect in one.effects)
            self.happened.append(Happening(number, self.now, by, one.action, one.to_status, effects))

    def _actor(self, who: str) -> Actor:
        if who == "applicant":
            return Actor("applicant")
        role = who.partition("#")[0]
        if role not in {known.key for known in self.module.workflow.roles}:
            raise NoStory(f"by {who!r}: there is no such role")
        posts = frozenset((role, office) for office in range(OFFICES))
        return replace(Actor("person", self._person(who), who), posts=posts)

    def _person(self, who: str) -> int:
        return self.persons.setdefault(who, len(self.persons) + 1)

    def _differs(self, number: int, then: Mapping[str, Any], refused: str, before: int) -> Difference | None:
        fresh = self.happened[before:]
        found: dict[str, Any] = {
            "refused": refused,
            "status": self.snapshot.status,
            "tasks": sorted(task.key for task in self.snapshot.tasks),
            "done": [one.action for one in fresh if one.by == "system"],
            "effects": [effect for one in fresh for effect in one.effects],
            "due": _day(self.since.due, self.calendar),
            "deadline": _day(self.since.deadline, self.calendar),
        }
        if unknown := sorted(set(then) - set(found)):
            raise NoStory(f"step {number}: “{unknown[0]}” cannot be expected")
        for what, expected in {"refused": "", **then}.items():
            wanted = sorted(expected) if what == "tasks" else expected
            if found[what] != wanted:
                return Difference(number, what, wanted, found[what])
        return None


def _span(number: int, said: Any) -> Duration:
    try:
        amount, unit = int(said["amount"]), said["unit"]
    except (KeyError, TypeError, ValueError):
        raise NoStory(f"step {number}: write how long to wait, with an amount and a unit") from None
    if not 0 < amount <= MOST_AMOUNT or unit not in get_args(DurationUnit):
        raise NoStory(f"step {number}: {amount} {unit} is no time that can pass")
    return Duration(amount, unit)


def _said(effect: EffectRule) -> str:
    """Return an effect in short: its type and what it is about."""
    about = effect.message or effect.connection or effect.letter or effect.module
    return f"{effect.type}:{about}" if about else effect.type


def _day(moment: datetime | None, calendar: Calendar) -> str | None:
    return moment.astimezone(calendar.zone).date().isoformat() if moment else None


def _moment(said: Any, calendar: Calendar) -> datetime:
    try:
        moment = datetime.fromisoformat(str(said))
    except ValueError:
        raise NoStory(f"at {said!r}: write a day and a time, such as 2026-03-16T09:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=calendar.zone)
