"""A signature that somebody drew, as the picture that stands in a letter."""

from __future__ import annotations

from schemas.fieldtypes.signature import HEIGHT, WIDTH


def svg(strokes: str) -> str:
    """Return drawn strokes, already known to be `drawable`, as SVG."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><path d="{strokes}" '
        'fill="none" stroke="#000" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
