"""Watching a case, and no longer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from runtime.cases.selectors import Case
from runtime.inbox import watching
from runtime.inbox.access import Officer, case_readers


@require_POST
@case_readers()
def turn(request: HttpRequest, officer: Officer, case: Case) -> HttpResponse:
    """Let the officer watch the case, or no longer when the form does not say `on`."""
    if request.POST.get("on") == "1":
        try:
            watching.watch(officer, case, now=timezone.now())
            messages.success(request, _("You watch this case. It stands in the list “Watched”."))
        except watching.TooMany:
            told = _("You watch %(most)s cases already. Stop watching one of them first.")
            messages.error(request, told % {"most": watching.MOST})
    else:
        watching.unwatch(officer, case)
        messages.success(request, _("You no longer watch this case."))
    return HttpResponseRedirect(reverse("inbox:case", args=[case.reference]))
