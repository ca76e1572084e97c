"""The form that asks which event log is wanted: service, kind of file, days of filing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from runtime.modules import selectors as modules
from runtime.regions.models import Region

FORMS = [("xes", _("XES, for programs that study processes")), ("csv", _("CSV, for a spreadsheet"))]


class _Day(forms.DateInput):
    input_type = "date"


def day(label: Any) -> forms.DateField:
    """Return the question for a day, which may be left open."""
    wrong = {"invalid": _("Write a day like 24-12-2026.")}
    formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
    return forms.DateField(
        label=label, required=False, input_formats=formats, widget=_Day(), error_messages=wrong
    )


class EventLogForm(forms.Form):
    """Sent by GET: the answer is a file and changes nothing."""

    service = forms.ChoiceField(label=_("Service"))
    form = forms.ChoiceField(label=_("Kind of file"), choices=FORMS)
    since = day(_("Applications filed from"))
    until = day(_("Applications filed until"))

    def __init__(self, *args: Any, region: Region, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one.key, modules.definition(one.version).title.say(language))
            for one in modules.installations(region)
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", _("The last day lies before the first."))
        return given
