"""What an administrator can say about a move: keys that are gone, and where they could lead. Pure.

Only what no key decides is asked; labels are for people and decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from runtime.workflow.moving.values import Rules
from schemas.definition import Field, Module, Page, Status
from schemas.walk import is_asked

Fault = Literal[
    "status_known",
    "status_unknown",
    "status_target",
    "question_known",
    "question_unknown",
    "question_target",
    "question_twice",
    "answer_unknown",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to say: statuses and questions that are gone, and what each could have become.

    `asked` are questions of the newer application that a case may have no fitting answer to.
    """

    statuses: tuple[tuple[Status, tuple[Status, ...]], ...]
    questions: tuple[tuple[Field, tuple[Field, ...]], ...]
    asked: tuple[tuple[Page, Field], ...]


def offered(old: Module, new: Module) -> Offer:
    """Return what can be said about a move from `old` to `new`."""
    return Offer(tuple(_statuses(old, new)), tuple(_questions(old, new)), tuple(_asked(old, new)))


def faults(old: Module, new: Module, rules: Rules) -> tuple[tuple[Fault, str], ...]:
    """Return what is wrong with rules, each with the key it is about."""
    offer = offered(old, new)
    found: list[tuple[Fault, str]] = []
    statuses = {status.key: {one.key for one in targets} for status, targets in offer.statuses}
    for key, to in rules.statuses.items():
        if key not in statuses:
            there = any(status.key == key for status in old.workflow.statuses)
            found.append(("status_known" if there else "status_unknown", key))
        elif to not in statuses[key]:
            found.append(("status_target", to))
    questions = {question.key: {one.key for one in targets} for question, targets in offer.questions}
    for key, to in rules.questions.items():
        if key not in questions:
            found.append(("question_known" if old.field(key) else "question_unknown", key))
        elif to not in questions[key]:
            found.append(("question_target", to))
    targets = list(rules.questions.values())
    found += [("question_twice", to) for to in sorted(set(targets)) if targets.count(to) > 1]
    asked = {question.key for _page, question in offer.asked}
    found += [("answer_unknown", key) for key in rules.answers if key not in asked]
    return tuple(found)


def _statuses(old: Module, new: Module) -> Iterator[tuple[Status, tuple[Status, ...]]]:
    there = {status.key for status in new.workflow.statuses}
    before = {status.key for status in old.workflow.statuses}
    running = [status for status in new.workflow.statuses if status.kind != "final"]
    targets = sorted(running, key=lambda status: status.key in before)  # those that are new first
    for status in old.workflow.statuses:
        if status.key not in there and status.kind != "final":
            yield status, tuple(targets)


def _questions(old: Module, new: Module) -> Iterator[tuple[Field, tuple[Field, ...]]]:
    for page, question in old.fields():
        if new.field(question.key) is None and is_asked(question):
            yield question, tuple(_places(old, new, applicant=page.for_ == "applicant"))


def _places(old: Module, new: Module, *, applicant: bool) -> Iterator[Field]:
    """Yield the questions that are new, of the same people: an answer stays with who gave it."""
    for page, question in new.fields():
        if (page.for_ == "applicant") is applicant and is_asked(question) and old.field(question.key) is None:
            yield question


def _asked(old: Module, new: Module) -> Iterator[tuple[Page, Field]]:
    """Yield the questions of the newer application whose answers may be missing or no longer fit."""
    for page in new.filing_pages():
        for question in page.fields:
            if is_asked(question) and question.type not in UNSAYABLE and _stricter(old, question):
                yield page, question


UNSAYABLE = frozenset({"file", "photo", "signature", "consent", "repeat", "location"})
"""Types whose answer only the applicant can give."""


def _stricter(old: Module, question: Field) -> bool:
    before = old.field(question.key)
    return before is None or _judged(before) != _judged(question)


def _judged(question: Field) -> tuple[object, ...]:
    """Return what decides whether an answer fits; labels and help do not."""
    values = tuple(option.value for option in question.options)
    settings = tuple(sorted((name, repr(value)) for name, value in question.settings.items()))
    rules = (question.required, question.visible, question.check, question.filter, question.dataset)
    return (question.type, values, settings, *rules)
