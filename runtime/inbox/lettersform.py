"""The forms about letters: why one is issued anew or withdrawn, and what its signer types to sign."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from runtime.letters.adapters.contract import Secret


class ReasonForm(forms.Form):
    """Why: it stays in the history, and the applicant reads it."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=500,
        help_text=_("It stays in the history of the case, and the applicant reads it beside the letter."),
        error_messages={"required": _("Write why: it stays in the history of the case.")},
    )


class PassphraseForm(forms.Form):
    """What the signing service knows the signer by. Never filled in again, never kept."""

    nik = forms.CharField(
        label=_("Your NIK"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Write the NIK your certificate was issued for.")},
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(),
        help_text=_("It is passed on to the signing service and not kept here."),
        error_messages={"required": _("Write the passphrase of your certificate.")},
    )

    def clean_nik(self) -> str:
        """Return the digits alone."""
        digits = "".join(str(self.cleaned_data["nik"]).split())
        if not (digits.isascii() and digits.isdigit() and len(digits) == 16):
            raise ValidationError(_("A NIK has 16 digits."))
        return digits

    def secret(self) -> Secret:
        """Return what was typed, for one call."""
        return Secret(self.cleaned_data["nik"], self.cleaned_data["passphrase"])
