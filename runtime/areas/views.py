"""The lists of areas for scripts: what lies in an area, as JSON that may be kept for long."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from runtime.areas import selectors
from schemas import areacodes

YEAR = 31_536_000
MINUTE = 60


@require_safe
def children(request: HttpRequest, edition: str, code: str = "") -> JsonResponse:
    """Return code and name of what lies directly in `code`, the provinces without one.

    The address names the edition, so its answer never changes; the edition before still gets an answer.
    """
    current = selectors.current()
    if current is None or (code and not areacodes.is_code(code)):
        raise Http404
    response = JsonResponse({"source": current.name, "areas": selectors.children(code, current)})
    known = current.digest.startswith(edition)
    patch_cache_control(response, public=True, max_age=YEAR if known else MINUTE)
    return response
