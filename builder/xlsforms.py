"""What is asked for when a service is started from a workbook of XLSForm."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from builder.schemaforms import TitledForm
from builder.xlsform import reading


class WorkbookForm(TitledForm):
    """A workbook: a file, or what an earlier step has read of it."""

    workbook = forms.FileField(
        label=_("Workbook"),
        help_text=_(
            "An Excel workbook (.xlsx or .xls) or CSV, at most 1.5 MB, "
            "with the sheets survey, choices and settings."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    kept = forms.CharField(required=False, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """Give the bytes as `content` and, for the next step, as text in `kept`."""
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("workbook")
        cleaned["content"] = self._read(file) if file else _decoded(cleaned.get("kept", ""))
        cleaned["kept"] = base64.b64encode(cleaned["content"]).decode()
        if not cleaned["content"] and "workbook" not in self.errors:
            self.add_error("workbook", _("The file is empty.") if file is not None else _("Choose a file."))
        return cleaned

    def _read(self, file: UploadedFile[Any]) -> bytes:
        if (file.size or 0) > reading.MOST_BYTES:
            self.add_error("workbook", _("The file is larger than 1.5 MB. Remove pictures from it."))
            return b""
        return bytes(file.read())


def _decoded(kept: str) -> bytes:
    try:
        return base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        return b""
