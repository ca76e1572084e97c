"""How an officer is told of their tasks: at once, in one mail a day, or not at all; and when not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runtime.inbox.access import Officer, officers
from runtime.notices import selectors, services
from runtime.notices.forms import OfficerForm
from runtime.regions import calendar


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def notices(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the officer's wishes; a POST keeps them."""
    posted = request.POST if request.method == "POST" else None
    form = OfficerForm(posted, wish=selectors.wish(officer.region, officer.user))
    if form.is_valid():
        services.of_officer(region=officer.region, user=officer.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved. You are told like this from now on."))
        return redirect("inbox:account")
    context = {"form": form, "zone": calendar.local(timezone.now(), officer.region).tzname()}
    return render(request, "runtime/inbox/notices.html", context, status=422 if form.is_bound else 200)
