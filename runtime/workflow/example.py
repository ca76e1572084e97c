"""What a story leaves unsaid: what must be given with a step is filled in with right examples. Pure.

So a story stays true when a service asks one question more, and tells only what matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from runtime.forms.journey import journey
from runtime.workflow import demands, editing
from runtime.workflow.values import Answers, Command, Snapshot
from schemas.definition import Ask, Json, Module, Page
from schemas.fieldtypes import wording
from schemas.situations import situations
from schemas.walk import is_empty

GIVEN = "…"
FILE = "00000000-0000-4000-8000-000000000000"
PERSON = 1_000_000  # somebody the story does not name


def filed(module: Module, given: Answers, *, today: date) -> dict[str, Json]:
    """Return the answers of an application that says what `given` says, and what it must say beside."""
    return _filled(module, module.filing_pages(), given, {}, today)


def completed(module: Module, snapshot: Snapshot, command: Command, *, today: date) -> Command:
    """Return `command` with everything that the action, the decision of the task or the edit asks for."""
    if command.action == editing.EDIT:
        return _edited(module, snapshot, command, today)
    ask = _ask(module, snapshot, command)
    page = module.page(ask.page) if ask.page else None
    known = {**snapshot.answers, **snapshot.officer_answers}
    answers: Answers = {key: value for key, value in command.answers.items() if module.field(key) is not None}
    if page is not None:
        answers = _filled(module, (page,), answers, known, today)
    elif ask.answers:
        kept = {key: snapshot.answers[key] for key in snapshot.corrections if key in snapshot.answers}
        answers = {**kept, **_worded(module, answers)}
    corrections = command.corrections
    if ask.corrections and not corrections:
        corrections = tuple(sorted(demands.correctable(module)))
    return replace(
        command,
        answers=answers,
        corrections=corrections,
        comment=command.comment or (GIVEN if ask.comment == "required" or ask.corrections else ""),
        person=command.person or (PERSON if ask.person else None),
        attachments=command.attachments or ((FILE,) if ask.attachment == "required" else ()),
    )


def _edited(module: Module, snapshot: Snapshot, command: Command, today: date) -> Command:
    """Return an edit with its reason, and with an answer to every question that must be answered by it."""
    filing = module.filing_pages()
    filed = {field.key for page in filing for field in page.fields}
    given = {key: value for key, value in command.answers.items() if key in filed}
    after = {**{key: value for key, value in snapshot.answers.items() if key in filed}, **given}
    said = {key: value for key, value in after.items() if not is_empty(value)}
    wrong = (problem for step in journey(module, said, today=today).steps for problem in step.problems)
    missing = {problem.pointer.removeprefix("/") for problem in wrong} - after.keys()
    examples = _filled(module, filing, said, {}, today) if missing else {}
    more = {key: examples[key] for key in sorted(missing) if key in examples}
    return replace(command, answers={**given, **more}, comment=command.comment or GIVEN)


def _ask(module: Module, snapshot: Snapshot, command: Command) -> Ask:
    """Return what is asked for by what the command does; nothing by what is not there."""
    if command.outcome:
        rule = module.workflow.status(snapshot.status).task(command.action)
        outcome = rule.outcome(command.outcome) if rule else None
        return Ask(comment=outcome.comment, page=outcome.page) if outcome else Ask()
    action = module.workflow.action(command.action)
    return action.ask if action else Ask()


def _filled(
    module: Module, pages: Sequence[Page], given: Answers, around: Answers, today: date
) -> dict[str, Json]:
    """Return `given` with examples beside it; as it is when nothing right could be made of it."""
    fixed = _worded(module, given)
    found = situations(module, pages, (), around=around, fixed=fixed, today=today).answers
    return found[0] if found else fixed


def _worded(module: Module, given: Answers) -> dict[str, Json]:
    """Return answers in which somebody agrees to the words as they are now, where none are named."""
    return {key: _with_words(module, key, value) for key, value in given.items()}


def _with_words(module: Module, key: str, value: Json) -> Json:
    field = module.field(key)
    agreed = field is not None and field.type in ("consent", "signature") and isinstance(value, Mapping)
    return {"text": wording.of(field), **value} if agreed and field is not None else value
