"""The log of views for the region's administrator: who saw which case, and what applicants read of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runtime.inbox.access import Officer, administrators
from runtime.look.words import language
from runtime.viewlog import selectors, services

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def viewlog(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show who saw which case, the latest first; a POST says whether applicants read names."""
    if request.method == "POST":
        services.name_officers(region=officer.region, names=request.POST.get("names") == "yes")
        messages.success(request, _("Saved. It holds for what was written down before as well."))
        return redirect("inbox:viewlog")
    page = Paginator(selectors.of_region(officer.region), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, row.post(language())) for row in page.object_list]
    turned = {
        "number": page.number,
        "more": page.has_next(),
        "before": f"?page={page.number - 1}" if page.has_previous() else "",
        "after": f"?page={page.number + 1}" if page.has_next() else "",
    }
    context = {"log": turned, "rows": rows, "names": selectors.names_officers(officer.region)}
    return render(request, "runtime/inbox/viewlog.html", context)
