"""The account page, deleting a draft, and the copy of everything."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from runtime.account import copying
from runtime.account.answers import person, private
from runtime.account.mine import mine
from runtime.cases import selectors as cases
from runtime.letters import checking
from runtime.letters import selectors as received
from runtime.look.unsent import members
from runtime.modules import site
from runtime.regions import selectors as regions
from runtime.tracking import copies
from runtime.tracking import seen as log
from runtime.wizard import drafts, grants

PER_PAGE = 25


@require_safe
@members
def home(request: HttpRequest) -> HttpResponse:
    """Show the person's applications and drafts, and the ways on."""
    region, user = site.region(request), person(request)
    context = {
        "mine": mine(region, user, language=site.language(), now=timezone.now()),
        "works_here": bool(regions.capacities(region, user)),
    }
    return private(request, "runtime/account/home.html", context)


@require_safe
@members
def letters(request: HttpRequest) -> HttpResponse:
    """Show the letters that were issued to the person in all their cases, and what is true of each."""
    region, user, now = site.region(request), person(request), timezone.now()
    page = Paginator(received.of_applicant(region, user), PER_PAGE).get_page(request.GET.get("page"))
    lines = [checking.listed(letter, site.language(), now) for letter in page]
    return private(request, "runtime/account/letters.html", {"page": page, "letters": lines})


@require_safe
@members
def seen(request: HttpRequest) -> HttpResponse:
    """Show who saw the data of any of the person's cases, and which other systems were told of them."""
    region, user = site.region(request), person(request)
    lines = log.seen_of(region, cases.cases_of_applicant(region, user), site.language())
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return private(request, "runtime/account/seen.html", {"page": page})


@require_POST
@members
def delete_draft(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a draft of the person's own, with its files."""
    region, now = site.region(request), timezone.now()
    found = drafts.of_owner(region=region, owner=person(request), now=now).filter(token=token).first()
    if found is None:
        raise Http404
    drafts.discard(draft=found)
    grants.forget_draft(request, token)
    messages.success(request, _("The draft has been deleted."))
    return redirect("account:home")


@require_safe
@members
def export(request: HttpRequest) -> StreamingHttpResponse | HttpResponse:
    """Send everything that is the person's own in this region, as an archive, piece by piece."""
    region, user, now = site.region(request), person(request), timezone.now()
    if refusal := copies.refusal(request, f"account {user.pk}", now):
        messages.error(request, refusal)
        return redirect("account:home")
    parts = copying.archive(region, user, language=site.language(), now=now)
    response = StreamingHttpResponse(parts, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{region.key}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
