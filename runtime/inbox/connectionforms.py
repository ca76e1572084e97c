"""The forms of outgoing connections: what it is, where it leads, what a gateway trusts us by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from runtime.outside.fetch import Unreachable, must_be_askable
from runtime.outside.models import Connection
from schemas.fieldtypes import phone

Kind = Connection.Kind


class ConnectionForm(forms.Form):
    """Name, address and, for a gateway, a new token."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("What you call it, for example Finance application."),
        error_messages={"required": _("Write a name.")},
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("It begins with https://. Whoever looks after the other system knows it."),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={"required": _("Write the address.")},
    )
    token = forms.CharField(
        label=_("Token of the gateway"),
        max_length=500,
        required=False,
        help_text=_(
            "Only for SMS and WhatsApp: the provider gives it to you. "
            "It is kept sealed and never shown again."
        ),
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Kind.WEBHOOK:
            del self.fields["token"]
        elif kind:
            self.fields["token"].help_text = _("Leave this empty to keep the token there is.")

    def clean_name(self) -> str:
        """Return the name without spaces to spare."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_address(self) -> str:
        """Return the address if it can be called at all; where it leads is judged at every call."""
        address = str(self.cleaned_data["address"]).strip()
        try:
            must_be_askable(address)
        except Unreachable:
            raise ValidationError(
                _("Write an address like https://system.example.go.id/notices, without name or password.")
            ) from None
        return address


class NewConnectionForm(ConnectionForm):
    """A connection that is not there yet."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Kind.choices,
        error_messages={"required": _("Choose what it is."), "invalid_choice": _("Choose what it is.")},
    )
    field_order = ["kind", "name", "address", "token"]

    def clean(self) -> dict[str, Any]:
        """Want a token for a gateway only."""
        given = super().clean() or {}
        kind, token = given.get("kind"), given.get("token")
        if kind in (Kind.SMS, Kind.WHATSAPP) and not token:
            self.add_error("token", _("Write the token of the gateway."))
        return given


class TrialForm(forms.Form):
    """Where the test message of a gateway goes."""

    number = forms.CharField(label=_("Telephone number for the test"), max_length=25)

    def clean_number(self) -> str:
        """Return the number as E.164."""
        number = phone.normalise(str(self.cleaned_data["number"]))
        if not phone.is_known(number):
            raise ValidationError(_("Write a telephone number like 0812 3456 7890."))
        return number
