"""The region's colours as a style sheet, and the friendly page when a form's token has expired."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from runtime.look import theme

A_DAY = 24 * 60 * 60


@require_safe
def theme_sheet(request: HttpRequest) -> HttpResponse:
    """Serve the colours of the region this host belongs to. The address carries their digest."""
    region: Any = getattr(request, "region", None)
    response = HttpResponse(theme.css((region and region.theme) or {}), content_type="text/css")
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    return response
