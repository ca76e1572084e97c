"""Stand-ins, for the region's administrator: who stands in for whom; appointing, ending, the rules."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runtime.inbox import standinpages
from runtime.inbox.access import Officer, administrators
from runtime.inbox.standinforms import PlhForm, PltForm, RulesForm
from runtime.regions import appointing, standins
from runtime.regions.models import Substitution
from runtime.regions.refused import Refused


@require_safe
@administrators
def listed(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show who stands in now, who will, and who did."""
    found = standinpages.stand_ins(officer.region, request.GET.dict())
    context = {"standins": found, "rules": standins.rules(officer.region)}
    return render(request, "runtime/inbox/standins.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def appoint(request: HttpRequest, officer: Officer, kind: str) -> HttpResponse:
    """Ask who stands in for which post and when; a POST appoints them."""
    given = request.POST if request.method == "POST" else None
    first = {"from_on": standins.today(officer.region), "post": request.GET.get("post", "")}
    made = PltForm if kind == "plt" else PlhForm
    form: PlhForm | PltForm = made(given, region=officer.region, initial=first)
    if (row := appointed(officer, form)) is not None:
        messages.success(request, told(row))
        return HttpResponseRedirect(reverse("inbox:standins"))
    context = {"form": form, "kind": kind, "rules": standins.rules(officer.region)}
    return render(request, "runtime/inbox/appoint.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def end(request: HttpRequest, officer: Officer, substitution: int) -> HttpResponse:
    """Say what ending a substitution means; a POST ends it at once."""
    row = standins.one(officer.region, substitution)
    if row is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            appointing.end(region=officer.region, substitution=row, by=officer.user, now=timezone.now())
        except Refused as refusal:
            refused = refusal.sentence
        else:
            words = _("%(name)s no longer stands in for this post.")
            messages.success(request, words % {"name": row.substitute.get_full_name()})
            return HttpResponseRedirect(reverse("inbox:standins"))
    context = {"line": standinpages.line(row), "refused": refused}
    return render(request, "runtime/inbox/end_standin.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def rules(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the limits and who may appoint; a POST writes them down."""
    given = request.POST if request.method == "POST" else None
    form = RulesForm(given, instance=standins.rules(officer.region))
    if form.is_valid():
        appointing.change_rules(region=officer.region, by=officer.user, **form.cleaned_data)
        messages.success(request, _("The rules for stand-ins were saved."))
        return HttpResponseRedirect(reverse("inbox:standins"))
    status = 422 if form.is_bound else 200
    return render(request, "runtime/inbox/standin_rules.html", {"form": form}, status=status)


def appointed(officer: Officer, form: PlhForm | PltForm) -> Substitution | None:
    """Appoint what a form asks for; on a refusal say why in the form and return None."""
    if not form.is_valid():
        return None
    try:
        return appointing.appoint(
            region=officer.region, wanted=form.wanted(), by=officer.user, now=timezone.now()
        )
    except Refused as refused:
        place = refused.field if refused.field in form.fields else next(iter(form.fields))
        form.add_error(place, refused.sentence)
        return None


def told(row: Substitution) -> str:
    """Return the sentence that an appointment was made."""
    line = standinpages.line(row)
    named: dict[str, Any] = {"name": line.substitute, "title": line.title, "office": line.office}
    return _("%(name)s is now appointed as %(title)s in %(office)s.") % named
