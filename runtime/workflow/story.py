"""A story: who does what, and when, and what must come of it. Played through the engine, in memory.

The shape of a story is that of `stories` in a module document, whose check has passed. Only what matters is
told: what else must be given with a step is filled in with examples, unless a refusal is expected. A step
with `edit` is an officer who puts answers right. One with `wait` lets time pass, and the clock fires what is
due; one with `case` lets an application of another service end that is waited for. The first difference ends
a story; another day of a time limit does not, for that is a matter of the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from runtime.forms.journey import Journey, journey
from runtime.regions.worktime import Calendar
from runtime.workflow import awaiting, clocks, editing, engine, example, memory
from runtime.workflow.clocks import Since, Step, Strike
from runtime.workflow.proof.rehearsal import opened
from runtime.workflow.values import SYSTEM, ActionRefused, Actor, Awaited, Command, Decision, Snapshot
from schemas.definition import Duration, EffectRule, Module, Outcome
from schemas.problems import Problem

MOST_STRIKES = 1000
OFFICES = 40  # how many offices a person of a story holds their role in
LAST_YEAR = 3000  # time passes no further
DAYS = frozenset({"due", "deadline"})
"""What depends on the calendar by which a story is played."""

Told = Mapping[str, Any]


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
    decision: Decision | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the story does not come out: what was expected of `what`, and what was found.

    Where the application is not taken, `found` is the question whose answer is wrong (`answers`), the page
    whose answers do not fit together (`page`), or the page for which no examples could be found (`examples`).
    """

    step: int
    what: str
    expected: Any
    found: Any

    @property
    def by_calendar(self) -> bool:
        """Whether another calendar may be the reason."""
        return self.what in DAYS


@dataclass
class Played:
    """What a story led to, and where it came out otherwise; of other things than days only the first."""

    happened: list[Happening] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def came_out(self) -> bool:
        return all(one.by_calendar for one in self.differences)


def play(module: Module, told: Told, calendar: Calendar) -> Played:
    """Play the story `told` by `calendar`."""
    return run(module, told, calendar).played


def run(module: Module, told: Told, calendar: Calendar, *, whole: bool = False) -> Player:
    """Play a story and return where the case stands then.

    One that is `whole` leaves nothing unsaid, and goes by the lists of `module` as they are.
    """
    player = Player(module if whole else opened(module), calendar, moment(told["at"], calendar), whole=whole)
    player.file(told.get("answers", {}), told.get("then", {}))
    for number, step in enumerate(told.get("steps", ()), start=1):
        if not player.played.came_out:
            break
        player.take(number, step)
    return player


