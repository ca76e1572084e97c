"""What must be given with an action: a comment, a page, questions to send back, new answers.

Everything is judged by the journey, the same arrow that judged the application.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from runtime.forms.journey import Journey, journey
from runtime.workflow.values import ActionRefused, Command, Snapshot
from schemas import answers as answers_schema
from schemas import expressions, listing
from schemas.definition import Action, Module, Page, TaskOutcome, TaskRule
from schemas.problems import Problem
from schemas.walk import is_asked


@dataclass(frozen=True, slots=True)
class Given:
    """The case's answers after the command, and what of them changed.

    `own` are answers that stay with one person's task: several people fill in the same page.
    """

    answers: Mapping[str, Any]
    officer_answers: Mapping[str, Any]
    changed: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    own: Mapping[str, Any] = field(default_factory=dict)


def given(
    module: Module, snapshot: Snapshot, action: Action, command: Command, *, today: date
) -> Given | ActionRefused:
    """Return the answers as they stand after `command`, or what is missing or wrong."""
    ask = action.ask
    if not command.comment.strip() and (ask.comment == "required" or ask.corrections):
        return ActionRefused("comment_missing")
    if ask.attachment == "required" and not command.attachments:
        return ActionRefused("attachment_missing")
    if ask.person and command.person is None:
        return ActionRefused("person_missing")
    refused = _corrections(module, action, command)
    if refused is not None:
        return refused
    if ask.answers:
        return _corrected(module, snapshot, command, today)
    if ask.page:
        return _page(module, snapshot, action, command, today)
    if command.answers:
        return _unasked(command.answers)
    asked = tuple(dict.fromkeys(command.corrections))
    return Given(snapshot.answers, snapshot.officer_answers, corrections=asked)


def page_of(
    module: Module,
    snapshot: Snapshot,
    rule: TaskRule,
    outcome: TaskOutcome,
    command: Command,
    *,
    today: date,
) -> Given | ActionRefused:
    """Return the answers as they stand once a task is decided so, or what is missing or wrong."""
    if outcome.comment == "required" and not command.comment.strip():
        return ActionRefused("comment_missing")
    if not outcome.page:
        return (
            _unasked(command.answers)
            if command.answers
            else Given(snapshot.answers, snapshot.officer_answers)
        )
    walked = _filled(module, snapshot, outcome.page, command, today)
    if isinstance(walked, ActionRefused):
        return walked
    if rule.shared:
        return Given(snapshot.answers, snapshot.officer_answers, tuple(walked.fresh), own=walked.fresh)
    return Given(
        snapshot.answers, _merged(snapshot.officer_answers, walked.own, walked.fresh), tuple(walked.fresh)
    )


def correctable(module: Module) -> frozenset[str]:
    """Return the questions that may be sent back: those of the filing pages that people answer."""
    fields = (question for page in module.filing_pages() for question in page.fields)
    return frozenset(field.key for field in fields if is_asked(field))


def problems(module: Module, walked: Journey, pages: tuple[Page, ...]) -> tuple[Problem, ...]:
    """Return what the journey found, else what the answers' own JSON Schema finds."""
    found = tuple(problem for step in walked.steps for problem in step.problems)
    return found or answers_schema.validate(module, walked.answers, pages)


def worsened(module: Module, after: Journey, before: Journey, touched: frozenset[str]) -> tuple[Problem, ...]:
    """Return what is wrong after a change; what was so before, and is not `touched`, holds nobody up.

    Days go by while a case waits: an answer that was right when it was filed need not be so today. And
    whoever came to the counter without a telephone need not have given one.
    """
    pages = module.filing_pages()
    known = {_place(problem) for problem in problems(module, before, pages)}
    return tuple(
        problem
        for problem in problems(module, after, pages)
        if _place(problem) not in known or touched & _about(module, problem)
    )


def first(problem: Problem) -> str:
    """Return the question in which a problem lies; "" for a page as a whole."""
    return problem.pointer.removeprefix("/").partition("/")[0]


def _place(problem: Problem) -> tuple[str, str, str]:
    return problem.pointer, problem.code, str(problem.data.get("page", ""))


