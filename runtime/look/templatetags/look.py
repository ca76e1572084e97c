"""What templates need everywhere: icons, module texts, dates in words, the region's name and colours."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.template.base import Parser, Token, VariableNode
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode, ForNode, IfNode
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from runtime.look import icons, offline, qrcodes, theme, words

if TYPE_CHECKING:
    from django.http import HttpRequest

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, extra: str = "") -> SafeString:
    """Draw icon `name`, hidden from screen readers: the words beside it say what it means."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        f" {extra}" if extra else "",
        mark_safe(icons.drawing(name)),  # noqa: S308 - a constant of our own
    )


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """Draw an address as a QR code; whoever cannot see it needs the address in words beside it."""
    return format_html(
        '<span class="qr" aria-hidden="true">{}</span>',
        mark_safe(qrcodes.svg(address)),  # noqa: S308 - squares only
    )


class Still(template.Node):
    """Words, addresses and icons that are the same for everybody who reads one language, drawn once."""

    def __init__(self, inside: template.NodeList) -> None:
        self.inside = inside
        self.drawn: dict[tuple[str | None, str], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return what stands inside; it sees nothing of the page, so nothing of one reader is kept."""
        kept = (get_language(), get_script_prefix())
        if kept not in self.drawn:
            self.drawn[kept] = self.inside.render(context.new({}))
        return self.drawn[kept]


@register.tag
def still(parser: Parser, token: Token) -> Still:
    """Keep what stands up to `{% endstill %}` once it is drawn; it may name nothing of the page."""
    inside = parser.parse(("endstill",))
    parser.delete_first_token()
    for kind in (VariableNode, IfNode, ForNode, CsrfTokenNode):
        if inside.get_nodes_by_type(kind):
            raise template.TemplateSyntaxError("What is kept by {% still %} must be the same for everybody.")
    return Still(inside)


@register.filter
def say(value: object) -> str:
    """Say a module's text, or a `{language: words}` mapping, in the reader's language."""
    return words.say(value)


def _local(value: dt.date) -> dt.date:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def clock(value: dt.datetime | None) -> str:
    """Say the time of day: 09.12 in Indonesian, 09:12 in English."""
    return words.clock(timezone.localtime(value)) if value else ""


@register.filter
def day(value: dt.date | None) -> str:
    """Say a date, with the time of day when it has one: Sen 23 Nov, 09.12. The year if it is not this one."""
    return words.day(_local(value), this_year=timezone.localtime().year) if value else ""


@register.filter
def long_day(value: dt.date | None) -> str:
    """Say a date in full: Jumat, 27 November 2026."""
    return words.long_day(_local(value)) if value else ""


@register.filter
def in_days(value: dt.datetime | None) -> str:
    """Say how far away a moment is in calendar days: today with the time, tomorrow, in 3 days, 2 days ago."""
    if value is None:
        return ""
    days = (timezone.localtime(value).date() - timezone.localtime().date()).days
    if days == 0:
        return _("today, %(time)s") % {"time": clock(value)}
    if days == 1:
        return _("tomorrow, %(time)s") % {"time": clock(value)}
    if days > 1:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}


def _request(context: Context) -> HttpRequest | None:
    found: HttpRequest | None = context.get("request")
    return found


@register.simple_tag(takes_context=True)
def region_name(context: Context) -> str:
    """Return the name of the region whose site this is; the product's name outside any."""
    region: Any = getattr(_request(context), "region", None)
    return str(region.name) if region else "Rakit"


@register.simple_tag(takes_context=True)
def crest(context: Context) -> str:
    """Return the letters of the region's crest."""
    return theme.letters(getattr(_request(context), "region", None))


@register.simple_tag(takes_context=True)
def theme_url(context: Context) -> str:
    """Return the address of the region's colours."""
    region: Any = getattr(_request(context), "region", None)
    return theme.address((region.theme or {}) if region else {})


@register.simple_tag(takes_context=True)
def icon_url(context: Context, size: int) -> str:
    """Return the address of the region's icon for a phone's home screen; nothing outside a region."""
    region: Any = getattr(_request(context), "region", None)
    return offline.icon_address(region, size) if region else ""


@register.simple_tag
def worker_url() -> str:
    """Return the address of the service worker; nothing where the site has switched it off."""
    return reverse("look:worker") if settings.RAKIT_OFFLINE else ""


@register.simple_tag(takes_context=True)
def here(context: Context, *prefixes: str) -> SafeString:
    """Return `aria-current` when the page's address is one of `prefixes` (a final / alone means exactly)."""
    path = getattr(_request(context), "path", "")
    if any(path == prefix or (prefix != "/" and path.startswith(prefix)) for prefix in prefixes):
        return mark_safe('aria-current="page"')
    return mark_safe("")


@register.inclusion_tag("runtime/look/_language.html", takes_context=True)
def language_switch(context: Context) -> dict[str, object]:
    """Show the two languages as buttons that post to Django's `set_language`."""
    request = _request(context)
    back = request.get_full_path() if request and request.method == "GET" else "/"
    return {
        "request": request,
        "back": back,
        "buttons": _buttons(words.language()),
    }


@lru_cache(maxsize=8)
def _buttons(current: str) -> SafeString:
    """Return the buttons of the languages, drawn once for each that is read."""
    said = {"current": current, "languages": (("id", "ID"), ("en", "EN"))}
    return render_to_string("runtime/look/_language_buttons.html", said)
