"""Starting a service from a JSON Schema: what the clerk uploads, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from builder import schemaimport, schemareport
from builder.importviews import ImportView, Told, language
from builder.jsonschema import Conversion
from builder.schemaforms import SchemaForm


class Report(Told):
    """What a clerk is told: what is missing, what differs, and how much came over as it was."""

    def __init__(self, conversion: Conversion) -> None:
        super().__init__(conversion.document, whole=conversion.whole)
        self.questions = sum(1 for _question in _questions(conversion.document))
        refused, partial = list(conversion.entries("refused")), list(conversion.entries("partial"))
        self.refused = schemareport.lines(entry for entry in refused if entry.about == "data")
        self.partial = schemareport.lines(entry for entry in partial if entry.about == "data")
        self.look = schemareport.lines(entry for entry in [*refused, *partial] if entry.about == "look")


class SchemaView(ImportView):
    """A service out of a JSON Schema."""

    template_name = "builder/module/schema.html"
    form_class = SchemaForm
    page_title = gettext_lazy("New service from a JSON Schema")

    def converted(self, form: Any) -> Conversion:
        return schemaimport.conversion(
            form.cleaned_data["schema"],
            form.cleaned_data["ui"] or None,
            language=language(),
            role=self.role(),
        )

    def report(self, made: Any) -> Report:
        return Report(made)


def _questions(document: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Yield what the applicant answers, rows and their questions once."""
    waiting = [item for page in document["pages"] for item in page["fields"]] if document else []
    while waiting:
        item = waiting.pop()
        waiting += item.get("fields", [])
        if "x-source" in item and item["type"] != "repeat":
            yield item
