"""Where the shapes of a BPMN process lie: the one layout of all our pictures, read to the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.diagram import layout
from schemas.diagram.bpmn.parts import EVENT, GATEWAY, Graph, Node
from schemas.diagram.layout import Edge, Space

HEADER = 30
_LABEL = (86, 54)
_EACH = 96
_JOINT = 40
_SPACE = Space(gap=64, pad=24, margin=40, slots=3, lane=140)
_INNER = Space(gap=44, pad=16, margin=20, slots=20)

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Map:
    """Shapes of nodes, of lanes and of the pool; labels and lines by the ids of what they belong to."""

    pool: Shape
    lanes: Mapping[str, Shape]
    shapes: Mapping[str, Shape]
    labels: Mapping[str, Shape]
    lines: Mapping[str, tuple[Point, ...]]
    opened: frozenset[str] = frozenset()


def draw(graph: Graph, lanes: Sequence[str]) -> Map:
    """Lay out `graph` in `lanes`."""
    return _draw(graph, lanes, _SPACE)


def _draw(graph: Graph, lanes: Sequence[str], space: Space) -> Map:
    clusters = {one.id: _Cluster(graph, one) for one in graph.nodes.values() if _leads(graph, one)}
    at = {node: cluster for cluster in clusters.values() for node in cluster.members}
    nodes = [layout.Node(c.node.id, lanes.index(c.node.lane), c.length, c.breadth) for c in clusters.values()]
    edges = []
    for flow in graph.flows.values():
        tail, head = at[flow.tail], at[flow.head]
        if flow.head == tail.gate:
            continue
        side = tail.offset(flow.tail) if graph.nodes[flow.tail].host else None
        edges.append(Edge(flow.id, tail.node.id, head.node.id, side))
    picture = layout.place(nodes, [e for e in edges if e.tail != e.head], len(lanes), space)
    shapes: dict[str, Shape] = {}
    for key, cluster in clusters.items():
        box = picture.boxes[key]
        shapes |= cluster.shapes(box.along + 2 * HEADER, box.middle)
    lines = dict(_lines(graph, at, edges, shapes, picture.lines))
    labels = dict(_labels(graph, shapes, lines))
    opened = frozenset(key for key, cluster in clusters.items() if cluster.inside)
    for key in opened:
        _open(shapes, labels, lines, shapes[key], clusters[key].inside)
    width = picture.length + HEADER
    strips = {
        lane: Shape(HEADER, start, width, breadth)
        for lane, (start, breadth) in zip(lanes, picture.lanes, strict=True)
    }
    pool = Shape(0, 0, width + HEADER, picture.breadth)
    return Map(pool, strips, shapes, labels, lines, opened)


def _open(
    shapes: dict[str, Shape],
    labels: dict[str, Shape],
    lines: dict[str, tuple[Point, ...]],
    outer: Shape,
    inside: Map | None,
) -> None:
    """Add what is inside a sub-process, moved to where the sub-process lies."""
    if inside is None:
        return
    x, y = outer.x - 2 * HEADER, outer.y + HEADER
    for target, source in ((shapes, inside.shapes), (labels, inside.labels)):
        target.update({key: Shape(s.x + x, s.y + y, s.width, s.height) for key, s in source.items()})
    lines.update({key: tuple((a + x, b + y) for a, b in points) for key, points in inside.lines.items()})


def _leads(graph: Graph, node: Node) -> bool:
    """Say whether `node` is laid out by itself: nothing is that is attached or a choice behind a task."""
    return not node.host and not _behind(graph, node.id)


def _behind(graph: Graph, node: str) -> bool:
    return node.startswith("g_")


class _Cluster:
    """An activity with the events on its edge and the gateway right behind it."""

    def __init__(self, graph: Graph, node: Node) -> None:
        self.node = node
        self.events = [one.id for one in graph.attached(node.id)]
        gate = f"g_{node.id.removeprefix('s_')}"
        self.gate = gate if gate in graph.nodes and node.id.startswith("s_") else ""
        self.members = [node.id, *self.events, *([self.gate] if self.gate else [])]
        self.inside = _draw(node.inside, [""], _INNER) if node.inside else None
        length, self.high = node.size
        if self.inside:
            length, self.high = self.inside.pool.width - 2 * HEADER, self.inside.pool.height + HEADER + 20
        self.long = max(length, len(self.events) * _EACH + 20)
        self.length = self.long + (_JOINT + GATEWAY[0] if self.gate else 0)
        self.breadth = self.high + 2 * (EVENT[1] // 2 + _LABEL[1]) if self.events else self.high

    def offset(self, event: str) -> int:
        """Return how far along the edge the middle of an event lies."""
        return self.events.index(event) * _EACH + 30

    def shapes(self, x: int, middle: int) -> dict[str, Shape]:
        found = {self.node.id: Shape(x, middle - self.high // 2, self.long, self.high)}
        below = middle + self.high // 2 - EVENT[1] // 2
        for event in self.events:
            found[event] = Shape(x + self.offset(event) - EVENT[0] // 2, below, *EVENT)
        if self.gate:
            found[self.gate] = Shape(x + self.long + _JOINT, middle - GATEWAY[1] // 2, *GATEWAY)
        return found


def _lines(
    graph: Graph,
    at: Mapping[str, _Cluster],
    edges: Sequence[Edge],
    shapes: Mapping[str, Shape],
    led: Mapping[str, Sequence[Point]],
) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """Turn the lines to read to the right, and add those inside a cluster or back into it."""
    sides = {edge.key: edge.side for edge in edges}
    for key, flow in graph.flows.items():
        tail, head = shapes[flow.tail], shapes[flow.head]
        if key in led:
            points = [(along + 2 * HEADER, across) for along, across in led[key]]
            if sides[key] is not None:
                points[0] = (points[0][0], tail.y + tail.height)
            yield key, tuple(points)
        elif flow.head == at[flow.tail].gate:
            y = tail.y + tail.height // 2
            yield key, ((tail.x + tail.width, y), (head.x, y))
        else:
            x, top = tail.x + tail.width // 2, head.y - 20
            yield key, ((x, tail.y), (x, top), (head.x + 20, top), (head.x + 20, head.y))


def _labels(
    graph: Graph, shapes: Mapping[str, Shape], lines: Mapping[str, tuple[Point, ...]]
) -> Iterator[tuple[str, Shape]]:
    for node in graph.nodes.values():
        shape = shapes[node.id]
        if node.host:
            yield node.id, Shape(shape.x + shape.width // 2 + 4, shape.y + 38, _LABEL[0] - 8, 28)
        elif node.name and not node.tag.endswith(("Task", "Process")):
            middle = shape.x + shape.width // 2
            yield node.id, Shape(middle - 50, shape.y + shape.height + 4, 100, 28)
    for key, flow in graph.flows.items():
        if flow.name and not graph.nodes[flow.tail].host:
            x, y = lines[key][2] if len(lines[key]) > 4 else lines[key][-1]
            yield key, Shape(x + 4 if len(lines[key]) > 4 else x - 92, y - 30, 88, 28)
