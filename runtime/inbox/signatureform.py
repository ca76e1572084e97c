"""The form with which an officer gives their signature: drawn, or as a picture of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from runtime.letters import images
from runtime.letters.images import Picture
from schemas.fieldtypes.signature import MOST_STROKES, drawable


class PictureField(forms.FileField):
    """A picture that may stand in letters; its value is the picture, drawn anew."""

    def __init__(self, *args: Any, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest
        self.error_messages["empty"] = _("The file is empty.")
        self.error_messages["missing"] = self.error_messages["required"]

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return images.judged(upload, longest=self.longest)
        except images.Unfit as unfit:
            raise ValidationError(unfit.sentence) from None


class LogoForm(forms.Form):
    """The emblem of the region."""

    logo = PictureField(
        label=_("Emblem"),
        longest=1200,
        help_text=_(
            "PNG or JPG, at most 4 MB; PNG where the ground is to be seen through. An SVG is not taken."
        ),
        error_messages={"required": _("Choose a picture of the emblem.")},
    )


class SignatureForm(forms.Form):
    """One of both; what is drawn counts where both are given."""

    strokes = forms.CharField(required=False, max_length=MOST_STROKES, widget=forms.HiddenInput())
    picture = PictureField(
        label=_("A picture of your signature"),
        required=False,
        longest=900,
        help_text=_("PNG or JPG, at most 4 MB: black on white, cut close around the signature."),
    )

    def clean_strokes(self) -> str:
        strokes: str = self.cleaned_data["strokes"]
        if strokes and not drawable(strokes):
            raise ValidationError(_("The drawing could not be read. Draw it again."))
        return strokes

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given.get("strokes") and not isinstance(given.get("picture"), Picture):
            self.add_error("picture", _("Draw your signature, or choose a picture of it."))
        return given
