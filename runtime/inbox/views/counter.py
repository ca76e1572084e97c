"""The counter (loket): choose a service for a citizen who came, say who it is, then fill in its form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runtime.cases import services as cases
from runtime.forms.face import Circumstances
from runtime.inbox.access import Officer, counter_clerks
from runtime.inbox.counterform import CounterForm
from runtime.look.words import language
from runtime.modules import offers, site
from runtime.modules import selectors as modules
from runtime.modules.models import Installation
from runtime.regions import calendar
from runtime.regions import selectors as regions
from runtime.wizard import drafts
from runtime.wizard import offers as first
from runtime.wizard.models import Draft


@require_safe
@counter_clerks
def services(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the services that may be applied for, and what the clerk has begun and not sent."""
    found = offers.offers(officer.region, language())
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    begun = drafts.of_clerk(region=officer.region, clerk=officer.user, now=timezone.now())
    context = {
        "offers": [
            offer
            for offer in offers.matching(found, query=query, shelf="")
            if offer.is_open and regions.counter_post(officer.held, offer.key)
        ],
        "query": query,
        "begun": [(draft, modules.definition(draft.version)) for draft in begun[:20]],
    }
    return render(request, "runtime/inbox/counter.html", context)


@require_POST
@counter_clerks
def discard(request: HttpRequest, officer: Officer, token: str) -> HttpResponse:
    """Delete what the clerk has begun and not sent, with its files."""
    begun = drafts.of_clerk(region=officer.region, clerk=officer.user, now=timezone.now())
    found = begun.filter(token=token).first()
    if found is None:
        messages.warning(request, _("This application is not among those you have begun any more."))
    else:
        drafts.discard(draft=found)
        messages.success(request, _("Deleted, with everything that was filled in."))
    return HttpResponseRedirect(reverse("inbox:counter"))


@require_http_methods(["GET", "HEAD", "POST"])
@counter_clerks
def begin(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """Ask for whom, and how that was checked; a POST begins the application and leads to its first page."""
    found = modules.installation(officer.region, key)
    post = regions.counter_post(officer.held, key)
    if found is None or post is None or found.state != Installation.State.OPEN:
        raise Http404
    form = CounterForm(request.POST if request.method == "POST" else None, request.FILES or None)
    context = {"form": form, "module": modules.definition(found.version)}
    if form.is_valid():
        try:
            draft = _begin(officer, found, form.cleaned_data | {"role": post.post[0]}, timezone.now())
        except drafts.TooManyDrafts:
            response = render(
                request, "runtime/inbox/counter_begin.html", context | {"many": True}, status=429
            )
            response["Retry-After"] = "3600"
            return response
        return HttpResponseRedirect(reverse("wizard:resume", args=[draft.token]))
    return render(request, "runtime/inbox/counter_begin.html", context, status=422 if form.is_bound else 200)


def _begin(officer: Officer, found: Installation, given: dict[str, Any], now: datetime) -> Draft:
    module, paper = modules.definition(found.version), given.pop("paper")
    region, today = officer.region, calendar.local(now, officer.region).date()
    around = Circumstances(site.language(), today, region, module.tables)
    with transaction.atomic():
        draft = drafts.start(
            region=region,
            version=found.version,
            language=site.language(),
            owner=None,
            clerk=officer.user,
            counter=given,
            offered=first.at_counter(module, given, around),
            now=now,
        )
        if paper is not None:
            kept = cases.keep_paper(region=region, draft_token=draft.token, file=paper, now=now)
            drafts.state(draft=draft, counter=given | {"paper": str(kept.pk)})
    return draft
