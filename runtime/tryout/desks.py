"""Who may do what with the case of a test run, and in which order the desks stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from runtime.cases import reasons
from runtime.inbox import consequences, editform
from runtime.regions import selectors as regions
from runtime.tryout.trial import Trial
from runtime.workflow import awaiting, deciding, editing, engine
from runtime.workflow.values import ActionRefused, Actor, Available, Choice, OpenTask
from schemas.definition import NO_TEXT, Action, Ask, Outcome, TaskRule, Who

APPLICANT = "applicant"
MOST_PEOPLE = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be done now: by whom, what it is called, where it leads; `refused` says why not."""

    by: str
    action: Action
    outcome: str
    title: str
    to: str
    look: str
    refused: str

    @property
    def person(self) -> int:
        """Which person of the role it is: 1, 2, …"""
        return number_of(self.by)

    @property
    def edits(self) -> bool:
        """Whether it is that answers are put right."""
        return self.action.key == editing.EDIT


@dataclass(frozen=True, slots=True)
class Desk:
    """The applicant, or whoever holds a role: their open tasks with their offices, and what they may do."""

    who: str
    title: str
    tasks: tuple[Work, ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """An open task and the office it lies with."""

    title: str
    office: str


@dataclass(frozen=True, slots=True)
class Ending:
    """A way in which an application ends that this one waits for."""

    service: str
    outcome: Outcome


def desks(trial: Trial) -> tuple[Desk, ...]:
    """Return the applicant and every role of the service, in the order of the document."""
    roles = trial.module.workflow.roles
    return (desk(trial, APPLICANT), *(desk(trial, role.key) for role in roles))


def desk(trial: Trial, who: str) -> Desk:
    """Return what waits for `who`, the applicant or a role, and what they may do."""
    offers = tuple(sorted(_offers(trial, who), key=lambda offer: consequences.TONES[offer.action.tone]))
    if who == APPLICANT:
        return Desk(who, "", (), offers)
    rules = {rule.key: rule for rule in trial.status.tasks}
    mine = [task for task in trial.snapshot.tasks if task.role == who]
    tasks = tuple(
        Work(rules[task.key].title.say(trial.language), _office(trial, rules[task.key], task))
        for task in mine
        if task.key in rules
    )
    return Desk(who, trial.module.workflow.role(who).title.say(trial.language), tasks, offers)


def _office(trial: Trial, rule: TaskRule, task: OpenTask) -> str:
    """Return the name of the office a task lies with, as the answers say; of the region where they do not."""
    if rule.where.kind == "each":
        numbers = trial.player.places.known
        key = next((key for key, number in numbers.items() if number == task.office_id), "")
    else:
        asked = {"answer": rule.where.field, "office": trial.module.workflow.office}
        known = {**trial.snapshot.answers, **trial.snapshot.officer_answers}
        key = str(known.get(asked.get(rule.where.kind, ""), ""))
    found = regions.office_by_key(trial.region, key) if key else trial.region
    return str(found or key)


def turn(trial: Trial) -> str:
    """Return whose turn it is: the first open task's role, else the applicant."""
    return trial.snapshot.tasks[0].role if trial.snapshot.tasks else APPLICANT


def find(trial: Trial, by: str, key: str, outcome: str) -> Offer | None:
    """Return the offer of this name, if it is there now."""
    role = by.partition("#")[0]
    if role != APPLICANT and role not in {one.key for one in trial.module.workflow.roles}:
        return None
    return next(
        (one for one in _offers(trial, role) if (one.by, one.action.key, one.outcome) == (by, key, outcome)),
        None,
    )


def endings(trial: Trial) -> Iterator[Ending]:
    """Yield the ways in which applications may end that this one waits for."""
    services = {awaiting.rule(trial.module, one).module for one in trial.snapshot.awaits}
    for service in sorted(services):
        yield from (Ending(service, outcome) for outcome in get_args(Outcome))


def _offers(trial: Trial, who: str) -> Iterator[Offer]:
    """Yield what a role may do, by the first of its people who can; one refused to all by the first."""
    found: dict[tuple[str, str], Offer] = {}
    for by, actor in actors(trial, who):
        for one in _open(trial, actor):
            offer = _offer(trial, by, one)
            key = (offer.action.key, offer.outcome)
            if key not in found or (found[key].refused and not offer.refused):
                found[key] = offer
    yield from found.values()
    if edit := _edit(trial, who):
        yield edit


def _edit(trial: Trial, who: str) -> Offer | None:
    """Return that answers may be put right, where the stage lets this role do it."""
    if who not in trial.status.edit or not editing.editable(trial.module):
        return None
    module, case = trial.player.module, trial.snapshot
    ways = [(by, editing.not_allowed(module, case, actor)) for by, actor in actors(trial, who)]
    by, barred = next((way for way in ways if not isinstance(way[1], ActionRefused)), ways[0])
    return Offer(
        by=by,
        action=Action(
            editing.EDIT, NO_TEXT, (case.status,), "", Who("role", who), ask=Ask(comment="required")
        ),
        outcome="",
        title=str(editform.TITLE),
        to="",
        look=consequences.CLASSES["neutral"],
        refused=reasons.sentence(barred, module) if isinstance(barred, ActionRefused) else "",
    )


def _open(trial: Trial, actor: Actor) -> Iterator[Available | Choice]:
    module, case, now = trial.player.module, trial.snapshot, trial.now
    yield from engine.choices(module, case, actor)
    yield from engine.available(module, case, actor, now=now)


def actors(trial: Trial, who: str) -> Iterator[tuple[str, Actor]]:
    """Yield the applicant; or the people of a role: those who acted so far, and one more."""
    if who == APPLICANT:
        yield who, trial.player.actor(who)
        return
    named = (step.get(part, "") for step in trial.told.get("steps", ()) for part in ("by", "person"))
    known = [number_of(name) for name in named if _role(name) == who]
    for number in range(1, min(max(known, default=0) + 1, MOST_PEOPLE) + 1):
        yield called(who, number), trial.player.actor(called(who, number))


def _offer(trial: Trial, by: str, one: Available | Choice) -> Offer:
    module, status = trial.module, trial.snapshot.status
    outcome = one.outcome.key if isinstance(one, Choice) else ""
    action = deciding.as_action(one.rule, one.outcome, status) if isinstance(one, Choice) else one.action
    return Offer(
        by=by,
        action=action,
        outcome=outcome,
        title=action.title.say(trial.language),
        to="" if outcome else consequences.heading(module, action, status, trial.language),
        look=consequences.CLASSES[action.tone],
        refused=reasons.sentence(one.refused, module) if one.refused else "",
    )


def called(role: str, number: int) -> str:
    """Return how a story calls a person of a role."""
    return role if number == 1 else f"{role}#{number}"


def number_of(by: str) -> int:
    """Return which person of a role it is."""
    return int(by.partition("#")[2] or 1)


def _role(name: str) -> str:
    return name.partition("#")[0]
