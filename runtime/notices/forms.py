"""What somebody is asked about notices: an officer how often, a citizen by which way, both when not."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from runtime.notices.models import Channel, Rhythm
from runtime.notices.selectors import Wish
from schemas.fieldtypes import phone


class _Clock(forms.TimeInput):
    input_type = "time"


def _hour(label: Any, help_text: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        help_text=help_text,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=_Clock(),
        error_messages={"invalid": _("Write a time like 21:00.")},
    )


class _WishForm(forms.Form):
    """What both are asked."""

    quiet_from = _hour(_("Quiet from"), _("A notice that falls into this time waits until it is over."))
    quiet_until = _hour(_("Quiet until"))
    language = forms.ChoiceField(
        label=_("Language of notices"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the languages.")},
    )
    same = _("That of the application")

    def __init__(self, data: Any = None, *, wish: Wish) -> None:
        kept = {name: _plain(getattr(wish, name)) for name in self.base_fields}
        super().__init__(data, initial=kept)
        self._offer("language", [("", self.same), *settings.LANGUAGES])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Want both ends of the quiet hours, or none."""
        given: dict[str, Any] = super().clean() or {}
        start, end = given.get("quiet_from"), given.get("quiet_until")
        for name, there, other in (("quiet_from", start, end), ("quiet_until", end, start)):
            if there is None and other is not None and name not in self.errors:
                self.add_error(name, _("Write both times, or neither."))
        if start is not None and start == end:
            self.add_error("quiet_until", _("Quiet hours cannot end when they begin."))
        return given


class OfficerForm(_WishForm):
    """How an officer is told of their tasks."""

    rhythm = forms.ChoiceField(
        label=_("New tasks and deadlines"),
        choices=Rhythm.choices,
        error_messages={
            "required": _("Choose how often you are told."),
            "invalid_choice": _("Choose how often you are told."),
        },
    )
    at = _hour(_("The daily e-mail comes at"))
    gather = forms.BooleanField(
        label=_("Put the e-mails that services send me into the daily one as well"), required=False
    )
    field_order = ["rhythm", "at", "gather", "quiet_from", "quiet_until", "language"]
    same = _("That of the region")


class CitizenForm(_WishForm):
    """By which way a citizen is told of their applications; `channels` are those the region has."""

    channel = forms.ChoiceField(
        label=_("How do we tell you?"),
        error_messages={
            "required": _("Choose how we tell you."),
            "invalid_choice": _("Choose one of the ways there are."),
        },
    )
    number = forms.CharField(
        label=_("Telephone number"),
        required=False,
        max_length=25,
        help_text=_("Only for SMS and WhatsApp. For example 0812 3456 7890."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    fallback = forms.BooleanField(
        label=_("If that does not arrive, write me an e-mail instead"), required=False
    )
    field_order = ["channel", "number", "fallback", "quiet_from", "quiet_until", "language"]

    def __init__(self, data: Any = None, *, wish: Wish, channels: tuple[tuple[str, str], ...]) -> None:
        super().__init__(data, wish=wish)
        self._offer("channel", list(channels))
        if len(channels) == 1:
            for name in ("channel", "number", "fallback"):
                del self.fields[name]

    def clean_number(self) -> str:
        """Return the number as E.164; want one where it is needed."""
        typed = str(self.cleaned_data["number"])
        if self.cleaned_data.get("channel", Channel.MAIL) == Channel.MAIL and not typed.strip():
            return ""
        number = phone.normalise(typed)
        if not phone.is_known(number):
            raise ValidationError(_("Write a telephone number like 0812 3456 7890."))
        return number

    def wanted(self, wish: Wish) -> dict[str, Any]:
        """Return all that is to be kept; what was not asked stays as it was."""
        asked = {name: getattr(wish, name) for name in ("channel", "number", "fallback")}
        return asked | self.cleaned_data


def _plain(value: Any) -> Any:
    """Return a time as a browser wants it in a field of its own."""
    return value.strftime("%H:%M") if isinstance(value, time) else value
