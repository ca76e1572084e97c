"""Answers a sender does not decide: what a person's profile, earlier case or link would have filled in (T10).

A program has none of them, so only the default of such a question is left; `schemas.answers` knows the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from runtime.forms.journey import journey
from schemas.definition import Json, Module
from schemas.problems import Problem, error, pointer


def problems(
    module: Module, answers: Mapping[str, Json], today: date, facts: Mapping[str, Json]
) -> tuple[Problem, ...]:
    """Return the answers to questions that are shown and not asked which are others than their default.

    `facts` are what the server notes by itself; rules may name them.
    """
    steps = journey(module, {**answers, **facts}, today=today, fresh=True).steps
    return tuple(
        error("answers.calculated", pointer(field.key), field=field.key)
        for step in steps
        for field in step.fields
        if field.shown_only and not field.settled and field.key in answers
        if answers[field.key] != step.walk.first(field, step.seen)
    )
