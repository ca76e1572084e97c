"""Answers a sender does not decide: questions that are shown and not asked have their default (T10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from runtime.forms.journey import journey
from schemas.definition import Field, Json, Module
from schemas.problems import Problem, error, pointer
from schemas.walk import Asked, Walk, within

Expected = tuple[Asked, Json]


def completed(
    module: Module, given: Mapping[str, Json], today: date, facts: Mapping[str, Json]
) -> dict[str, Json]:
    """Return the answers with the defaults of read-only questions that were left out.

    `facts` are what the server notes by itself; rules may name them.
    """
    found: dict[str, Any] = deepcopy(dict(given))
    missing = _missing(module, {**found, **facts}, today)
    while missing:  # one default may bring up the next question
        for asked, value in missing:
            place: Any = found
            for part in asked.path[:-1]:
                place = place[part]
            place[asked.field.key] = value
        missing = _missing(module, {**found, **facts}, today)
    return found


def problems(
    module: Module, answers: Mapping[str, Json], today: date, facts: Mapping[str, Json]
) -> tuple[Problem, ...]:
    """Return the read-only answers that are others than their default."""
    return tuple(
        error("answers.calculated", pointer(*asked.path), field=asked.field.key)
        for asked, value in _expected(module, {**answers, **facts}, today)
        if asked.value != value
    )


def _missing(module: Module, answers: Mapping[str, Json], today: date) -> list[Expected]:
    return [each for each in _expected(module, answers, today) if each[0].value is None]


def _expected(module: Module, answers: Mapping[str, Json], today: date) -> Iterator[Expected]:
    walk = Walk(today, module.tables)
    for step in journey(module, answers, today=today).steps:
        yield from _defaults(walk, step.asked, step.seen)


def _defaults(walk: Walk, asked: Iterable[Asked], known: Mapping[str, Json]) -> Iterator[Expected]:
    """Yield the questions that have a fixed default, with it; one that is unknown fixes nothing."""
    for each in asked:
        value = walk.first(each.field, known) if _is_fixed(each.field) else None
        if value is not None:
            yield each, value
        for row in each.rows:
            inside = {inner.field.key: inner.value for inner in row if inner.value is not None}
            yield from _defaults(walk, row, {**within(each.field, known), **inside})


def _is_fixed(field: Field) -> bool:
    """Tell whether only the default answers a question; what is looked up may also be typed."""
    return field.read_only and field.calculate is None and not field.prefill
