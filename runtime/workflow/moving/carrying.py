"""The answers of a case carried over to another version: by key, by rule, and judged by its form.

What was wrong or worked out in the same way before is not the move's doing: the older form is walked
beside the newer one, on the day the answers were given, and only the difference counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from runtime.forms.journey import Journey, journey
from runtime.workflow.moving.values import Change, Loss, Need, Rules, Standing
from schemas import answers as answers_schema
from schemas.definition import Json, Module, Page
from schemas.problems import Problem
from schemas.walk import Walk, is_empty, is_rows

Answers = Mapping[str, Json]
_WITHOUT = frozenset({"answers.required", "answers.group", "answers.page"})
"""What is missing or does not fit together; all other codes are about one answer as it is."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The answers after the move, what became of them, and what is missing."""

    answers: dict[str, Json]
    officer_answers: dict[str, Json]
    changes: tuple[Change, ...]
    needs: tuple[Need, ...]
    losses: tuple[Loss, ...]


def carried(old: Module, new: Module, standing: Standing, rules: Rules) -> Carried:
    """Return the answers of the case as the newer version keeps them."""
    applicant = _Side(old, new, standing.filed, rules, mine=True)
    officer = _Side(old, new, standing.filed, rules, mine=False)
    mine = applicant.carry(standing.snapshot.answers)
    theirs = officer.carry(standing.snapshot.officer_answers, around=mine)
    return Carried(
        mine,
        theirs,
        (*applicant.changes, *officer.changes),
        tuple(applicant.needs),
        (*applicant.losses, *officer.losses),
    )


def sides(module: Module, *, applicant: bool) -> tuple[Page, ...]:
    """Return the pages that applicants fill in, or those of the officers."""
    return tuple(page for page in module.pages if (page.for_ == "applicant") is applicant)


@dataclass
class _Side:
    """The answers of one side. Filing pages are asked again as a whole, of others only what is there."""

    old: Module
    new: Module
    day: date
    rules: Rules
    mine: bool
    changes: list[Change] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def carry(self, stored: Answers, around: Answers | None = None) -> dict[str, Json]:
        """Return `stored` as the newer version keeps it; `around` are other answers its rules may name."""
        given = self._mapped(stored)
        filing = {page.key for page in self.new.filing_pages()}
        first = [page for page in sides(self.new, applicant=self.mine) if page.key in filing]
        later = [page for page in sides(self.new, applicant=self.mine) if page.key not in filing]
        found: dict[str, Json] = {}
        for pages, asking in ((first, True), (later, False)):
            if pages:
                found |= self._carried(
                    stored, given, {**(around or {}), **found}, tuple(pages), asking=asking
                )
        # What belongs to no question of the older version either is not for a move to tidy up.
        return found | {key: value for key, value in stored.items() if self.old.field(key) is None}

    def _mapped(self, stored: Answers) -> dict[str, Json]:
        """Return the answers under their new keys; one that has no place with the same people is lost."""
        places = {q.key for page in sides(self.new, applicant=self.mine) for q in page.fields}
        given = {}
        for key, value in stored.items():
            to = self.rules.questions.get(key, key)
            if to in places:
                given[to] = value
                if to != key:
                    self.changes.append(Change("renamed", to, key))
            elif self.old.field(key) is not None:
                self.losses.append(Loss("answer", key, value))
        return given

    def _carried(
        self, stored: Answers, given: Answers, around: Answers, pages: tuple[Page, ...], *, asking: bool
    ) -> dict[str, Json]:
        own = {question.key for page in pages for question in page.fields}
        given = {key: value for key, value in given.items() if key in own}
        before = self._walked_before(stored, around, pages, asking=asking)
        judged = _Judged(self, dict(given), dict(around), pages, before.problems, asking)
        walked = judged.settle()
        return self._told(given, judged, walked, before)

    def _walked_before(
        self, stored: Answers, around: Answers, pages: Iterable[Page], *, asking: bool
    ) -> _Before:
        """Walk the older form over what was stored, in the words of the newer one."""
        old = self.old
        if asking:
            walked = tuple(old.filing_pages())
        else:
            filing = {page.key for page in old.filing_pages()}
            walked = tuple(p for p in sides(old, applicant=self.mine) if p.key not in filing)
        answers = {**around, **stored}
        found = journey(old, answers, today=self.day, pages=walked)
        to = self.rules.questions
        problems = {(p.code, _renamed(p.pointer, to)) for p in _problems(old, found, walked, all_=True)}
        return _Before({to.get(key, key): value for key, value in found.answers.items()}, problems)

    def _told(self, given: Answers, judged: _Judged, walked: Journey, before: _Before) -> dict[str, Json]:
        """Return the answers that count, and note what became of each."""
        kept: dict[str, Json] = {}
        for key, value in walked.answers.items():
            was = given.get(key)
            if key in judged.filled:
                kept[key] = value
                self.changes.append(Change("given", key, None, value))
            elif was is None:
                if judged.asking and before.answers.get(key) != value:
                    kept[key] = value
                    self.changes.append(Change("worked_out", key, None, value))
            elif value == was or before.answers.get(key) == value:
                kept[key] = was
            elif is_rows(value) and is_rows(was):
                kept[key] = self._rows(key, was, value)
            else:
                kept[key] = value
                self.changes.append(Change("worked_out", key, was, value))
        back = {to: key for key, to in self.rules.questions.items()}
        for key, value in given.items():
            if key in walked.answers and key not in judged.dropped:
                continue
            if key not in judged.dropped and key not in before.answers:
                kept[key] = value  # hidden already, and kept nevertheless
            else:
                self.losses.append(Loss("answer", back.get(key, key), value))
        return kept

    def _rows(self, key: str, was: Any, value: Any) -> Json:
        """Note which questions inside rows lost their answers; return the rows as they are now."""
        lost: dict[str, list[Json]] = {}
        for path, answer in _gone(was, value):
            lost.setdefault(path, []).append(answer)
        self.losses += [Loss("answer", key, answers, path) for path, answers in lost.items()]
        if not lost:
            self.changes.append(Change("worked_out", key, was, value))
        return value


