"""The page on which an applicant withdraws a consent: what it means first, then one button."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runtime.cases import services
from runtime.cases.selectors import Case
from runtime.modules import site
from runtime.tracking import consents
from runtime.tracking.access import applicants
from runtime.workflow.consenting import WITHDRAW


@require_http_methods(["GET", "HEAD", "POST"])
@applicants
def withdraw(request: HttpRequest, found: Case, consent: str) -> HttpResponse:
    """Say what a withdrawal does; a POST withdraws. Sent twice, it is withdrawn once."""
    chosen = next((one for one in consents.of_case(found) if one.question.key == consent), None)
    if chosen is None:
        raise Http404
    if chosen.withdrawn_at is not None or not chosen.revocable:
        if request.method != "POST" or chosen.withdrawn_at is None:
            messages.info(request, _("This consent cannot be withdrawn, or it has been withdrawn before."))
        return redirect("tracking:case", reference=found.reference)
    if request.method == "POST":
        return _withdrawn(request, found, chosen)
    return render(request, "runtime/tracking/withdraw.html", {"case": found, "consent": chosen})


def _withdrawn(request: HttpRequest, found: Case, chosen: consents.Consent) -> HttpResponse:
    person = site.person(request)
    try:
        services.perform(
            region=found.region,
            case_reference=found.reference,
            action=WITHDRAW,
            corrections=[chosen.question.key],
            key=f"consent:{chosen.question.key}:{found.revision}",
            applicant=person if person and person.pk == found.applicant_id else True,
            now=timezone.now(),
        )
    except services.Refused:
        messages.info(request, _("This consent cannot be withdrawn, or it has been withdrawn before."))
    else:
        messages.success(request, _("Your consent has been withdrawn. The office has been told."))
    return redirect("tracking:case", reference=found.reference)
