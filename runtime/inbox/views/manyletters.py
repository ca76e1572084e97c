"""Many letters in one job: an administrator has them issued anew, an officer signs those that wait."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runtime.inbox.access import Officer, administrators, officers
from runtime.inbox.jobdoor import job_door
from runtime.inbox.manylettersform import AgainForm, SignManyForm, WhichForm
from runtime.inbox.manyletterspage import letters_page
from runtime.jobs import selectors, services
from runtime.jobs.selectors import Job
from runtime.letters import checking
from runtime.letters import selectors as letters
from runtime.letters.many import errands, reissue, sealed, sign
from runtime.look.words import language

LOOK_AGAIN = 3  # seconds, while letters are issued
GO_ON = 1  # seconds between two goes at signing
PATIENCE = 6.0  # seconds of one go: several letters, and the page still answers
COOKIE = "rakit_signing"
LATEST = 10


owners = job_door(reissue.KIND, sign.KIND)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def again(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask which letters, say how many they are; a POST has them issued anew."""
    asked = request.GET if "what" in request.GET else None
    which = WhichForm(asked, region=officer.region, language=language())
    form = AgainForm(request.POST if request.method == "POST" else None)
    ready = asked is not None and which.is_valid()
    if request.method == "POST" and ready and form.is_valid():
        arguments = which.wanted(form.cleaned_data["reason"]).as_json()
        job = _begin(request, officer, form.cleaned_data["key"], reissue.KIND, arguments, timezone.now())
        if job is not None:
            services.work(job, now=timezone.now())
            return redirect("inbox:letters_job", key=job.public_id)
    context = {
        "which": which,
        "form": form,
        "ready": ready,
        "count": reissue.chosen(officer.region, which.wanted()).count() if ready else 0,
        "most": errands.MOST,
        "latest": _latest(officer, reissue.KIND),
    }
    wrong = request.method == "POST" or bool(which.errors)
    return render(request, "runtime/inbox/letters_again.html", context, status=422 if wrong else 200)


@never_cache
@sensitive_post_parameters("nik", "passphrase")
@require_http_methods(["GET", "HEAD", "POST"])
@officers
def sign_many(request: HttpRequest, officer: Officer) -> HttpResponse:
    """List what waits for the officer, ask for NIK and passphrase once; a POST begins to sign."""
    now = timezone.now()
    rows = list(letters.to_be_signed(officer.region, officer.user)[: sign.MOST])
    posted = request.POST if request.method == "POST" else None
    form = SignManyForm(posted, waiting=[row.pk for row in rows])
    if form.is_valid():
        arguments = {"letters": form.cleaned_data["letter"]}
        job = _begin(request, officer, form.cleaned_data["key"], sign.KIND, arguments, now)
        if job is not None:
            answer = redirect("inbox:letters_job", key=job.public_id)
            _give(answer, sealed.seal(form.secret(), job, now), job)
            return answer
    ticked = set(request.POST.getlist("letter"))
    context = {
        "waiting": [
            (row, checking.listed(row, language(), now), not form.is_bound or str(row.pk) in ticked)
            for row in rows
        ],
        "form": form,
        "latest": _latest(officer, sign.KIND),
    }
    return render(request, "runtime/inbox/letters_sign.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@owners
def job(request: HttpRequest, officer: Officer, job: Job) -> HttpResponse:
    """Show how far a job is; a browser looks again by itself, and signing goes on whenever it does."""
    busy = job.finished_at is None
    if busy and job.kind == sign.KIND and request.method == "GET":
        now = timezone.now()
        with sealed.carried(sealed.unseal(request.COOKIES.get(COOKIE, ""), job, now)):
            services.work(job, now=now, patience=PATIENCE, hand_over=True)
    page = letters_page(job, language())
    response = render(request, "runtime/inbox/letters_job.html", {"page": page})
    if page.busy:
        response["Refresh"] = str(GO_ON if page.signing else LOOK_AGAIN)
    elif page.signing:
        response.delete_cookie(COOKIE, path=_path(job))
    return response


@require_POST
@owners
def cancel(request: HttpRequest, officer: Officer, job: Job) -> HttpResponse:
    """Stop a job that is not finished."""
    if services.cancel(job, now=timezone.now()):
        messages.success(request, _("Stopped. What was done stays done; the rest is left as it was."))
    return redirect("inbox:letters_job", key=job.public_id)


def _begin(
    request: HttpRequest,
    officer: Officer,
    key: uuid.UUID,
    kind: str,
    arguments: dict[str, Any],
    now: datetime,
) -> Job | None:
    try:
        return services.begin(
            region=officer.region, by=officer.user, key=key, kind=kind, arguments=arguments, now=now
        )
    except services.NotYours:
        raise Http404 from None
    except services.TooMany:
        words = _("Three of your jobs are still under way. Wait until one is over, or stop one.")
        messages.error(request, words)
        return None


def _latest(officer: Officer, kind: str) -> list[Any]:
    found = selectors.jobs_of(officer.region, officer.user, kind)[:LATEST]
    return [letters_page(job, language()) for job in found]


def _give(response: HttpResponse, text: str, job: Job) -> None:
    """Hand the sealed secret to the browser, for the page of this job alone."""
    response.set_cookie(
        COOKIE,
        text,
        max_age=sealed.LIFE,
        path=_path(job),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _path(job: Job) -> str:
    return reverse("inbox:letters_job", args=[job.public_id])
