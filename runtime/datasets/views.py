"""Searching a list while somebody types, as JSON that may be kept for long: an edition never changes."""

from __future__ import annotations

import math

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from runtime.datasets import addresses, asking
from runtime.regions import pace
from runtime.regions.models import Region

YEAR = 31_536_000


@require_safe
def search(request: HttpRequest, signed: str, language: str) -> JsonResponse:
    """Return the rows in which the words stand, at most 20, and how many more there are."""
    region: Region = request.region  # type: ignore[attr-defined]
    found = addresses.read(region, signed)
    if found is None:
        raise Http404
    if not pace.within(request, "lists", pace.MINUTE):
        response = JsonResponse({}, status=429)
        response["Retry-After"] = str(math.ceil(pace.wait(pace.MINUTE)))
        return response
    edition, columns = found
    try:
        question = asking.read(request.GET, edition, columns)
    except asking.Unclear:
        return JsonResponse({}, status=400)
    response = JsonResponse(asking.answer(edition, question, columns, language=language))
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response
