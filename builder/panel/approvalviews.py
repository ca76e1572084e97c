"""The ways of approval that a service may start from, as JSON for the editor."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from builder.approvals import catalogue
from builder.panel.bankviews import for_designers
from runtime.modules import site


@require_safe
@for_designers
def index(request: HttpRequest) -> JsonResponse:
    """List every way, with the officers of the region where it has them."""
    return JsonResponse({"paths": catalogue.offered(site.region(request))})
