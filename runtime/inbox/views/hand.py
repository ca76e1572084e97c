"""Whose hands a task lies in: taken on, given back, handed to a colleague."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runtime.cases import reasons, services
from runtime.cases import selectors as cases
from runtime.cases.selectors import Case, Task
from runtime.forms.face import clean_text
from runtime.inbox import handing
from runtime.inbox.access import Officer, case_readers
from runtime.inbox.actform import too_long
from runtime.inbox.rows import step_title
from runtime.look.words import language
from runtime.modules import selectors as modules
from runtime.workflow.values import ActionRefused

SIMPLE = {"claim": "task:claim", "release": "task:release"}


@require_http_methods(["GET", "HEAD", "POST"])
@case_readers()
def hand(request: HttpRequest, officer: Officer, case: Case, task_id: int) -> HttpResponse:
    """Ask which colleague gets the task; a POST gives it to them, takes it on or gives it back."""
    found = case.tasks.filter(pk=task_id).select_related("office").first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return _ask(request, officer, case, found)
    verb, person = SIMPLE.get(request.POST.get("do", "")), None
    if verb is None:
        people = {str(pk): pk for pk, _name in handing.colleagues(case, found, timezone.now())}
        person = people.get(request.POST.get("person", ""))
        if person is None:
            return _ask(request, officer, case, found, _("Choose a colleague who is to have the task."))
        if long := too_long(_note(request)):
            return _ask(request, officer, case, found, long=long)
        module = modules.definition(case.version)
        verb = handing.verb(officer, case, module, found, timezone.now()) or "task:delegate"
    return _hand(request, officer, case, found, verb, person)


def _ask(
    request: HttpRequest, officer: Officer, case: Case, task: Task, wrong: str = "", long: str = ""
) -> HttpResponse:
    module, now = modules.definition(case.version), timezone.now()
    if not handing.verb(officer, case, module, task, now):
        messages.error(request, reasons.sentence(ActionRefused("not_yours")))
        return HttpResponseRedirect(reverse("inbox:case", args=[case.reference]))
    context = {
        "case": case,
        "task": task,
        "title": step_title(module, task, language()),
        "service": module.title.say(language()),
        "people": handing.colleagues(case, task, now),
        "chosen": request.POST.get("person", ""),
        "note": _note(request),
        "wrong": wrong,
        "long": long,
        "key": uuid.uuid4().hex,
    }
    return render(request, "runtime/inbox/hand.html", context, status=422 if wrong or long else 200)


def _note(request: HttpRequest) -> str:
    return clean_text(request.POST.get("note", "")).strip()


def _hand(
    request: HttpRequest, officer: Officer, case: Case, task: Task, verb: str, person: int | None
) -> HttpResponse:
    try:
        done = services.perform(
            region=officer.region,
            case_reference=case.reference,
            actor_user=officer.user,
            action=verb,
            task=task.pk,
            person=person,
            comment=_note(request),
            key=f"hand:{request.POST.get('key', '')[:60] or uuid.uuid4().hex}",
            now=timezone.now(),
        )
    except services.Refused as refusal:
        messages.error(request, reasons.sentence(refusal.refused))
    else:
        entry = cases.timeline(done.case, language())[-1]
        messages.success(request, _("Done: %(action)s.") % {"action": entry.title})
    return HttpResponseRedirect(reverse("inbox:case", args=[case.reference]))
