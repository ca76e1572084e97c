"""Names that point to other parts: they must exist and be of the right kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.definition import Action, Module, Where
from schemas.problems import Problem, error, warning
from schemas.rules import effects, letters, places

REGISTER_TOKENS = frozenset({"number", "year", "month", "month_roman", "office"})
APPLICANT_TYPES = {
    "name": ("text",),
    "email": ("email",),
    "phone": ("phone",),
    "proof": ("text", "date", "phone", "email", "nik", "no_kk"),
}


def problems(module: Module) -> Iterator[Problem]:
    yield from _pages(module)
    yield from _applicant(module)
    yield from _office(module)
    yield from _workflow(module)
    yield from effects.references(module)
    yield from letters.references(module)
    yield from _registers(module)


def _pages(module: Module) -> Iterator[Problem]:
    roles = {role.key for role in module.workflow.roles}
    for pointer, page in places.pages(module):
        if page.for_ != "applicant" and page.for_ not in roles:
            yield error("references.role", f"{pointer}/for", name=page.for_)


def _applicant(module: Module) -> Iterator[Problem]:
    filing = {field.key: field for page in module.filing_pages() for field in page.fields}
    for name, types in APPLICANT_TYPES.items():
        key: str = getattr(module.applicant, name)
        if not key:
            continue
        pointer = f"/applicant/{name}"
        if module.field(key) is None:
            yield error("references.field", pointer, name=key)
        elif key not in filing:
            yield error("references.filing", pointer, name=key)
        elif filing[key].type not in types:
            yield error("references.kind", pointer, name=key, wanted=types, found=filing[key].type)


def _office(module: Module) -> Iterator[Problem]:
    key, pointer = module.workflow.office, "/workflow/office"
    if not key:
        for at, role in enumerate(module.workflow.roles):
            if role.where.kind == "office":
                yield warning("references.no_office", f"/workflow/roles/{at}/where", name=role.key)
        return
    found = _office_problem(module, key, pointer)
    if found:
        yield found
        return
    for page in module.filing_pages():
        for field in page.fields:
            if field.key == key and (field.required is not True or field.visible or page.visible):
                yield warning("references.office_optional", pointer, name=key)
    if key not in {field.key for page in module.filing_pages() for field in page.fields}:
        yield error("references.filing", pointer, name=key)


def _office_problem(module: Module, key: str, pointer: str) -> Problem | None:
    field = module.field(key)
    if field is None:
        return error("references.field", pointer, name=key)
    if field.type != "office":
        return error("references.kind", pointer, name=key, wanted="office", found=field.type)
    return None


def _where(module: Module, where: Where, pointer: str) -> Iterator[Problem]:
    if where.kind == "each":
        yield from _each(module, where.field, f"{pointer}/where/each")
    elif where.kind == "answer":
        found = _office_problem(module, where.field, f"{pointer}/where/answer")
        if found:
            yield found


def _each(module: Module, key: str, pointer: str) -> Iterator[Problem]:
    """The rows of a repeat name one office each."""
    field = module.field(key)
    if field is None:
        yield error("references.field", pointer, name=key)
    elif field.type != "repeat":
        yield error("references.kind", pointer, name=key, wanted="repeat", found=field.type)
    elif [inner.type for inner in field.fields].count("office") != 1:
        yield error("references.one_office", pointer, name=key)


def _workflow(module: Module) -> Iterator[Problem]:
    workflow = module.workflow
    statuses = {status.key for status in workflow.statuses}
    roles = {role.key for role in workflow.roles}
    if workflow.start not in statuses:
        yield error("references.status", "/workflow/start", name=workflow.start)
    for at, role in enumerate(workflow.roles):
        yield from _where(module, role.where, f"/workflow/roles/{at}")
    for at, status in enumerate(workflow.statuses):
        for edit_at, key in enumerate(status.edit):
            if key not in roles:
                yield error("references.role", f"/workflow/statuses/{at}/edit/{edit_at}", name=key)
        for task_at, task in enumerate(status.tasks):
            place = f"/workflow/statuses/{at}/tasks/{task_at}"
            if task.role not in roles:
                yield error("references.role", f"{place}/role", name=task.role)
            elif task.where != workflow.role(task.role).where:
                yield from _where(module, task.where, place)
    for pointer, action in places.actions(module):
        for from_at, key in enumerate(action.from_):
            if key not in statuses:
                yield error("references.status", f"{pointer}/from/{from_at}", name=key)
        if action.to and action.to not in statuses:
            yield error("references.status", f"{pointer}/to", name=action.to)
        if action.who.kind == "role" and action.who.role not in roles:
            yield error("references.role", f"{pointer}/who/role", name=action.who.role)
        yield from _asked_page(module, pointer, action)


def _asked_page(module: Module, pointer: str, action: Action) -> Iterator[Problem]:
    if not action.ask.page:
        return
    page = module.page(action.ask.page)
    who = action.who.role if action.who.kind == "role" else action.who.kind
    if page is None:
        yield error("references.page", f"{pointer}/ask/page", name=action.ask.page)
    elif page.for_ != who:
        yield error("references.page_for", f"{pointer}/ask/page", name=page.key, wanted=who, found=page.for_)


def _registers(module: Module) -> Iterator[Problem]:
    known = {register.key for register in module.workflow.registers}
    used = {letter.register for letter in module.letters}
    for pointer, action in places.actions(module):
        for at, change in enumerate(action.changes):
            used.add(change.register)
            if change.type == "number" and change.register not in known:
                yield error("references.register", f"{pointer}/changes/{at}/number", name=change.register)
    for at, register in enumerate(module.workflow.registers):
        tokens = re.findall(r"\{([^{}]*)\}", register.pattern)
        unknown = [token for token in tokens if token not in REGISTER_TOKENS]
        if unknown or "number" not in tokens:
            yield error(
                "registers.pattern",
                f"/workflow/registers/{at}/pattern",
                name=register.pattern,
                unknown=unknown,
            )
        if register.key not in used:
            yield warning("registers.unused", f"/workflow/registers/{at}", name=register.key)
