"""From answers to steps: which pages and questions there are, and what is still missing or wrong.

Pure: it knows the module and the answers, no Django, no clock. What is asked and what counts is told by
`schemas.walk`; here it becomes the steps that the wizard, the submit and the engine share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schemas.definition import Field, Json, Module, Page
from schemas.problems import Problem
from schemas.walk import Asked, Walk


@dataclass(frozen=True)
class Step:
    """A page that is asked, and what is asked on it. `seen` are the answers up to its end."""

    page: Page
    asked: tuple[Asked, ...]
    seen: Mapping[str, Json] = field(repr=False)
    walk: Walk = field(repr=False)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Return the questions of the page itself, a repeat as one."""
        return tuple(each.field for each in self.asked)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is not yet right on the page; judged when somebody asks, and once."""
        return tuple(self.walk.page_problems(self.page, self.asked, self.seen))

    @property
    def complete(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Journey:
    """All steps in order, and the answers that count: those of visible questions."""

    steps: tuple[Step, ...]
    answers: dict[str, Json]

    def step(self, key: str) -> Step | None:
        return next((step for step in self.steps if step.page.key == key), None)

    def first_incomplete(self) -> Step | None:
        return next((step for step in self.steps if not step.complete), None)

    @property
    def complete(self) -> bool:
        return self.first_incomplete() is None


def journey(
    module: Module,
    answers: Mapping[str, Json],
    *,
    today: date,
    pages: Iterable[Page] | None = None,
    fresh: bool = False,
    kept: bool = False,
) -> Journey:
    """Walk `pages` (the filing pages unless others are named) from the top.

    Answers of the module's other pages may be named by rules but are not part of the result;
    what belongs to no question is ignored. `fresh` answers are not filed yet, `kept` ones are only told:
    see `schemas.walk`.
    """
    walked = tuple(module.filing_pages() if pages is None else pages)
    walk = Walk(today, module.tables, fresh, kept)
    own = {question.key for page in walked for question in page.fields}
    known = {question.key for _page, question in module.fields()}
    seen = {key: value for key, value in answers.items() if key in known and key not in own}
    counted: dict[str, Json] = {}
    steps = []
    for page in walked:
        if not walk.shows(page.visible, page.fields, answers, seen):
            continue
        asked, answered, seen = walk.questions(page.fields, answers, seen)
        counted |= answered
        if asked:
            steps.append(Step(page, asked, seen, walk))
    return Journey(tuple(steps), counted)
