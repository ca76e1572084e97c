"""Moves of running cases to another version, for the administrator: rules, plan, chosen cases, back again."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runtime.inbox import moves
from runtime.inbox.access import Officer, administrators, looked
from runtime.inbox.moverules import rules_form
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.moves import selectors, services
from runtime.moves.selectors import Batch
from runtime.regions import calendar
from runtime.viewlog.services import Did

LOOK_AGAIN = 5  # seconds, while cases are worked on
LATEST = 20  # plans that are listed


@require_safe
@administrators
def listed(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show on which versions cases run, and the latest plans."""
    plans = selectors.batches(officer.region)[:LATEST]
    context = {"services": moves.found(officer.region), "plans": [moves.plan_line(plan) for plan in plans]}
    return render(request, "runtime/inbox/moves.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def rules(request: HttpRequest, officer: Officer, key: str, old: int, new: int) -> HttpResponse:
    """Ask for the rules of a move, then begin its plan."""
    before, after = _version(officer, key, old), _version(officer, key, new)
    if before.pk == after.pk:
        raise Http404
    now = timezone.now()
    today = calendar.local(now, officer.region).date()
    form = rules_form(before, after, today=today, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = services.begin(
                region=officer.region, old=before, new=after, rules=form.rules(), by=officer.user, now=now
            )
            return redirect("inbox:move_plan", plan=batch.key)
        except services.Unsound:
            messages.warning(request, _("Two questions cannot go to the same place. Choose another one."))
    context = {"form": form, **moves.between(officer.region, before, after)}
    return render(request, "runtime/inbox/move_rules.html", context, status=_status(request))


@require_safe
@administrators
def plan(request: HttpRequest, officer: Officer, plan: str) -> HttpResponse:
    """Show a plan: how many cases of each kind, and each case with what becomes of it."""
    batch = _batch(officer, plan)
    shown = moves.plan_page(officer, batch, request.GET.dict(), timezone.now())
    for row in shown.rows:
        if row.tells:
            looked(officer, row.case, Did.VIEWED, moving=True)
    response = render(request, "runtime/inbox/move_plan.html", {"plan": shown})
    if shown.busy:
        response["Refresh"] = str(LOOK_AGAIN)
    return response


@require_POST
@administrators
def move(request: HttpRequest, officer: Officer, plan: str) -> HttpResponse:
    """Have cases moved: all that are safe, all that lose only what was agreed to, or those ticked."""
    batch, losses = _batch(officer, plan), request.POST.getlist("loss")
    if request.POST.get("all") == "safe":
        return _begun(request, batch, lambda: services.choose(batch, by=officer.user))
    found = selectors.items(batch, kind="loses")
    if not request.POST.get("all"):
        found = selectors.items(batch).filter(pk__in=_chosen(request))
    chosen = [item.pk for item in found if moves.agreed(item, losses)]
    if found and not chosen:
        words = _("Nothing was moved. First tick below the list that you agree to what these cases lose.")
        messages.warning(request, words)
        return _back(request, batch)
    return _begun(
        request, batch, lambda: services.choose(batch, by=officer.user, items=chosen, losses=losses)
    )


@require_POST
@administrators
def undo(request: HttpRequest, officer: Officer, plan: str) -> HttpResponse:
    """Have moved cases brought back: all of the plan, or those that were ticked."""
    batch = _batch(officer, plan)
    chosen = None if request.POST.get("all") else _chosen(request)
    return _begun(request, batch, lambda: services.undo(batch, by=officer.user, items=chosen))


@require_POST
@administrators
def stop(request: HttpRequest, officer: Officer, plan: str) -> HttpResponse:
    """Stop what is under way."""
    batch = _batch(officer, plan)
    services.cancel(batch, by=officer.user)
    messages.success(request, _("Stopped. Cases that were moved by now stay moved; you can bring them back."))
    return _back(request, batch)


def _begun(request: HttpRequest, batch: Batch, work: Callable[[], int]) -> HttpResponse:
    try:
        count = work()
    except services.Busy:
        messages.warning(request, _("This plan is being worked on. Wait until it is finished."))
        return _back(request, batch)
    if count:
        messages.success(request, moves.result(batch, count))
    else:
        messages.warning(request, _("Nothing was chosen, or somebody else was quicker."))
    return _back(request, batch)


def _back(request: HttpRequest, batch: Batch) -> HttpResponseRedirect:
    query = f"?{urlencode({'show': request.POST['show']})}" if request.POST.get("show") else ""
    return HttpResponseRedirect(f"{reverse('inbox:move_plan', args=[batch.key])}{query}")


def _chosen(request: HttpRequest) -> list[int]:
    given = request.POST.getlist("id")
    return [int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 19]


def _batch(officer: Officer, key: str) -> Batch:
    found = selectors.batch(officer.region, key)
    if found is None:
        raise Http404
    return found


def _version(officer: Officer, key: str, number: int) -> ModuleVersion:
    found = modules.numbered(officer.region, key, number) if number < 2**31 else None
    if found is None:
        raise Http404
    return found


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
