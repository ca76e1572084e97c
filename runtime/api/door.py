"""What every request to the API passes: its cookies are taken away, and refusals leave in one form."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from runtime.api import trouble

PREFIX = "/api/"


class ApiMiddleware:
    """Make the API blind to sessions, so that no other site can act through a citizen's browser.

    Whatever refuses below — an unknown host, a busy database, a page that is not there — is answered
    as `application/problem+json`. Put it above the session and the language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        response = self.get_response(request)
        if response.status_code < 400 or response.get("Content-Type", "") == trouble.MEDIA:
            return response
        with translation.override(translation.get_language_from_request(request)):
            return trouble.of_status(response.status_code, response.headers)
