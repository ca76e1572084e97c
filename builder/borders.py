"""Wagtail's views of a service where they take for granted what only their own pages send.

An address to go on to is a path of this site, and the number of a person one that a database can hold.
Anything else is left out before something is done, so that nothing is done by half.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.snippets.views import snippets

LONGEST_NUMBER = 18  # digits; more do not fit into the number of a row
NOBODY = "0"


class _OnwardView:
    """An operation that leads on to `next`."""

    next_url: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # of the view beside it
        self.next_url = self.next_url if self.next_url.startswith("/") else ""


class LockView(_OnwardView, snippets.LockView):
    """Locks a service."""


class UnlockView(_OnwardView, snippets.UnlockView):
    """Unlocks a service."""


class RevisionsUnscheduleView(snippets.RevisionsUnscheduleView):
    """Takes a version off the schedule, if it is on it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        url = super().get_next_url()
        self.onward = url if url.startswith("/") else reverse(self.history_url_name, args=[self.object.pk])

    def get_next_url(self) -> str:
        return self.onward

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.revision.approved_go_live_at is None:
            messages.info(request, _("This version is not scheduled any more. Nothing was changed."))
            return redirect(self.onward)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class HistoryView(snippets.HistoryView):
    """The history of a service, filtered by people."""

    def get_filterset_kwargs(self) -> dict[str, Any]:
        given: dict[str, Any] = super().get_filterset_kwargs()
        data = given["data"].copy()
        people = [one if len(one) <= LONGEST_NUMBER else NOBODY for one in data.getlist("user")]
        data.setlist("user", people)
        return {**given, "data": data}
