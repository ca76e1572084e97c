"""The last step: a look at everything, and the citizen's word that it is right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from runtime.forms.posted import CONTROLS


class ReviewForm(forms.Form):
    """One tick; without it nothing is sent."""

    agree = forms.BooleanField(
        error_messages={"required": _("Tick the statement below before you send your application.")}
    )

    @cached_property
    def unknown(self) -> list[str]:
        """Return posted names that are not part of this step."""
        names: list[Any] = [*self.data, *self.files] if self.is_bound else []
        return [name for name in names if name not in CONTROLS and name != "agree"]
