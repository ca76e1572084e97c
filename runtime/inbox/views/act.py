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

from runtime.cases import kin, reasons, services
from runtime.cases import selectors as cases
from runtime.cases.selectors import Attachment, Case
from runtime.forms.posted import REMOVE
from runtime.forms.uploads import Accepted
from runtime.inbox import capacities, consequences, doing
from runtime.inbox.access import Officer, case_readers
from runtime.inbox.actform import ActForm, act_form
from runtime.inbox.doing import Doing
from runtime.letters import shapes
from runtime.look.words import language
from runtime.modules import selectors as modules
from runtime.regions import calendar
from runtime.workflow import route
from runtime.workflow.values import ActionRefused
from schemas.definition import Field, Module

STALE = ActionRefused("stale")


@require_http_methods(["GET", "HEAD", "POST"])
@case_readers()
def act(request: HttpRequest, officer: Officer, case: Case, action: str) -> HttpResponse:
    """Show what the action asks for and does; a POST performs it."""
    module = modules.definition(case.version)
    wanted = doing.action(module, action)
    if wanted is None:
        raise Http404
    return _do(request, officer, case, module, wanted)


@require_http_methods(["GET", "HEAD", "POST"])
@case_readers()
def decide(request: HttpRequest, officer: Officer, case: Case, task: str, outcome: str) -> HttpResponse:
    """Show what it means to decide a task so; a POST decides it."""
    module = modules.definition(case.version)
    wanted = doing.decision(case, module, task, outcome)
    if wanted is None:
        return _gone(request, case)
    return _do(request, officer, case, module, wanted)


def _do(request: HttpRequest, officer: Officer, case: Case, module: Module, wanted: Doing) -> HttpResponse:
    posted = request.method == "POST"
    sent = request.POST if posted else request.GET
    form = act_form(
        officer,
        case,
        module,
        wanted.action,
        language=language(),
        now=timezone.now(),
        seen=sent.get("seen", ""),
        data=request.POST if posted else None,
        files=request.FILES if posted else None,
    )
    if posted:
        if shapes.prints_reason(module, wanted.action) and (odd := shapes.unfit(form.comment)):
            form.errors.setdefault("comment", odd)
        return _perform(request, officer, case, module, wanted, form)
    if not wanted.fresh(case, form.seen):
        return _decided(request, case, wanted, form, reasons.sentence(STALE), raced=True)
    return _ask(request, officer, case, module, wanted, form)


def _ask(
    request: HttpRequest,
    officer: Officer,
    case: Case,
    module: Module,
    wanted: Doing,
    form: ActForm,
    refused: str = "",
) -> HttpResponse:
    """Show the form of what is wanted, or who did what when it is not to be had any more."""
    offered, missing = wanted.offered(officer, case, timezone.now())
    if not offered or missing:
        sentence = reasons.sentence(missing, module) if missing else _("This step is not open to you now.")
        return _decided(request, case, wanted, form, refused or sentence, raced=False)
    acting_as = capacities.on_case(officer.held, case, language(), role=wanted.action.who.role)
    context = _context(officer, case, module, wanted, form) | {"refused": refused, "capacity": acting_as}
    return render(request, "runtime/inbox/act.html", context, status=422 if form.bound else 200)


def _decided(
    request: HttpRequest, case: Case, wanted: Doing, form: ActForm, sentence: str, *, raced: bool
) -> HttpResponse:
    """Say that nothing was done, why, and what happened last; what was typed stays in sight."""
    context = {
        "case": case,
        "title": wanted.action.title.say(language()),
        "sentence": sentence,
        "raced": raced,
        "last": doing.last(case),
        "comment": form.comment,
        "own": _own(request, case),
        "pressed": form.bound,
    }
    return render(request, "runtime/inbox/decided.html", context, status=409)


def _own(request: HttpRequest, case: Case) -> bool:
    """Say whether whoever reads the page acted last: they went back to a page that is over."""
    return doing.last(case).actor == request.user.pk


def _gone(request: HttpRequest, case: Case) -> HttpResponse:
    """Say that the task does not wait here any more, and what happened last."""
    context = {
        "case": case,
        "title": _("This task is over"),
        "sentence": reasons.sentence(ActionRefused("no_task")),
        "raced": True,
        "last": doing.last(case),
        "comment": request.POST.get("comment", ""),
        "own": _own(request, case),
        "pressed": request.method == "POST",
    }
    return render(request, "runtime/inbox/decided.html", context, status=409)


