"""Keys: unique among their kind, and none that an address of the site needs for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.definition import Module, Option
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
    yield from _kind("/letters", [letter.key for letter in module.letters])
    yield from _kind("/stories", [story.key for story in module.stories])
    for at, status in enumerate(workflow.statuses):
        yield from _kind(f"/workflow/statuses/{at}/tasks", [task.key for task in status.tasks])


def _fields(module: Module) -> Iterator[Problem]:
    """Keys of questions are unique in the module, in a row unique among the questions of the row."""
    yield from _once([(field.at, field.key) for _page, field in module.fields()])
    yield from _once([(group.at, group.key) for group in places.groups(module)])
    for pointer, _page, field in places.fields(module):
        yield from _once([(inner.at, inner.key) for inner in field.fields])
        if not field.dataset:
            yield from _values(f"{pointer}/options", field.options)
    for dataset in module.datasets.values():
        yield from _values(f"/datasets/{dataset.key}/items", dataset.items)


def _once(keys: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for pointer, key in keys:
        if key in seen:
            yield error("names.duplicate", f"{pointer}/key", name=key)
        seen.add(key)


def _values(pointer: str, options: Iterable[Option]) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, option in enumerate(options):
        if option.value in seen:
            yield error("names.option", f"{pointer}/{at}/value", name=option.value)
        seen.add(option.value)


def _kind(pointer: str, keys: Iterable[str], reserved: frozenset[str] = frozenset()) -> Iterator[Problem]:
    listed = list(enumerate(keys))
    for at, key in listed:
        if key in reserved:
            yield error("names.reserved", f"{pointer}/{at}/key", name=key)
    yield from _once([(f"{pointer}/{at}", key) for at, key in listed])
