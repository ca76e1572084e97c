"""The workflow as a picture: SVG, one column of steps, side ways beside it; legible at 360 pixels.

Colours come from CSS classes alone: `.diagram`, `.diagram-status` with `--work --applicant --wait
--final --granted --refused --withdrawn --expired --current`, `.diagram-edge` with `--return --side`.
Without any CSS it is drawn in the current text colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from schemas.definition import Module, Status
from schemas.diagram import words
from schemas.diagram.words import put
from schemas.standard import main_path

WIDTH = 360
MAIN_X, MAIN_WIDTH, MAIN_LETTERS = 34, 168, 20
SIDE_X, SIDE_WIDTH, SIDE_LETTERS = 230, 128, 15
BOLDER = 2  # letters fewer in a line of the lit status, whose words are drawn bold
LINE, PADDING, GAP, LANE = 17, 10, 26, 9
LANES = 3


@dataclass(frozen=True, slots=True)
class _Box:
    status: Status
    lines: tuple[str, ...]
    x: int
    y: int
    width: int

    @property
    def height(self) -> int:
        return len(self.lines) * LINE + 2 * PADDING

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


def svg(module: Module, language: str, current: str = "") -> str:
    """Draw the statuses of `module`; `current` is the key of the status to be lit."""
    boxes = _layout(module, language, current)
    height = max(box.y + box.height for box in boxes.values()) + 4
    name = f"diagram-{module.key}"
    title = put(words.TITLE, language, module.title.say(language))
    parts = [
        f'<svg class="diagram" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-labelledby="{name}-title {name}-desc">',
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-desc">{escape(words.describe(module, language, current))}</desc>',
        *_edges(module, boxes),
        *(_drawn(box, box.status.key == current) for box in boxes.values()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _layout(module: Module, language: str, current: str) -> dict[str, _Box]:
    """Place the main way in the left column and every other status beside the step that leads to it."""
    main = main_path(module)
    keys = [status.key for status in main]
    others = [status for status in module.workflow.statuses if status.key not in keys]
    rows: list[list[Status | None]] = [[status, None] for status in main]
    for status in others:
        sources = [
            keys.index(key)
            for action in module.workflow.actions
            for key in action.from_
            if key in keys and action.target(key) == status.key
        ]
        row = min(sources, default=0)
        while row < len(rows) and rows[row][1] is not None:
            row += 1
        if row == len(rows):
            rows.append([None, None])
        rows[row][1] = status
    boxes: dict[str, _Box] = {}
    y = 4
    for left, right in rows:
        placed = [_box(left, language, y, side=False, lit=left.key == current)] if left else []
        placed += [_box(right, language, y, side=True, lit=right.key == current)] if right else []
        boxes |= {box.status.key: box for box in placed}
        y += max(box.height for box in placed) + GAP
    return {key: boxes[key] for key in (*keys, *(status.key for status in others))}


def _box(status: Status, language: str, y: int, *, side: bool, lit: bool) -> _Box:
    letters = (SIDE_LETTERS if side else MAIN_LETTERS) - (BOLDER if lit else 0)
    lines = tuple(wrap(words.status(status, language), letters, max_lines=5, placeholder=" …")) or (
        status.key,
    )
    return _Box(status, lines, SIDE_X if side else MAIN_X, y, SIDE_WIDTH if side else MAIN_WIDTH)


def _edges(module: Module, boxes: dict[str, _Box]) -> Iterator[str]:
    main = [box for box in boxes.values() if box.x == MAIN_X]
    rank = {box.status.key: at for at, box in enumerate(main)}
    for above, below in pairwise(main):
        x = MAIN_X + MAIN_WIDTH // 2
        yield _path(f"M{x} {above.y + above.height}V{below.y - 2}", "") + _arrow(x, below.y - 1, "down")
    lane = 0
    drawn: set[tuple[str, str]] = set()
    for action in module.workflow.actions:
        for key in action.from_:
            target = action.target(key)
            pair = (key, target)
            if pair in drawn or key == target:
                continue
            drawn.add(pair)
            if key in rank and target in rank:
                if rank[target] != rank[key] + 1:
                    yield _lane(boxes[key], boxes[target], lane % LANES)
                    lane += 1
            elif key in rank or target in rank:
                yield from _beside(boxes[key], boxes[target])


def _lane(tail: _Box, head: _Box, lane: int) -> str:
    """Draw a way back (or past some steps) in the left margin."""
    x = MAIN_X - 8 - lane * LANE
    start, end = tail.middle + 4, head.middle - 4
    return _path(f"M{MAIN_X} {start}H{x}V{end}H{MAIN_X - 2}", "return") + _arrow(MAIN_X - 1, end, "right")


def _beside(tail: _Box, head: _Box) -> Iterator[str]:
    """Join a step with a side status in the same or the next row; longer ways are told in words only."""
    if abs(tail.y - head.y) > 2 * (tail.height + GAP):
        return
    bend = (MAIN_X + MAIN_WIDTH + SIDE_X) // 2
    if tail.x == MAIN_X:
        start, end = tail.middle - 4, head.middle - 4
        yield _path(f"M{MAIN_X + MAIN_WIDTH} {start}H{bend}V{end}H{SIDE_X - 2}", "side")
        yield _arrow(SIDE_X - 1, end, "right")
    else:
        start, end = tail.middle + 5, head.middle + 5
        yield _path(f"M{SIDE_X} {start}H{bend - 5}V{end}H{MAIN_X + MAIN_WIDTH + 2}", "return")
        yield _arrow(MAIN_X + MAIN_WIDTH + 1, end, "left")


def _path(d: str, kind: str) -> str:
    name = f"diagram-edge diagram-edge--{kind}" if kind else "diagram-edge"
    dashes = ' stroke-dasharray="4 3"' if kind == "return" else ""
    return f'<path class="{name}" d="{d}" fill="none" stroke="currentColor"{dashes}/>'


def _arrow(x: int, y: int, way: str) -> str:
    corners = {"down": (-4, -6, 4, -6), "right": (-6, -4, -6, 4), "left": (6, -4, 6, 4)}[way]
    points = f"M{x} {y}L{x + corners[0]} {y + corners[1]}L{x + corners[2]} {y + corners[3]}Z"
    return f'<path class="diagram-arrow" d="{points}" fill="currentColor"/>'


def _drawn(box: _Box, current: bool) -> str:
    status = box.status
    kinds = [status.kind, *([status.outcome] if status.outcome else []), *(["current"] if current else [])]
    name = " ".join(["diagram-status", *(f"diagram-status--{kind}" for kind in kinds)])
    stroke = 3 if current else 1
    x, first = box.x + box.width // 2, box.y + PADDING + 13
    lines = "".join(
        f'<tspan x="{x}" y="{first + at * LINE}">{escape(line)}</tspan>' for at, line in enumerate(box.lines)
    )
    mark = ' aria-current="step"' if current else ""
    return (
        f"<g class={quoteattr(name)}{mark}>"
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="8" fill="none" '
        f'stroke="currentColor" stroke-width="{stroke}"/>'
        f'<text text-anchor="middle" font-size="13" fill="currentColor">{lines}</text></g>'
    )
