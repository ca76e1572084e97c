"""Keeping filters of the list of work under a name: save, rename, remove, open the desk with one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from runtime.inbox import savedviews
from runtime.inbox.access import Officer, officers
from runtime.inbox.worklist import Filters
from runtime.regions import selectors as regions


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def listed(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the officer's views, and ask for the name of the filters in the address; a POST saves them."""
    filters = Filters.read((request.POST if request.method == "POST" else request.GET).dict())
    wrong = ""
    if request.method == "POST":
        wrong = _save(request, officer, filters)
        if not wrong:
            return HttpResponseRedirect(reverse("inbox:work") + filters.address())
    context = {
        "saving": bool(request.GET) or bool(wrong),
        "filters": filters,
        "views": savedviews.named(savedviews.of_officer(officer)),
        "offices": _offices(officer),
        "name": request.POST.get("name", ""),
        "office": _shared(request),
        "wrong": wrong,
    }
    return render(request, "runtime/inbox/savedviews.html", context, status=422 if wrong else 200)


@require_POST
@officers
def change(request: HttpRequest, officer: Officer, view: int) -> HttpResponse:
    """Rename a view, remove it, or open the desk with it from now on, as the button says."""
    found = savedviews.of_officer(officer).filter(pk=view).first()
    if found is None:
        if savedviews.exists(officer.region, view):
            raise Http404
        messages.warning(request, _("This view is no longer there: it has been removed already."))
        return HttpResponseRedirect(reverse("inbox:saved_views"))
    match request.POST.get("do"):
        case "remove":
            found.delete()
            messages.success(request, _("The view “%(name)s” is removed.") % {"name": found.name})
        case "first":
            savedviews.open_with(officer, found)
            messages.success(request, _("The desk opens with “%(name)s”.") % {"name": found.name})
        case "usual":
            savedviews.open_with(officer, None)
            messages.success(request, _("The desk opens with your own tasks."))
        case _other:
            try:
                savedviews.rename(found, request.POST.get("name", ""))
            except savedviews.Unnamed:
                messages.error(request, _("Give the view a name."))
    return HttpResponseRedirect(reverse("inbox:saved_views"))


def _save(request: HttpRequest, officer: Officer, filters: Filters) -> str:
    """Save the view that was asked for; return what is wrong with it, if anything."""
    try:
        made = savedviews.save(
            officer, name=request.POST.get("name", ""), query=filters.address(), office=_shared(request)
        )
    except savedviews.Unnamed:
        return _("Give the view a name.")
    except savedviews.TooMany:
        return _("There are %(most)s views already. Remove one of them first.") % {"most": savedviews.MOST}
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": made.name})
    return ""


def _shared(request: HttpRequest) -> int | None:
    """Return the office that was chosen to share the view with."""
    office = request.POST.get("office", "")
    return int(office) if office.isascii() and office.isdigit() and len(office) < 10 else None


def _offices(officer: Officer) -> tuple[tuple[int, str], ...]:
    """Return the offices the officer may share a view with, by name."""
    return regions.names_of(officer.region, {one.post[1] for one in officer.held})
