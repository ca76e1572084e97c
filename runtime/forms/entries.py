"""What one row of a repeat is called: by the author, else as the question is."""

from __future__ import annotations

from django.utils.translation import gettext

from schemas.definition import Field


def entry_name(question: Field, language: str) -> str:
    """Return what one row is called, such as "Anak"."""
    words = question.settings.get("item")
    if isinstance(words, dict):
        words = words.get(language) or next(iter(words.values()), "")
    return words or question.label.say(language) or gettext("Entry")


def entry_title(question: Field, number: int, language: str) -> str:
    """Return the name of a row with its number, such as "Anak 2"."""
    return gettext("%(item)s %(number)s") % {"item": entry_name(question, language), "number": number}
