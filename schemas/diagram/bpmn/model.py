"""Which BPMN nodes and flows a workflow becomes.

A status is the activity of the lane it waits in; what the lane's own people may do is told apart
by a gateway behind it. Whoever acts from outside interrupts it with a message, a clock with a
timer. Where nobody works, the case waits at an intermediate event. `decision` holds the key of the
action taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from schemas.definition import Action, EffectRule, Module, Status, Workflow
from schemas.diagram import lanes, words
from schemas.diagram.bpmn import own, votes
from schemas.diagram.bpmn.parts import Event, Graph, Node

START = "filed"

_EFFECTS = {
    "mail": {"en": "Mail to {}", "id": "Email kepada {}"},
    "message": {"en": "Message to {}", "id": "Pesan kepada {}"},
    "webhook": {"en": "Tell {}", "id": "Beri tahu {}"},
    "letter": {"en": "Issue letter {}", "id": "Terbitkan surat {}"},
    "case": {"en": "File {}", "id": "Ajukan {}"},
    "anonymise": {"en": "Remove personal data", "id": "Hapus data pribadi"},
}
_SENT = ("mail", "message", "webhook")


def graph(module: Module, language: str) -> Graph:
    """Return the process of `module`, lane by the names of `lanes`."""
    return _Build(module, language).whole()


class _Build:
    def __init__(self, module: Module, language: str) -> None:
        self.module, self.language = module, language
        self.workflow: Workflow = module.workflow
        self.made = Graph()

    def whole(self) -> Graph:
        start = Node("startEvent", START, words.put(words.FILED, self.language), lanes.APPLICANT)
        tail = self._effects(self.made.add(start), "filed", self.workflow.filed)
        ordered = sorted(self.workflow.statuses, key=lambda one: one.key != self.workflow.start)
        for status in ordered:
            self._status(status)
        self.made.join(tail, _entry(self.workflow.start))
        return self.made

    def _status(self, status: Status) -> None:
        lane = lanes.lane_of(self.workflow, status)
        said, known = status.title.say(self.language), own.status(status)
        if status.kind == "final":
            outcome = words.put(words.OUTCOMES[status.outcome], self.language) if status.outcome else ""
            name = f"{outcome} – {said}" if outcome else said
            self.made.add(Node("endEvent", _entry(status.key), name, lane, own=known))
            return
        actions = self.workflow.actions_from(status.key)
        inner = [one for one in actions if self._belongs(one, lane)]
        enough = {rule.do for rule in status.complete}
        outer = [one for one in actions if one not in inner and one.key not in enough]
        if any(task.outcomes for task in status.tasks):
            self._together(status, lane, [one for one in actions if one not in outer], bool(inner))
            self._interrupt(status, lane, outer)
            return
        if not inner and outer and all(one.to for one in outer):
            self._wait(Node("", _entry(status.key), said, lane, own=known), outer, status.key)
            return
        tag = "userTask" if inner or not outer else "receiveTask"
        host = self.made.add(Node(tag, _entry(status.key), said, lane, own=known))
        self._choice(host, lane, inner, status.key)
        self._interrupt(status, lane, outer)

    def _together(self, status: Status, lane: str, ends: Sequence[Action], acts: bool) -> None:
        """Let people decide side by side until it is enough, then go where the decision leads."""
        inside = votes.graph(status, self.language, acts=acts)
        said, known = status.title.say(self.language), own.status(status)
        host = self.made.add(Node("subProcess", _entry(status.key), said, lane, own=known, inside=inside))
        gate = self.made.add(Node("exclusiveGateway", f"g_{status.key}", "", lane))
        self.made.join(host, gate)
        for action in ends:
            self._leave(gate, action, status.key, when=action.key)

    def _interrupt(self, status: Status, lane: str, actions: Sequence[Action]) -> None:
        """Let others, the clock and what the system sees for itself break in."""
        for action in actions:
            stays, host = not action.to, _entry(status.key)
            node = self._event("boundaryEvent", action, status.key, lane, host=host, interrupts=not stays)
            self._leave(self.made.add(node), action, status.key, stays=stays)

    def _belongs(self, action: Action, lane: str) -> bool:
        """Say whether it is the lane's own people who take `action`."""
        who = action.who
        return lane == (f"role.{who.role}" if who.kind == "role" else who.kind) and who.kind != "system"

    def _choice(self, host: str, lane: str, actions: Sequence[Action], status: str) -> None:
        """Let the decision of the lane's own people choose the flow."""
        if len(actions) == 1:
            self._leave(host, actions[0], status)
        elif actions:
            gate = self.made.add(Node("exclusiveGateway", f"g_{status}", "", lane))
            self.made.join(host, gate)
            for action in actions:
                self._leave(gate, action, status, when=action.key)

    def _wait(self, node: Node, actions: Sequence[Action], status: str) -> None:
        """Wait at one event, or at a gateway for the first of several."""
        if len(actions) == 1:
            event = self._event("intermediateCatchEvent", actions[0], status, node.lane)
            known = (*node.own, *event.own)
            alone = Node(event.tag, node.id, node.name, node.lane, event.event, own=known)
            self._leave(self.made.add(alone), actions[0], status)
            return
        gate = self.made.add(Node("eventBasedGateway", node.id, node.name, node.lane, own=node.own))
        for action in actions:
            event = self._event("intermediateCatchEvent", action, status, node.lane)
            self.made.join(gate, self.made.add(event))
            self._leave(event.id, action, status)

    def _event(
        self, tag: str, action: Action, status: str, lane: str, *, host: str = "", interrupts: bool = True
    ) -> Node:
        event = Event("message", action.key)
        if span := action.after or action.before:
            event = Event("timer", words.iso(span))
        elif action in self.workflow.automatic(status):
            event = Event("conditional", f"decision == '{action.key}'")
        known = own.action(action, self.module, self.language)
        name = action.title.say(self.language)
        return Node(tag, f"e_{status}_{action.key}", name, lane, event, host, interrupts, known)

    def _leave(self, tail: str, action: Action, status: str, *, when: str = "", stays: bool = False) -> None:
        """Lead from `tail` through the effects of `action` to where it goes."""
        known = own.action(action, self.module, self.language)
        name = "" if tail.startswith("e_") else action.title.say(self.language)
        if action.to:
            head = _entry(action.to)
        elif stays:
            head = self.made.add(Node("endEvent", f"done_{action.key}", "", lanes.SYSTEM))
        else:
            head = _entry(status)
        steps = self._steps(action.key if action.to else f"{action.key}__{status}", action.effects)
        first = steps[0] if steps else head
        self.made.join(tail, first, name, when, () if tail.startswith("e_") else known)
        for one, other in pairwise([*steps, head]):
            self.made.join(one, other)

    def _effects(self, tail: str, key: str, effects: Sequence[EffectRule]) -> str:
        """Put the effects behind `tail` and return the last."""
        for step in self._steps(key, effects):
            self.made.join(tail, step)
            tail = step
        return tail

    def _steps(self, key: str, effects: Sequence[EffectRule]) -> list[str]:
        found = []
        for number, effect in enumerate(effects, 1):
            tag = "sendTask" if effect.type in _SENT else "serviceTask"
            node = Node(tag, f"x_{key}_{number}", self._effect(effect), lanes.SYSTEM, own=own.effect(effect))
            found.append(self.made.add(node))
        return found

    def _effect(self, effect: EffectRule) -> str:
        about = effect.connection or effect.letter or effect.module
        if effect.type in ("mail", "message"):
            about = words.who(self.workflow, effect.to, self.language)
        sentence = _EFFECTS[effect.type]
        return words.put(sentence, self.language, *([about] if "{}" in sentence["en"] else []))


def _entry(status: str) -> str:
    return f"s_{status}"
