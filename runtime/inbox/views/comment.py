"""Writing to a case: a comment for officers, or a message to the applicant."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from runtime.cases import commenting, mentioning, reasons, services
from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.forms.commentform import OfficersForm
from runtime.inbox import handing
from runtime.inbox.access import Officer, case_readers
from runtime.look.words import language
from runtime.modules import selectors as modules
from runtime.workflow.commenting import INTERNAL, TO_APPLICANT

READERS = {
    INTERNAL: gettext_lazy("Only officers who may see this case"),
    TO_APPLICANT: gettext_lazy("The applicant, who can answer; officers read it as well"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@case_readers()
def write(request: HttpRequest, officer: Officer, case: Case) -> HttpResponse:
    """Show what was written and ask for the next comment; a POST writes it."""
    now = timezone.now()
    refused = cases.may_comment(case, INTERNAL, now, user=officer.user)
    people = mentioning.colleagues(case, now, but=officer.user)
    form = OfficersForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        readers=READERS,
        colleagues=[(user.pk, handing.name(user)) for user in people],
        among=INTERNAL,
    )
    if form.is_valid():
        return _write(request, officer, case, form)
    if refused is not None:
        messages.error(request, reasons.sentence(refused))
        return HttpResponseRedirect(reverse("inbox:case", args=[case.reference]))
    return _ask(request, case, form)


def _write(request: HttpRequest, officer: Officer, case: Case, form: OfficersForm) -> HttpResponse:
    verb = form.cleaned_data["reader"]
    try:
        commenting.comment(
            case,
            verb,
            form.cleaned_data["text"],
            key=form.once,
            now=timezone.now(),
            officer=officer.user,
            file=form.cleaned_data["attachment"],
            mentioned=[int(pk) for pk in form.cleaned_data["tell"]],
        )
    except services.Refused as refusal:
        form.add_error("text", reasons.sentence(refusal.refused))
        return _ask(request, case, form)
    told = _("Your message is on the applicant's status page.")
    messages.success(request, told if verb == TO_APPLICANT else _("Your comment is in the history."))
    return HttpResponseRedirect(reverse("inbox:case", args=[case.reference]))


def _ask(request: HttpRequest, case: Case, form: OfficersForm) -> HttpResponse:
    context = {
        "case": case,
        "service": modules.definition(case.version).title.say(language()),
        "form": form,
        "comments": [entry for entry in cases.timeline(case, language()) if entry.comment],
    }
    return render(request, "runtime/inbox/comment.html", context, status=422 if form.is_bound else 200)
