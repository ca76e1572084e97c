"""Starting a service from a JSON Schema: upload, read what becomes of it, then make the draft.

Nothing is kept between the two steps but what the page itself carries; the second step converts anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from builder import blank, schemaimport, schemareport, services, staffing
from builder.jsonschema import Conversion
from builder.models import Module
from builder.schemaforms import SchemaForm
from runtime.modules import site
from runtime.regions.models import User


class SchemaView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView[SchemaForm]):
    """The upload, and on the same address the report with the button that makes the draft."""

    model = Module
    permission_required = "add"
    index_url_name = ""
    add_url_name = ""
    edit_url_name = ""
    template_name = "builder/module/schema.html"
    form_class = SchemaForm
    header_icon = "form"
    page_title = gettext_lazy("New service from a JSON Schema")

    def form_valid(self, form: SchemaForm) -> HttpResponse:
        made = self.converted(form)
        if made.document is not None and "make" in self.request.POST:
            return redirect(self.edit_url_name, self.added(made.document).pk)
        return self.render_to_response(self.get_context_data(form=form, report=Report(made)))

    def converted(self, form: SchemaForm) -> Conversion:
        """Convert what was sent; a title that somebody typed counts more than the file's."""
        title = form.cleaned_data["title"]
        made = schemaimport.conversion(
            form.cleaned_data["schema"],
            form.cleaned_data["ui"] or None,
            language=language(),
            role=staffing.usual(site.region(self.request), blank.first_role()),
        )
        if title and made.document is not None:
            made.document["title"] = title
        return made

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


class Report:
    """What a clerk is told: what is missing, what differs, and how much came over as it was."""

    def __init__(self, conversion: Conversion) -> None:
        self.possible = conversion.document is not None
        self.whole = conversion.whole
        self.questions = sum(1 for _question in _questions(conversion.document))
        self.pages = len(conversion.document["pages"]) if conversion.document else 0
        refused, partial = list(conversion.entries("refused")), list(conversion.entries("partial"))
        self.refused = schemareport.lines(entry for entry in refused if entry.about == "data")
        self.partial = schemareport.lines(entry for entry in partial if entry.about == "data")
        self.look = schemareport.lines(entry for entry in [*refused, *partial] if entry.about == "look")

    @property
    def headline(self) -> str:
        if not self.possible:
            return _("No service can be made of this file.")
        return _("Everything was taken over.") if self.whole else _("Not everything could be taken over.")


def _questions(document: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Yield what the applicant answers, rows and their questions once."""
    waiting = [item for page in document["pages"] for item in page["fields"]] if document else []
    while waiting:
        item = waiting.pop()
        waiting += item.get("fields", [])
        if "x-source" in item and item["type"] != "repeat":
            yield item
