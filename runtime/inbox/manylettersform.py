"""The forms about many letters: which are issued anew and why, and which are signed in one go."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from runtime.inbox.eventlogform import day
from runtime.inbox.lettersform import PassphraseForm, ReasonForm
from runtime.letters import checking
from runtime.letters.many.reissue import Wanted
from runtime.letters.many.sign import MOST
from runtime.modules import selectors as modules
from runtime.regions.models import Region

TEXTS = [
    ("same", _("The text it was issued with")),
    ("newest", _("The text that is open now")),
]


class WhichForm(forms.Form):
    """Which letters. Sent by GET: it only counts them."""

    what = forms.ChoiceField(
        label=_("Which letter"), error_messages={"required": _("Choose which letter is issued anew.")}
    )
    since = day(_("Issued from"))
    until = day(_("Issued until"))
    text = forms.ChoiceField(
        label=_("With which text"),
        choices=TEXTS,
        help_text=_(
            "The letterhead is today's and the answers are those of the application now, either way. After a "
            "mistake in the text, publish the service with the text put right, and choose the text that is "
            "open now."
        ),
    )

    def __init__(self, *args: Any, region: Region, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = _letters(region, language)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", _("The last day lies before the first."))
        return given

    def wanted(self, reason: str = "") -> Wanted:
        """Return what was asked for, once the form is valid."""
        given = self.cleaned_data
        service, letter = given["what"].split("/")
        return Wanted(service, letter, given["since"], given["until"], given["text"] == "newest", reason)


class AgainForm(ReasonForm):
    """Why, the same for all; `key` makes one job of a form that is sent twice."""

    key = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())


class SignManyForm(PassphraseForm):
    """Which letters, and what the signing service knows the signer by."""

    letter = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Tick the letters you want to sign."),
            "invalid_choice": _("A letter you ticked no longer waits for you. Look at the list again."),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput())
    field_order = ["letter", "nik", "passphrase", "key"]

    def __init__(self, *args: Any, waiting: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letter = self.fields["letter"]
        assert isinstance(letter, forms.TypedMultipleChoiceField)
        letter.choices = [(pk, pk) for pk in waiting[:MOST]]
        self.initial.setdefault("key", uuid.uuid4())


def _letters(region: Region, language: str) -> list[tuple[str, str]]:
    """Return the letters of all services the region has, by service."""
    found = []
    for one in modules.installations(region):
        module = modules.definition(one.version)
        for letter in module.letters:
            words = f"{module.title.say(language)}: {checking.title(letter.title, language)}"
            found.append((f"{one.key}/{letter.key}", words))
    return found