class Player:
    """One case in memory with its clocks. Where the story is `whole`, no examples are put beside it."""

    def __init__(self, module: Module, calendar: Calendar, now: datetime, *, whole: bool = False) -> None:
        self.module, self.calendar, self.now, self.whole = module, calendar, now, whole
        self.snapshot = Snapshot("")
        self.since = Since(now)
        self.places = memory.Places()
        self.played = Played()
        self.fired: set[tuple[str, int, datetime]] = set()
        self.persons: dict[str, int] = {}

    def file(self, given: Told, then: Told) -> None:
        """File the application and compare what came of it."""
        today = self.now.date()
        answers = given if self.whole else example.filed(self.module, given, today=today)
        walked = journey(self.module, answers, today=today, fresh=True)
        blamed = _blamed(walked, given)
        if blamed is not None:
            self.played.differences.append(blamed)
            return
        self._taken(0, "applicant", engine.begin(self.module, walked.answers, today=today), None)
        self._compare(0, then, "", 0)

    def take(self, number: int, step: Told) -> None:
        """Take one step and compare what came of it."""
        before, then = len(self.played.happened), step.get("then", {})
        if "wait" in step:
            self._wait(number, Duration(step["wait"]["amount"], step["wait"]["unit"]))
            self._compare(number, then, "", before)
            return
        if "case" in step:
            self._compare(number, then, self._ended(number, step["case"], step["outcome"]), before)
            return
        who: str = step["by"]
        command = self._command(step)
        if not (self.whole or then.get("refused")):
            command = example.completed(self.module, self.snapshot, command, today=self.now.date())
        actor = self.actor(who)
        result = engine.decide(self.module, self.snapshot, command, actor, now=self.now)
        if isinstance(result, ActionRefused):
            stays = self.snapshot.status
            line = Happening(number, self.now, who, command.action, stays, (), result.reason)
            self.played.happened.append(line)
            if command.action == editing.EDIT and not then.get("refused") and (key := _refused(result)):
                self.played.differences.append(Difference(number, "answers", "", key))
                return
            self._compare(number, then, result.reason, before)
            return
        self._taken(number, who, result, actor.id)
        self._compare(number, then, "", before)

    def _command(self, step: Told) -> Command:
        return Command(
            action=editing.EDIT if "edit" in step else step["do"],
            outcome=step.get("outcome", ""),
            comment=step.get("comment", ""),
            answers=step.get("edit", step.get("answers", {})),
            corrections=tuple(step.get("corrections", ())),
            person=self._person(step["person"]) if "person" in step else None,
            attachments=(example.FILE,) if step.get("attachment") else (),
        )

    def _ended(self, number: int, service: str, outcome: Outcome) -> str:
        """Let an application end that this case waits for; return why nothing followed, if it was refused."""
        waited = (one for one in sorted(self.snapshot.awaits) if self._service(one) == service)
        awaited = next(waited, None)
        refused = "" if awaited else "not_awaited"
        result = None
        if awaited is not None:
            result = awaiting.end(self.module, self.snapshot, awaited, outcome, now=self.now)
            self.snapshot = next(awaiting.without(self.module, self.snapshot, awaited))
            refused = result.reason if isinstance(result, ActionRefused) else ""
        line = Happening(number, self.now, service, outcome, self.snapshot.status, (), refused)
        self.played.happened.append(line)
        if isinstance(result, Decision):
            self._taken(number, "system", result, None)
        return refused

    def _service(self, awaited: Awaited) -> str:
        return awaiting.rule(self.module, awaited).module

    def _wait(self, number: int, span: Duration) -> None:
        """Let time pass; the clock fires what is due on the way, in its order."""
        until = self.calendar.after(self.now, span).astimezone(self.now.tzinfo)
        until = min(until, self.now.replace(year=LAST_YEAR, day=1))
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
        strike = self.coming()
        if strike is None or strike.at > until:
            return None
        self.fired.add(self._known(strike))
        return strike

    def coming(self) -> Strike | None:
        """Return what the clock fires next if nothing else is done."""
        status = self.module.workflow.status(self.snapshot.status)
        timed = clocks.timers(status, self.module)
        struck = clocks.strikes(timed, self.since, self.calendar)
        return next((strike for strike in struck if self._known(strike) not in self.fired), None)

    def _known(self, strike: Strike) -> tuple[str, int, datetime]:
        entered = self.snapshot.entered if strike.of != "deadline" else 0
        return strike.action, entered, strike.base

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
            line = Happening(number, self.now, by, one.action, one.to_status, effects, decision=one)
            self.played.happened.append(line)

    def actor(self, who: str) -> Actor:
        """Return whoever a step of the story is `by`."""
        if who == "applicant":
            return Actor("applicant")
        posts = frozenset((who.partition("#")[0], office) for office in range(OFFICES))
        return replace(Actor("person", self._person(who), who), posts=posts)

    def _person(self, who: str) -> int:
        return self.persons.setdefault(who, len(self.persons) + 1)

    def _compare(self, number: int, then: Told, refused: str, before: int) -> None:
        """Note the days that differ, and then the first other thing that does."""
        found = list(self._differing(number, {"refused": "", **then}, refused, before))
        others = [one for one in found if not one.by_calendar]
        self.played.differences += [*(one for one in found if one.by_calendar), *others[:1]]

    def _found(self, refused: str, before: int) -> dict[str, Any]:
        """Return everything a story can expect of a step, as it is."""
        fresh = self.played.happened[before:]
        return {
            "refused": refused,
            "status": self.snapshot.status,
            "tasks": sorted(task.key for task in self.snapshot.tasks),
            "done": [one.action for one in fresh if one.by == "system"],
            "effects": [effect for one in fresh for effect in one.effects],
            "due": _day(self.since.due, self.calendar),
            "deadline": _day(self.since.deadline, self.calendar),
        }

    def _differing(self, number: int, then: Told, refused: str, before: int) -> Iterator[Difference]:
        for what, is_found in self._found(refused, before).items():
            if what in then:
                wanted = sorted(then[what]) if what == "tasks" else then[what]
                if is_found != wanted:
                    yield Difference(number, what, wanted, is_found)


def _blamed(walked: Journey, given: Told) -> Difference | None:
    """Return why an application is not taken: what the story says wrongly before what it leaves unsaid."""
    wrong = [(step.page.key, _question(problem)) for step in walked.steps for problem in step.problems]
    if not wrong:
        return None
    told = next((question for _page, question in wrong if question in given), "")
    if told:
        return Difference(0, "answers", "", told)
    apart = next((page for page, question in wrong if not question), "")
    return Difference(0, "page", "", apart) if apart else Difference(0, "examples", "", wrong[0][0])


def _refused(refused: ActionRefused) -> str:
    """Return the question whose new answer an edit is refused for; "" where it is no single one."""
    data = refused.data if refused.reason == "answers_invalid" else {}
    wrong = [key for problem in data.get("problems", ()) if (key := _question(problem))]
    return next(iter((*data.get("unasked", ()), *wrong)), "")


def _question(problem: Problem) -> str:
    """Return the question a problem of an application is about, "" for all answers of its page together."""
    return problem.pointer.removeprefix("/").partition("/")[0]


def _said(effect: EffectRule) -> str:
    """Return an effect in short: its type and what it is about."""
    about = effect.message or effect.connection or effect.letter or effect.module
    return f"{effect.type}:{about}" if about else effect.type


def _day(moment: datetime | None, calendar: Calendar) -> str:
    return moment.astimezone(calendar.zone).date().isoformat() if moment else ""


def moment(said: str, calendar: Calendar) -> datetime:
    """Return the moment at which a story begins; without a zone it is told by the calendar's clock."""
    begins = datetime.fromisoformat(said)
    return begins if begins.tzinfo else begins.replace(tzinfo=calendar.zone)
