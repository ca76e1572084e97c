"""A mistake in answers that came from a program: which question it is about, and what is said of it.

Forms know more of what was typed and say it in `sentences`; here is only what the rules of a service find.
"""

from __future__ import annotations

from schemas.definition import Field, Module, Text
from schemas.problems import Problem

_OWN_MESSAGE = {
    "answers.required": "required",
    "answers.check": "check",
    **dict.fromkeys(("answers.short", "answers.few", "answers.minimum"), "minimum"),
    **dict.fromkeys(("answers.long", "answers.many", "answers.maximum"), "maximum"),
}
_ABOUT_THE_SENDER = frozenset({"answers.calculated", "answers.file", "answers.unknown"})


def said(problem: Problem, question: Field | None, language: str) -> str:
    """Return what is said of a mistake, in the words of the author of the service where there are some."""
    own = _own_words(problem, question) if question else None
    return own.say(language) if own else problem.sentence(language)


def question_at(module: Module, place: str) -> Field | None:
    """Return the question that a pointer into the answers leads to, through the rows of a repeat."""
    names = [part for part in place.split("/")[1:] if not part.isdecimal()]
    question = module.field(names[0]) if names else None
    for name in names[1:]:
        inner = next((field for field in question.fields if field.key == name), None) if question else None
        if inner is None:
            break
        question = inner
    return question


def _own_words(problem: Problem, question: Field) -> Text | None:
    """Return what the author of the service says to such a mistake, None for mistakes of the program."""
    if problem.code in _ABOUT_THE_SENDER or not problem.blocks:
        return None
    return question.messages.get(_OWN_MESSAGE.get(problem.code, "format"))
