"""Where the boxes and lines of a picture with lanes lie: pure geometry, the same for every drawing.

`along` grows the way a case goes, `across` over the lanes; the swimlane reads downwards, the model
for other tools to the right. Lines run in channels between the rows and in gutters beside the
columns, never over a box. All lines to one box share one track of a channel, as the roads to a
town become one street.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas.diagram import ranks
from schemas.diagram.ranks import Cell

TRACK = 9

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """Something to be placed in a lane, `length` along and `breadth` across."""

    key: str
    lane: int
    length: int
    breadth: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A line. It leaves `tail` sideways at `side` (counted along), or at its end when None.

    `straight`: may leave at the end after all when `head` stands next in the same column.
    """

    key: str
    tail: str
    head: str
    side: int | None = None
    straight: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """Distances. `slots`: how many boxes may stand side by side in one row of a lane."""

    gap: int
    pad: int
    margin: int
    slots: int
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    along: int
    across: int
    length: int
    breadth: int

    @property
    def middle(self) -> int:
        return self.across + self.breadth // 2


@dataclass(frozen=True, slots=True)
class Picture:
    """The result: boxes and lines by key, the lanes as (start, breadth), and the whole size."""

    boxes: Mapping[str, Box]
    lines: Mapping[str, tuple[Point, ...]]
    lanes: tuple[tuple[int, int], ...]
    length: int
    breadth: int


def place(nodes: Sequence[Node], edges: Sequence[Edge], lanes: int, space: Space) -> Picture:
    """Place `nodes` (the first is the beginning) in `lanes` and lead every edge."""
    cells = ranks.cells({n.key: n.lane for n in nodes}, ((e.tail, e.head) for e in edges), slots=space.slots)
    roads = _Roads(cells, edges)
    starts, channels, length = _rows(nodes, cells, roads, space)
    spans, columns, gutters, breadth = _columns(nodes, cells, roads, lanes, space)
    boxes = {}
    for node in nodes:
        cell = cells[node.key]
        centre = columns[cell.column]
        boxes[node.key] = Box(starts[cell.rank], centre - node.breadth // 2, node.length, node.breadth)
    lines = {}
    for edge in edges:
        lines[edge.key] = _line(edge, boxes, cells, roads, channels, gutters)
    return Picture(boxes, lines, tuple(spans), length, breadth)


class _Roads:
    """Which track each line uses: of the channel before its head, and of the gutter of its tail."""

    def __init__(self, cells: Mapping[str, Cell], edges: Sequence[Edge]) -> None:
        self.straight: set[str] = set()
        self.channel: dict[int, list[str]] = {}
        self.gutter: dict[tuple[int, int], dict[str, int]] = {}
        left: set[str] = set()
        spans: dict[tuple[int, int], dict[str, tuple[int, int]]] = {}
        for edge in edges:
            tail, head = cells[edge.tail], cells[edge.head]
            following = head.rank == tail.rank + 1
            if following and tail.column == head.column and _may(edge) and edge.tail not in left:
                self.straight.add(edge.key)
                left.add(edge.tail)
                continue
            self._enter(head.rank, f"to {edge.head}")
            if edge.side is None:
                if following:
                    continue
                self._enter(tail.rank + 1, f"from {edge.tail}")
            here = 2 * tail.rank + (1 if edge.side is not None else 2)
            span = spans.setdefault(tail.column, {})
            low, high = span.get(edge.head, (here, here))
            span[edge.head] = min(low, here, 2 * head.rank), max(high, here, 2 * head.rank)
        for column, wanted in spans.items():
            self.gutter[column] = _tracks(wanted)

    def _enter(self, rank: int, name: str) -> None:
        names = self.channel.setdefault(rank, [])
        if name not in names:
            names.append(name)

    def tracks(self, column: tuple[int, int]) -> int:
        return max(self.gutter.get(column, {}).values(), default=-1) + 1


def _may(edge: Edge) -> bool:
    return edge.straight or edge.side is None


def _tracks(spans: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Give spans that overlap different tracks, the first free one."""
    ends: list[int] = []
    found: dict[str, int] = {}
    for name, (low, high) in sorted(spans.items(), key=lambda one: (one[1], one[0])):
        track = next((at for at, end in enumerate(ends) if end < low), len(ends))
        ends[track : track + 1] = [high]
        found[name] = track
    return found


def _rows(
    nodes: Iterable[Node], cells: Mapping[str, Cell], roads: _Roads, space: Space
) -> tuple[list[int], dict[tuple[int, str], int], int]:
    """Return where each row begins, where each track of a channel lies, and the length of all."""
    lengths: dict[int, int] = {}
    for node in nodes:
        rank = cells[node.key].rank
        lengths[rank] = max(lengths.get(rank, 0), node.length)
    starts, channels, at = [], {}, space.margin
    for rank in range(max(lengths) + 2):
        names = roads.channel.get(rank, [])
        for number, name in enumerate(names):
            channels[rank, name] = at + space.gap // 2 + number * TRACK
        if names or 0 < rank <= max(lengths):
            at += space.gap + max(len(names) - 1, 0) * TRACK
        starts.append(at)
        at += lengths.get(rank, 0)
    return starts, channels, at + space.margin


def _columns(
    nodes: Iterable[Node], cells: Mapping[str, Cell], roads: _Roads, lanes: int, space: Space
) -> tuple[list[Point], dict[tuple[int, int], int], dict[tuple[tuple[int, int], str], int], int]:
    """Return the lanes, the middle of each column, where each track of a gutter lies, and the breadth."""
    breadths: dict[tuple[int, int], int] = {}
    for node in nodes:
        column = cells[node.key].column
        breadths[column] = max(breadths.get(column, 0), node.breadth)
    spans: list[Point] = []
    middles, gutters, at = {}, {}, 0
    for lane in range(lanes):
        start = at
        for column in sorted(column for column in breadths if column[0] == lane):
            middles[column] = at + space.pad + breadths[column] // 2
            at += 2 * space.pad + breadths[column]
            for head, track in roads.gutter.get(column, {}).items():
                gutters[column, head] = at + track * TRACK
            at += roads.tracks(column) * TRACK
        at = max(at, start + space.lane)
        spans.append((start, at - start))
    return spans, middles, gutters, at


def _line(
    edge: Edge,
    boxes: Mapping[str, Box],
    cells: Mapping[str, Cell],
    roads: _Roads,
    channels: Mapping[tuple[int, str], int],
    gutters: Mapping[tuple[tuple[int, int], str], int],
) -> tuple[Point, ...]:
    """Lead one line: out of its tail, through gutter and channel, into the middle of its head."""
    tail, head = boxes[edge.tail], boxes[edge.head]
    end, last = tail.along + tail.length, (head.along, head.middle)
    if edge.key in roads.straight:
        return (end, tail.middle), last
    rank = cells[edge.tail].rank
    street = channels[cells[edge.head].rank, f"to {edge.head}"]
    if edge.side is None and cells[edge.head].rank == rank + 1:
        return (end, tail.middle), (street, tail.middle), (street, head.middle), last
    lane = gutters[cells[edge.tail].column, edge.head]
    if edge.side is None:
        out = channels[rank + 1, f"from {edge.tail}"]
        first: tuple[Point, ...] = ((end, tail.middle), (out, tail.middle), (out, lane))
    else:
        here = tail.along + edge.side
        first = ((here, tail.across + tail.breadth), (here, lane))
    return (*first, (street, lane), (street, head.middle), last)
