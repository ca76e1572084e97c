"""Which row and which column of its lane each node of a picture stands in.

Ways back are found first; what is left has a beginning and an end, so every node gets the row after
its last forerunner. A full row of a lane sends the node on to the next one: a lane stays narrow and
the picture grows the way one reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the grid: `rank` counts along the way, `slot` within the lane."""

    rank: int
    lane: int
    slot: int

    @property
    def column(self) -> tuple[int, int]:
        return self.lane, self.slot


def cells(lanes: Mapping[str, int], ways: Iterable[tuple[str, str]], *, slots: int) -> dict[str, Cell]:
    """Give each node of `lanes` (node → lane, in reading order) a cell of its own, `slots` side by side."""
    nodes = list(lanes)
    onward = _onward(nodes, ways)
    open_ = dict.fromkeys(nodes, 0)
    for heads in onward.values():
        for head in heads:
            open_[head] += 1
    lowest = dict.fromkeys(nodes, 0)
    order = {node: at for at, node in enumerate(nodes)}
    ready = [(0, order[node], node) for node in nodes if not open_[node]]
    heapify(ready)
    taken: dict[tuple[int, int], int] = {}
    found: dict[str, Cell] = {}
    while ready:
        _, _, node = heappop(ready)
        rank, lane = lowest[node], lanes[node]
        while taken.get((rank, lane), 0) >= slots:
            rank += 1
        found[node] = Cell(rank, lane, taken.get((rank, lane), 0))
        taken[rank, lane] = found[node].slot + 1
        for head in onward[node]:
            lowest[head] = max(lowest[head], rank + 1)
            open_[head] -= 1
            if not open_[head]:
                heappush(ready, (lowest[head], order[head], head))
    return found


def _onward(nodes: Sequence[str], ways: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the ways without those that lead back to a node still being walked from."""
    every: dict[str, list[str]] = {node: [] for node in nodes}
    for tail, head in dict.fromkeys(ways):
        every[tail].append(head)
    onward: dict[str, list[str]] = {node: [] for node in nodes}
    done: set[str] = set()
    for first in nodes:
        path = [] if first in done else [(first, iter(every[first]))]
        walked = {first} if path else set()
        while path:
            node, heads = path[-1]
            head = next(heads, "")
            if not head:
                path.pop()
                walked.discard(node)
                done.add(node)
            elif head not in walked:
                onward[node].append(head)
                if head not in done:
                    walked.add(head)
                    path.append((head, iter(every[head])))
    return onward
