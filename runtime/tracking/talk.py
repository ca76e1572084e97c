"""The applicant's answer to what the office has written on the status page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runtime.cases import commenting, reasons, services, talking
from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.forms.commentform import CommentForm
from runtime.modules import selectors as modules
from runtime.modules import site
from runtime.tracking.access import applicants
from runtime.workflow.commenting import ANSWER


@require_http_methods(["GET", "HEAD", "POST"])
@applicants
def write(request: HttpRequest, found: Case) -> HttpResponse:
    """Show what was written and ask for the answer; a POST writes it."""
    form = CommentForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        return _write(request, found, form)
    refused = cases.may_comment(found, ANSWER, timezone.now())
    if refused is not None:
        messages.info(request, reasons.sentence(refused))
        return redirect("tracking:case", reference=found.reference)
    return _ask(request, found, form)


def _write(request: HttpRequest, case: Case, form: CommentForm) -> HttpResponse:
    person = site.person(request)
    try:
        commenting.comment(
            case,
            ANSWER,
            form.cleaned_data["text"],
            key=form.once,
            now=timezone.now(),
            applicant=person if person and person.pk == case.applicant_id else True,
            file=form.cleaned_data["attachment"],
        )
    except services.Refused as refusal:
        form.add_error("text", reasons.sentence(refusal.refused))
        return _ask(request, case, form)
    messages.success(request, _("Thank you. The office has your message."))
    return redirect("tracking:case", reference=case.reference)


def _ask(request: HttpRequest, case: Case, form: CommentForm) -> HttpResponse:
    if request.method != "HEAD":
        talking.mark_read(case, by="applicant", now=timezone.now())
    context = {
        "case": case,
        "module": modules.definition(case.version),
        "form": form,
        "comments": [entry for entry in cases.public_view(case, site.language()).past if entry.comment],
    }
    return render(request, "runtime/tracking/write.html", context, status=422 if form.is_bound else 200)
