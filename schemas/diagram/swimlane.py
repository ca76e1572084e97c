"""The workflow as SVG with a lane for everybody who acts, read downwards; for 768 pixels and more.

Each status is a box that lists what is done in it; a line leaves from each of these rows. Colours
come from CSS classes alone (see `column`), and besides `.diagram-lane`, `.diagram-row`,
`.diagram-edge--clock`. What a colour or a dash says is also said in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from schemas.definition import Module
from schemas.diagram import boxes, lanes, layout, marks, words
from schemas.diagram.boxes import WIDTH, Sheet
from schemas.diagram.lanes import Lane
from schemas.diagram.layout import Edge, Node, Picture, Space

HEAD = 60
_FILED = "."
_SPACE = Space(gap=26, pad=10, margin=12, slots=1, lane=WIDTH + 20)


def swimlane(module: Module, language: str, current: str = "") -> str:
    """Draw the statuses of `module` in lanes; `current` is the key of the status to be lit."""
    row = lanes.lanes(module, language)
    sheets = boxes.sheets(module, language, current)
    edges = list(_edges(module, sheets))
    picture = layout.place(_nodes(module, row, sheets), edges, len(row), _SPACE)
    width, height = picture.breadth, picture.length + HEAD
    name = f"swimlane-{module.key}"
    title = words.put(words.TITLE, language, module.title.say(language))
    parts = [
        f'<svg class="diagram diagram--lanes" xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'font-family="system-ui, sans-serif" aria-labelledby="{name}-title {name}-desc">',
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-desc">{escape(words.describe(module, language, current))}</desc>',
        *_lanes(row, picture, height),
        *_lines(module, edges, picture),
        _filed(picture, language),
        *(boxes.drawn(sheet, *_corner(picture, key), lit=key == current) for key, sheet in sheets.items()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _nodes(module: Module, row: Sequence[Lane], sheets: dict[str, Sheet]) -> list[Node]:
    numbers = {lane.key: at for at, lane in enumerate(row)}
    workflow = module.workflow
    ordered = sorted(workflow.statuses, key=lambda one: one.key != workflow.start)
    placed = [Node(_FILED, 0, 28, 110)]
    for status in ordered:
        lane = numbers[lanes.lane_of(workflow, status)]
        placed.append(Node(status.key, lane, sheets[status.key].height, WIDTH))
    return placed


def _edges(module: Module, sheets: dict[str, Sheet]) -> Iterator[Edge]:
    yield Edge(_FILED, _FILED, module.workflow.start)
    for key, sheet in sheets.items():
        rows = [row for row in sheet.rows if row.action and row.action.target(key) != key]
        for row in sorted(rows, key=lambda one: one.mark != "on"):
            assert row.action is not None
            yield Edge(
                f"{key} {row.action.key}", key, row.action.to, side=row.middle, straight=row.mark == "on"
            )


def _corner(picture: Picture, key: str) -> tuple[int, int]:
    box = picture.boxes[key]
    return box.across, box.along + HEAD


def _lanes(row: Sequence[Lane], picture: Picture, height: int) -> Iterator[str]:
    for lane, (start, breadth) in zip(row, picture.lanes, strict=True):
        middle = start + breadth // 2
        yield (
            f'<g class="diagram-lane"><rect x="{start}" y="0" width="{breadth}" height="{height}" '
            f'fill="none" stroke="currentColor" stroke-width="1"/>'
            f"{boxes.text(boxes.cut(lane.title, 24, 2), middle, 18, size=13, anchor='middle', bold=True)}"
            f"{boxes.text(boxes.cut(lane.note, 30, 1), middle, 52, size=11, anchor='middle')}</g>"
        )


def _lines(module: Module, edges: Sequence[Edge], picture: Picture) -> Iterator[str]:
    actions = {action.key: action for action in module.workflow.actions}
    for edge in edges:
        points = [(across, along + HEAD) for along, across in picture.lines[edge.key]]
        action = actions.get(edge.key.partition(" ")[2])
        back = picture.boxes[edge.head].along <= picture.boxes[edge.tail].along
        kind = marks.kind(action, back=back) if action else "on"
        yield marks.line(points, kind)


def _filed(picture: Picture, language: str) -> str:
    box = picture.boxes[_FILED]
    top = box.along + HEAD
    said = boxes.text((words.put(words.FILED, language),), box.middle, top + 18, size=12, anchor="middle")
    return (
        f'<g class="diagram-filed"><rect x="{box.across}" y="{top}" width="{box.breadth}" '
        f'height="{box.length}" rx="14" fill="none" stroke="currentColor"/>{said}</g>'
    )
