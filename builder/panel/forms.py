"""What the editor and the two small forms beside it post. Knows the rules of a draft, not of a release."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from builder import problems, putaway, services
from builder.approvals import catalogue
from builder.panel import packing
from schemas import digest as digests

DAMAGED = _(
    "The document arrived damaged, so nothing was saved. What you wrote is still on the page: save again."
)
MARK = re.compile(rf"[0-9a-f]{{{putaway.LENGTH}}}")
UNREADABLE = _("Which warnings are hidden could not be read. Reload the page and hide them anew.")


def seen(title: str) -> None:
    """Refuse a title with characters nobody can see, such as control and direction marks."""
    if any(unicodedata.category(mark).startswith("C") for mark in title):
        raise ValidationError(_("The title has characters that cannot be seen. Please type it anew."))


class TitleForm(forms.Form):
    """The one thing needed to begin."""

    title = forms.CharField(
        label=_("Title of the service"),
        help_text=_("As citizens know it, for example “Proof of residence”. You can change it later."),
        max_length=200,
        validators=[seen],
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


def ways() -> list[tuple[str, str]]:
    """Return the ways of approval to begin with, as they are called in the language of the screen."""
    language = (get_language() or "id")[:2]
    named = [(one["key"], one["title"].get(language) or one["title"]["id"]) for one in catalogue.paths()]
    return [("", str(_("One step"))), *named]


def extras() -> list[tuple[str, str]]:
    """Return the steps that can be ticked, as `path:step` with what the tick says."""
    language = (get_language() or "id")[:2]
    return [
        (f"{one['key']}:{step['key']}", step["title"].get(language) or step["title"]["id"])
        for one in catalogue.paths()
        for step in catalogue.options(one)
    ]


class StartForm(TitleForm):
    """A title, and who approves. One step is enough to begin with."""

    approval = forms.ChoiceField(
        label=_("Who approves, and in which order"),
        required=False,
        choices=ways,
        initial="",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the ways of approval below.")},
    )
    steps = forms.MultipleChoiceField(
        label=_("Further steps"),
        required=False,
        choices=extras,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose one of the ways of approval below.")},
    )

    def wanted(self) -> list[str]:
        """Return which optional steps of the chosen way are ticked."""
        ticked = (one.split(":") for one in self.cleaned_data["steps"])
        return [step for path, step in ticked if path == self.cleaned_data["approval"]]


class ModuleForm(WagtailAdminModelForm):
    """The draft. What is no longer one JSON object of this module is refused; the rest may be wrong."""

    note = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "class": "b-input"})
    )

    answer = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "class": "b-input"})
    )

    put_away = forms.JSONField(
        required=False,
        widget=forms.Textarea(attrs={"hidden": True, "data-builder-target": "away"}),
        error_messages={"invalid": UNREADABLE},
    )

    def clean_put_away(self) -> list[str]:
        """Take the marks of warnings, each once; the oldest of too many go."""
        sent = self.cleaned_data["put_away"] or []
        if not isinstance(sent, list) or not all(
            isinstance(one, str) and MARK.fullmatch(one) for one in sent
        ):
            raise ValidationError(UNREADABLE)
        return list(dict.fromkeys(sent))[-putaway.MOST :]

    def clean_document(self) -> str:
        sent = self.sent()
        held = self.initial.get("document", "")
        if sent == held.replace("\r\n", "\n").strip() or sent == held.replace("\r\n", "\n"):
            return str(held)
        try:
            value = services.read_draft(sent, key=self.instance.key)
        except services.NotADraft as refused:
            raise ValidationError(refusal(refused, sent)) from None
        self.instance.title = services.title_of(value, otherwise=self.instance.title)
        return digests.pretty(value)

    def sent(self) -> str:
        """Return the document that was sent, unpacked where an autosave has packed it."""
        try:
            return packing.unpacked(self.cleaned_data["document"]).replace("\r\n", "\n")
        except services.NotADraft as refused:
            raise ValidationError(refusal(refused)) from None
        except packing.Damaged:
            raise ValidationError(DAMAGED) from None


def refusal(refused: services.NotADraft, text: str = "") -> list[Any]:
    """Return why `text` cannot be kept as the draft, in sentences."""
    if refused.problems:
        document = problems.refused(refused.problems, text)
        return [one["sentence"] for one in problems.described(refused.problems, document)]
    return [_("This is the document of another service. Reload the page and try again.")]
