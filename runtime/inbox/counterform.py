"""What a clerk states before filling in an application for somebody: who it is, and how that was checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from runtime.cases.counter import Identity
from runtime.forms.commentform import judged
from runtime.forms.face import clean_text
from runtime.forms.uploads import Accepted


class NameField(forms.CharField):
    """A person's name on one line."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)

    def clean(self, value: Any) -> str:
        """Return the name without needless spaces."""
        return " ".join(clean_text(super().clean(value)).split())


class CounterForm(forms.Form):
    """For whom, how checked; with a power of attorney who came, and the paper."""

    name = NameField(
        label=_("Full name of the applicant"), error_messages={"required": _("Write the applicant's name.")}
    )
    identity = forms.ChoiceField(
        label=_("How did you check who it is?"),
        choices=Identity.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say how you checked who the applicant is."),
            "invalid_choice": _("Say how you checked who the applicant is."),
        },
    )
    agent = NameField(
        label=_("Name of whoever came with the power of attorney"),
        required=False,
        help_text=_("Only when somebody else came. Check their KTP."),
    )
    paper = forms.FileField(
        label=_("The power of attorney"),
        widget=forms.FileInput,
        required=False,
        allow_empty_file=True,
        help_text=_("PDF or picture, at most 5 MB."),
    )
    email = forms.EmailField(
        label=_("E-mail address of the applicant"),
        required=False,
        max_length=254,
        help_text=_("News is sent here. Leave it empty when there is none."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write an e-mail address like name@example.go.id.")},
    )

    def clean_paper(self) -> Accepted | None:
        """Return the paper once it was looked into."""
        return judged(self.cleaned_data.get("paper"))

    def clean(self) -> dict[str, Any]:
        """Ask for the agent and the paper where there is a power of attorney; forget them otherwise."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("identity") != Identity.AGENT:
            return given | {"agent": "", "paper": None}
        if not given.get("agent"):
            self.add_error("agent", _("Write who came in the applicant's place."))
        if not given.get("paper") and "paper" not in self.errors:
            self.add_error("paper", _("Attach the power of attorney."))
        return given
