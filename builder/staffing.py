"""Whether somebody in the region holds the roles that a document names. A hole is told, never silent."""

from __future__ import annotations

from typing import Any

from builder import permissions
from runtime.regions import standins
from runtime.regions.models import Membership, Region, Role
from schemas.problems import Problem

NOBODY = "staff.nobody"
NOBODY_FOR_ALL = "staff.nobody_for_all"


def roles(region: Region) -> list[Role]:
    """Return the kinds of official that `region` knows, without those that only design services."""
    return list(Role.objects.filter(region=region).exclude(key__in=permissions.RIGHTS))


def usual(region: Region, wanted: dict[str, str]) -> dict[str, Any]:
    """Return key and title of the role of `region` with the title `wanted`, else of a new one."""
    names = {words.casefold() for words in wanted.values()}
    for role in roles(region):
        if names & {str(words).casefold() for words in role.title.values()}:
            return {"key": role.key, "title": role.title}
    return {"key": "officer", "title": wanted}


def vacant(document: Any, region: Region) -> list[Problem]:
    """Return a warning for each role of the document that nobody holds where it is looked for."""
    workflow = document.get("workflow") if isinstance(document, dict) else None
    named = workflow.get("roles") if isinstance(workflow, dict) else None
    if not isinstance(named, list):
        return []
    posts = set(Membership.objects.filter(region=region).values_list("role__key", "office_id"))
    stood_in = standins.counting(region, on=standins.today(region)).filter(modules="")
    posts |= set(stood_in.values_list("role__key", "office_id"))
    anywhere, for_all = {key for key, _ in posts}, {key for key, office in posts if office == region.pk}
    found = []
    for index, role in enumerate(named):
        key = role.get("key") if isinstance(role, dict) else None
        if not isinstance(key, str):
            continue
        if key not in anywhere:
            found.append(_problem(NOBODY, index, key, region))
        elif role.get("where") == "region" and key not in for_all:
            found.append(_problem(NOBODY_FOR_ALL, index, key, region))
    return found


def _problem(code: str, index: int, key: str, region: Region) -> Problem:
    data = {"name": key, "region": str(region)}
    return Problem(code=code, pointer=f"/workflow/roles/{index}", severity="warning", data=data)
