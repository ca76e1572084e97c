"""The two pages by which a citizen deletes their account: what it means, then the password."""

from __future__ import annotations

from axes.helpers import get_client_ip_address
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from runtime.account import closing
from runtime.account.answers import person, private
from runtime.look.unsent import members
from runtime.modules import selectors as modules
from runtime.modules import site
from runtime.regions.models import User


class LeavingForm(forms.Form):
    """The password once more, and a tick: nobody deletes an account by accident."""

    password = forms.CharField(
        max_length=500,
        strip=False,
        error_messages={"required": gettext_lazy("Type the password of your account.")},
    )
    sure = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick that you want to delete your account.")}
    )


@require_safe
@members
def explain(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, and warn of applications that are under way."""
    user, language = person(request), site.language()
    running = [
        {"case": case, "service": modules.definition(case.version).title.say(language)}
        for case in closing.running(user)
    ]
    return private(request, "runtime/account/leave.html", {"running": running, "works": closing.works(user)})


@require_http_methods(["GET", "HEAD", "POST"])
@members
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the password; a POST with the right one deletes the account."""
    user = person(request)
    if closing.works(user):
        return redirect("account:leave")
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return private(
            request,
            "runtime/account/leave_confirm.html",
            {"form": form},
            status=422 if form.is_bound else 200,
        )
    if status := _wrong(request, user, form):
        return private(request, "runtime/account/leave_confirm.html", {"form": form}, status=status)
    closing.close(user)
    logout(request)
    messages.success(request, _("Your account has been deleted."))
    return redirect("modules:home")


def _wrong(request: HttpRequest, user: User, form: LeavingForm) -> int:
    """Return the status of a refusal, 0 when the password is right."""
    address, now = str(get_client_ip_address(request) or ""), timezone.now()
    try:
        if closing.is_hers(
            site.region(request), user, form.cleaned_data["password"], address=address, now=now
        ):
            return 0
    except closing.TooManyAttempts:
        form.add_error("password", _("There were too many tries. Please wait an hour and try again."))
        return 429
    form.add_error("password", _("This is not the password of your account."))
    return 422
