"""Problems of answers as the API says them, in the author's own words where there are some."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from runtime.api.trouble import Finding
from schemas.definition import Field, Module, Text
from schemas.problems import Problem
from schemas.validator import MAX_ERRORS

_OWN_MESSAGE = {
    "answers.required": "required",
    "answers.check": "check",
    **dict.fromkeys(("answers.short", "answers.few", "answers.minimum"), "minimum"),
    **dict.fromkeys(("answers.long", "answers.many", "answers.maximum"), "maximum"),
}
_ABOUT_THE_SENDER = frozenset({"answers.calculated", "answers.file", "answers.unknown"})


def finding(problem: Problem, question: Field | None, language: str) -> Finding:
    """Return one problem with its sentence."""
    own = _own_words(problem, question) if question else None
    message = own.say(language) if own else problem.sentence(language)
    return {"pointer": problem.pointer, "code": problem.code, "message": message}


def _own_words(problem: Problem, question: Field) -> Text | None:
    """Return what the author of the service says to such a mistake, None for mistakes of the program."""
    if problem.code in _ABOUT_THE_SENDER or not problem.blocks:
        return None
    return question.messages.get(_OWN_MESSAGE.get(problem.code, "format"))


def findings(module: Module, problems: Iterable[Problem], language: str) -> list[Finding]:
    """Return problems of answers with their sentences, the first of them when there are very many."""
    told = islice(problems, MAX_ERRORS)
    return [finding(problem, _question(module, problem.pointer), language) for problem in told]


def _question(module: Module, place: str) -> Field | None:
    """Return the question that a pointer into the answers leads to, through the rows of a repeat."""
    names = [part for part in place.split("/")[1:] if not part.isdecimal()]
    question = module.field(names[0]) if names else None
    for name in names[1:]:
        inner = next((field for field in question.fields if field.key == name), None) if question else None
        if inner is None:
            break
        question = inner
    return question
