"""What is asked for when a service is started from a JSON Schema."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from builder.jsonschema import reading
from builder.panel.forms import seen

JSON_FILE = forms.FileInput(attrs={"accept": ".json,application/json"})


class TitledForm(forms.Form):
    """What every way in from a file asks beside the file."""

    title = forms.CharField(
        label=_("Title of the service"),
        help_text=_("Leave it empty to use the title in the file."),
        max_length=200,
        required=False,
        validators=[seen],
    )


class SchemaForm(TitledForm):
    """A JSON Schema and its UI schema: two files, or what an earlier step has read of them."""

    schema_file = forms.FileField(
        label=_("JSON Schema"),
        help_text=_("A file that ends with .json, at most 1 MB. Everything it refers to must be inside."),
        required=False,
        allow_empty_file=True,
        widget=JSON_FILE,
    )
    ui_file = forms.FileField(
        label=_("UI schema (optional)"),
        help_text=_(
            "Of JSON Forms or react-jsonschema-form: the order, the pages and the words of the form."
        ),
        required=False,
        allow_empty_file=True,
        widget=JSON_FILE,
    )
    schema_text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    ui_text = forms.CharField(required=False, strip=False, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """Give the texts as `schema` and `ui`, wherever they come from."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("schema", "ui"):
            file = cleaned.get(f"{name}_file")
            cleaned[name] = self._content(f"{name}_file", file) if file else cleaned.get(f"{name}_text", "")
        if not cleaned["schema"] and "schema_file" not in self.errors:
            self.add_error("schema_file", _("Choose a file."))
        return cleaned

    def _content(self, name: str, file: UploadedFile[Any]) -> str:
        if (file.size or 0) > reading.MAX_BYTES:
            self.add_error(name, _("The file is larger than 1 MB."))
            return ""
        try:
            return reading.decode(file.read())
        except reading.Unreadable:
            self.add_error(name, _("The file is not text in UTF-8. Save it again with this encoding."))
            return ""
