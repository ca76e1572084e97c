"""The page on which returned questions are answered again: those named, and those they bring up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case, Correction
from schemas import expressions, listing
from schemas.definition import Field, Json, Module, Page, Text

PAGE = "correction"


def asked(case: Case) -> Correction | None:
    """Return the correction that waits for the applicant, else the one answered last."""
    answered = case.corrections.filter(answered_at__isnull=False).order_by("-answered_at")
    return cases.open_correction(case) or answered.first()


def answers_when_asked(case: Case, asked: Correction | None) -> dict[str, Json]:
    """Return the applicant's answers as they stood when `asked` was asked."""
    before = asked.before if asked and asked.answered_at else {}
    return {key: value for key, value in {**case.answers, **before}.items() if value is not None}


def page(module: Module, answers: Mapping[str, Json], named: Collection[str]) -> Page:
    """Return one page with the named questions, those whose choices they decide, and those they bring up.

    What they bring up are unanswered questions whose conditions name those on the page.
    """
    chosen: dict[str, Field] = {}
    every = (question for source in module.filing_pages() for question in source.fields)
    along = listing.belonging(every, named)
    for source in module.filing_pages():
        for question in source.fields:
            rule = expressions.both(source.visible, question.visible)
            follows = bool(expressions.names(rule) & set(chosen)) and question.key not in answers
            if question.key in named or question.key in along or follows:
                chosen[question.key] = replace(question, visible=rule)
    return Page(key=PAGE, title=Text(()), fields=tuple(chosen.values()))
