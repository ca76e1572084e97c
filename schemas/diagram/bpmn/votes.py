"""The inside of a status in which people decide side by side: the sub-process.

Each task is a user task, for several people at once a multi-instance one. After each decision the
process looks whether it was enough; then all that is open ends with it.
"""

from __future__ import annotations

from schemas.definition import Status, TaskRule
from schemas.diagram import decided, words
from schemas.diagram.bpmn import own
from schemas.diagram.bpmn.parts import ANY, NONE, Event, Graph, Node

_OPEN = {"en": "Nothing decided yet", "id": "Belum ada keputusan"}
_DECIDE = {"en": "Decide", "id": "Putuskan"}


def graph(status: Status, language: str, *, acts: bool) -> Graph:
    """Return the inside of `status`; `acts`: the lane's own people may also act at any time."""
    made, key = Graph(), status.key
    tasks = [task for task in status.tasks if task.outcomes]
    start = made.add(Node("startEvent", f"i_{key}"))
    reset = made.add(Node("scriptTask", f"r_{key}", words.put(_OPEN, language), script="decision = ''"))
    made.join(start, reset)
    first = [task for task in tasks if not _before(task, tasks)]
    fork = reset
    if len(first) + acts > 1:
        fork = made.add(Node("parallelGateway", f"p_{key}"))
        made.join(reset, fork)
    stop = Node("endEvent", f"stop_{key}", event=Event("terminate"))
    for task in tasks:
        _task(made, status, task, language)
        _after(made, status, task, tasks, stop)
        before = _before(task, tasks)
        if not before:
            made.join(fork, _id(status, task))
    if acts:
        person = Node("userTask", f"t_{key}__", words.put(_DECIDE, language))
        made.join(fork, made.add(person))
        made.join(person.id, made.add(stop))
    return made


def _id(status: Status, task: TaskRule) -> str:
    return f"t_{status.key}_{task.key}"


def _before(task: TaskRule, tasks: list[TaskRule]) -> list[TaskRule]:
    return [one for one in tasks if one.key in task.after]


def _task(made: Graph, status: Status, task: TaskRule, language: str) -> None:
    several = str(task.seats) if task.seats > 1 else ""
    if task.where.kind == "each":
        several = f"offices_{task.key}"
    name = decided.task(status, task, language)
    made.add(Node("userTask", _id(status, task), name, own=(own.task(task),), several=several))


def _after(made: Graph, status: Status, task: TaskRule, tasks: list[TaskRule], stop: Node) -> None:
    """Look after `task` whether it was enough; if not, go on with what waits for it."""
    here = _id(status, task)
    gate = made.add(Node("exclusiveGateway", f"d_{status.key}_{task.key}"))
    made.join(here, gate)
    made.join(gate, made.add(stop), when=ANY)
    heads = []
    for one in tasks:
        if task.key in one.after:
            several = len(_before(one, tasks)) > 1
            entry = f"j_{status.key}_{one.key}"
            heads.append(made.add(Node("parallelGateway", entry)) if several else _id(status, one))
            if several:
                made.join(entry, _id(status, one))
    if not heads:
        heads = [made.add(Node("endEvent", f"end_{status.key}_{task.key}"))]
    tail = gate
    if len(heads) > 1:
        tail = made.add(Node("parallelGateway", f"k_{status.key}_{task.key}"))
        made.join(gate, tail, when=NONE)
    for head in heads:
        made.join(tail, head, when=NONE if tail == gate else "")
