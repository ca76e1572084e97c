"""The work list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from runtime.inbox import mentions
from runtime.inbox.access import Officer, officers_or_administrators
from runtime.inbox.worklist import CHANNELS, SORTS, work_list
from runtime.look.words import language


@require_safe
@officers_or_administrators
def work(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the tasks that wait for the officer, for their unit, or that are late.

    An administrator without a post is led to what administrators do.
    """
    if not officer.held:
        return redirect("inbox:account")
    found = work_list(officer, request.GET.dict(), language=language(), now=timezone.now())
    context = {"work": found, "sorts": SORTS, "channels": CHANNELS, "counter": officer.at_counter}
    context["heads"] = officer.heads and found.filters.tab == "unit"
    if found.filters.tab == "mine" and not found.filters.search:
        context["mentions"] = mentions.lines(officer, language())
    return render(request, "runtime/inbox/work.html", context)
