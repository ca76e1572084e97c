"""Words of a form as HTML, with the answers in them in elements of their own."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from runtime.forms import filling

register = template.Library()


@register.filter(is_safe=False)
def drawn(words: str) -> SafeString:
    """Return words as HTML; see `runtime.forms.filling.drawn`."""
    return filling.drawn(words)
