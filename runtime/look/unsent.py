"""What was posted behind a door that has closed meanwhile stays on the page, to be sent again.

The login has ended, a browser's proof has lapsed, or the guard of the form is of another login. Nothing is
stored: the page that says so holds what was typed, and only the person's own press sends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, Literal, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

P = ParamSpec("P")
Door = Literal["login", "proof", "guard"]
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a form field
SECRET = frozenset({"password", "passphrase", "oldpassword", "password1", "password2"})
WRITTEN = 20  # characters from which on a value is shown, so that it is seen to be there


def unsent(request: HttpRequest, door: Door, *, way: str = "") -> HttpResponse | None:
    """Return the page that holds what was posted; None where there is nothing to be sent again.

    `way` is the address that opens the door again. What holds a password is never repeated.
    """
    if not (request.POST or request.FILES) or SECRET & request.POST.keys():
        return None
    values = [(name, value) for name, found in request.POST.lists() for value in found if name != TOKEN]
    context = {
        "door": door,
        "way": way,
        "values": values,
        "files": [(name, file.name) for name, found in request.FILES.lists() for file in found],
        "written": _written(values),
        "action": request.get_full_path(),
    }
    response = render(request, "runtime/look/unsent.html", context, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def held_back(request: HttpRequest) -> dict[str, object]:
    """Return what a page that refuses says of a post: that nothing came of it, and what was written."""
    if request.method != "POST" or SECRET & request.POST.keys():
        return {}
    values = [(name, value) for name, found in request.POST.lists() for value in found]
    return {"held_back": True, "written": _written(values)}


def _written(values: Iterable[tuple[str, str]]) -> list[str]:
    """Return the longer texts among what was posted, which nobody wants to write again."""
    return [value for _name, value in values if len(value) >= WRITTEN and " " in value.strip()]


def stale(request: HttpRequest) -> HttpResponse | None:
    """Return the page for a form whose guard is of another login, if a page of this site has sent it.

    A post from another site is never offered again, nor one of a script, nor where a browser does not say.
    """
    own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return unsent(request, "guard") if own and request.headers.get("Sec-Fetch-Mode") == "navigate" else None


def members(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let in who is logged in; others log in first, and keep what they have posted."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        way = f"{reverse('account_login')}?{urlencode({'next': reverse('look:back')})}"
        return unsent(request, "login", way=way) or redirect_to_login(request.get_full_path())

    return inner


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Lead whoever has logged in again back to the other tab, where their writing waits."""
    return render(request, "runtime/look/back.html")
