"""Pages leave compressed: a form step must fit a slow line. Files and styles have their own ways."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

KINDS = ("text/html", "application/json", "application/problem+json", "image/svg+xml")


class CompressionMiddleware(GZipMiddleware):
    """Compress pages and JSON for browsers that ask for it.

    Django adds random bytes, so that the length of a page tells nobody what stands in it (BREACH).
    Stored files are left alone: pictures and PDF do not shrink, and a download may be resumed.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress `response` if it is a whole page."""
        if response.streaming or not response.headers.get("Content-Type", "").startswith(KINDS):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
