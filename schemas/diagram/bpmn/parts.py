"""The pieces a BPMN process is made of, as values: nodes, flows, events, and what only we can read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

TASK = (120, 80)
GATEWAY = (50, 50)
EVENT = (36, 36)

ANY, NONE = "any", "none"

EventType = Literal["message", "timer", "conditional", "terminate"]

Own = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Event:
    """What an event waits for. `value`: a message's key, an ISO 8601 duration, or a condition."""

    type: EventType
    value: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One flow node. `host` is the activity an event is attached to, `own` our extension elements.

    `several`: how many people do the task at once, a number or a variable.
    """

    tag: str
    id: str
    name: str = ""
    lane: str = ""
    event: Event | None = None
    host: str = ""
    interrupts: bool = True
    own: tuple[Own, ...] = ()
    several: str = ""
    script: str = ""
    inside: Graph | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Return length and breadth of its shape, without what is attached to it."""
        if self.tag.endswith("Gateway"):
            return GATEWAY
        return EVENT if self.tag.endswith("Event") else TASK


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. `when` is the decision that takes it, `ANY` for any, `NONE` for none yet."""

    tail: str
    head: str
    name: str = ""
    when: str = ""
    own: tuple[Own, ...] = ()

    @property
    def condition(self) -> str:
        if self.when in (ANY, NONE):
            return f"decision {'!=' if self.when == ANY else '=='} ''"
        return f"decision == '{self.when}'" if self.when else ""

    @property
    def id(self) -> str:
        return f"f_{self.tail}__{self.head}" + (f"__{self.when}" if self.when else "")


@dataclass(slots=True)
class Graph:
    """Nodes and flows in the order they were added; each node once."""

    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)

    def add(self, node: Node) -> str:
        self.nodes.setdefault(node.id, node)
        return node.id

    def join(self, tail: str, head: str, name: str = "", when: str = "", own: tuple[Own, ...] = ()) -> None:
        flow = Flow(tail, head, name, when, own)
        self.flows.setdefault(flow.id, flow)

    def attached(self, host: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.host == host]
