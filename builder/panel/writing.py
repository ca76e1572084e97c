"""What is written and not yet saved: whether its author is still logged in, and how the script names it."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Revision

from builder.models import Module

WINDOW = "b-window"
"""The field of the editor's form that tells one opened page from another."""
TOLD = "b-told"
"""That with the number of the newer version which its author saves over knowingly, "" of none."""


def described(module: Module, request: HttpRequest, *, refused: bool) -> dict[str, Any]:
    """Return what the script needs to keep what is written in the browser of its author.

    `window` is new for each page that is drawn; `refused` says that the page shows what was not saved.
    """
    user = request.user
    back = urlencode({"next": reverse("builder_returned")})
    return {
        "page": f"builder/{user.pk}/{module.pk}",
        "window": token_hex(8),
        "user": user.pk,
        "refused": refused,
        "newest": _newest(module, user),
        "told": _told(module),
        "language": get_language() or "id",
        "timezone": module.region.timezone,
        "session": reverse("builder_session"),
        "login": f"{resolve_url(settings.LOGIN_URL)}?{back}",
        "logout": reverse("wagtailadmin_logout"),
    }


def _newest(module: Module, user: Any) -> dict[str, str]:
    """Return when the newest version was saved and by whom, nobody where it was `user`."""
    revision: Revision | None = module.latest_revision
    if revision is None:
        return {"by": "", "at": timezone.now().isoformat()}
    by = revision.user
    named = by.get_full_name() or by.get_username() if by is not None and by.pk != user.pk else ""
    return {"by": named, "at": revision.created_at.isoformat()}


def _told(module: Module) -> dict[str, list[str]]:
    """Return what of the notes beside the buttons has arrived: the newest of each."""
    release, review = module.releases.first(), module.reviews.first()
    note = [one.note for one in (release, review) if one is not None]
    answer = [review.answer] if review is not None else []
    return {
        name: [" ".join(one.split()) for one in said] for name, said in (("note", note), ("answer", answer))
    }


@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """Say who is logged in; whoever is not is led to the login by Wagtail, which the script notices."""
    user: Any = request.user  # whoever is not logged in does not come here
    name = user.get_full_name() or user.get_username()
    return JsonResponse({"user": user.pk, "name": name, "token": get_token(request)})


@require_safe
def returned(request: HttpRequest) -> HttpResponse:
    """Say that the login is done and that what was written waits in the other tab."""
    return render(request, "builder/panel/returned.html")
