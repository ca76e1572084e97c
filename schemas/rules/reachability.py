"""The map of statuses: every place can be reached, none is a trap, nothing runs in circles by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from schemas.definition import Action, Ask, Clock, Duration, Module, Status, Workflow
from schemas.problems import Problem, error, warning
from schemas.rules import places

Edges = Mapping[str, set[str]]


def problems(module: Module) -> Iterator[Problem]:
    yield from _statuses(module.workflow)
    yield from _actions(module)
    yield from _corrections(module)
    yield from _clocks(module)
    yield from _idle(module)


def reachable(edges: Edges, starts: Iterable[str]) -> set[str]:
    """Return every node that can be reached from `starts`, themselves included."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        fresh = edges[waiting.pop()] - found
        found |= fresh
        waiting.extend(fresh)
    return found


def _edges(actions: Iterable[Action], *, backwards: bool = False) -> Edges:
    edges: dict[str, set[str]] = defaultdict(set)
    for action in actions:
        for key in action.from_:
            target = action.target(key)
            tail, head = (target, key) if backwards else (key, target)
            edges[tail].add(head)
    return edges


def _statuses(workflow: Workflow) -> Iterator[Problem]:
    arrived = reachable(_edges(workflow.actions), [workflow.start])
    finals = [status.key for status in workflow.statuses if status.kind == "final"]
    ending = reachable(_edges(workflow.actions, backwards=True), finals)
    if not finals:
        yield error("workflow.no_final", "/workflow/statuses")
    for at, status in enumerate(workflow.statuses):
        pointer = f"/workflow/statuses/{at}"
        if status.key not in arrived:
            yield error("workflow.unreachable", pointer, name=status.key)
        if status.kind == "final":
            yield from _final(workflow, status, pointer)
            continue
        if status.outcome:
            yield error("workflow.outcome", f"{pointer}/outcome", name=status.key)
        if not workflow.actions_from(status.key):
            yield error("workflow.dead_end", pointer, name=status.key)
        elif finals and status.key not in ending:
            yield error("workflow.no_end", pointer, name=status.key)


def _final(workflow: Workflow, status: Status, pointer: str) -> Iterator[Problem]:
    if workflow.start == status.key:
        yield error("workflow.start_final", "/workflow/start", name=status.key)
    if not status.outcome:
        yield error("workflow.no_outcome", pointer, name=status.key)
    if any(a.who.kind == "system" or not a.legal_basis for a in workflow.actions_from(status.key)):
        yield error("workflow.final_actions", pointer, name=status.key)


def _actions(module: Module) -> Iterator[Problem]:
    for pointer, action in places.actions(module):
        system = action.who.kind == "system"
        if action.by_clock and not system:
            place = f"{pointer}/{'after' if action.after else 'before'}"
            yield error("workflow.after", place, name=action.key)
        if system and (action.ask != Ask()):
            yield error("workflow.system_ask", f"{pointer}/ask", name=action.key)
        if action.ask.corrections and action.who.kind != "role":
            yield error("workflow.corrections_who", f"{pointer}/ask/corrections", name=action.key)
        if action.ask.answers and action.who.kind != "applicant":
            yield error("workflow.answers_who", f"{pointer}/ask/answers", name=action.key)


def _corrections(module: Module) -> Iterator[Problem]:
    """Where questions are sent back, the applicant must be able to answer them."""
    workflow = module.workflow
    answering = {key for action in workflow.actions if action.ask.answers for key in action.from_}
    sending = [action for action in workflow.actions if action.ask.corrections]
    asking = {action.target(key) for action in sending for key in action.from_}
    for pointer, action in places.actions(module):
        for key in action.from_ if action.ask.corrections else ():
            if action.target(key) not in answering:
                yield error("workflow.no_answer", f"{pointer}/to", name=action.target(key))
                break
        if action.ask.answers and not asking & set(action.from_):
            yield warning("workflow.nothing_to_answer", f"{pointer}/ask/answers", name=action.key)


def _clocks(module: Module) -> Iterator[Problem]:
    """Find clocks that strike at once, and circles that neither a person nor a clock interrupts."""
    workflow = module.workflow
    automatic = {status.key: set(map(id, workflow.automatic(status.key))) for status in workflow.statuses}
    taken: set[tuple[str, Clock, Duration | None, Duration | None]] = set()
    for pointer, action in places.actions(module):
        if action.who.kind == "system" and action.when is None:
            for key in action.from_:
                strike = (key, action.of, action.after, action.before)
                if strike in taken and (action.by_clock or id(action) in automatic[key]):
                    yield error("workflow.two_clocks", pointer, name=key)
                taken.add(strike)
    at_once = {status.key: list(_at_once(workflow, status)) for status in workflow.statuses}
    edges: dict[str, set[str]] = defaultdict(set)
    for key, actions in at_once.items():
        edges[key] |= {action.target(key) for action in actions}
    circling = {key for key in at_once if key in reachable(edges, edges[key])}
    turning = {id(a) for key in circling for a in at_once[key] if a.target(key) in circling}
    for pointer, action in places.actions(module):
        if id(action) in turning:
            yield error("workflow.loop", pointer, name=action.key)


def _at_once(workflow: Workflow, status: Status) -> Iterator[Action]:
    """Yield the actions that may be taken in a status with neither a person nor a clock between.

    A completion is such an action only where no task is sure to open.
    """
    yield from workflow.automatic(status.key)
    if all(task.when is not None for task in status.tasks):
        done = {rule.do for rule in status.complete}
        yield from (action for action in workflow.actions_from(status.key) if action.key in done)


def _idle(module: Module) -> Iterator[Problem]:
    workflow = module.workflow
    deciding = {task.role for status in workflow.statuses for task in status.tasks if task.outcomes}
    acting = {a.who.role for a in workflow.actions if a.who.kind == "role"} | deciding
    for at, role in enumerate(workflow.roles):
        if role.key not in acting:
            yield warning("workflow.role_idle", f"/workflow/roles/{at}", name=role.key)
    for at, status in enumerate(workflow.statuses):
        pointer = f"/workflow/statuses/{at}"
        kinds = {action.who.kind for action in workflow.actions_from(status.key)}
        able = {a.who.role for a in workflow.actions_from(status.key)}
        decided = any(task.outcomes for task in status.tasks)
        if status.kind == "work" and kinds and "role" not in kinds and not decided:
            yield warning("workflow.nobody", pointer, name=status.key)
        if status.kind == "applicant" and kinds and "applicant" not in kinds:
            yield warning("workflow.applicant_idle", pointer, name=status.key)
        for task_at, task in enumerate(status.tasks):
            if not task.outcomes and task.role not in able:
                yield error("workflow.task_idle", f"{pointer}/tasks/{task_at}", name=task.key)
    asked = {action.ask.page for action in workflow.actions} | {
        outcome.page for status in workflow.statuses for task in status.tasks for outcome in task.outcomes
    }
    for pointer, page in places.pages(module):
        if page.for_ != "applicant" and page.key not in asked:
            yield warning("workflow.page_idle", pointer, name=page.key)
