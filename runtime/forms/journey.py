"""From answers to steps: which pages and questions there are, and what is still missing or wrong.

Pure: it knows the module and the answers, no Django, no clock. A hidden question has no answer, and
rules look back only, so one pass from the top gives the one truth that the wizard, the submit and
the engine share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from runtime.forms import shapes
from runtime.forms.same import Same
from schemas import expressions, fieldtypes, patterns, validator
from schemas.definition import Field, Json, Module, Page
from schemas.problems import Problem, error, pointer

MOST_SHAPES = 8192


@dataclass(frozen=True)
class Step:
    """A page that is asked, and its visible questions. `seen` are the answers up to its end."""

    page: Page
    fields: tuple[Field, ...]
    seen: Mapping[str, Json] = field(repr=False)
    today: date

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is not yet right on the page; judged when somebody asks, and once."""
        return tuple(p for q in self.fields for p in problems_of(q, self.seen, today=self.today))

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
) -> Journey:
    """Walk `pages` (the filing pages unless others are named) from the top.

    Answers of the module's other pages may be named by rules but are not part of the result;
    what belongs to no question is ignored.
    """
    walked = tuple(module.filing_pages() if pages is None else pages)
    own = {question.key for page in walked for question in page.fields}
    known = {question.key for _page, question in module.fields()}
    seen = {key: value for key, value in answers.items() if key in known and key not in own}
    kept: dict[str, Json] = {}
    steps = []
    for page in walked:
        if page.visible is not None and not expressions.holds(page.visible, seen, today=today):
            continue
        fields = []
        for question in page.fields:
            if not is_visible(question, seen, today=today):
                continue
            fields.append(question)
            value = answers.get(question.key)
            if not _empty(value) and question.type not in fieldtypes.UNANSWERED:
                seen[question.key] = kept[question.key] = value
        if fields:
            steps.append(Step(page, tuple(fields), dict(seen), today))
    return Journey(tuple(steps), kept)


def is_visible(question: Field, answers: Mapping[str, Json], *, today: date) -> bool:
    """Say whether a question is asked: only when its condition is certainly true."""
    return question.visible is None or expressions.holds(question.visible, answers, today=today)


def is_required(question: Field, answers: Mapping[str, Json], *, today: date) -> bool:
    """Say whether a visible question must be answered."""
    if isinstance(question.required, bool):
        return question.required
    return expressions.holds(question.required, answers, today=today)


def problems_of(question: Field, answers: Mapping[str, Json], *, today: date) -> tuple[Problem, ...]:
    """Return what is wrong with one visible question, given all answers before and beside it."""
    if question.type in fieldtypes.UNANSWERED:
        return ()
    value = answers.get(question.key)
    if _empty(value):
        missing = is_required(question, answers, today=today)
        return (_problem(question, "answers.required"),) if missing else ()
    if not well_formed(question, value):
        return (_problem(question, _misfit(question, value)),)
    verdict = fieldtypes.get(question.type).verdict(question, value)
    if verdict:
        return (_problem(question, verdict),)
    if expressions.fails(question.check, answers, today=today):
        return (_problem(question, "answers.check"),)
    return ()


def well_formed(question: Field, value: Json) -> bool:
    """Say whether a value has the shape of an answer to the question."""
    return _shape(Same(question))(value)


def _misfit(question: Field, value: Json) -> str:
    """Return the code that the answer's schema has for what is wrong with it, else the general one."""
    checker = validator.build(fieldtypes.get(question.type).answer_schema(question) or {})
    schemas = (fault.schema for fault in validator.errors(checker, value))
    codes = (schema.get("x-code") for schema in schemas if isinstance(schema, Mapping))
    return next((code for code in codes if code), "answers.format")


@lru_cache(maxsize=MOST_SHAPES)
def _shape(same: Same[Field]) -> shapes.Judge:
    question = same.thing
    return shapes.judge(fieldtypes.get(question.type).answer_schema(question) or {})


def _empty(value: Json) -> bool:
    """A text of spaces is no answer."""
    if isinstance(value, str):
        return patterns.is_blank(value)
    return value is None or value in ([], {})


def _problem(question: Field, code: str) -> Problem:
    return error(code, pointer(question.key), field=question.key)
