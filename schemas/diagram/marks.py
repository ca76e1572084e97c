"""The lines of a swimlane and the small signs before its rows, drawn without any font."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from schemas.definition import Action

Mark = Literal["on", "return", "clock", "task", "stay"]

_DASHES = {"return": "5 3", "clock": "2 3"}
_SIGNS = {
    "on": "M0 0H8M5 -3L8 0L5 3",
    "return": "M8 3V-2H1M4 -5L1 -2L4 1",
    "clock": "M0 0A4.5 4.5 0 1 1 9 0A4.5 4.5 0 1 1 0 0M4.5 -3V0H7",
    "task": "M1 -3H8V4H1ZM3 0L4.5 2L7 -2",
    "stay": "M1 3H8V-3H1M4 0L1 -3L4 -6",
}


def kind(action: Action, *, back: bool) -> Mark:
    """Return how `action` is drawn; `back` when its line leads up again."""
    if action.by_clock:
        return "clock"
    if not action.to:
        return "stay"
    return "return" if back or action.tone == "return" else "on"


def line(points: Sequence[tuple[int, int]], kind: Mark) -> str:
    """Draw a line with an arrow that points down at its last point."""
    (x, y), *rest = points
    d = f"M{x} {y}"
    for across, down in rest[:-1]:
        d += f"L{across} {down}"
    end, tip = rest[-1]
    d += f"L{end} {tip - 3}"
    name = "diagram-edge" if kind == "on" else f"diagram-edge diagram-edge--{kind}"
    dashes = f' stroke-dasharray="{_DASHES[kind]}"' if kind in _DASHES else ""
    return (
        f'<path class="{name}" d="{d}" fill="none" stroke="currentColor" stroke-linejoin="round"{dashes}/>'
        f'<path class="diagram-arrow" d="M{end} {tip - 1}L{end - 4} {tip - 8}L{end + 4} {tip - 8}Z" '
        f'fill="currentColor"/>'
    )


def sign(mark: Mark, x: int, y: int) -> str:
    """Draw the sign of a row, nine wide, its middle at `y`."""
    return (
        f'<path class="diagram-sign" transform="translate({x} {y})" d="{_SIGNS[mark]}" fill="none" '
        f'stroke="currentColor" stroke-width="1.2"/>'
    )
