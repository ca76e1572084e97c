"""In which capacity an officer would take up a task, in words; nothing to say when it is their own post."""

from __future__ import annotations

from django.utils.translation import gettext as _

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
