"""Giving several open tasks to one person: looked at task by task, then done as a batch."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from runtime.batches.services import MOST, Wanted
from runtime.forms.face import clean_text
from runtime.inbox import bulk as many
from runtime.inbox import giving
from runtime.inbox.access import Officer, officers
from runtime.inbox.giving import Giving
from runtime.inbox.views.bulk import begin, key_of, unfit
from runtime.inbox.views.opentasks import errors_of
from runtime.look.words import language


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def give(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask who is to have the ticked tasks, and say which cannot be given; a POST gives the others."""
    sent = request.POST if request.method == "POST" else request.GET
    ticked = many.read(sent.getlist("t"))
    if not ticked or len(ticked) > MOST:
        messages.error(request, unfit(ticked))
        return redirect("inbox:work")
    page = giving.giving(officer, ticked, language=language(), now=timezone.now())
    if request.method != "POST":
        return _ask(request, page)
    to = {str(user.pk): user.pk for user in page.people}.get(request.POST.get("person", ""))
    reason = clean_text(request.POST.get("reason", "")).strip()
    page.errors, key = errors_of(len(ticked), to, reason), key_of(request)
    if page.errors or key is None:
        return _ask(request, page)
    return begin(request, officer, key, Wanted(page.verb, comment=reason, person=to), ticked)


def _ask(request: HttpRequest, page: Giving) -> HttpResponse:
    context = {
        "page": page,
        "key": key_of(request) or uuid.uuid4(),
        "chosen": request.POST.get("person", ""),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "runtime/inbox/give.html", context, status=422 if page.errors else 200)
