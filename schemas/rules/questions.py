"""Questions and pages one by one: settings that fit together, defaults that are possible answers."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import fieldtypes, validator
from schemas.definition import Field, Module
from schemas.expressions import Expression
from schemas.problems import Problem, any_errors, error, warning
from schemas.rules import places


def problems(module: Module) -> Iterator[Problem]:
    if not module.filing_pages():
        yield error("fields.no_filing_page", "/pages")
    for pointer, page in places.pages(module):
        if not page.fields:
            yield warning("fields.empty_page", f"{pointer}/fields", name=page.key)
    for pointer, _page, field in places.fields(module):
        found = tuple(fieldtypes.get(field.type).problems(field, pointer))
        yield from found
        if not any_errors(found):  # settings that contradict each other judge no default
            yield from _default(field, f"{pointer}/default")
        if field.calculate is not None and not fieldtypes.get(field.type).calculable:
            yield error("fields.calculate", f"{pointer}/calculate", name=field.key)


def _default(field: Field, pointer: str) -> Iterator[Problem]:
    if field.default is None or isinstance(field.default, Expression):
        return
    kind = fieldtypes.get(field.type)
    schema = kind.answer_schema(field)
    possible = schema is not None and not any(validator.errors(validator.build(schema), field.default))
    if not possible or kind.verdict(field, field.default):
        yield error("fields.default", pointer, name=field.key)
