"""What the page around the frame posts beside its buttons: how many days are to pass, and a name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from builder.panel.forms import seen


class DaysForm(forms.Form):
    """Working days that are to pass."""

    days = forms.IntegerField(min_value=1, max_value=250)


class NameForm(forms.Form):
    """What a story is called."""

    name = forms.CharField(
        max_length=200,
        validators=[seen],
        error_messages={
            "required": _("Give the story a name, for example “Refused by the office head”."),
            "max_length": _("The name may have at most %(limit_value)s characters."),
        },
    )
