"""The cases that belong to the one on the page, in words, each with a link for whoever may open it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from runtime.cases import kin
from runtime.cases.kin import Line, Relative, Unfiled
from runtime.cases.selectors import Case
from runtime.effects import trouble
from runtime.inbox.access import Officer, opens


def lines(officer: Officer, case: Case, language: str) -> tuple[Line, ...]:
    """Return the case that opened `case`, those that it opened, and those that are not filed yet."""
    found = kin.kin(case, language)
    above = [_relative(officer, found.parent, _above(case, found.parent))] if found.parent else []
    below = [_relative(officer, one, _below(one)) for one in found.children]
    return (*above, *below, *(_unfiled(one) for one in found.unfiled))


def _relative(officer: Officer, one: Relative, about: str) -> Line:
    address = reverse("inbox:case", args=[one.reference]) if opens(officer, one.reference) else ""
    return Line(one.service, about, one.reference, one.status, one.outcome, address)


def _above(case: Case, parent: Relative) -> str:
    if parent.awaited:
        return _("This application was filed from it. It waits for the end of this one.")
    if parent.outcome and not case.closed_at:
        return _("This application was filed from it. It has ended; this one goes on by itself.")
    return _("This application was filed from it.")


def _below(child: Relative) -> str:
    if child.awaited:
        return _("Filed from this case, which waits for its end.")
    return _("Filed from this case.")


def _unfiled(one: Unfiled) -> Line:
    about = {
        "coming": _("It is being filed."),
        "failed": _("It could not be filed. %(why)s") % {"why": trouble.sentence(one.reason)},
        "settled": _("It was not filed; somebody has seen to it otherwise."),
        "dropped": _("It was not filed, as nobody waited for it any more."),
    }[one.state]
    return Line(one.service, about, failed=one.state == "failed")
