"""The form of a comment on a case: its words and a document along with it. Judges; stores nothing."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from runtime.forms import sentences, uploads
from runtime.forms.face import clean_text
from runtime.forms.uploads import ATTACHMENT, Accepted


def judged(upload: Any) -> Accepted | None:
    """Return a document once it was looked into, None for none; what it is called decides nothing."""
    if not upload:
        return None
    verdict = uploads.judge(upload, ATTACHMENT)
    if isinstance(verdict, uploads.Refused):
        told = {"name": verdict.name, **verdict.data}
        language = (get_language() or "id")[:2]
        raise forms.ValidationError(sentences.sentence(ATTACHMENT, verdict.code, told, language))
    return verdict


class CommentForm(forms.Form):
    """What everybody who writes to a case gives."""

    text = forms.CharField(
        widget=forms.Textarea, strip=False, required=False
    )  # whether it will do is the engine's to say
    attachment = forms.FileField(widget=forms.FileInput, required=False, allow_empty_file=True)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def clean_text(self) -> str:
        """Return the words as they may be kept."""
        return clean_text(self.cleaned_data["text"]).strip()

    def clean_attachment(self) -> Accepted | None:
        """Return the document once it was looked into; what it is called decides nothing."""
        return judged(self.cleaned_data.get("attachment"))

    @property
    def once(self) -> str:
        """The key under which it is written once, however often the button is pressed."""
        return str(self.cleaned_data.get("key") or uuid.uuid4())


class OfficersForm(CommentForm):
    """What an officer gives as well: who reads it. `readers` are the verbs that are open, with words.

    `colleagues` can be told of it where officers read it, which is the verb `among`.
    """

    reader = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who reads it."),
            "invalid_choice": _("Choose who reads it."),
        },
    )

    tell = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose among the colleagues who may open this case now.")},
    )

    def __init__(
        self,
        *args: Any,
        readers: dict[str, Any],
        colleagues: Sequence[tuple[int, str]] = (),
        among: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field, tell = self.fields["reader"], self.fields["tell"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(tell, forms.MultipleChoiceField)
        field.choices = list(readers.items())
        field.initial = next(iter(readers), "")
        self.colleagues = [(str(pk), name) for pk, name in colleagues]
        tell.choices = self.colleagues
        self.among = among

    def clean(self) -> dict[str, Any] | None:
        """Find whom the words name with an @, beside those who were ticked; they read what officers read."""
        cleaned = super().clean()
        given = self.cleaned_data
        if given.get("reader") == self.among:
            named = [key for key, name in self._unlike() if f"@{name}".casefold() in given["text"].casefold()]
            given["tell"] = list(dict.fromkeys([*given.get("tell", ()), *named]))
        elif given.get("tell"):
            self.add_error("tell", _("Only comments for officers name colleagues. Take the marks away."))
        return cleaned

    def _unlike(self) -> list[tuple[str, str]]:
        """Return the colleagues whose name nobody else has: only these can be meant by it."""
        count = Counter(name.casefold() for _key, name in self.colleagues)
        return [(key, name) for key, name in self.colleagues if count[name.casefold()] == 1]
