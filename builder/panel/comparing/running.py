"""Which applications go on as they began when a new version is published, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from builder.models import Module
from runtime import preview


def described(module: Module, *, now: datetime) -> list[str]:
    """Return a sentence for each version that applications still use, newest first."""
    return [_sentence(one) for one in preview.running(module.region, module.key, now=now)]


def _sentence(one: preview.Running) -> str:
    cases = ngettext("{count} application", "{count} applications", one.cases).replace(
        "{count}", str(one.cases)
    )
    drafts = ngettext("{count} being filled in", "{count} being filled in", one.drafts)
    parts = [cases] if one.cases else []
    if one.drafts:
        parts.append(drafts.replace("{count}", str(one.drafts)))
    words = _("Version {number}: {parts}").replace("{number}", str(one.number))
    return words.replace("{parts}", ", ".join(parts))
