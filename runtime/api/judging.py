"""Judging answers without storing anything: problems, doubts, what is asked, what is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from runtime.api.findings import findings, of_refusal
from runtime.api.offered import Asked
from runtime.cases import services as cases
from runtime.forms.journey import journey
from runtime.modules import site
from runtime.regions import calendar
from runtime.regions.models import Region
from schemas import answers as answers_schema
from schemas.problems import Problem


def verdict(request: HttpRequest, found: Asked, given: Mapping[str, Any], token: str, now: datetime) -> Any:
    """Return all there is to say about answers."""
    region, language = site.region(request), site.language()
    wrong = problems(region, found, given, token, now)
    doubts = () if wrong else answers_schema.hints(found.module, given)
    walked = journey(found.module, given, today=_today(region, now))
    return {
        "valid": not wrong,
        "problems": findings(found.module, wrong, language),
        "hints": findings(found.module, doubts, language),
        "asked": [question.key for step in walked.steps for question in step.fields],
        "calculated": {},
    }


def problems(
    region: Region, found: Asked, given: Mapping[str, Any], token: str, now: datetime
) -> tuple[Problem, ...]:
    """Return why the answers would not be filed: by their schema and rules, then by the region's data."""
    wrong = answers_schema.validate(found.module, given, today=_today(region, now))
    if wrong:
        return wrong
    try:
        cases.judged_answers(region=region, version=found.version, answers=given, draft_token=token, now=now)
    except cases.InvalidAnswers as refused:
        return of_refusal(found.module, refused)
    return ()


def _today(region: Region, now: datetime) -> date:
    return calendar.local(now, region).date()
