"""Starting a service from a file of another program: upload, read what becomes of it, then make the draft.

Nothing is kept between the two steps but what the page itself carries; the second step converts anew.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from builder import blank, once, problems, schemareport, services, staffing
from builder.models import Module
from builder.schemareport import Line
from runtime.modules import site
from runtime.regions.models import User


class Told:
    """What a clerk is told: whether a draft can be made, how much of it, and what is missing or differs."""

    questions: int
    refused: list[Line]
    partial: list[Line]
    look: list[Line]
    mistakes: list[Line]

    def __init__(self, document: dict[str, Any] | None, *, whole: bool) -> None:
        self.possible, self.whole = document is not None, whole
        self.pages = len(document["pages"]) if document else 0
        self.mistakes = schemareport.merged(problems.mistakes(document)) if document else []

    @property
    def headline(self) -> str:
        if not self.possible:
            return _("No service can be made of this file.")
        return _("Everything was taken over.") if self.whole else _("Not everything could be taken over.")


class ImportView(ABC, PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView[Any]):
    """The upload, and on the same address the report with the button that makes the draft."""

    model = Module
    permission_required = "add"
    index_url_name = ""
    add_url_name = ""
    edit_url_name = ""
    header_icon = "form"

    @abstractmethod
    def converted(self, form: Any) -> Any:
        """Return what became of the file; its `document` is None when nothing can be made of it."""

    @abstractmethod
    def report(self, made: Any) -> Told:
        """Return what a clerk is told of it."""

    def form_valid(self, form: Any) -> HttpResponse:
        made = self.converted(form)
        # A title that somebody typed counts more than the file's.
        if made.document is not None and form.cleaned_data["title"]:
            made.document["title"] = form.cleaned_data["title"]
        if made.document is not None and "make" in self.request.POST:
            return once.begun(self, lambda: self.added(made.document))
        return self.render_to_response(self.get_context_data(form=form, report=self.report(made)))

    def role(self) -> dict[str, Any]:
        """Return who usually does the first step in this region."""
        return staffing.usual(site.region(self.request), blank.first_role())

    def added(self, document: dict[str, Any]) -> Module:
        user = self.request.user if isinstance(self.request.user, User) else None
        return services.create_from(region=site.region(self.request), document=document, user=user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = {"back": reverse(self.index_url_name), "start": reverse(self.add_url_name)}
        return super().get_context_data(**back, **kwargs)


def language() -> str:
    """Return the language the clerk reads, when documents can be in it."""
    now = (get_language() or "")[:2]
    return now if now in blank.LANGUAGES else blank.LANGUAGES[0]
