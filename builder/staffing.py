"""Whether somebody in the region holds the roles that a document names. A hole is told, never silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from builder import permissions
from runtime.regions import selectors as regions
from runtime.regions import standins
from runtime.regions.models import Membership, Region, Role
from schemas.definition import Module
from schemas.problems import Problem, warning

NEW = "staff.new"
NOBODY = "staff.nobody"
NOBODY_FOR_ALL = "staff.nobody_for_all"
NOBODY_THERE = "staff.nobody_there"
TOO_FEW = "staff.too_few"
ONE_PERSON = "staff.one_person"


def roles(region: Region) -> list[Role]:
    """Return the kinds of official that `region` knows, without those that only design services."""
    return list(Role.objects.filter(region=region).exclude(key__in=permissions.RIGHTS))


def usual(region: Region, wanted: dict[str, str]) -> dict[str, Any]:
    """Return key and title of the role of `region` with the title `wanted`, else of a new one."""
    return like(roles(region), wanted, otherwise="officer")


def like(known: Sequence[Role], wanted: dict[str, str], *, otherwise: str) -> dict[str, Any]:
    """Return key and title of the role among `known` with the title `wanted`, else a new one.

    A key says who it is as well: a region that has it calls these officers as it likes.
    """
    names = {words.casefold() for words in wanted.values()}
    titled = (role for role in known if names & {str(words).casefold() for words in role.title.values()})
    named = (role for role in known if role.key == otherwise)
    for role in (*titled, *named):
        return {"key": role.key, "title": role.title}
    return {"key": otherwise, "title": wanted}


def vacant(document: Any, region: Region) -> list[Problem]:
    """Return a warning for each role of the document that nobody holds where it is looked for."""
    workflow = document.get("workflow") if isinstance(document, dict) else None
    named = workflow.get("roles") if isinstance(workflow, dict) else None
    if not isinstance(named, list):
        return []
    posts = set(Membership.objects.filter(region=region).values_list("role__key", "office_id"))
    stood_in = standins.counting(region, on=standins.today(region)).filter(modules="")
    posts |= set(stood_in.values_list("role__key", "office_id"))
    known = set(Role.objects.filter(region=region).values_list("key", flat=True))
    reach = _reach(document, region)
    anywhere, for_all = {key for key, _ in posts}, {key for key, office in posts if office == region.pk}
    found = []
    for index, role in enumerate(named):
        key = role.get("key") if isinstance(role, dict) else None
        if not isinstance(key, str):
            continue
        if key not in anywhere:
            found.append(_problem(NOBODY if key in known else NEW, index, key, region))
        elif role.get("where") == "region" and key not in for_all:
            found.append(_problem(NOBODY_FOR_ALL, index, key, region))
        elif (
            reach is not None
            and role.get("where") == "office"
            and not any((key, office) in posts for office in reach)
        ):
            found.append(_problem(NOBODY_THERE, index, key, region))
    return found


def _reach(document: dict[str, Any], region: Region) -> frozenset[int] | None:
    """Return the offices that may handle a case, with those above them: there its officers are looked for.

    None where no answer decides it.
    """
    asked = _question(document.get("pages"), document["workflow"].get("office"))
    if asked is None:
        return None
    kinds = asked.get("kinds")
    above = regions.lineage(region)
    named = [one for one in kinds if isinstance(one, str)] if isinstance(kinds, list) else []
    return frozenset(pk for office in regions.offices(region, named) for pk in above.get(office.pk, ()))


def _question(holders: Any, key: Any) -> dict[str, Any] | None:
    """Return the question `key` in pages or groups of a document of any shape."""
    for one in holders if isinstance(holders, list) else ():
        inner = one.get("fields") if isinstance(one, dict) else None
        if isinstance(inner, list):
            found = _question(inner, key)
            if found is not None:
                return found
        elif isinstance(one, dict) and isinstance(key, str) and one.get("key") == key:
            return one
    return None


def too_few(module: Module, region: Region) -> Iterator[Problem]:
    """Yield a warning where more people must decide than there are, or one would have to be two."""
    held = Membership.objects.filter(region=region).values_list("role__key", "user_id")
    people: dict[str, set[int]] = {}
    for role, user in held:
        people.setdefault(role, set()).add(user)
    workflow = module.workflow
    acting = {action.key: action.who.role for action in workflow.actions if action.who.kind == "role"}
    for at, status in enumerate(workflow.statuses):
        for task_at, task in enumerate(status.tasks):
            acting[task.key] = task.role
            there = len(people.get(task.role, ()))
            if 0 < there < task.seats:
                place = f"/workflow/statuses/{at}/tasks/{task_at}"
                numbers = {"count": task.seats, "most": there}
                yield warning(TOO_FEW, place, name=task.role, region=str(region), **numbers)
    for at, keys in enumerate(workflow.separate):
        able: set[int] = set().union(*(people.get(acting.get(key, ""), set()) for key in keys))
        if len(able) == 1 and all(people.get(acting.get(key, "")) for key in keys):
            data = {"name": keys[0], "found": keys[-1], "region": str(region)}
            yield warning(ONE_PERSON, f"/workflow/separate/{at}", **data)


def _problem(code: str, index: int, key: str, region: Region) -> Problem:
    data = {"name": key, "region": str(region)}
    return Problem(code=code, pointer=f"/workflow/roles/{index}", severity="warning", data=data)
