"""The applications that belong to the one on the page, each with a link and what opens it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from runtime.cases import kin
from runtime.cases.kin import Line, Relative
from runtime.cases.selectors import Case
from runtime.tracking.access import allowed_case

UNDERWAY = frozenset({"coming", "failed"})


def lines(request: HttpRequest, case: Case, language: str) -> tuple[Line, ...]:
    """Return the application that `case` was filed from, and those that were filed from it."""
    found = kin.kin(case, language)
    about = _("Your application was filed from this one.")
    above = [_relative(request, found.parent, about)] if found.parent else []
    below = [_relative(request, child, _below(child), own=True) for child in found.children]
    coming = [Line(one.service, _("It is being filed.")) for one in found.unfiled if one.state in UNDERWAY]
    return (*above, *below, *coming)


def _relative(request: HttpRequest, one: Relative, about: str, *, own: bool = False) -> Line:
    """Return the line; whoever has not proved the other application is asked to, as everywhere."""
    address, code = reverse("tracking:case", args=[one.reference]), ""
    if allowed_case(request, one.reference) is None:
        address = f"{reverse('tracking:find')}?{urlencode({'reference': one.reference})}"
        code = kin.access_code(one.case) if own else ""
    return Line(one.service, about, one.reference, one.status, one.outcome, address, code)


def _below(child: Relative) -> str:
    if child.awaited:
        return _("Filed for you from this application, which waits for it.")
    return _("Filed for you from this application.")
