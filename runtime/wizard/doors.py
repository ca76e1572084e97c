"""The doors around the wizard: begin, save for later, receipt, who shares the phone."""

from __future__ import annotations

from datetime import datetime

from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from runtime.cases import selectors as cases
from runtime.forms import contacts
from runtime.forms.face import Circumstances
from runtime.forms.noted import from_link
from runtime.modules import selectors as modules
from runtime.modules import site
from runtime.regions import calendar
from runtime.wizard import counter, drafts, grants, offers
from runtime.wizard.finding import DraftMixin
from schemas.definition import Module


@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Begin an application and go to its first page."""
    now = timezone.now()
    found = modules.installation(site.region(request), key)
    if found is None:
        return render(request, "runtime/modules/unknown.html", status=404)
    if found.state != found.State.OPEN:
        context = {"module": modules.definition(found.version), "state": found.state}
        return render(request, "runtime/wizard/closed.html", context)
    try:
        draft = drafts.start(
            region=site.region(request),
            version=found.version,
            language=site.language(),
            owner=site.person(request),
            noted=from_link(modules.definition(found.version), request.GET.get),
            offered=_offers(request, modules.definition(found.version), now=now),
            address=str(get_client_ip_address(request) or ""),
            now=now,
        )
    except drafts.TooManyDrafts:
        response = render(request, "runtime/wizard/too_many.html", {"key": key}, status=429)
        response["Retry-After"] = "3600"
        return response
    grants.remember_draft(request, draft.token, now=now)
    return redirect("wizard:resume", token=draft.token)


@require_GET
def saved(request: HttpRequest, token: str) -> HttpResponse:
    """Show the address under which the application can be continued."""
    finder = DraftMixin()
    trouble = finder.find_draft(request, token)
    if trouble is not None:
        return trouble
    if finder.draft.submitted_at is not None:
        return redirect("wizard:receipt", token=token)
    context = {
        "draft": finder.draft,
        "module": modules.definition(finder.draft.version),
        "link": request.build_absolute_uri(reverse("wizard:resume", kwargs={"token": token})),
    }
    return _private(render(request, "runtime/wizard/saved.html", context))


@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the citizen keeps: reference, code, date, and what happens next."""
    finder = DraftMixin()
    trouble = finder.find_draft(request, token)
    if trouble is not None:
        return trouble
    draft = finder.draft
    case = cases.case_of_draft(draft.region, draft.submit_key)
    if case is None:
        return redirect("wizard:resume", token=token)
    if draft.submitted_at is None:  # filed, but the process ended before the draft could be told
        drafts.finish(draft=draft, reference=case.reference, now=timezone.now())
    module = modules.definition(case.version)
    view = cases.public_view(case, site.language())
    if draft.clerk_id:
        counter.note_view(request, case)
    context = {
        "draft": draft,
        "case": case,
        "stated": cases.stated(case),
        "unreached": bool(draft.clerk_id) and not contacts.reached(module, case.answers, case.contact_email),
        "find": counter.find_address(request, case.reference) if draft.clerk_id else "",
        "module": module,
        "ahead": [{"title": view.status, "due_at": view.due_at}, *view.coming],
        "proof": module.field(module.applicant.proof) if module.applicant.proof else None,
        "code": grants.code(request, token),
        "open": grants.granted(request, case.reference, now=timezone.now()),
    }
    return _private(render(request, "runtime/wizard/receipt.html", context))


@require_POST
def phone(request: HttpRequest) -> HttpResponse:
    """Mark this browser as shared by several people, or as one person's own, and go back."""
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    response = redirect(back if here else "/")
    grants.share(request, response, on=request.POST.get("shared") == "on")
    return response


def _offers(request: HttpRequest, module: Module, *, now: datetime) -> dict[str, offers.Offer]:
    region = site.region(request)
    around = Circumstances(site.language(), calendar.local(now, region).date(), region, module.tables)
    return offers.offers(module, person=site.person(request), query=request.GET, around=around)


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True, private=True)
    return response
