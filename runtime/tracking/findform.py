"""The two things that open a case: its reference and a second fact."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    """What is typed is compared, never looked up by itself."""

    reference = forms.CharField(
        max_length=60, error_messages={"required": _("Type the reference number you were given.")}
    )
    proof = forms.CharField(
        max_length=200, error_messages={"required": _("Type your access code or the answer you gave.")}
    )
