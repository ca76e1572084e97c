"""Doing one action on many cases: chosen, looked at case by case, done; and what came of each."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runtime.batches import selectors as batches
from runtime.batches import services
from runtime.batches.selectors import Batch
from runtime.batches.services import MOST, Ticked, Wanted
from runtime.forms.face import clean_text
from runtime.inbox import batchpage
from runtime.inbox import bulk as many
from runtime.inbox.access import Officer, officer_of, officers
from runtime.inbox.actform import too_long
from runtime.inbox.bulk import Choosing
from runtime.letters import shapes
from runtime.look.unsent import members
from runtime.look.words import language

BatchView = Callable[[HttpRequest, Officer, Batch], HttpResponseBase]


def batch_owners(view: BatchView) -> Callable[..., HttpResponseBase]:
    """Let in whoever began the batch; to everybody else at the desk it does not exist."""

    @members
    @wraps(view)
    def inner(request: HttpRequest, /, key: uuid.UUID) -> HttpResponseBase:
        officer = officer_of(request)
        if not officer.held and not officer.administers:
            return render(request, "runtime/inbox/no_post.html", status=403)
        found = batches.batch_of(officer.region, officer.user, key)
        if found is None:
            raise Http404
        return view(request, officer, found)

    return inner


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def bulk(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask which action and show what it would do to each ticked case; a POST does it."""
    sent = request.POST if request.method == "POST" else request.GET
    ticked = many.read(sent.getlist("t"))
    if not ticked or len(ticked) > MOST:
        messages.error(request, unfit(ticked))
        return redirect("inbox:work")
    found = many.choosing(officer, ticked, sent.get("do", ""), language=language(), now=timezone.now())
    if request.method != "POST":
        return _ask(request, found)
    return _do(request, officer, found)


def unfit(ticked: tuple[Ticked, ...]) -> str:
    """Return why nothing can be done with so many tasks."""
    if not ticked:
        return _("Tick at least one case first.")
    words = _("At most %(most)s cases can be done at once. You ticked %(count)s; nothing was done.")
    return words % {"most": MOST, "count": len(ticked)}


def _ask(request: HttpRequest, found: Choosing, comment: str = "") -> HttpResponse:
    key = key_of(request) or uuid.uuid4()
    context = {"page": found, "comment": comment, "key": key}
    return render(request, "runtime/inbox/bulk.html", context, status=422 if found.errors else 200)


def _do(request: HttpRequest, officer: Officer, found: Choosing) -> HttpResponse:
    comment = clean_text(request.POST.get("comment", "")).strip()
    found.errors = _errors(found, comment)
    key, (service, _colon, action) = (
        key_of(request),
        request.POST.get("do", "").partition(":"),
    )
    if found.errors or key is None or not action:
        return _ask(request, found, comment)
    ticked = many.read(line.ticked for line in found.lines) or found.ticked
    comment = comment if found.asks_comment != "none" else ""
    return begin(request, officer, key, Wanted(action[:40], service[:60], comment), ticked)


def _errors(found: Choosing, comment: str) -> dict[str, str]:
    if found.asks_comment == "required" and not comment:
        return {"comment": _("Write the reason, so that the reader knows why.")}
    if long := too_long(comment):
        return {"comment": long}
    odd = shapes.unfit(comment) if found.printed else ""
    return {"comment": odd} if odd else {}


def begin(
    request: HttpRequest, officer: Officer, key: uuid.UUID, wanted: Wanted, ticked: tuple[Ticked, ...]
) -> HttpResponse:
    """Write the batch down, do the first of it, and lead to what came of it."""
    now = timezone.now()
    try:
        batch = services.begin(
            region=officer.region, user=officer.user, key=key, wanted=wanted, ticked=ticked, now=now
        )
    except services.NotYours:
        raise Http404 from None
    except services.OtherList:
        messages.error(
            request,
            _("This page was sent before, with another list. Nothing was done this time; tick again."),
        )
        return redirect("inbox:work")
    services.work(batch, now=now)
    return HttpResponseRedirect(batchpage.address(batch))


def key_of(request: HttpRequest) -> uuid.UUID | None:
    """Return the key under which the page sends its list, if it has one."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


@require_safe
@batch_owners
def batch(request: HttpRequest, officer: Officer, found: Batch) -> HttpResponse:
    """Show how far a batch is and what came of each case."""
    context: dict[str, Any] = {"page": batchpage.batch_page(officer, found, language=language())}
    return render(request, "runtime/inbox/batch.html", context)


@require_POST
@batch_owners
def cancel(request: HttpRequest, officer: Officer, found: Batch) -> HttpResponse:
    """Leave the rest of a batch as it is."""
    services.cancel(found, now=timezone.now())
    messages.success(request, _("Stopped. What was done before stays done."))
    return HttpResponseRedirect(batchpage.address(found))
