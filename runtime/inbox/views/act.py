"""Acting on a case: what is asked, what will happen, and what happened instead when somebody was first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runtime.cases import reasons, services
from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.forms.posted import REMOVE
from runtime.forms.uploads import Accepted
from runtime.inbox import capacities, consequences
from runtime.inbox.access import Officer, officers
from runtime.inbox.actform import ActForm, act_form
from runtime.look.words import language
from runtime.modules import selectors as modules
from runtime.workflow import route
from runtime.workflow.values import ActionRefused
from schemas.definition import Action, Field, Module

STALE = ActionRefused("stale")


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def act(request: HttpRequest, officer: Officer, reference: str, action: str) -> HttpResponse:
    """Show what the action asks for and does; a POST performs it."""
    case = cases.case_for_officer(officer.region, officer.user, reference)
    module = modules.definition(case.version) if case else None
    wanted = module.workflow.action(action) if module else None
    if case is None or module is None or wanted is None or wanted.who.kind != "role":
        raise Http404
    posted = request.method == "POST"
    sent = request.POST if posted else request.GET
    form = act_form(
        officer,
        case,
        module,
        wanted,
        language=language(),
        now=timezone.now(),
        seen=sent.get("seen", ""),
        data=request.POST if posted else None,
        files=request.FILES if posted else None,
    )
    if posted:
        return _perform(request, officer, case, module, wanted, form)
    if form.seen != case.revision:
        return _decided(request, case, wanted, form, reasons.sentence(STALE), raced=True)
    return _ask(request, officer, case, module, wanted, form)


def _ask(
    request: HttpRequest,
    officer: Officer,
    case: Case,
    module: Module,
    action: Action,
    form: ActForm,
    refused: str = "",
) -> HttpResponse:
    """Show the form of the action, or who did what when it is not to be had any more."""
    available = {one.action.key: one for one in cases.available_actions(case, officer.user, timezone.now())}
    offered = available.get(action.key)
    if offered is None or offered.refused:
        missing = offered.refused if offered else None
        sentence = reasons.sentence(missing, module) if missing else _("This step is not open to you now.")
        return _decided(request, case, action, form, refused or sentence, raced=False)
    acting_as = capacities.on_case(officer.held, case, language(), role=action.who.role)
    context = _context(case, module, action, form) | {"refused": refused, "capacity": acting_as}
    return render(request, "runtime/inbox/act.html", context, status=422 if form.bound else 200)


def _decided(
    request: HttpRequest, case: Case, action: Action, form: ActForm, sentence: str, *, raced: bool
) -> HttpResponse:
    """Say that nothing was done, why, and what happened last; what was typed stays in sight."""
    context = {
        "case": case,
        "title": action.title.say(language()),
        "sentence": sentence,
        "raced": raced,
        "last": cases.timeline(case, language())[-1],
        "comment": form.comment,
    }
    return render(request, "runtime/inbox/decided.html", context, status=409)


def _context(case: Case, module: Module, action: Action, form: ActForm) -> dict[str, Any]:
    spoken = language()
    return {
        "case": case,
        "service": module.title.say(spoken),
        "title": action.title.say(spoken),
        "action": action,
        "form": form,
        "look": "btn--danger" if action.tone == "refuse" else "",
        "consequences": consequences.consequences(module, action, case.status, spoken),
        "told": route.tells_applicant(module, action),
        "comment_needed": action.ask.comment == "required" or action.ask.corrections,
        "comment_asked": action.ask.comment != "none" or action.ask.corrections,
    }


def _perform(
    request: HttpRequest, officer: Officer, case: Case, module: Module, action: Action, form: ActForm
) -> HttpResponse:
    if form.page is not None and form.page.command and form.seen == case.revision:
        form.page = form.page.again()
        return _ask(request, officer, case, module, action, form)
    if REMOVE in request.POST and form.seen == case.revision:
        return _ask(request, officer, case, module, action, form)
    if not form.is_valid() and form.seen == case.revision:
        return _ask(request, officer, case, module, action, form)
    try:
        done = services.perform(
            region=officer.region,
            case_reference=case.reference,
            actor_user=officer.user,
            action=action.key,
            comment=form.comment,
            answers=_answers(officer, form),
            corrections=form.ticked,
            key=form.key,
            seen_revision=form.seen,
            draft_token=form.draft_token,
            now=timezone.now(),
        )
    except services.Conflict:
        return _decided(request, case, action, form, reasons.sentence(STALE), raced=True)
    except services.Refused as refusal:
        if refusal.refused.reason == "key_reused":
            return HttpResponseRedirect(reverse("inbox:case", args=[case.reference]))
        sentence = reasons.sentence(refusal.refused, module)
        return _ask(request, officer, case, module, action, form, refused=sentence)
    status = module.workflow.status(done.event.to_status).title.say(language())
    words = _("Done: %(action)s. The case is now at “%(status)s”.")
    messages.success(request, words % {"action": action.title.say(language()), "status": status})
    return HttpResponseRedirect(reverse("inbox:case", args=[case.reference]))


def _answers(officer: Officer, form: ActForm) -> dict[str, Any]:
    """Return the answers of the officer's page, its files stored for the moment of the decision."""
    if form.page is None or not form.page.is_valid():
        return {}

    def store(question: Field, file: Accepted) -> dict[str, Any]:
        kept = services.store_upload(
            region=officer.region,
            draft_token=form.draft_token,
            field=question.key,
            name=file.name,
            type=file.type,
            content=file.content,
            sha256=file.sha256,
            now=timezone.now(),
        )
        return dict(kept.as_answer())

    form.page.store_uploads(store)
    return form.page.answers()
