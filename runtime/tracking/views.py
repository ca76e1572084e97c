"""The citizen's view of a case: find it, read it, put returned answers right, act."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runtime.cases import selectors as cases
from runtime.cases import services, talking
from runtime.cases.selectors import Case
from runtime.letters import selectors as letters
from runtime.letters import sending
from runtime.modules import selectors as modules
from runtime.modules import site
from runtime.tracking import casepage, consents, copies, kinfolk, owned, paper
from runtime.tracking import seen as log
from runtime.tracking.access import applicants
from runtime.tracking.answering import Answering
from runtime.tracking.findform import FindForm
from runtime.wizard import grants
from schemas.definition import Action

logger = logging.getLogger(__name__)
PER_PAGE = 25
HARMLESS = "sandbox; default-src 'none'"


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for reference and second fact; a wrong one of either gets the same sentence."""
    if request.method != "POST":
        return _find_page(request, FindForm(initial={"reference": request.GET.get("reference", "")[:60]}))
    form = FindForm(request.POST)
    if not form.is_valid():
        return _find_page(request, form)
    now = timezone.now()
    try:
        case = services.open_with_proof(
            region=site.region(request),
            reference=form.cleaned_data["reference"],
            answer=form.cleaned_data["proof"],
            address=str(get_client_ip_address(request) or ""),
            now=now,
        )
    except services.TooManyAttempts:
        form.add_error(None, _("There were too many tries. Please wait an hour and try again."))
        return _find_page(request, form, status=429)
    if case is None:
        form.add_error(
            None, _("The reference number and the second answer do not belong together. Please check both.")
        )
        return _find_page(request, form)
    grants.grant(request, case.reference, now=now)
    return redirect("tracking:case", reference=case.reference)


@require_safe
@applicants
def case(request: HttpRequest, found: Case) -> HttpResponse:
    """Show where the case stands."""
    context = casepage.context(found, language=site.language(), now=timezone.now())
    if request.method != "HEAD":
        talking.mark_read(found, by="applicant", now=timezone.now())
    context["seen"] = log.seen(found, site.language())
    context["consents"] = consents.of_case(found)
    context["kin"] = kinfolk.lines(request, found, site.language())
    return render(request, "runtime/tracking/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@applicants
def correct(request: HttpRequest, found: Case) -> HttpResponse:
    """Let the applicant answer the returned questions again."""
    correction = cases.open_correction(found)
    action = next((a for a in _actions(found) if a.ask.answers), None)
    if correction is None or action is None:
        if answer := _again(request, found, [a for a in _own_actions(found) if a.ask.answers]):
            return answer
        messages.info(request, _("There is nothing to put right at the moment."))
        return redirect("tracking:case", reference=found.reference)
    answering = Answering(request, found, action)
    extra = {"correction": correction, "count": len(correction.fields)}
    return _answer(request, answering, "runtime/tracking/correct.html", extra)


@require_http_methods(["GET", "HEAD", "POST"])
@applicants
def act(request: HttpRequest, found: Case, action: str) -> HttpResponse:
    """Show what an action means, then do it: withdraw, rate, confirm."""
    chosen = next((a for a in _actions(found) if a.key == action), None)
    if chosen is None:
        if answer := _again(request, found, [a for a in _own_actions(found) if a.key == action]):
            return answer
        messages.info(request, _("This is no longer possible at the stage where your application is now."))
        return redirect("tracking:case", reference=found.reference)
    if chosen.ask.answers:
        return redirect("tracking:correct", reference=found.reference)
    return _answer(request, Answering(request, found, chosen), "runtime/tracking/act.html", {})


@require_safe
@applicants
def file(request: HttpRequest, found: Case, pk: uuid.UUID) -> FileResponse:
    """Give the applicant a file of their own answers or messages, as something to save and never to run."""
    own = casepage.own_files(found, modules.definition(found.version), site.language())
    attachment = cases.attachment(found, str(pk)) if str(pk) in own else None
    if attachment is None:
        raise Http404
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = HARMLESS
    return response


@require_safe
@applicants
def seen(request: HttpRequest, found: Case) -> HttpResponse:
    """Show who in the office saw the data of the case."""
    page = Paginator(log.seen(found, site.language()), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "runtime/tracking/seen.html", {"case": found, "page": page})


@require_safe
@applicants
def letter(request: HttpRequest, found: Case, letter: int) -> HttpResponse:
    """Give the applicant a letter that was issued to them."""
    return sending.download(letters.one(found, letter))


@require_safe
@applicants
def copy(request: HttpRequest, found: Case) -> HttpResponse:
    """Give the applicant the case as PDF; whoever is not logged in as its applicant sees no whole numbers."""
    language, now = site.language(), timezone.now()
    if refusal := copies.refusal(request, f"case {found.pk}", now):
        messages.error(request, refusal)
        return redirect("tracking:case", reference=found.reference)
    person = site.person(request)
    hers = person is not None and person.pk == found.applicant_id
    try:
        content = paper.pdf(owned.owned(found, language, now, mask=not hers), now)
    except paper.Unprintable:
        logger.exception("the copy of case %s could not be printed", found.reference)
        messages.error(request, _("The PDF could not be made. Please try again later, or print this page."))
        return redirect("tracking:case", reference=found.reference)
    return sending.pdf(content, f"{found.reference}.pdf")


@require_http_methods(["POST"])
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the case in this browser, for people who share a device."""
    known = cases.normalised(reference)
    if known:
        grants.revoke(request, known)
    return redirect("modules:home")


def _answer(request: HttpRequest, answering: Answering, template: str, extra: dict[str, Any]) -> HttpResponse:
    """Show the page of an action or perform it; a refusal shows it again with the reason."""
    if request.method == "POST":
        answer = answering.post()
        if answer is not None:
            return answer
    status = 400 if answering.unknown else 200
    return render(request, template, {**answering.context(), **extra}, status=status)


def _again(request: HttpRequest, found: Case, actions: list[Action]) -> HttpResponse | None:
    """Answer the second press of a button like the first, though the action is over by then."""
    tries = (Answering(request, found, action).again() for action in actions if request.method == "POST")
    return next((answer for answer in tries if answer is not None), None)


def _own_actions(found: Case) -> list[Action]:
    """Return the actions that are the applicant's at any stage."""
    module = modules.definition(found.version)
    return [action for action in module.workflow.actions if action.who.kind == "applicant"]


def _actions(found: Case) -> list[Action]:
    offers = cases.applicant_actions(found, timezone.now())
    return [offer.action for offer in offers if offer.refused is None]


def _find_page(request: HttpRequest, form: FindForm, *, status: int = 200) -> HttpResponse:
    person = site.person(request)
    mine = cases.cases_of_applicant(site.region(request), person)[:20] if person else []
    rows = [{"case": c, "view": cases.public_view(c, site.language())} for c in mine]
    return render(request, "runtime/tracking/find.html", {"form": form, "mine": rows}, status=status)
