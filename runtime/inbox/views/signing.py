"""How the region's letters are signed: chosen by its administrators, one page a way, and tried out."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from runtime.effects import trouble
from runtime.inbox.access import Officer, administrators
from runtime.inbox.lettersform import PassphraseForm
from runtime.inbox.signingform import CertificateForm, ServiceForm
from runtime.letters import signingways, ways
from runtime.letters.adapters.contract import Failed

WAYS = (ways.PLAIN, "pdf", "bsre")


@never_cache
@sensitive_post_parameters("nik", "passphrase")
@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def signing(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show which way is chosen and what each means; a POST tries it out."""
    name, now = ways.name(officer.region), timezone.now()
    asks = ways.adapter(officer.region, name).asks
    form = PassphraseForm(request.POST if request.method == "POST" and asks else None)
    tried, failed = request.method == "POST" and (form.is_valid() or not asks), ""
    if tried:
        failed = _tried(officer, form if asks else None)
    context = {
        "name": name,
        "asks": asks,
        "chosen": signingways.of(officer.region),
        "soon": now + signingways.NEARLY,
        "now": now,
        "form": form,
        "tried": tried,
        "failed": failed,
    }
    wrong = bool(failed or form.errors)
    return render(request, "runtime/inbox/signing.html", context, status=422 if wrong else 200)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def choose(request: HttpRequest, officer: Officer, way: str) -> HttpResponse:
    """Ask what a way needs; a POST chooses it."""
    if way not in WAYS:
        raise Http404
    now = timezone.now()
    form = _form(request, officer, way, now)
    waiting = signingways.waiting(officer.region) if way != "bsre" else 0
    if request.method == "POST" and not waiting and (form is None or form.is_valid()):
        _choose(officer, form, now)
        words = _("Saved. Letters are signed like this from now on. Sign a sample to see it.")
        messages.success(request, words)
        return redirect("inbox:signing")
    context = {"form": form, "way": way, "waiting": waiting}
    return render(
        request, "runtime/inbox/signing_way.html", context, status=422 if request.method == "POST" else 200
    )


def _form(
    request: HttpRequest, officer: Officer, way: str, now: datetime
) -> CertificateForm | ServiceForm | None:
    posted = request.POST if request.method == "POST" else None
    if way == "pdf":
        return CertificateForm(posted, request.FILES if posted is not None else None, now=now)
    if way == "bsre":
        return ServiceForm(posted, kept=signingways.of(officer.region))
    return None


def _choose(officer: Officer, form: CertificateForm | ServiceForm | None, now: datetime) -> None:
    if isinstance(form, CertificateForm):
        assert form.certificate is not None, "the form is valid"
        signingways.choose_certificate(
            region=officer.region, certificate=form.certificate, by=officer.user, now=now
        )
    elif isinstance(form, ServiceForm):
        signingways.choose_service(region=officer.region, by=officer.user, now=now, **form.cleaned_data)
    else:
        signingways.choose_plain(region=officer.region, by=officer.user, now=now)


def _tried(officer: Officer, form: PassphraseForm | None) -> str:
    """Sign a page and verify it; return why that failed in words, "" when it did not."""
    try:
        signingways.try_out(officer.region, form.secret() if form else None)
    except Failed as failed:
        return trouble.sentence(failed.reason)
    return ""
