"""Judging answers without storing anything: problems, doubts, what is asked, what is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from runtime.api import fixed, offered
from runtime.api.findings import findings
from runtime.cases import services as cases
from runtime.forms.journey import journey
from runtime.forms.noted import noted
from runtime.modules import site
from runtime.regions import calendar
from runtime.regions.models import Region
from schemas import answers as answers_schema
from schemas import fieldtypes
from schemas.definition import Json
from schemas.problems import Problem, pointer
from schemas.walk import Asked

CHANNEL = "api"


def verdict(
    request: HttpRequest, found: offered.Asked, given: Mapping[str, Any], token: str, now: datetime
) -> Any:
    """Return all there is to say about answers."""
    region, language = site.region(request), site.language()
    wrong = problems(region, found, given, token, language, now)
    doubts = () if wrong else answers_schema.hints(found.module, given)
    known = {**given, **_facts(region, found, language, now)}
    walked = journey(found.module, known, today=_today(region, now), fresh=True)
    return {
        "valid": not wrong,
        "problems": findings(found.module, wrong, language),
        "hints": findings(found.module, doubts, language),
        "asked": [
            question.key
            for step in walked.steps
            for question in step.fields
            if fieldtypes.get(question.type).asked
        ],
        "calculated": dict(_calculated(each for step in walked.steps for each in step.asked)),
    }


def problems(
    region: Region, found: offered.Asked, given: Mapping[str, Any], token: str, language: str, now: datetime
) -> tuple[Problem, ...]:
    """Return why the answers would not be filed: by their schema and rules, then by the region's data."""
    today, facts = _today(region, now), _facts(region, found, language, now)
    wrong = answers_schema.validate(found.module, given, today=today, context=facts)
    wrong = wrong or fixed.problems(found.module, given, today, facts)
    if wrong:
        return wrong
    try:
        cases.judged_answers(
            region=region,
            version=found.version,
            answers=given,
            language=language,
            draft_token=token,
            now=now,
            channel=CHANNEL,
        )
    except cases.InvalidAnswers as refused:
        return refused.problems
    return ()


def _facts(region: Region, found: offered.Asked, language: str, now: datetime) -> dict[str, Json]:
    """Return what filing will note beside the answers, for rules that name it."""
    return noted(found.module, today=_today(region, now), language=language, channel=CHANNEL)


def _calculated(asked: Iterable[Asked]) -> Iterator[tuple[str, Json]]:
    """Yield where an answer is worked out and what it is, in rows too; what is unknown is left out."""
    for each in asked:
        if each.field.calculate is not None and each.value is not None:
            yield pointer(*each.path), each.value
        for row in each.rows:
            yield from _calculated(row)


def _today(region: Region, now: datetime) -> date:
    return calendar.local(now, region).date()
