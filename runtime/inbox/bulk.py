"""One action on many cases: which can be chosen, and what it would do to each, as the engine says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from runtime.batches import reasons
from runtime.batches.naming import may, named
from runtime.batches.services import Ticked
from runtime.cases import selectors as cases
from runtime.cases.selectors import Task
from runtime.inbox import consequences
from runtime.inbox.access import Officer
from runtime.letters import shapes
from runtime.modules import selectors as modules
from runtime.workflow.values import ActionRefused, Command
from schemas.definition import Action, Module


def offered(module: Module, task: Task) -> bool:
    """Tell whether a task of the work list leads to such an action."""
    return any(may(a) and a.who.role == task.role for a in module.workflow.actions_from(task.status))


def read(values: Iterable[str]) -> tuple[Ticked, ...]:
    """Return what was ticked: `task.revision` each, every task once; what is no such pair is task 0."""
    found: dict[int, Ticked] = {}
    for value in filter(None, values):
        task, _dot, seen = value.partition(".")
        right = all(one.isascii() and one.isdigit() and len(one) < 10 for one in (task, seen))
        one = Ticked(int(task), int(seen)) if right else Ticked(0, 0)
        found.setdefault(one.task, one)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Option:
    """An action that can be chosen, and for how many of the ticked cases it is open."""

    value: str
    title: str
    service: str
    cases: int


@dataclass(frozen=True, slots=True)
class Line:
    """One ticked task: what would happen to its case, or why nothing would. `ticked` goes into the form."""

    ticked: str
    reference: str
    applicant: str
    service: str
    happens: tuple[str, ...] = ()
    refused: str = ""


@dataclass(slots=True)
class Choosing:
    """All that the page shows. `action` is none while it is still to be chosen.

    `printed` says that a letter prints the reason that is written with it.
    """

    ticked: tuple[Ticked, ...]
    options: tuple[Option, ...]
    chosen: str = ""
    action: Action | None = None
    module: str = ""
    lines: tuple[Line, ...] = ()
    printed: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def possible(self) -> int:
        """How many cases would be done."""
        return sum(not line.refused for line in self.lines)

    @property
    def asks_comment(self) -> str:
        return self.action.ask.comment if self.action else "none"

    @property
    def look(self) -> str:
        return "btn--danger" if self.action and self.action.tone == "refuse" else ""


def choosing(
    officer: Officer, ticked: tuple[Ticked, ...], chosen: str, *, language: str, now: datetime
) -> Choosing:
    """Return the actions open to many of the ticked cases, and with one chosen what it would do to each."""
    known = {one.task: named(officer.region, officer.user, "", "", one.task) for one in ticked}
    actions: dict[str, tuple[Action, Module]] = {}
    counts: dict[str, int] = {}
    for task, refused in known.values():
        if task is None or refused:
            continue
        module = modules.definition(task.case.version)
        for available in cases.available_actions(task.case, officer.user, now):
            if may(available.action):
                value = f"{module.key}:{available.action.key}"
                actions.setdefault(value, (available.action, module))
                counts[value] = counts.get(value, 0) + (available.refused is None)
    options = tuple(
        Option(value, action.title.say(language), module.title.say(language), counts[value])
        for value, (action, module) in actions.items()
    )
    if not chosen and len(options) == 1:
        chosen = options[0].value
    service, _colon, key = chosen.partition(":")
    found = {id(module): (action, module) for action, module in _actions(known.values(), service, key)}
    if not found:
        return Choosing(ticked, options)
    action, _module = next(iter(found.values()))
    lines = _lines(officer, ticked, action, service, language, now)
    printed = any(shapes.prints_reason(module, its) for its, module in found.values())
    return Choosing(ticked, options, chosen, action, service, lines, printed)


def _actions(
    known: Iterable[tuple[Task | None, str]], service: str, key: str
) -> Iterator[tuple[Action, Module]]:
    """Yield the chosen action as the service of each ticked case has it, whether it is open there or not."""
    for task, _refused in known:
        module = modules.definition(task.case.version) if task else None
        action = module.workflow.action(key) if module and module.key == service else None
        if module and action and may(action):
            yield action, module


def _lines(
    officer: Officer, ticked: tuple[Ticked, ...], action: Action, service: str, language: str, now: datetime
) -> tuple[Line, ...]:
    seen_cases: set[str] = set()
    found = []
    for one in ticked:
        task, reason = named(officer.region, officer.user, action.key, service, one.task)
        if task is not None and task.case.reference in seen_cases:
            continue
        seen_cases |= {task.case.reference} if task else set()
        found.append(_line(officer, one, task, reason, action.key, language, now))
    return tuple(found)


def _line(
    officer: Officer, one: Ticked, task: Task | None, reason: str, key: str, language: str, now: datetime
) -> Line:
    value = f"{one.task}.{one.seen}"
    if task is None:
        return Line(value, "", "", "", refused=reasons.sentence(reason, {}))
    case, module = task.case, modules.definition(task.case.version)
    told = Line(value, case.reference, case.applicant_name, module.title.say(language))
    if reason:
        return _with(told, refused=reasons.sentence(reason, {}, module))
    command = Command(key, comment="…", seen_revision=one.seen)
    would = cases.would(case, officer.user, command, now)
    if isinstance(would, ActionRefused):
        return _with(told, refused=reasons.sentence(would.reason, would.data, module))
    action = module.workflow.action(key)
    assert action is not None, "the engine decided on it"
    return _with(told, happens=consequences.consequences(module, action, case.status, language))


def _with(line: Line, *, happens: tuple[str, ...] = (), refused: str = "") -> Line:
    return Line(line.ticked, line.reference, line.applicant, line.service, happens, refused)
