"""Applications as a file: asked for here, made by a job, fetched by whoever asked for it."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runtime.exports import asking
from runtime.inbox.access import Officer, officers_or_administrators
from runtime.inbox.exportform import ExportForm
from runtime.inbox.exportpage import export_page
from runtime.inbox.jobdoor import job_door
from runtime.jobs import selectors, services
from runtime.jobs.selectors import Job
from runtime.look.words import language

log = logging.getLogger("rakit.views")
LOOK_AGAIN = 3  # seconds, while the file is made
LATEST = 20  # files that are listed


owners = job_door(asking.KIND)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_or_administrators
def exports(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask which applications are wanted and list the latest files; a POST has one made."""
    form = ExportForm(request.POST or None, officer=officer, language=language())
    if request.method == "POST" and form.is_valid():
        found = _begin(request, officer, form)
        if found is not None:
            return redirect("inbox:export", key=found.public_id)
    latest = selectors.jobs_of(officer.region, officer.user, asking.KIND)[:LATEST]
    context = {"form": form, "files": [export_page(job, language()) for job in latest]}
    return render(
        request, "runtime/inbox/exports.html", context, status=422 if request.method == "POST" else 200
    )


def _begin(request: HttpRequest, officer: Officer, form: ExportForm) -> Job | None:
    now = timezone.now()
    try:
        job = services.begin(
            region=officer.region,
            by=officer.user,
            key=form.cleaned_data["key"],
            kind=asking.KIND,
            arguments=form.wanted().as_json(),
            now=now,
        )
    except services.NotYours:
        raise Http404 from None
    except services.TooMany:
        words = _("Three of your files are still being made. Wait until one is ready, or stop one.")
        messages.error(request, words)
        return None
    services.work(job, now=now)
    return job


@require_safe
@owners
def export(request: HttpRequest, officer: Officer, job: Job) -> HttpResponse:
    """Show how far a file is; a browser looks again by itself."""
    page = export_page(job, language())
    response = render(request, "runtime/inbox/export.html", {"page": page})
    if page.busy:
        response["Refresh"] = str(LOOK_AGAIN)
    return response


@require_safe
@owners
def download(request: HttpRequest, officer: Officer, job: Job) -> HttpResponseBase:
    """Send the file, as long as it is kept and the reader still holds the posts it was made for."""
    if not job.file or job.expires_at is None or job.expires_at <= timezone.now():
        raise Http404
    if not asking.may_have(job):
        return render(request, "runtime/inbox/no_post.html", status=403)
    log.info("viewed region=%s officer=%s what=file %s", officer.region.key, officer.user.pk, job.public_id)
    response = FileResponse(
        default_storage.open(job.file, "rb"),
        as_attachment=True,
        filename=job.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@owners
def cancel(request: HttpRequest, officer: Officer, job: Job) -> HttpResponse:
    """Stop a file that is not ready."""
    if services.cancel(job, now=timezone.now()):
        messages.success(request, _("Stopped. What was made of the file is deleted."))
    return redirect("inbox:export", key=job.public_id)
