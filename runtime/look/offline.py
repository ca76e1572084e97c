"""The site on a phone's home screen and without a connection: service worker, manifest, icon, offline page.

Each region's host has its own, at its root. Pages that are the same for everybody are marked for the
worker by `readable_offline`; it keeps no other.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from runtime.look import theme

MARK = "X-Offline"
SIZES = (192, 512)
A_DAY = 24 * 60 * 60
AN_HOUR = 60 * 60
SOURCE = Path(__file__).with_name("serviceworker.js")
View = Callable[..., HttpResponse]


def readable_offline(view: View) -> View:
    """Mark a page as the same for everybody, so that it can be read again without a connection.

    The middleware takes the mark away where a response may be personal after all.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and request.method == "GET":
            response[MARK] = "keep"
        return response

    return marked


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker of this host; switched off, one that removes itself and all it kept."""
    source = _source()
    pages = {code: reverse("look:offline", args=[code]) for code, _name in settings.LANGUAGES}
    looks = [static("runtime/look/site.css"), static("runtime/look/site.js"), theme.address(_theme(request))]
    stated = json.dumps([source, looks, pages, [_offline_page(request, code) for code in pages]])
    about = {
        "on": settings.RAKIT_OFFLINE,
        "cache": f"rakit-{hashlib.sha256(stated.encode()).hexdigest()[:12]}",
        "looks": looks,
        "pages": pages,
    }
    words = f"const SETTINGS = {json.dumps(about)};\n{source}"
    return _public(HttpResponse(words, content_type="text/javascript"), f"max-age={AN_HOUR}")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the region's site for a phone's home screen."""
    region: Any = getattr(request, "region", None)
    tokens = theme.tokens(_theme(request))
    icons = [
        {"src": icon_address(region, size), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
        for size in SIZES
        for use in ("any", "maskable")
    ]
    about = {
        "id": "/",
        "name": region.name,
        "short_name": region.name,
        "lang": translation.get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": tokens["brand"],
        "background_color": tokens["ground"],
        "icons": icons,
        "shortcuts": [
            {"name": _("Report"), "url": f"{reverse('modules:catalogue')}?category=complaints"},
            {"name": _("Status"), "url": reverse("tracking:find")},
        ],
    }
    response = JsonResponse(about, content_type="application/manifest+json")
    return _public(response, f"max-age={AN_HOUR}")


@require_safe
def icon(request: HttpRequest, size: int) -> HttpResponse:
    """Draw the region's icon: its crest's letters on its colour, with the margin that masks need."""
    if size not in SIZES:
        raise Http404
    region: Any = getattr(request, "region", None)
    tokens = theme.tokens(_theme(request))
    content = _drawn(theme.letters(region), tokens["brand"], tokens["on_brand"], size)
    return _public(HttpResponse(content, content_type="image/png"), f"max-age={A_DAY}")


@require_safe
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """Show what a phone shows when there is no connection and no copy of the page that was asked for."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return _public(HttpResponse(_offline_page(request, language)), f"max-age={AN_HOUR}")


def icon_address(region: Any, size: int) -> str:
    """Return the address of the icon; it changes with what is drawn."""
    tokens = theme.tokens(region.theme or {})
    stated = f"{theme.letters(region)} {tokens['brand']} {tokens['on_brand']}"
    return f"{reverse('look:icon', args=[size])}?v={hashlib.sha256(stated.encode()).hexdigest()[:10]}"


def _offline_page(request: HttpRequest, language: str) -> str:
    with translation.override(language):
        return render(request, "runtime/look/offline.html").content.decode()


def _theme(request: HttpRequest) -> dict[str, object]:
    region: Any = getattr(request, "region", None)
    return (region and region.theme) or {}


def _public(response: HttpResponse, how: str) -> HttpResponse:
    response["Cache-Control"] = f"public, {how}"
    return response


@lru_cache(maxsize=1)
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


@lru_cache(maxsize=128)
def _drawn(letters: str, ground: str, ink: str, size: int) -> bytes:
    picture = Image.new("RGB", (size, size), ground)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size * (0.42 if len(letters) > 1 else 0.52))
    pen.text((size / 2, size / 2), letters, fill=ink, font=font, anchor="mm", stroke_width=size // 96)
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
