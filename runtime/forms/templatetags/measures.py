"""Template tags that say how long a text may be and how large a file is, everywhere in the same way."""

from __future__ import annotations

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from runtime.forms import uploads
from runtime.forms.limits import LONGEST_COMMENT

register = template.Library()


@register.filter
def size_words(size: int) -> str:
    """Return the size of a file in words: 5 MB is five million bytes."""
    return uploads.size_words(size)


@register.simple_tag
def longest_comment() -> int:
    """Return how many characters a reason, a note or a comment may have."""
    return LONGEST_COMMENT


@register.simple_tag
def comment_limit() -> str:
    """Return the same in a sentence."""
    return _("At most %(most)s characters.") % {
        "most": formats.number_format(LONGEST_COMMENT, force_grouping=True)
    }
