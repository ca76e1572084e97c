"""Putting an applicant's answers right: what may be changed, what will happen, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runtime.cases import reasons, services
from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.inbox import casepage, doing, editform
from runtime.inbox.access import Officer, as_left, case_readers
from runtime.inbox.editform import EditForm, edit_form
from runtime.look.words import language
from runtime.modules import selectors as modules
from runtime.viewlog.services import Did
from runtime.workflow import editing
from runtime.workflow.values import ActionRefused
from schemas.definition import Module

REVEALS = "rakit.reveals"
"""Where a request keeps whether its page shows numbers that are hidden elsewhere."""


def _did(request: HttpRequest, _response: HttpResponseBase) -> Did:
    return Did.REVEALED if request.META.get(REVEALS) else Did.VIEWED


@require_http_methods(["GET", "HEAD", "POST"])
@case_readers(_did)
def edit(request: HttpRequest, officer: Officer, case: Case) -> HttpResponse:
    """Show the applicant's questions with their answers; a POST puts them right."""
    module = modules.definition(case.version)
    data = request.POST if request.method == "POST" else None
    form = edit_form(case, module, language=language(), now=timezone.now(), data=data)
    request.META[REVEALS] = casepage.has_masked(module, case.answers)
    if data is not None and services.was_done(case, officer.user, form.key):
        return _back(case)
    refused = cases.may_edit(case, officer.user, timezone.now())
    if refused is not None:
        return _refuse(request, case, module, form, refused)
    if data is None:
        return _ask(request, case, module, form)
    if not cases.shows(case, form.seen):
        form.seen = case.revision
        return _ask(request, case, module, form, raced=True)
    if form.page.command:
        form.page = form.page.again()
        return _ask(request, case, module, form)
    return (
        _edit(request, officer, case, module, form) if form.is_valid() else _ask(request, case, module, form)
    )


def _edit(request: HttpRequest, officer: Officer, case: Case, module: Module, form: EditForm) -> HttpResponse:
    try:
        services.perform(
            region=officer.region,
            case_reference=case.reference,
            actor_user=officer.user,
            action=editing.EDIT,
            comment=form.comment,
            answers=form.given,
            key=form.key,
            seen_revision=form.seen,
            now=timezone.now(),
        )
    except services.Conflict:
        return edit_again(request, officer, case)
    except services.Refused as refusal:
        if refusal.refused.reason == "key_reused":
            return _back(case)
        problems = refusal.refused.data.get("problems", ())
        elsewhere = form.mark(problems)
        marked = problems and not elsewhere and form.page.problems
        sentence = elsewhere or ("" if marked else reasons.sentence(refusal.refused, module))
        return _ask(request, case, module, form, refused=sentence)
    messages.success(request, _("The answers are put right. What they were and why stays in the history."))
    return _back(case)


def edit_again(request: HttpRequest, officer: Officer, case: Case) -> HttpResponse:
    """Show what was typed beside the case as somebody has left it this very moment."""
    found = as_left(officer, case)
    module = modules.definition(found.version)
    form = edit_form(found, module, language=language(), now=timezone.now(), data=request.POST)
    refused = cases.may_edit(found, officer.user, timezone.now())
    if refused is not None:
        return _refuse(request, found, module, form, refused)
    form.seen = found.revision
    return _ask(request, found, module, form, raced=True)


def _ask(
    request: HttpRequest,
    case: Case,
    module: Module,
    form: EditForm,
    *,
    refused: str = "",
    raced: bool = False,
) -> HttpResponse:
    context = {
        "case": case,
        "service": module.title.say(language()),
        "form": form,
        "consequences": tuple(_consequences(case, module)),
        "kept": editform.kept(case, module, language(), timezone.now()),
        "refused": refused,
        "raced": raced,
        "last": doing.last(case) if raced else None,
        "differences": form.differences(language()) if raced else (),
    }
    status = 409 if raced else 422 if form.bound else 200
    return render(request, "runtime/inbox/edit.html", context, status=status)


def _refuse(
    request: HttpRequest, case: Case, module: Module, form: EditForm, refused: ActionRefused
) -> HttpResponse:
    """Say why the answers are not to be changed now; what was typed stays in sight."""
    sentence = reasons.sentence(refused, module)
    if not form.bound:
        messages.error(request, sentence)
        return _back(case)
    context = {
        "case": case,
        "sentence": sentence,
        "last": doing.last(case),
        "comment": form.comment,
        "differences": form.differences(language()),
    }
    return render(request, "runtime/inbox/edit_refused.html", context, status=409)


def _consequences(case: Case, module: Module) -> Iterator[str]:
    """Yield what happens when the answers are put right, before anybody does it."""
    phone = module.applicant.phone
    told = bool(case.contact_email or (phone and case.answers.get(phone)))
    return editform.consequences(module, case.status, told=told, language=language())


def _back(case: Case) -> HttpResponse:
    return HttpResponseRedirect(reverse("inbox:case", args=[case.reference]))
