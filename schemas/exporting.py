"""Which answers may leave the system: those asked for, without what must never be exported.

One place for every way out, so that none forgets a mark. Of a file its name, size, type and digest go
out, never the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schemas.definition import Field, Json, Module
from schemas.walk import FILE_TYPES


def exported(module: Module, answers: Mapping[str, Json], keys: Iterable[str]) -> dict[str, Json]:
    """Return the answers to the questions `keys` as they may be given away."""
    fields = [field for key in keys if (field := module.field(key)) is not None]
    return _answers(fields, answers)


def _answers(fields: Iterable[Field], answers: Mapping[str, Json]) -> dict[str, Json]:
    return {
        field.key: _value(field, answers[field.key])
        for field in fields
        if field.privacy != "never_export" and field.key in answers
    }


def _value(field: Field, value: Json) -> Json:
    if field.fields and isinstance(value, list):
        return [_answers(field.fields, row) if isinstance(row, Mapping) else row for row in value]
    if field.type in FILE_TYPES:
        if isinstance(value, list):
            return [_file(one) for one in value]
        return _file(value)
    return value


def _file(value: Json) -> Json:
    if not isinstance(value, Mapping):
        return None
    return {name: value[name] for name in ("name", "size", "type", "sha256") if name in value}
