"""What every page of the desk shows to an administrator: how much could not be delivered."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

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
