"""Which office: the one a case belongs to, the one a task is given to, and whether an answer names one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
