"""Durations in templates."""

from __future__ import annotations

from django import template

from runtime.modules import spans
from schemas.definition import Duration

register = template.Library()


@register.filter
def span(value: Duration | None) -> str:
    """Say a promised time, nothing when nothing is promised."""
    return spans.say(value) if value else ""
