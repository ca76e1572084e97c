"""Walks every way a case can go, each state once: status, votes, corrections, answers as rules see them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from runtime.workflow import engine, openings, tally
from runtime.workflow.memory import applied
from runtime.workflow.proof import moves
from runtime.workflow.proof.moves import Move, Tried
from runtime.workflow.proof.rehearsal import Rehearsal
from runtime.workflow.values import ActionRefused, Snapshot
from schemas import expressions
from schemas.definition import Json

Key = tuple[object, ...]
FILED = "filed"


@dataclass(frozen=True, slots=True)
class Place:
    """A state that was reached: the case, and the move from an earlier place that led there first.

    `day` is which of the days of the rehearsal it is by then.
    """

    case: Snapshot
    move: Move
    before: int = -1
    day: int = 0


@dataclass
class Walked:
    """All that was met. An edge tells whether the applicant alone can take it; on `idle` ones time passes."""

    places: list[Place] = field(default_factory=list)
    edges: dict[int, set[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(set))
    idle: set[tuple[int, int]] = field(default_factory=set)
    complete: bool = True
    statuses: set[str] = field(default_factory=set)
    actions: set[str] = field(default_factory=set)
    outcomes: set[tuple[str, str]] = field(default_factory=set)
    tasks: set[str] = field(default_factory=set)
    rules: set[tuple[str, int]] = field(default_factory=set)
    branches: dict[str, set[bool]] = field(default_factory=lambda: defaultdict(set))
    circling: list[tuple[int, Move]] = field(default_factory=list)
    unknown: dict[tuple[str, str], int] = field(default_factory=dict)

    def story(self, at: int) -> list[Move]:
        """Return the moves that lead to a place, from the filing on."""
        told = []
        while at >= 0:
            told.append(self.places[at].move)
            at = self.places[at].before
        return told[::-1]


class Walker:
    """Explores breadth first, so that the first way to a place is a shortest one."""

    def __init__(self, stage: Rehearsal, most: int) -> None:
        self.stage, self.most = stage, most
        self.found = Walked()
        self.known: dict[Key, int] = {}
        self.corrected: dict[Key, set[tuple[int, bool]]] = {}
        self.filings = stage.filings()
        self.own = {f.key for page in stage.module.filing_pages() for f in page.fields}

    def walk(self) -> Walked:
        for answers in self.filings:
            first = engine.begin(self.stage.module, answers, today=self.stage.today)
            case = applied(Snapshot(status=""), first, places=self.stage.places)
            self._arrive(case, Move(FILED, "applicant", answers=answers), -1)
        at = 0
        while at < len(self.found.places):
            if len(self.found.places) > self.most:
                self.found.complete = False
                break
            self._leave(at)
            at += 1
        return self.found

    def _leave(self, at: int) -> None:
        """Try everything that can be done in a place, and let days pass where they change something."""
        case, day = self.found.places[at].case, self.found.places[at].day
        self.stage.day = day
        self._note_branches(case)
        waiting = {a.key for a in self.stage.module.workflow.actions_from(case.status) if a.ask.answers}
        seen = self._told(case, officers_only=True)
        shared = (case.status, day, seen, case.corrections, case.awaits, case.spent)
        before = self.corrected.get(shared) if waiting else None
        filings = self.filings if before is None else (dict(case.answers),)
        kept = set()
        for tried in moves.moves(self.stage, case, filings):
            edge = self._tried(at, tried)
            if edge is not None and tried.move.key in waiting:
                kept.add(edge)
        if waiting and before is None:
            self.corrected[shared] = kept
        self.found.edges[at] |= before or set()
        if day + 1 < len(self.stage.days):
            target = self._rest(case, Move("", "system", idle=True), at, day + 1)
            self.found.edges[at].add((target, False))
            self.found.idle.add((at, target))

    def _tried(self, at: int, tried: Tried) -> tuple[int, bool] | None:
        move, after = tried.move, tried.after
        if isinstance(after, ActionRefused):
            for name in after.data.get("fields", ()) if after.reason == "guard_unknown" else ():
                self.found.unknown.setdefault((move.key, name), at)
            return None
        if move.idle:
            pass
        elif move.outcome and move.awaited is None:
            self.found.outcomes.add((move.key, move.outcome))
        elif move.key:
            self.found.actions.add(move.key)
        target = self._arrive(after, move, at)
        if target is None:
            return None
        if move.idle:
            self.found.idle.add((at, target))
        edge = (target, move.who == "applicant")
        self.found.edges[at].add(edge)
        return edge

    def _arrive(self, case: Snapshot, move: Move, before: int) -> int | None:
        """Let the system do what follows, and return the place where the case comes to rest."""
        self._note(case)
        done = []
        for decision, after in moves.hops(self.stage, case):
            self._note_rule(case, decision.action)
            done.append(decision.action)
            self.found.actions.add(decision.action)
            case = after
            self._note(case)
        if len(done) >= engine.MOST_HOPS:
            self.found.circling.append((before, replace(move, hops=tuple(done))))
            return None
        return self._rest(case, replace(move, hops=tuple(done)), before, self.stage.day)

    def _rest(self, case: Snapshot, move: Move, before: int, day: int) -> int:
        """Return the place of a case that rests, a new one if nothing like it was met."""
        key = (*self._key(case), day)
        if key not in self.known:
            self.known[key] = len(self.found.places)
            self.found.tasks |= {task.key for task in case.tasks}
            self.found.places.append(Place(case, move, before, day))
        return self.known[key]

    def _note(self, case: Snapshot) -> None:
        self.found.statuses.add(case.status)

    def _note_rule(self, case: Snapshot, action: str) -> None:
        """Note which rule of completion led to `action`, if one did."""
        status = self.stage.module.workflow.status(case.status)
        known = {**case.answers, **case.officer_answers}
        later = openings.to_come(self.stage.module, case, known, today=self.stage.today)
        for at, rule in enumerate(status.complete):
            reached = tally.holds(rule, tally.count(status, rule, case, later))
            if reached and rule.do == action and self._holds(rule.when, known):
                self.found.rules.add((status.key, at))
                return

    def _note_branches(self, case: Snapshot) -> None:
        known = {**case.answers, **case.officer_answers}
        for pointer, rule in self.stage.conditions.items():
            if pointer.endswith("/when"):
                self.found.branches[pointer].add(self._holds(rule, known))

    def _holds(self, rule: expressions.Expression | None, known: Mapping[str, Json]) -> bool:
        return expressions.holds(rule, known, today=self.stage.today, tables=self.stage.module.tables)

    def _told(self, case: Snapshot, *, officers_only: bool = False) -> str:
        known = {**case.answers, **case.officer_answers}
        if officers_only:
            known = {key: value for key, value in known.items() if key not in self.own}
        return self.stage.told(known)

    def _key(self, case: Snapshot) -> Key:
        """Return what tells one state from another: seats and offices are alike, persons do not matter."""
        waiting = Counter((task.key, task.held_by is None) for task in case.tasks)
        voted = Counter((task.key, task.counts) for task in case.decided)
        marking = (tuple(sorted(waiting.items())), tuple(sorted(voted.items())))
        told = self._told(case)
        return (case.status, marking, bool(case.corrections), case.awaits, case.spent, told)
