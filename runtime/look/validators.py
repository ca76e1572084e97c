"""Says in words why a region's theme cannot be saved. The judgement itself is in `theme`."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from runtime.look import theme as themes

NAMES = {
    "brand": _("main colour"),
    "brand_deep": _("dark main colour"),
    "brand_soft": _("light main colour"),
    "on_brand": _("text on the main colour"),
    "accent": _("accent colour"),
    "ink": _("text colour"),
    "ink_2": _("second text colour"),
    "ground": _("background"),
    "focus": _("focus colour"),
}


def readable(value: object) -> None:
    """Refuse a theme with a value that is no colour, or with text that is too faint to read."""
    if not isinstance(value, dict):
        raise ValidationError(_("A theme is a list of names with a colour each."), code="shape")
    try:
        themes.read(value)
    except themes.UnreadableTheme as unreadable:
        raise ValidationError([_sentence(found) for found in unreadable.failing]) from None


def _sentence(found: themes.Failing) -> ValidationError:
    if not found.back:
        return ValidationError(
            _("The %(front)s is not a colour. Write it like #0b6b53."),
            code="colour",
            params={"front": NAMES[found.front]},
        )
    return ValidationError(
        _(
            "The %(front)s on the %(back)s has a contrast of %(ratio)s to 1; "
            "at least %(needed)s to 1 is needed to be readable. Choose a darker or lighter colour."
        ),
        code="contrast",
        params={
            "front": NAMES[found.front],
            "back": NAMES[found.back],
            "ratio": number_format(found.ratio, 1),
            "needed": number_format(found.needed, 1),
        },
    )
