"""Workbooks of XLSForm in the editor: starting a service from one, and taking the questions away as one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from builder import permissions, selectors, xlsexport, xlsimport, xlsreport
from builder.importviews import ImportView, Told, language
from builder.models import Module
from builder.schemareport import Line
from builder.xlsform import installed
from builder.xlsforms import WorkbookForm
from builder.xlsimport import Import
from schemas import digest


class Report(Told):
    """What a clerk is told: how many rows were taken, what is missing, and what differs."""

    def __init__(self, made: Import) -> None:
        super().__init__(made.document, whole=made.conversion.whole)
        ledger = made.conversion.ledger
        self.reason = xlsreport.unreadable(made.unreadable) if made.unreadable else ""
        self.questions = sum(1 for _question in _questions(made.document))
        self.counted = ledger.counted("survey")
        self.rows = sum(self.counted.values())
        self.refused = xlsreport.lines(ledger, ledger.of("refused"))
        self.partial = xlsreport.lines(ledger, ledger.of("without"))
        self.look: list[Line] = xlsreport.lines(ledger, ledger.of("look"))
        self.judged = made.verdict.refused


class WorkbookView(ImportView):
    """A service out of a workbook."""

    template_name = "builder/module/workbook.html"
    form_class = WorkbookForm
    page_title = gettext_lazy("New service from a workbook (XLSForm)")

    def converted(self, form: Any) -> Import:
        judged = "make" not in self.request.POST
        content = form.cleaned_data["content"]
        return xlsimport.run(content, language=language(), role=self.role(), judged=judged)

    def report(self, made: Any) -> Report:
        return Report(made)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(installed=installed(), **kwargs)


class ExportView(WagtailAdminTemplateMixin, View):
    """What a workbook cannot hold of a service, before it is saved."""

    template_name = "builder/module/workbook_out.html"
    header_icon = "download"
    page_title = gettext_lazy("The questions as a workbook (XLSForm)")
    unready = gettext_lazy(
        "The last draft that was saved still has something to put right. Then it can be saved as a file."
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "change" not in permissions.actions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        made = xlsexport.workbook(self.parsed)[1] if self.parsed else None
        context = {
            "lines": xlsexport.lines(made, language()) if made else [],
            "possible": made is not None,
            "unready": self.unready,
            "file_url": reverse("builder_workbook_file", args=[pk]),
            "edit_url": reverse("wagtailsnippets_builder_module:edit", args=[pk]),
            "module": self.module,
        }
        answer: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return answer

    @cached_property
    def module(self) -> Module:
        return get_object_or_404(Module, pk=self.kwargs["pk"])

    @cached_property
    def draft(self) -> Module:
        newest: Module = self.module.get_latest_revision_as_object()
        return newest

    @cached_property
    def parsed(self) -> Any:
        return selectors.parsed(self.draft.document)


class ExportFileView(ExportView):
    """The workbook itself."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.parsed is None:
            return HttpResponse(str(self.unready), status=409, content_type="text/plain; charset=utf-8")
        content, _made = xlsexport.workbook(self.parsed, version=digest.of_text(self.draft.document)[:12])
        response = HttpResponse(content, content_type=xlsexport.KIND)
        response["Content-Disposition"] = f'attachment; filename="{self.parsed.key}.xlsx"'
        return response


def _questions(document: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Yield what the applicant answers, rows and their questions once."""
    waiting = [item for page in document["pages"] for item in page["fields"]] if document else []
    while waiting:
        item = waiting.pop()
        waiting += item.get("fields", [])
        if item["type"] not in ("group", "repeat", "heading", "note", "metadata"):
            yield item
