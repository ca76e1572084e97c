"""What visitors and clerks fill in about a shared draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext as count
from django.utils.translation import ngettext_lazy

from builder.models import LONGEST_COMMENT, LONGEST_NAME
from builder.sharing.services import DAYS


class CommentForm(forms.Form):
    """A comment, and who writes it if they want to say."""

    text = forms.CharField(
        max_length=LONGEST_COMMENT,
        error_messages={
            "required": _("Write what you want to say about this draft."),
            "max_length": ngettext_lazy(
                "Your comment may have at most %(limit_value)d character. Shorten it.",
                "Your comment may have at most %(limit_value)d characters. Shorten it.",
                "limit_value",
            ),
        },
    )
    name = forms.CharField(
        max_length=LONGEST_NAME,
        required=False,
        error_messages={"max_length": _("This name is too long. Shorten it.")},
    )


class LinkForm(forms.Form):
    """How long a link lets people in."""

    days = forms.TypedChoiceField(label=_("How long the link works"), coerce=int, initial=DAYS[0])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = ((days, count("{days} day", "{days} days", days)) for days in DAYS)
        choices = [(days, words.replace("{days}", str(days))) for days, words in said]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]  # of a choice field