@dataclass(frozen=True, slots=True)
class _Before:
    """What the older form makes of the answers: those that count, and what was wrong already."""

    answers: Mapping[str, Json]
    problems: set[tuple[str, str]]


@dataclass
class _Judged:
    """Answers on their way: what the newer form finds wrong is replaced by rule, dropped, or needed."""

    side: _Side
    given: dict[str, Json]
    around: dict[str, Json]
    pages: tuple[Page, ...]
    known: set[tuple[str, str]]
    asking: bool
    filled: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)

    def settle(self) -> Journey:
        """Walk the newer form until nothing more is to be replaced or dropped; note what is needed."""
        while True:
            walked = self._walk()
            wrong = [
                problem
                for problem in _problems(self.side.new, walked, self.pages)
                if (problem.code, problem.pointer) not in self.known
            ]
            if not self._fill(walked, wrong) and not self._drop(wrong):
                break
        if self.asking:
            self.side.needs += dict.fromkeys(self._need(problem) for problem in wrong)
        return walked

    def _walk(self) -> Journey:
        answers = {**self.around, **self.given}
        return journey(self.side.new, answers, today=self.side.day, pages=self.pages)

    def _fill(self, walked: Journey, wrong: list[Problem]) -> bool:
        """Give an answer of the rules to a question that is asked and has none, or none that fits."""
        if not self.asking:
            return False
        asked = {question.key for step in walked.steps for question in step.fields}
        faulty = {_top(problem) for problem in wrong if _about_one(problem)}
        for key, value in self.side.rules.answers.items():
            if key not in asked or key in self.filled:
                continue
            if is_empty(self.given.get(key)) or key in faulty:
                if not is_empty(self.given.get(key)):
                    self.dropped.add(key)
                self.given[key] = value
                self.filled.add(key)
                return True
        return False

    def _drop(self, wrong: list[Problem]) -> bool:
        """Drop an answer that does not fit and that nobody has to give; off the filing pages, any such."""
        walk = Walk(self.side.day, self.side.new.tables)
        known = {**self.around, **self.given}
        for problem in wrong:
            key = _top(problem)
            if not _about_one(problem) or key not in self.given or key in self.filled:
                continue
            question = self.side.new.field(key)
            if question is None or (self.asking and walk.holds(question.required, known)):
                continue
            del self.given[key]
            self.dropped.add(key)
            return True
        return False

    def _need(self, problem: Problem) -> Need:
        key = _top(problem)
        page = next((p.key for p in self.pages if any(q.key == key for q in p.fields)), "")
        return Need(key, page or str(problem.data.get("page", "")), problem.code)


def _problems(
    module: Module, walked: Journey, pages: tuple[Page, ...], *, all_: bool = False
) -> list[Problem]:
    found = [problem for step in walked.steps for problem in step.problems]
    if not found or all_:
        found += answers_schema.validate(module, walked.answers, pages)
    return found


def _about_one(problem: Problem) -> bool:
    """Tell whether the problem is one answer as it is, as a whole."""
    inside = problem.pointer.count("/") > 1
    return problem.code not in _WITHOUT and "group" not in problem.data and not inside


def _top(problem: Problem) -> str:
    return problem.pointer.split("/")[1] if problem.pointer else ""


def _renamed(pointer: str, to: Mapping[str, str]) -> str:
    if not pointer:
        return pointer
    _nothing, key, *rest = pointer.split("/")
    return "/".join(("", to.get(key, key), *rest))


def _gone(was: Any, value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Json]]:
    """Yield what was answered inside rows and is no more, with the way to its question."""
    for before, after in zip(was, value, strict=False):
        for key, answer in before.items():
            if key not in after:
                yield ".".join((*path, key)), answer
            elif is_rows(answer) and answer and is_rows(after[key]):
                yield from _gone(answer, after[key], (*path, key))
