"""Tasks that people decide, what completes a status, what clocks count from, what a change may touch."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import tally
from schemas.definition import Action, Completion, Module, Status, TaskRule
from schemas.problems import Problem, error, warning
from schemas.rules import places


def problems(module: Module) -> Iterator[Problem]:
    for at, status in enumerate(module.workflow.statuses):
        pointer = f"/workflow/statuses/{at}"
        for task_at, task in enumerate(status.tasks):
            yield from _task(module, status, task, f"{pointer}/tasks/{task_at}")
        for rule_at, rule in enumerate(status.complete):
            yield from _completion(module, status, rule, f"{pointer}/complete/{rule_at}")
        yield from _edit(status, f"{pointer}/edit")
    yield from _separate(module)
    for pointer, action in places.actions(module):
        yield from _clock(module, action, pointer)
        yield from _person(module, action, pointer)
        yield from _bulk(action, pointer)
        yield from _changes(module, action, pointer)


def _task(module: Module, status: Status, task: TaskRule, pointer: str) -> Iterator[Problem]:
    if not task.outcomes and task.shared:
        yield error("tasks.no_outcomes", pointer, name=task.key)
    if task.key in _first(status, task):
        yield error("tasks.circle", f"{pointer}/after", name=task.key)
    for at, key in enumerate(task.after):
        before = status.task(key)
        if before is None:
            yield error("tasks.unknown", f"{pointer}/after/{at}", name=key)
        elif not before.outcomes:
            yield error("tasks.never_closed", f"{pointer}/after/{at}", name=key)
    for at, outcome in enumerate(task.outcomes):
        if outcome.key in {earlier.key for earlier in task.outcomes[:at]}:
            yield error("names.duplicate", f"{pointer}/outcomes/{at}/key", name=outcome.key)
        place = f"{pointer}/outcomes/{at}/page"
        page = module.page(outcome.page) if outcome.page else None
        if outcome.page and page is None:
            yield error("references.page", place, name=outcome.page)
        elif page is not None and page.for_ != task.role:
            yield error("references.page_for", place, name=page.key, wanted=task.role, found=page.for_)


def _first(status: Status, task: TaskRule) -> set[str]:
    """Return the keys of all tasks that must be closed before `task` opens."""
    found: set[str] = set()
    waiting = list(task.after)
    while waiting:
        key = waiting.pop()
        before = status.task(key)
        if key not in found and before is not None:
            found.add(key)
            waiting.extend(before.after)
    return found


def _completion(module: Module, status: Status, rule: Completion, pointer: str) -> Iterator[Problem]:
    for at, key in enumerate(rule.of):
        named = status.task(key)
        if named is None:
            yield error("tasks.unknown", f"{pointer}/of/{at}", name=key)
        elif not named.outcomes:
            yield error("tasks.never_closed", f"{pointer}/of/{at}", name=key)
    if not any(task.outcomes for task in status.tasks):
        yield error("tasks.nothing_decided", pointer, name=status.key)
    votes = _votes(module, status, rule)
    if rule.tally.count > votes:
        yield error("tasks.too_many", f"{pointer}/if", count=rule.tally.count, most=votes)
    action = module.workflow.action(rule.do)
    if action is None:
        yield error("tasks.no_action", f"{pointer}/do", name=rule.do)
    elif action.who.kind != "system" or action.by_clock or status.key not in action.from_:
        yield error("tasks.not_systems", f"{pointer}/do", name=rule.do, status=status.key)


def _votes(module: Module, status: Status, rule: Completion) -> int:
    """Return how many votes the rule can see at most."""
    tasks = [task for task in status.tasks if task.outcomes and (not rule.of or task.key in rule.of)]
    return sum(task.seats * tally.most(module, task) for task in tasks)


def _edit(status: Status, pointer: str) -> Iterator[Problem]:
    """Answers are put right by whoever works on the case: in a status of work, with a task there."""
    if status.edit and status.kind != "work":
        yield error("tasks.edit_outside", pointer, name=status.key)
        return
    working = {task.role for task in status.tasks}
    for at, key in enumerate(status.edit):
        if key not in working:
            yield error("tasks.edit_idle", f"{pointer}/{at}", name=key, status=status.key)


def _separate(module: Module) -> Iterator[Problem]:
    workflow = module.workflow
    known = {action.key for action in workflow.actions if action.who.kind == "role"}
    known |= {task.key for status in workflow.statuses for task in status.tasks if task.outcomes}
    for at, keys in enumerate(workflow.separate):
        for key_at, key in enumerate(keys):
            if key not in known:
                yield error("tasks.separate", f"/workflow/separate/{at}/{key_at}", name=key)


def _clock(module: Module, action: Action, pointer: str) -> Iterator[Problem]:
    workflow = module.workflow
    if action.after and action.before:
        yield error("clocks.two_times", f"{pointer}/before", name=action.key)
    if action.before and action.of == "entered":
        yield error("clocks.before_entry", f"{pointer}/before", name=action.key)
    if action.of != "entered" and not action.by_clock:
        yield error("clocks.no_time", f"{pointer}/of", name=action.key)
    if action.of == "deadline" and workflow.deadline is None:
        yield error("clocks.no_deadline", f"{pointer}/of", name=action.key)
    for key in action.from_ if action.of == "due" else ():
        if workflow.status(key).due is None:
            yield error("clocks.no_due", f"{pointer}/of", name=action.key, status=key)
            break
    for key in action.from_ if action.of == "deadline" else ():
        if workflow.status(key).kind == "applicant":
            yield error("clocks.stands_still", f"{pointer}/from", name=action.key, status=key)
            break


def _person(module: Module, action: Action, pointer: str) -> Iterator[Problem]:
    if not action.ask.person:
        return
    for key in action.from_:
        task = module.workflow.status(action.target(key)).task(action.ask.person)
        if task is None or task.assign != "chosen":
            yield error("tasks.not_chosen", f"{pointer}/ask/person", name=action.ask.person)
            break


def _bulk(action: Action, pointer: str) -> Iterator[Problem]:
    if action.bulk and not action.alike:
        yield warning("tasks.bulk", f"{pointer}/bulk", name=action.key)


def _changes(module: Module, action: Action, pointer: str) -> Iterator[Problem]:
    pages = [page for page in module.pages if page.for_ != "applicant"]
    officers = {field.key: field for page in pages for field in page.fields}
    for at, change in enumerate(action.changes):
        place = f"{pointer}/changes/{at}"
        if change.type == "set":
            if change.field not in officers:
                yield error("changes.not_officers", f"{place}/set/field", name=change.field)
            elif officers[change.field].calculate is not None:
                yield error("changes.calculated", f"{place}/set/field", name=change.field)
        if change.type == "extend" and module.workflow.deadline is None:
            yield error("clocks.no_deadline", f"{place}/extend", name=action.key)
