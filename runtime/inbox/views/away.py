"""“I am away”: an officer appoints their own Plh., where the region lets them, and ends it when back."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from runtime.inbox import access, standinpages
from runtime.inbox.access import Officer
from runtime.inbox.standinforms import PlhForm
from runtime.inbox.views.standins import appointed, told
from runtime.regions import appointing, standins
from runtime.regions.refused import Refused


def may_appoint(officer: Officer) -> bool:
    """Tell whether the officer may appoint a Plh. for a post of their own."""
    own = any(held.standin is None for held in officer.held)
    return own and standins.rules(officer.region).officers_appoint


_appointing = access.door(may_appoint, "runtime/inbox/away_not_here.html")
"""Let in officers with a post of their own, where the region lets them appoint; others read why not."""


@require_http_methods(["GET", "HEAD", "POST"])
@_appointing
def away(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show who stands in for the officer and ask for somebody; a POST appoints them."""
    given = request.POST if request.method == "POST" else None
    first = {"from_on": standins.today(officer.region)}
    form = PlhForm(given, region=officer.region, of=officer.user, initial=first)
    if (row := appointed(officer, form)) is not None:
        messages.success(request, told(row))
        return HttpResponseRedirect(reverse("inbox:away"))
    context = {"form": form, "absences": standinpages.absences(officer.region, officer.user)}
    return render(request, "runtime/inbox/away.html", context, status=422 if form.is_bound else 200)


@require_POST
@_appointing
def back(request: HttpRequest, officer: Officer, substitution: int) -> HttpResponse:
    """End what stands in for the officer, who is back early."""
    mine = Q(principal=officer.user, through__isnull=True)
    row = standins.everything(officer.region).filter(mine, pk=substitution).first()
    if row is None:
        raise Http404
    try:
        appointing.end(region=officer.region, substitution=row, by=officer.user, now=timezone.now())
    except Refused as refused:
        messages.warning(request, refused.sentence)
    else:
        words = _("%(name)s no longer stands in for you.")
        messages.success(request, words % {"name": row.substitute.get_full_name()})
    return HttpResponseRedirect(reverse("inbox:away"))
