"""A region's colours: read, completed, judged for contrast, and written as CSS custom properties.

Pure: knows nothing of requests or of the database. A theme is the small mapping a region stores,
e.g. `{"brand": "#0b6b53", "accent": "#e8a317"}`; what it leaves out is derived from what it says.
Thresholds: WCAG 2.2, success criteria 1.4.3 (text, 4.5 : 1) and 1.4.11 (controls, 3 : 1).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

HEX = re.compile(r"#[0-9a-f]{6}\Z")
COLOURS = ("brand", "brand_deep", "brand_soft", "accent", "ink", "ground", "focus")
DEFAULT: Mapping[str, str] = {
    "brand": "#0b6b53",
    "accent": "#e8a317",
    "ink": "#17211e",
    "ground": "#f6f5f1",
    "focus": "#ffbf2f",
}
PAPER = "#ffffff"
TEXT = 4.5
CONTROL = 3.0
MAX_RADIUS = 24
DEFAULT_RADIUS = 14
MOST_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Failing:
    """A pair of colours that cannot be told apart well enough, or a value that is no colour.

    `front` and `back` are token names; `ratio` is 0 when `front` is not of the form #rrggbb.
    """

    front: str
    back: str
    ratio: float
    needed: float


class UnreadableTheme(ValueError):
    """A theme with pairs below the threshold; `failing` says which."""

    def __init__(self, failing: tuple[Failing, ...]) -> None:
        super().__init__(failing)
        self.failing = failing


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 for black to 1 for white (WCAG 2.2)."""
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, whichever is the lighter."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `other` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _darkened(colour: str, *, on: str) -> str:
    """Return the lightest darker shade of `colour` that is readable as text on `on`."""
    for step in range(21):
        shade = mix(colour, "#000000", step / 20)
        if contrast(shade, on) >= TEXT:
            return shade
    return "#000000"


def complete(theme: Mapping[str, object]) -> dict[str, str]:
    """Return every token of `theme`, deriving what it does not say. Raises `UnreadableTheme`."""
    stated = {name: str(theme[name]).lower() for name in COLOURS if theme.get(name)}
    not_colours = tuple(Failing(name, "", 0, 0) for name, value in stated.items() if not HEX.match(value))
    if not_colours:
        raise UnreadableTheme(not_colours)
    tokens = {**DEFAULT, **stated}
    brand, accent, ink = tokens["brand"], tokens["accent"], tokens["ink"]
    tokens.setdefault("brand_soft", mix(brand, PAPER, 0.89))
    darker = min(tokens["brand_soft"], tokens["ground"], key=luminance)
    tokens.setdefault("brand_deep", _darkened(mix(brand, "#000000", 0.34), on=darker))
    tokens["on_brand"] = max((PAPER, ink), key=lambda front: contrast(front, brand))
    tokens["accent_soft"] = mix(accent, PAPER, 0.87)
    tokens["accent_deep"] = _darkened(mix(accent, "#000000", 0.3), on=tokens["accent_soft"])
    tokens["ink_2"] = mix(ink, PAPER, 0.26)
    return tokens


def failing(tokens: Mapping[str, str]) -> tuple[Failing, ...]:
    """Return the pairs of a complete theme that are below their threshold."""
    pairs = (
        ("on_brand", "brand", TEXT),
        ("brand_deep", "brand_soft", TEXT),
        ("brand_deep", "ground", TEXT),
        ("ink", "ground", TEXT),
        ("ink_2", "ground", TEXT),
        ("ink", "focus", TEXT),
        ("brand", "ground", CONTROL),
    )
    named = {**tokens, "paper": PAPER}
    judged = ((f, b, contrast(named[f], named[b]), needed) for f, b, needed in pairs)
    return tuple(Failing(f, b, ratio, needed) for f, b, ratio, needed in judged if ratio < needed)


def read(theme: Mapping[str, object]) -> dict[str, str]:
    """Return the complete, readable tokens of `theme`. Raises `UnreadableTheme`."""
    tokens = complete(theme)
    if found := failing(tokens):
        raise UnreadableTheme(found)
    return tokens


def tokens(theme: Mapping[str, object]) -> dict[str, str]:
    """Return the tokens of `theme`; an unreadable one gives the product's own colours."""
    return dict(_tokens(json.dumps(dict(theme), sort_keys=True)))


@lru_cache(maxsize=MOST_KEPT)
def _tokens(theme: str) -> Mapping[str, str]:
    try:
        return read(json.loads(theme))
    except UnreadableTheme:
        return read({})


def letters(region: Any) -> str:
    """Return the letters of a region's crest: what its theme says, else the initial of its own name."""
    if not region:
        return "R"
    stated = str((region.theme or {}).get("crest", ""))[:2]
    return stated or str(region.name).split()[-1][:1].upper()


def radius(theme: Mapping[str, object]) -> int:
    """Return the corner radius in pixels, kept between 0 and 24."""
    value = theme.get("radius", DEFAULT_RADIUS)
    if not isinstance(value, int) or isinstance(value, bool):
        return DEFAULT_RADIUS
    return max(0, min(MAX_RADIUS, value))


def css(theme: Mapping[str, object]) -> str:
    """Return the style sheet of `theme`."""
    found = tokens(theme)
    weave = "rgb(255 255 255/9%)" if found["on_brand"] == PAPER else "rgb(0 0 0/7%)"
    lines = [f"--{name.replace('_', '-')}:{value}" for name, value in sorted(found.items())]
    return ":root{" + ";".join([*lines, f"--weave:{weave}", f"--r:{radius(theme)}px"]) + "}\n"


def address(theme: Mapping[str, object]) -> str:
    """Return the address of a region's colours; it changes with them, so browsers may keep it."""
    return f"/theme.css?v={_digest(json.dumps(dict(theme), sort_keys=True))}"


@lru_cache(maxsize=MOST_KEPT)
def _digest(stated: str) -> str:
    """Return what tells one style sheet from another, for a theme written as JSON."""
    return hashlib.sha256(css(json.loads(stated)).encode()).hexdigest()[:10]
