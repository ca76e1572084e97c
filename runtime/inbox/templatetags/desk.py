"""What the heads of the desk's pages share: the way back, and what could not be delivered."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from runtime.cases.selectors import Case
from runtime.effects import selectors as effects
from runtime.inbox.access import ADMINISTERS
from runtime.modules import site
from runtime.regions import selectors as regions

register = template.Library()
KEPT = "rakit.failed_deliveries"


@register.simple_tag(takes_context=True)
def failed_deliveries(context: dict[str, Any]) -> int:
    """Return how many deliveries wait for the administrator who reads the page; none for others.

    A page shows it in several places and asks once.
    """
    request = context.get("request")
    if not isinstance(request, HttpRequest) or getattr(request, "region", None) is None:
        return 0
    if KEPT not in request.META:
        administers = request.META.get(ADMINISTERS)
        region = site.region(request)
        if administers is None:
            administers = regions.administers(region, request.user)
        request.META[KEPT] = effects.parked(region).count() if administers else 0
    kept: int = request.META[KEPT]
    return kept


@register.inclusion_tag("runtime/look/_bar_back.html", takes_context=True)
def way_back(context: Context, title: str, where: str, *args: object, note: str = "") -> dict[str, Any]:
    """Show the head of an inner page, with the way back to the page called `where`."""
    return _head(context, title, where, args, note)


@register.inclusion_tag("runtime/look/_bar_back.html", takes_context=True)
def back_to_case(context: Context, case: Case, service: str = "") -> dict[str, Any]:
    """Show the head of a page about a case, with the way back to the case."""
    title = case.applicant_name or _("No name given")
    note = f"{case.reference} · {service}" if service else case.reference
    return _head(context, title, "inbox:case", (case.reference,), note)


def _head(context: Context, title: str, where: str, args: tuple[object, ...], note: str) -> dict[str, Any]:
    head = {"back": reverse(where, args=args), "title": title, "note": note}
    return {"request": context.get("request"), **head}
