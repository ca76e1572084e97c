"""When the cookie that guards a page has gone: what was typed comes back in a page that sends it again.

The page was open for days, or the browser has forgotten its cookies. The secret address is still
there, so nothing needs to be typed anew.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from runtime.wizard import steps
from runtime.wizard.finding import DraftMixin

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a form field


def send_again(request: HttpRequest) -> HttpResponse | None:
    """Return a page that holds what was posted to a step of an application; None for other addresses.

    A post from another site is never offered again. The word that everything is true has to be given
    anew: the check is opened instead.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return None
    match = request.resolver_match
    if match is None or match.view_name != "wizard:step":
        return None
    finder = DraftMixin()
    if trouble := finder.find_draft(request, match.kwargs["token"]):
        return trouble
    values = [(name, value) for name, found in request.POST.lists() for value in found if name != TOKEN]
    context = {
        "values": values,
        "files": bool(request.FILES),
        "check": match.kwargs["step"] == steps.REVIEW,
        "action": request.path,
    }
    return render(request, "runtime/wizard/send_again.html", context, status=403)
