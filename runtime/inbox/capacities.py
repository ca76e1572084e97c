"""In which capacity an officer would take up a task, in words; nothing to say when it is their own post."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runtime.cases.selectors import Case
from runtime.regions.capacity import Capacity


def borne(held: tuple[Capacity, ...], role: str, office: int, module: str, language: str) -> str:
    """Return “Plh. Lurah, standing in for Siti”; "" in person, or when the post is not theirs at all."""
    found = [one for one in held if one.post == (role, office) and one.covers(module)]
    if not found or any(one.standin is None for one in found):
        return ""
    title, standin = found[0].said(language), found[0].standin
    if standin is None or not standin.principal_name:
        return title
    return _("%(title)s, standing in for %(name)s") % {"title": title, "name": standin.principal_name}


def on_case(held: tuple[Capacity, ...], case: Case, language: str, *, role: str = "") -> str:
    """Return as whom an officer acts on the open tasks of a case, of `role` if given; "" in person."""
    tasks = case.tasks.filter(closed_at__isnull=True)
    posts = {(task.role, task.office_id) for task in tasks if role in ("", task.role)}
    mine = [one for one in held if one.post in posts and one.covers(case.version.key)]
    if any(one.standin is None for one in mine):
        return ""
    return borne(tuple(mine), *mine[0].post, case.version.key, language) if mine else ""
