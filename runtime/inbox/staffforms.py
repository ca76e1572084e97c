"""The forms a region's administrator fills in: who, which role, in which office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from runtime.forms.digits import bare
from runtime.look import words
from runtime.regions import selectors as regions
from runtime.regions.models import Region, Role
from schemas.fieldtypes.nip import TYPE as NIP


class RoleField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A role of the region, said in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        role: Role = obj
        return words.say(role.title) or role.key


def role_field(label: Any) -> RoleField:
    """Return the question for a role of the region."""
    return RoleField(
        queryset=Role.objects.none(),
        label=label,
        empty_label=_("Choose a role"),
        error_messages={
            "required": _("Choose a role."),
            "invalid_choice": _("Choose one of the roles of this region."),
        },
    )


def office_field(help_text: Any = "") -> forms.ModelChoiceField:  # type: ignore[type-arg]  # as above
    """Return the question for an office of the region."""
    return forms.ModelChoiceField(
        queryset=Region.objects.none(),
        label=_("Office"),
        empty_label=_("Choose an office"),
        help_text=help_text,
        error_messages={
            "required": _("Choose an office."),
            "invalid_choice": _("Choose one of the offices of this region."),
        },
    )


class PostForm(forms.Form):
    """A role in an office."""

    role = role_field(_("Role"))
    office = office_field(_("Administrators, designers and publishers work for the region as a whole."))

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose_from("role", regions.roles(region))
        self._choose_from("office", regions.workplaces(region))

    def _choose_from(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class PersonForm(PostForm):
    """Somebody new at the desk, with their first role."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The link for choosing a password is sent here."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write an e-mail address like name@example.go.id."),
        },
    )
    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the full name.")},
    )
    field_order = ["email", "name", "role", "office"]

    def clean_email(self) -> str:
        """Return the address in one spelling."""
        email: str = self.cleaned_data["email"]
        return email.lower()

    def clean_name(self) -> str:
        """Return the name without needless spaces."""
        return " ".join(self.cleaned_data["name"].split())


class CivilServantForm(forms.Form):
    """What stands below the letters an officer signs, beside their name."""

    rank = forms.CharField(
        label=_("Rank and grade"),
        max_length=60,
        required=False,
        help_text=_("For example Penata Tk. I, III/d. Leave it empty for who has none."),
    )
    nip = forms.CharField(
        label=_("NIP"),
        max_length=30,
        required=False,
        help_text=_("18 digits, for example 19880705 201001 1 003. Leave it empty for who has none."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def clean_rank(self) -> str:
        """Return the rank without needless spaces."""
        return " ".join(self.cleaned_data["rank"].split())

    def clean_nip(self) -> str:
        """Return the digits alone; spaces, points and hyphens are forgiven."""
        digits = bare(self.cleaned_data["nip"])
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) == NIP.digits):
            raise forms.ValidationError(
                _("A NIP has 18 digits; here are %(length)s characters."), params={"length": len(digits)}
            )
        return digits
