"""Doors to the one login, and the pages for when something is not as hoped."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views import csrf
from django.views.decorators.http import require_http_methods, require_safe

from cms import accounts
from runtime.look import unsent
from runtime.wizard.lapsed import send_again

WRITTEN_TO = frozenset({"inbox", "tracking", "account", "profiles"})
"""Where people write what must not be lost; the login and Wagtail have ways of their own."""


@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Lead from a second login page to the one login; say so when the person may not enter."""
    if request.user.is_authenticated:
        raise PermissionDenied
    wanted = request.GET.get("next", "")
    if not accounts.is_local(wanted, request):
        wanted = request.path.split("login/")[0]
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


@require_http_methods(["GET", "HEAD", "POST"])
def way_out(request: HttpRequest) -> HttpResponse:
    """Lead to the one logout, which asks before it ends the session."""
    return HttpResponseRedirect(reverse("account_logout"))


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Lead to the one page for forgotten passwords."""
    return HttpResponseRedirect(reverse("account_reset_password"))


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Lead to the one page for changing a password."""
    return HttpResponseRedirect(reverse("account_change_password"))


def _page(request: HttpRequest, name: str, status: HTTPStatus, **context: Any) -> HttpResponse:
    return render(request, f"cms/{name}.html", context, status=status)


def unknown_host(request: HttpRequest) -> HttpResponse:
    """Say that no region lives at this address."""
    return _page(request, "unknown_host", HTTPStatus.NOT_FOUND, host=request.get_host())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a request was too large, or that it could not be understood; nothing was stored."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return _page(request, "too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def lapsed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was open for too long; what was written is kept to be sent again."""
    match = request.resolver_match
    again = send_again(request)
    if again is None and match is not None and match.namespace in WRITTEN_TO:
        again = unsent.stale(request)
    return again or csrf.csrf_failure(request, reason)


def busy(request: HttpRequest) -> HttpResponse:
    """Say that nothing was saved and that trying again helps."""
    response = _page(request, "busy", HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = "5"
    return response


def locked_out(
    request: HttpRequest, response: Any = None, credentials: dict[str, Any] | None = None, **kwargs: Any
) -> HttpResponse:
    """Say that there were too many wrong passwords and when to try again."""
    return _page(request, "locked_out", HTTPStatus.TOO_MANY_REQUESTS)
