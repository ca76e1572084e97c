"""What is asked when a list is uploaded. What the file must hold is for `runtime.datasets` to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.datasets import sheet
from runtime.datasets.columns import TYPES

TYPE_NAMES = {
    "text": gettext_lazy("Text"),
    "number": gettext_lazy("Numbers"),
    "money": gettext_lazy("Rupiah"),
    "date": gettext_lazy("Date"),
    "boolean": gettext_lazy("Yes or no"),
}


class UploadForm(forms.Form):
    """A file, how the edition is called, and for a new list its title."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("For example “Kelas makam”. You choose the list by this title."),
    )
    edition = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$",
        label=gettext_lazy("Edition"),
        help_text=gettext_lazy("Letters, digits and . _ - only, for example 2026 or 2026-09."),
        error_messages={
            "invalid": gettext_lazy("Take letters, digits and . _ - only, for example 2026 or 2026-09.")
        },
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy(
            "CSV or Excel (.xlsx), at most 10 MB. The first line names the columns: “value” is stored as the "
            "answer, “label” is what people see, and rules can use any others."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, titled: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not titled:
            del self.fields["title"]

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > sheet.MOST_BYTES:
            raise forms.ValidationError(
                _("The file is too large: at most 10 MB are taken. Remove what is not part of the table.")
            )
        return file


class TypesForm(forms.Form):
    """The type of each column, as it looks or as somebody decides."""

    def __init__(self, *args: Any, types: dict[str, str], titles: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, kind in types.items():
            self.fields[f"type-{key}"] = forms.ChoiceField(
                label=titles.get(key, key),
                choices=[(known, TYPE_NAMES[known]) for known in TYPES],
                initial=kind,
                required=False,
            )

    def chosen(self) -> dict[str, str]:
        """Return the types by key of the column."""
        return {name.removeprefix("type-"): kind for name, kind in self.cleaned_data.items() if kind}
