"""What Wagtail shows when two revisions of a service are compared: sentences instead of JSON."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison

from builder.panel.comparing import released
from schemas import diff
from schemas.reading import read_json


class DocumentComparison(FieldComparison):
    """The documents of two revisions. What is only written otherwise has not changed."""

    def field_label(self) -> str:
        return _("What has changed")

    def has_changed(self) -> bool:
        older, newer = (read_json(value)[0] for value in (self.val_a, self.val_b))
        if older is None or newer is None:
            return bool(self.val_a != self.val_b)
        return not diff.same(older, newer)

    def htmldiff(self) -> str:
        language = (get_language() or "id")[:2]
        return render_to_string("builder/module/changes.html", {"changes": self._changes(language)})

    def _changes(self, language: str) -> Any:
        try:
            return released.between(self.val_a, self.val_b, language)
        except ValueError:
            return None
