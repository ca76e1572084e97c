"""The forms with which administrators choose how their region's letters are signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from runtime.letters import signingways
from runtime.letters.models import SigningWay
from runtime.outside.fetch import Unreachable, must_be_askable

SENTENCES: dict[str, Any] = {
    "large": _("The file is too large to be a certificate. Choose the PKCS#12 file (.p12 or .pfx)."),
    "unreadable": _(
        "The file cannot be opened with this password. Choose a PKCS#12 file, and type its password."
    ),
    "no_key": _("The file holds no certificate with its key. Export both together as PKCS#12."),
    "purpose": _("This certificate is not for signing documents. Ask for one that is."),
    "expired": _("This certificate is no longer valid. Have it renewed first."),
    "not_yet": _("This certificate is not valid yet. Upload it on the day it begins."),
}


class CertificateForm(forms.Form):
    """A PKCS#12 file and its password; never filled in again."""

    file = forms.FileField(
        label=_("Certificate with its key"),
        help_text=_("A PKCS#12 file, its name ends in .p12 or .pfx."),
        error_messages={
            "required": _("Choose the file of the certificate."),
            "empty": _("The file is empty."),
        },
    )
    password = forms.CharField(
        label=_("Password of the file"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(),
        help_text=_("File and password are kept encrypted, and shown to nobody."),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.certificate: signingways.Certificate | None = None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("file"):
            content = given["file"].read(signingways.MOST_BYTES + 1)
            try:
                self.certificate = signingways.judged(content, given.get("password", ""), now=self.now)
            except signingways.Unfit as unfit:
                self.add_error("file", SENTENCES[unfit.code])
        return given


class ServiceForm(forms.Form):
    """Where officers sign, and as whom the institution calls there."""

    address = forms.CharField(
        label=_("Address of the signing service"),
        max_length=300,
        help_text=_("It begins with https://. Whoever runs the service tells it to you."),
        error_messages={"required": _("Write the address of the signing service.")},
    )
    user = forms.CharField(
        label=_("Name of this government at the service"),
        max_length=120,
        error_messages={"required": _("Write the name this government has at the service.")},
    )
    password = forms.CharField(
        label=_("Its password"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(),
        help_text=_("Kept encrypted, and shown to nobody. Leave it empty to keep the one that is there."),
    )
    version = forms.TypedChoiceField(
        label=_("Version of its interface"), choices=[(2, "2 (JSON)"), (1, "1")], coerce=int, initial=2
    )

    def __init__(self, *args: Any, kept: SigningWay | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept if kept and kept.way == "bsre" else None
        if self.kept:
            initial = {name: getattr(self.kept, name) for name in ("address", "user", "version")}
            self.initial.update(initial)

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        try:
            must_be_askable(address)
        except Unreachable:
            raise ValidationError(_("The address begins with https:// and names the service.")) from None
        return address

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not password and not self.kept:
            raise ValidationError(_("Write the password this government has at the service."))
        return password
