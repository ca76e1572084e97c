"""What could not be delivered, for the administrator: try again, or note that it was seen to otherwise."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from runtime.effects import selectors, services
from runtime.inbox.access import Officer, administrators
from runtime.inbox.deliveries import deliveries as found_for
from runtime.inbox.deliverylog import log

MOST = 1000  # at once; the button says "all", and can be pressed again


@require_safe
@administrators
def deliveries(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what was given up in the region, or the log of all notices."""
    if request.GET.get("show") == "all":
        return render(
            request, "runtime/inbox/deliveries.html", {"log": log(officer.region, request.GET.dict())}
        )
    found = found_for(officer.region, request.GET.dict())
    return render(request, "runtime/inbox/deliveries.html", {"deliveries": found})


@require_POST
@administrators
def retry(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Have the chosen ones tried again, or all."""
    count = services.retry(region=officer.region, ids=_chosen(request, officer), now=timezone.now())
    words = ngettext("%(count)s delivery is tried again.", "%(count)s deliveries are tried again.", count)
    return _back(request, words, count)


@require_POST
@administrators
def settle(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Note that the chosen ones were seen to otherwise."""
    ids = _chosen(request, officer)
    count = services.settle(region=officer.region, ids=ids, by=officer.user, now=timezone.now())
    if selectors.parked(officer.region).filter(services.AWAITED, pk__in=ids).exists():
        messages.warning(
            request, _("What a case waits for cannot be marked as done. Put the cause right first.")
        )
        return HttpResponseRedirect(reverse("inbox:deliveries"))
    words = ngettext(
        "%(count)s delivery is marked as done.", "%(count)s deliveries are marked as done.", count
    )
    return _back(request, words, count)


def _chosen(request: HttpRequest, officer: Officer) -> list[int]:
    """Return the ids that are meant: of the one button, of all, else of the ticked boxes."""
    if request.POST.get("all"):
        return list(selectors.parked(officer.region).values_list("pk", flat=True)[:MOST])
    given = request.POST.getlist("only") or request.POST.getlist("id")
    return [int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 19][:MOST]


def _back(request: HttpRequest, words: str, count: int) -> HttpResponse:
    if count:
        messages.success(request, words % {"count": count})
    else:
        messages.warning(request, _("Nothing was chosen, or somebody else was quicker."))
    return HttpResponseRedirect(reverse("inbox:deliveries"))
