"""Open tasks for administrators and heads of offices: in whose hands they lie, and giving them to others."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runtime.batches.services import MOST, Wanted
from runtime.forms.face import clean_text
from runtime.inbox import bulk as many
from runtime.inbox import opentasks
from runtime.inbox.access import Officer, heads_or_administrators
from runtime.inbox.actform import too_long
from runtime.inbox.opentasks import PostPage
from runtime.inbox.views.bulk import begin, key_of
from runtime.look.words import language
from runtime.regions import selectors as regions
from runtime.regions.models import User

NOBODY = "nobody"
"""Who a task is given to that is taken back: it is free for all who attend to its post."""


@require_safe
@heads_or_administrators
def listed(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show where work waits, and who has how much of it."""
    page = opentasks.overview(officer.region, officer.offices, language=language(), now=timezone.now())
    whole = officer.administers
    return render(request, "runtime/inbox/open_tasks.html", {"page": page, "whole": whole})


@require_safe
@heads_or_administrators
def person(request: HttpRequest, officer: Officer, person: int) -> HttpResponse:
    """Show what somebody has in hand, post by post; it may be somebody who has left."""
    found = User.objects.filter(pk=person).first()
    posts = opentasks.posts_of(officer.region, officer.offices, found) if found else ()
    if found is None or not (posts or regions.staff_member(officer.region, person, officer.offices)):
        raise Http404
    pages = [_page(request, officer, role, office, found) for role, office in posts]
    context = {"person": found, "pages": pages, "key": uuid.uuid4, "whole": officer.administers}
    return render(request, "runtime/inbox/open_tasks_person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@heads_or_administrators
def post(request: HttpRequest, officer: Officer, role: str, office: int) -> HttpResponse:
    """Show the open tasks of a post; a POST gives the ticked ones to somebody who holds it, or to nobody."""
    page = _page(request, officer, role, office)
    if request.method != "POST":
        return _ask(request, officer, page, {})
    ticked = many.read(request.POST.getlist("t"))
    people = {str(user.pk): user.pk for user in page.people} | {NOBODY: 0}
    to = people.get(request.POST.get("person", ""))
    reason = clean_text(request.POST.get("reason", "")).strip()
    errors = errors_of(len(ticked), to, reason)
    key = key_of(request) or uuid.uuid4()
    if errors:
        return _ask(request, officer, page, errors)
    wanted = Wanted("task:reassign" if to else "task:release", comment=reason, person=to or None)
    return begin(request, officer, key, wanted, ticked)


def _page(
    request: HttpRequest, officer: Officer, role: str, office: int, person: User | None = None
) -> PostPage:
    place = next((one for one in regions.workplaces(officer.region) if one.pk == office), None)
    if place is None or (officer.offices is not None and office not in officer.offices):
        raise Http404
    now = timezone.now()
    query = {} if person else request.GET.dict()
    return PostPage(officer.region, role, place, query, language=language(), now=now, person=person)


def errors_of(count: int, to: int | None, reason: str) -> dict[str, str]:
    """Return what is missing before so many tasks can be given to somebody."""
    errors = {}
    if not count:
        errors["tasks"] = _("Tick at least one task.")
    if count > MOST:
        errors["tasks"] = _("At most %(most)s tasks can be given away at once.") % {"most": MOST}
    if to is None:
        errors["person"] = _("Choose who is to have the tasks.")
    if not reason:
        errors["reason"] = _("Write why: it stays in the history of each case.")
    if long := too_long(reason):
        errors["reason"] = long
    return errors


def _ask(request: HttpRequest, officer: Officer, page: PostPage, errors: dict[str, str]) -> HttpResponse:
    if not page.tasks and not errors:
        messages.info(request, _("No task of this post is open now."))
        return redirect("inbox:open_tasks")
    context = {
        "page": page,
        "whole": officer.administers,
        "errors": errors,
        "key": uuid.uuid4(),
        "ticked": request.POST.getlist("t"),
        "chosen": request.POST.get("person", ""),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "runtime/inbox/open_tasks_post.html", context, status=422 if errors else 200)
