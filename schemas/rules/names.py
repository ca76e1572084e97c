"""Keys: unique among their kind, and none that an address of the site needs for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.definition import Module
from schemas.problems import Problem, error
from schemas.rules import places

PAGES = frozenset({"review", "receipt", "save", "upload", "done"})
ACTIONS = frozenset({"correct", "file", "files"})
ROLES = frozenset({"applicant", "system"})


def problems(module: Module) -> Iterator[Problem]:
    workflow = module.workflow
    yield from _kind("/pages", [page.key for page in module.pages], PAGES)
    yield from _fields(module)
    yield from _kind("/workflow/roles", [role.key for role in workflow.roles], ROLES)
    yield from _kind("/workflow/statuses", [status.key for status in workflow.statuses])
    yield from _kind("/workflow/actions", [action.key for action in workflow.actions], ACTIONS)
    yield from _kind("/workflow/registers", [register.key for register in workflow.registers])
    yield from _kind("/messages", [message.key for message in module.messages])
    for at, status in enumerate(workflow.statuses):
        yield from _kind(f"/workflow/statuses/{at}/tasks", [task.key for task in status.tasks])


def _fields(module: Module) -> Iterator[Problem]:
    seen: set[str] = set()
    for pointer, _page, field in places.fields(module):
        if field.key in seen:
            yield error("names.duplicate", f"{pointer}/key", name=field.key)
        seen.add(field.key)
        values: set[str] = set()
        for at, option in enumerate(field.options):
            if option.value in values:
                yield error("names.option", f"{pointer}/options/{at}/value", name=option.value)
            values.add(option.value)


def _kind(pointer: str, keys: Iterable[str], reserved: frozenset[str] = frozenset()) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, key in enumerate(keys):
        if key in reserved:
            yield error("names.reserved", f"{pointer}/{at}/key", name=key)
        if key in seen:
            yield error("names.duplicate", f"{pointer}/{at}/key", name=key)
        seen.add(key)