def _context(officer: Officer, case: Case, module: Module, wanted: Doing, form: ActForm) -> dict[str, Any]:
    spoken, action = language(), wanted.action
    return {
        "case": case,
        "service": module.title.say(spoken),
        "title": action.title.say(spoken),
        "action": action,
        "address": wanted.address(case),
        "form": form,
        "look": "btn--danger" if action.tone == "refuse" else "",
        "consequences": _consequences(officer, case, module, wanted, spoken),
        "told": not wanted.outcome and route.tells_applicant(module, action),
        "comment_needed": action.ask.comment == "required" or action.ask.corrections,
        "printed": shapes.prints_reason(module, action),
        "comment_asked": action.ask.comment != "none" or action.ask.corrections,
    }


def _consequences(
    officer: Officer, case: Case, module: Module, wanted: Doing, spoken: str
) -> tuple[str, ...]:
    if not wanted.outcome:
        follows = consequences.consequences(module, wanted.action, case.status, spoken)
        return follows + kin.go_on(case, module, wanted.action)
    actor = cases.officer(case, officer.user, timezone.now())
    now = calendar.local(timezone.now(), case.region)
    return consequences.of_decision(
        module, cases.snapshot(case), actor, wanted.action.key, wanted.outcome, language=spoken, now=now
    )


def _perform(
    request: HttpRequest, officer: Officer, case: Case, module: Module, wanted: Doing, form: ActForm
) -> HttpResponse:
    fresh, action = wanted.fresh(case, form.seen), wanted.action
    if fresh and form.page is not None and form.page.command:
        form.page = form.page.again()
        return _ask(request, officer, case, module, wanted, form)
    if fresh and (REMOVE in request.POST or not form.is_valid()):
        return _ask(request, officer, case, module, wanted, form)
    if fresh and (words := shapes.hindrance(case, module, action, language=language(), now=timezone.now())):
        return _ask(request, officer, case, module, wanted, form, refused=words)
    try:
        done = services.perform(
            region=officer.region,
            case_reference=case.reference,
            actor_user=officer.user,
            action=action.key,
            outcome=wanted.outcome,
            comment=form.comment,
            answers=_answers(officer, form),
            corrections=form.ticked,
            person=form.person,
            attached=_attached(officer, form),
            key=form.key,
            seen_revision=form.seen,
            draft_token=form.draft_token,
            now=timezone.now(),
        )
    except services.Conflict:
        return _decided(request, case, wanted, form, reasons.sentence(STALE), raced=True)
    except services.Refused as refusal:
        if refusal.refused.reason == "key_reused":
            return HttpResponseRedirect(reverse("inbox:case", args=[case.reference]))
        sentence = reasons.sentence(refusal.refused, module)
        return _ask(request, officer, case, module, wanted, form, refused=sentence)
    status = module.workflow.status(done.case.status).title.say(language())
    words = _("Done: %(action)s. The case is now at “%(status)s”.")
    messages.success(request, words % {"action": action.title.say(language()), "status": status})
    return HttpResponseRedirect(reverse("inbox:case", args=[case.reference]))


def _attached(officer: Officer, form: ActForm) -> tuple[str, ...]:
    """Store the document that is attached to the step, until the step is done."""
    if form.attachment is None:
        return ()
    return (str(_store(officer, form, "", form.attachment).pk),)


def _store(officer: Officer, form: ActForm, key: str, file: Accepted) -> Attachment:
    return services.store_upload(
        region=officer.region,
        draft_token=form.draft_token,
        field=key,
        name=file.name,
        type=file.type,
        content=file.content,
        sha256=file.sha256,
        now=timezone.now(),
    )


def _answers(officer: Officer, form: ActForm) -> dict[str, Any]:
    """Return the answers of the officer's page, its files stored for the moment of the decision."""
    if form.page is None or not form.page.is_valid():
        return {}

    def store(question: Field, file: Accepted) -> dict[str, Any]:
        return dict(_store(officer, form, question.key, file).as_answer())

    form.page.store_uploads(store)
    return form.page.answers()
