"""The page of one's own account: who one is here, which posts one holds, and the ways on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from runtime.inbox import standinpages
from runtime.inbox.access import officer_of
from runtime.inbox.views.away import may_appoint
from runtime.look.unsent import members
from runtime.regions import selectors as regions


@require_safe
@members
def account(request: HttpRequest) -> HttpResponse:
    """Show the person's name and posts, with the ways to the desk and to the security pages."""
    officer = officer_of(request)
    posts = regions.memberships(officer.region, officer.user)
    administers = officer.administers
    context = {
        "posts": posts,
        "administers": administers,
        "at_desk": bool(officer.held),
        "heads": officer.heads,
        "duties": standinpages.duties(officer.region, officer.user),
        "absences": standinpages.absences(officer.region, officer.user),
        "may_appoint": may_appoint(officer),
    }
    return render(request, "runtime/inbox/account.html", context)
