"""What is posted by the page of translations, read without trusting any of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.translation import files
from builder.translation.services import Wanted


class FileForm(forms.Form):
    """A file of translations."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file first.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlf,.xliff"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > files.MOST_BYTES:
            raise forms.ValidationError(
                _("The file is too large: at most 5 MB are taken. Remove what is not a translation.")
            )
        return file


def wanted(posted: QueryDict) -> list[Wanted]:
    """Return what was written beside each text of the page."""
    found = []
    for name in posted:
        if not name.startswith("text:"):
            continue
        path = name.removeprefix("text:")
        # A browser sends the ends of lines as two signs.
        text = str(posted[name]).replace("\r\n", "\n").replace("\x00", "").strip()
        found.append(Wanted(path, posted.get(f"seal:{path}", ""), text, f"fits:{path}" in posted))
    return found
