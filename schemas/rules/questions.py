"""Questions and pages one by one: settings that fit together, defaults that are possible answers."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import fieldtypes, validator
from schemas.definition import Field, Module
from schemas.expressions import Expression
from schemas.problems import Problem, any_errors, error, warning
from schemas.rules import places
from schemas.rules.prefill import NEVER


def problems(module: Module) -> Iterator[Problem]:
    if not module.filing_pages():
        yield error("fields.no_filing_page", "/pages")
    for pointer, page in places.pages(module):
        if not page.fields:
            yield warning("fields.empty_page", f"{pointer}/fields", name=page.key)
    for group in places.groups(module):
        if not group.keys:
            yield warning("fields.empty_group", group.at, name=group.key)
    for pointer, _page, field in places.fields(module):
        found = tuple(fieldtypes.get(field.type).problems(field, pointer))
        yield from found
        if not any_errors(found):  # settings that contradict each other judge no default
            yield from _default(field, f"{pointer}/default")
        if field.calculate is not None and not fieldtypes.get(field.type).calculable:
            yield error("fields.calculate", f"{pointer}/calculate", name=field.key)
        yield from _read_only(field, f"{pointer}/readOnly")
        yield from _revocable(module, field, pointer)


def _read_only(field: Field, pointer: str) -> Iterator[Problem]:
    """Yield a question that is shown only, though a person must answer it, or though nothing fills it in."""
    if not field.read_only or field.calculate is not None:
        return
    if field.type in NEVER:
        yield error("fields.read_only", pointer, name=field.key)
    elif field.default is None and field.prefill is None:
        yield warning("fields.read_only_empty", pointer, name=field.key)


def _revocable(module: Module, field: Field, pointer: str) -> Iterator[Problem]:
    """Yield a consent that can be withdrawn though the application needs it, or that nobody finds again.

    What a service needs rests on a law, not on a consent (UU 27/2022 art. 20); and what may be withdrawn is
    one question of the applicant's, not one in each row of a repeat.
    """
    if not field.settings.get("revocable"):
        return
    asked_once = any(one is field for page in module.filing_pages() for one in page.fields)
    if field.required or not asked_once:
        yield error("fields.revocable", f"{pointer}/revocable", name=field.key)


def _default(field: Field, pointer: str) -> Iterator[Problem]:
    kind = fieldtypes.get(field.type)
    if field.default is None or (isinstance(field.default, Expression) and kind.calculable):
        return
    schema = kind.answer_schema(field)
    worked_out = isinstance(field.default, Expression)
    possible = (
        schema is not None
        and not worked_out
        and not any(validator.errors(validator.build(schema), field.default))
    )
    if not possible or kind.verdict(field, field.default):
        yield error("fields.default", pointer, name=field.key)
