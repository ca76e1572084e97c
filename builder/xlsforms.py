"""What is asked for when a service is started from a workbook of XLSForm."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from builder.schemaforms import TitledForm
from builder.xlsform import bundle, reading


class FilesInput(forms.FileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is judged as one alone would be."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        one = super().clean
        return [one(file, initial) for file in data] if data else []


class WorkbookForm(TitledForm):
    """A workbook: a file, or what an earlier step has read of it."""

    workbook = FilesField(
        label=_("Workbook"),
        help_text=_(
            "An Excel workbook (.xlsx or .xls) or CSV with the sheets survey, choices and settings. "
            "Choose the CSV files that it uses together with it, or a ZIP archive of all; at most 1.5 MB."
        ),
        required=False,
        allow_empty_file=True,
        widget=FilesInput(attrs={"accept": ".xlsx,.xls,.csv,.zip"}),
    )
    kept = forms.CharField(required=False, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """Give the bytes as `content` and, for the next step, as text in `kept`."""
        cleaned: dict[str, Any] = super().clean() or {}
        files = cleaned.get("workbook") or []
        cleaned["content"] = self._read(files) if files else _decoded(cleaned.get("kept", ""))
        cleaned["kept"] = base64.b64encode(cleaned["content"]).decode()
        if not cleaned["content"] and "workbook" not in self.errors:
            self.add_error("workbook", _("The file is empty.") if files else _("Choose a file."))
        return cleaned

    def _read(self, files: list[UploadedFile[Any]]) -> bytes:
        if sum(file.size or 0 for file in files) > reading.MOST_BYTES:
            self.add_error(
                "workbook",
                _("The file is larger than 1.5 MB. Remove pictures from it.")
                if len(files) == 1
                else _("The files are larger than 1.5 MB together. Upload long lists under Lists instead."),
            )
            return b""
        return bundle.packed([(file.name or "", bytes(file.read())) for file in files])


def _decoded(kept: str) -> bytes:
    try:
        return base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        return b""
