"""What the page around the frame posts beside its buttons: how many days are to pass, and a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from builder.panel.forms import seen
from runtime.regions.models import Region
from runtime.tryout.citizen import REGISTER


class DaysForm(forms.Form):
    """Working days that are to pass."""

    days = forms.IntegerField(min_value=1, max_value=250)


class CitizenForm(forms.Form):
    """The sample citizen: one of the offices there are, whether they have a profile, what registers do."""

    profile = forms.BooleanField(required=False)
    register = forms.ChoiceField(choices=[(one, one) for one in REGISTER], required=False)

    def __init__(self, data: Any, *, offices: list[Region]) -> None:
        super().__init__(data)
        choices = [("", ""), *((office.key, office.name) for office in offices)]
        self.fields["office"] = forms.ChoiceField(choices=choices, required=False)

    @property
    def citizen(self) -> dict[str, Any]:
        """Return what was chosen; the form is valid."""
        chosen = self.cleaned_data
        return {**chosen, "register": chosen["register"] or REGISTER[0]}


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
