"""The form that asks which applications are wanted as a file, with which answers, and what kind of file."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from runtime.exports.asking import Wanted
from runtime.inbox.access import Officer
from runtime.inbox.eventlogform import EventLogForm
from schemas.exporting import Way

FORMS = [
    ("xlsx", _("XLSX, a workbook for Excel or LibreOffice")),
    ("csv", _("CSV, several files in a ZIP")),
    ("json", _("JSON, for other programs")),
]
STATES = [
    ("", _("All applications")),
    ("open", _("Not yet finished")),
    ("closed", _("Finished, however they ended")),
    ("granted", _("Granted")),
    ("refused", _("Refused")),
    ("withdrawn", _("Withdrawn")),
    ("expired", _("Expired")),
]
FILE = (
    Way.FILE.value,
    _("Answers; identity and phone numbers covered, specific personal data left out"),
)
WHOLE = (Way.WHOLE.value, _("Everything I may read, numbers in full and specific personal data as well"))
RECAP = (Way.RECAP.value, _("Without personal data, for counting"))


class ExportForm(EventLogForm):
    """Which service and days stand first, as in the form of the event log."""

    form = forms.ChoiceField(
        label=_("Kind of file"), choices=FORMS, initial=FORMS[0][0], widget=forms.RadioSelect
    )
    state = forms.ChoiceField(label=_("Which applications"), choices=STATES, required=False)
    way = forms.ChoiceField(
        label=_("Which answers"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which answers the file holds.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput())
    field_order = ["service", "since", "until", "state", "way", "form"]

    def __init__(self, *args: Any, officer: Officer, language: str, **kwargs: Any) -> None:
        super().__init__(*args, region=officer.region, language=language, **kwargs)
        self.officer, self.language = officer, language
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = [FILE, WHOLE, RECAP] if officer.held else [RECAP]
        self.initial = {"way": way.choices[0][0], "key": uuid.uuid4(), **self.initial}

    def wanted(self) -> Wanted:
        """Return what was asked for, once the form is valid.

        Without an answer about a person, an administrator may have all cases of the region.
        """
        given, way = self.cleaned_data, Way(self.cleaned_data["way"])
        every = way == Way.RECAP and self.officer.administers
        posts = {one.post for one in self.officer.held if one.covers(given["service"])}
        return Wanted(
            service=given["service"],
            form=given["form"],
            way=way,
            language=self.language,
            state=given["state"],
            since=given["since"],
            until=given["until"],
            posts=() if every else tuple(sorted(posts)),
            every=every,
        )
