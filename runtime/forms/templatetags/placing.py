"""The map that the script of a page may open, where the page asks for a place."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from runtime.forms.pageform import PageForm
from runtime.regions import maps
from schemas.definition import Field

register = template.Library()


@register.filter
def map_json(form: PageForm) -> str:
    """Return the region's map as JSON; empty where no place is asked for, or there is no map."""
    found = maps.of(form.around.region) if _asks_place(form.page.fields) else None
    return found.as_json() if found else ""


def _asks_place(questions: Iterable[Field]) -> bool:
    return any(question.type == "location" or _asks_place(question.fields) for question in questions)
