"""Which office a case or a task belongs to, who attends to it, and whether an answer names one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from runtime.cases.models import Case
from runtime.regions import selectors as regions
from runtime.regions.models import Region
from schemas.definition import Module, Where
from schemas.walk import Path, answered


def unknown(module: Module, answers: Mapping[str, Any], region: Region) -> tuple[Path, ...]:
    """Return where an answer, in rows too, names no office of `region` of the kinds its question allows."""
    questions = [question for _page, question in module.fields()]
    given = [found for found in answered(questions, answers) if found[1].type == "office"]
    if not given:
        return ()
    keys = [key for _path, _question, key in given]
    kinds = dict(regions.offices(region).filter(key__in=keys).values_list("key", "kind"))
    kinds[region.key] = region.kind
    return tuple(
        path
        for path, question, key in given
        if kinds.get(key) not in (question.settings.get("kinds") or kinds.values())
    )


def of_case(module: Module, answers: Mapping[str, Any], region: Region) -> Region | None:
    """Return the office that handles the case, when the workflow names a question for it."""
    key = answers.get(module.workflow.office) if module.workflow.office else None
    return regions.office_by_key(region, key) if key else None


def base_of(where: Where, *, region: Region, office: Region | None, answers: Mapping[str, Any]) -> Region:
    """Return the office from which upward a task looks for somebody who holds its role."""
    base = office or region
    if where.kind == "region":
        base = region
    elif where.kind == "answer" and answers.get(where.field):
        base = regions.office_by_key(region, answers[where.field]) or base
    return base


def attending(case: Case, role: str, places: Collection[int], now: datetime) -> list[int]:
    """Return who attends to `role` in those offices at `now`, as ids: stand-ins too, nobody who is away."""
    return regions.holders(case.region, role, places, on=now, module=case.version.key) if places else []


def nearest(case: Case, role: str, base: Region, now: datetime) -> Region | None:
    """Return the office, from `base` upward, in which somebody attends to `role` at `now`."""
    return regions.nearest_holder(case.region, role, base, on=now, module=case.version.key)
