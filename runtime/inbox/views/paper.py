"""A case for the printer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from runtime.cases.selectors import Case
from runtime.inbox import paper as papers
from runtime.inbox.access import Officer, case_readers
from runtime.look.words import language


@require_safe
@case_readers()
def paper(request: HttpRequest, officer: Officer, case: Case) -> HttpResponse:
    """Show the case as it is printed; `notes` in the address adds what officers wrote for one another."""
    notes = request.GET.get("notes") == "1"
    found = papers.paper(officer, case, language=language(), now=timezone.now(), notes=notes)
    return render(request, "runtime/inbox/paper.html", {"paper": found, "page": found.page})