def _about(module: Module, problem: Problem) -> frozenset[str]:
    """Return the questions a problem is about; of a page as a whole those of its rule."""
    if problem.pointer:
        return frozenset({first(problem)})
    page = module.page(str(problem.data.get("page", "")))
    return frozenset(expressions.names(page.check)) if page else frozenset()


def _corrections(module: Module, action: Action, command: Command) -> ActionRefused | None:
    if action.ask.corrections and not command.corrections:
        return ActionRefused("corrections_missing")
    possible = correctable(module) if action.ask.corrections else frozenset()
    unknown = [key for key in command.corrections if key not in possible]
    return ActionRefused("corrections_unknown", {"fields": tuple(unknown)}) if unknown else None


def _page(
    module: Module, snapshot: Snapshot, action: Action, command: Command, today: date
) -> Given | ActionRefused:
    """Judge the page an action asks for; an officer's answers are kept beside the applicant's."""
    walked = _filled(module, snapshot, action.ask.page, command, today)
    if isinstance(walked, ActionRefused):
        return walked
    own, fresh = walked.own, walked.fresh
    if action.who.kind == "role":
        officer = _merged(snapshot.officer_answers, own, fresh)
        return Given(snapshot.answers, officer, tuple(fresh), tuple(command.corrections))
    return Given(_merged(snapshot.answers, own, fresh), snapshot.officer_answers, tuple(fresh))


@dataclass(frozen=True, slots=True)
class _Filled:
    """A page that was filled in: the keys of its questions, and the answers that count."""

    own: set[str]
    fresh: Mapping[str, Any]


def _filled(
    module: Module, snapshot: Snapshot, key: str, command: Command, today: date
) -> _Filled | ActionRefused:
    page = module.page(key)
    assert page is not None, "the parser lets nothing ask for a page that is not there"
    own = {question.key for question in page.fields}
    stray = {key: value for key, value in command.answers.items() if key not in own}
    if stray:
        return _unasked(stray)
    known = {**snapshot.answers, **snapshot.officer_answers}
    kept = {key: value for key, value in known.items() if key not in own}
    walked = journey(module, {**kept, **command.answers}, today=today, pages=(page,))
    wrong = problems(module, walked, (page,))
    if wrong:
        return ActionRefused("answers_invalid", {"problems": wrong})
    return _Filled(own, walked.answers)


def _corrected(module: Module, snapshot: Snapshot, command: Command, today: date) -> Given | ActionRefused:
    """Take new answers for the open correction and for nothing else.

    A question that only appears because of a corrected answer had no answer before, so it may be
    answered along; so may one whose choices a corrected answer decides. One that disappears loses its answer.
    """
    filing = module.filing_pages()
    filed = {question.key for page in filing for question in page.fields}
    later = {key: value for key, value in snapshot.answers.items() if key not in filed}
    before = {key: value for key, value in snapshot.answers.items() if key in filed}
    open_ = set(snapshot.corrections)
    offered = {key: value for key, value in command.answers.items() if value is not None}
    kept = {key: value for key, value in before.items() if key not in open_}
    walked = journey(module, {**kept, **offered}, today=today, pages=filing)
    filed_so = journey(module, before, today=today, pages=filing)
    appeared = _asked(walked) - _asked(filed_so)
    along = listing.belonging((question for page in filing for question in page.fields), open_)
    stray = {key: value for key, value in offered.items() if key not in open_ | appeared | along}
    if stray:
        return _unasked(stray)
    wrong = worsened(module, walked, filed_so, frozenset(open_ | set(offered)))
    if wrong:
        return ActionRefused("answers_invalid", {"problems": wrong})
    after = walked.answers
    changed = tuple(key for key in sorted(filed) if before.get(key) != after.get(key))
    return Given({**later, **after}, snapshot.officer_answers, changed)


def _asked(walked: Journey) -> set[str]:
    return {question.key for step in walked.steps for question in step.fields}


def _unasked(answers: Mapping[str, Any]) -> ActionRefused:
    return ActionRefused("answers_invalid", {"unasked": tuple(sorted(answers))})


def _merged(old: Mapping[str, Any], own: set[str], fresh: Mapping[str, Any]) -> dict[str, Any]:
    return {**{key: value for key, value in old.items() if key not in own}, **fresh}
