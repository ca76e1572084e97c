"""Templates of apps, where Wagtail's own hand their plain English words over to translation.

A few attributes in Wagtail's templates hold English that never meets a catalogue. Only these are changed, and
only there; whatever Wagtail mends itself is left alone.
"""

from __future__ import annotations

import re
from typing import Final

from django.template import Origin
from django.template.loaders import app_directories

_PLAIN: Final = re.compile(r'\b(aria-label|value)="(Actions|Add|Search)"')
_TRANSLATED: Final = r"""\1="{% load i18n %}{% translate '\2' %}" """.rstrip()


class Loader(app_directories.Loader):
    """Finds templates in apps, as Django's does."""

    def get_contents(self, origin: Origin) -> str:
        """Return a template's source, mended if it is Wagtail's."""
        source: str = super().get_contents(origin)
        return mended(source) if str(origin.template_name).startswith("wagtail") else source


def mended(source: str) -> str:
    """Return the source with its plain words translated when it is shown."""
    return _PLAIN.sub(_TRANSLATED, source)
