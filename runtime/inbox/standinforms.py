"""The forms about stand-ins: which post, who stands in, from when to when, on what decree; the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from runtime.inbox.staffforms import office_field, role_field
from runtime.look import words
from runtime.modules import selectors as modules
from runtime.regions import selectors as regions
from runtime.regions import standins
from runtime.regions.appointing import Wanted
from runtime.regions.capacity import prefixed
from runtime.regions.models import Membership, Region, Substitution, SubstitutionRules, User
from runtime.regions.rules import STANDING

DAYS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class _PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    def label_from_instance(self, obj: Any) -> str:
        user: User = obj
        return user.get_full_name()


def _day_field(label: Any, missing: Any, **more: Any) -> forms.DateField:
    wrong = _("Write a day like 24-12-2026.")
    messages = {"required": missing, "invalid": wrong}
    return forms.DateField(label=label, input_formats=DAYS, widget=_Day(), error_messages=messages, **more)


class StandInForm(forms.Form):
    """What every appointment asks."""

    substitute = _PersonField(
        queryset=User.objects.none(),
        label=_("Who stands in"),
        empty_label=_("Choose a person"),
        error_messages={
            "required": _("Choose who stands in."),
            "invalid_choice": _("Choose somebody who works in this region."),
        },
    )
    from_on = _day_field(_("First day"), _("Choose the first day."))
    until_on = _day_field(_("Last day"), _("Choose the last day."), help_text=_("This day still counts."))
    basis = forms.CharField(
        label=_("Number of the decree or order"),
        max_length=200,
        help_text=_("For example: Surat Perintah Nomor 800.1.11/27/2026."),
        error_messages={
            "required": _("Write the number of the decree or order."),
            "max_length": _("Write at most 200 letters."),
        },
    )
    modules = forms.MultipleChoiceField(
        label=_("Only for these services"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing for all services."),
        error_messages={"invalid_choice": _("Choose services of this region.")},
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region = region
        people = User.objects.filter(memberships__region=region, is_active=True).distinct()
        chosen = self.fields["substitute"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = people.order_by("first_name", "last_name", "pk")
        self._offer("modules", _services(region))

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def _shared(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] for name in ("substitute", "from_on", "until_on", "basis", "modules")}


class PlhForm(StandInForm):
    """Somebody is away; of the posts of one person only, where `of` says whose."""

    post = forms.ChoiceField(
        label=_("Post of whom"),
        error_messages={
            "required": _("Choose whose post it is."),
            "invalid_choice": _("Choose one of the posts of this region."),
        },
    )
    field_order = ["post", "substitute", "from_on", "until_on", "basis", "modules"]

    def __init__(self, *args: Any, region: Region, of: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, region=region, **kwargs)
        self._held = _held(region, of)
        self._offer(
            "post", [("", _now("Choose a post")), *((k, label) for k, (label, _row) in self._held.items())]
        )

    def wanted(self) -> Wanted:
        """Return the appointment that was filled in."""
        _label, row = self._held[self.cleaned_data["post"]]
        return Wanted(
            kind="plh",
            role=row.role,
            office=row.office,
            principal=row.user if isinstance(row, Membership) else None,
            through=row if isinstance(row, Substitution) else None,
            **self._shared(),
        )


class PltForm(StandInForm):
    """A post is vacant."""

    role = role_field(_("Vacant post"))
    office = office_field()
    field_order = ["role", "office", "substitute", "from_on", "until_on", "basis", "modules"]

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, region=region, **kwargs)
        for name, rows in (
            ("role", regions.roles(region).exclude(key__in=STANDING)),
            ("office", regions.workplaces(region)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        self.fields["until_on"].required = standins.rules(region).plt_months is not None

    def wanted(self) -> Wanted:
        """Return the appointment that was filled in."""
        given = self.cleaned_data
        return Wanted(kind="plt", role=given["role"], office=given["office"], **self._shared())


class RulesForm(forms.ModelForm[SubstitutionRules]):
    """What the region decided about stand-ins."""

    class Meta:
        model = SubstitutionRules
        fields = ("plt_months", "plt_source", "plh_months", "plh_source", "officers_appoint")
        labels = {
            "plt_months": _("Longest time of a Plt., in months"),
            "plt_source": _("Regulation that says so"),
            "plh_months": _("Longest time of a Plh., in months"),
            "plh_source": _("Regulation that says so"),
            "officers_appoint": _("Officers may appoint a Plh. for themselves while they are away"),
        }
        help_texts = {
            "plt_months": _("Leave it empty for no limit."),
            "plh_months": _("Leave it empty for no limit."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("plt_months", "plh_months"):
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                required=False,
                min_value=1,
                max_value=120,
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), _("Write a number of months from 1 to 120.")
                ),
            )


def _services(region: Region) -> list[tuple[str, str]]:
    found = modules.installations(region).select_related("version")
    titles = [(one.key, modules.definition(one.version).title.say(words.language())) for one in found]
    return sorted(titles, key=lambda pair: pair[1].casefold())


def _held(region: Region, of: User | None) -> dict[str, tuple[str, Membership | Substitution]]:
    """Return the posts somebody may be away from, in person or as a substitute, by the value of a choice."""
    found: dict[str, tuple[str, Membership | Substitution]] = {}
    posts = regions.all_posts(region).exclude(role__key__in=STANDING)
    for post in posts.filter(user=of) if of else posts:
        title = words.say(post.role.title) or post.role.key
        found[f"m{post.pk}"] = (f"{title} · {post.office.name} · {post.user.get_full_name()}", post)
    for row in () if of else _replaceable(region, standins.today(region)):
        title = prefixed(row.kind, words.say(row.role.title) or row.role.key)
        found[f"s{row.pk}"] = (f"{title} · {row.office.name} · {row.substitute.get_full_name()}", row)
    return found


def _replaceable(region: Region, today: date) -> list[Substitution]:
    rows = standins.everything(region).filter(ended_at__isnull=True, through__isnull=True)
    return [row for row in rows if row.until_on is None or row.until_on >= today]
