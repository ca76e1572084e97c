"""Letters at the desk: those of a case, those that wait for a signature; issued anew, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from runtime.effects import trouble
from runtime.inbox import letters
from runtime.inbox.access import (
    Officer,
    administered,
    looked,
    officers,
    officers_or_administrators,
    opens,
)
from runtime.inbox.lettersform import PassphraseForm, ReasonForm
from runtime.letters import checking, issuing, selectors, sending, services
from runtime.letters.adapters.contract import Failed
from runtime.letters.selectors import IssuedLetter
from runtime.look.words import language
from runtime.viewlog.services import Did

Change = Callable[..., None]


@require_safe
@officers_or_administrators
def file(request: HttpRequest, officer: Officer, reference: str, letter: int) -> HttpResponse:
    """Send the file of a letter of the case."""
    found = _of_case(officer, reference, letter)
    response = sending.download(found)
    looked(officer, found.case, Did.DOWNLOADED)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@officers_or_administrators
def reissue(request: HttpRequest, officer: Officer, reference: str, letter: int) -> HttpResponse:
    """Ask why; a POST has the letter issued anew."""
    told = _("The letter is being issued anew. The old one counts until the new one is there.")
    return _change(request, officer, _of_case(officer, reference, letter), services.reissue, "reissue", told)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_or_administrators
def withdraw(request: HttpRequest, officer: Officer, reference: str, letter: int) -> HttpResponse:
    """Ask why; a POST withdraws the letter."""
    told = _("The letter was withdrawn. Its public page says so.")
    return _change(
        request, officer, _of_case(officer, reference, letter), services.withdraw, "withdraw", told
    )


@require_safe
@officers
def to_sign(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the letters that wait for the officer's signature."""
    now = timezone.now()
    rows = selectors.to_be_signed(officer.region, officer.user)
    waiting = [{"row": row, "line": checking.listed(row, language(), now)} for row in rows]
    return render(request, "runtime/inbox/letters_to_sign.html", {"waiting": waiting})


@never_cache
@sensitive_post_parameters("nik", "passphrase")
@require_http_methods(["GET", "HEAD", "POST"])
@officers
def sign(request: HttpRequest, officer: Officer, letter: int) -> HttpResponse:
    """Ask for NIK and passphrase; a POST passes them on to the signing service, and nowhere else."""
    row = selectors.to_be_signed(officer.region, officer.user).filter(pk=letter).first()
    if row is None or not opens(officer, row.case.reference):
        raise Http404
    form = PassphraseForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    if form.is_valid():
        try:
            issuing.forward(row, now=now, secret=form.secret())
        except Failed as failed:
            form.add_error("passphrase", trouble.sentence(failed.reason))
        else:
            messages.success(request, _("The letter is signed and was verified. The applicant is told."))
            return HttpResponseRedirect(reverse("inbox:letters_to_sign"))
    looked(officer, row.case, Did.VIEWED)
    context = {"row": row, "line": checking.listed(row, language(), now), "form": form}
    return render(request, "runtime/inbox/letter_sign.html", context, status=422 if form.is_bound else 200)


def _of_case(officer: Officer, reference: str, letter: int) -> IssuedLetter:
    """Return the letter of a case the officer may open; an administrator may of any."""
    case = administered(officer, reference)
    found = selectors.one(case, letter) if case else None
    if found is None:
        raise Http404
    return found


def _change(
    request: HttpRequest, officer: Officer, letter: IssuedLetter, change: Change, verb: str, told: str
) -> HttpResponse:
    if not letters.may_change(officer, letter):
        return render(request, "runtime/inbox/not_signer.html", status=403)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back, now = _back(officer, letter), timezone.now()
    if form.is_valid():
        try:
            change(letter, reason=form.cleaned_data["reason"], by=officer.user, now=now)
        except services.NotNow:
            messages.warning(request, _("Nothing was changed: the letter no longer stands as you saw it."))
        except services.LostRace:
            messages.warning(request, _("Somebody else acted on the case this moment. Please try again."))
        else:
            messages.success(request, told)
        return HttpResponseRedirect(back)
    looked(officer, letter.case, Did.VIEWED)
    line = checking.listed(letter, language(), now)
    context: dict[str, Any] = {"letter": letter, "line": line, "form": form, "verb": verb, "back": back}
    return render(request, "runtime/inbox/letter_change.html", context, status=422 if form.is_bound else 200)


def _back(officer: Officer, letter: IssuedLetter) -> str:
    """Return where the officer came from: the case, or the register book for who may not open the case."""
    reference = letter.case.reference
    return (
        reverse("inbox:case", args=[reference]) if opens(officer, reference) else reverse("inbox:registers")
    )
