"""Which answers may leave the system, which way, and how: the one place that decides it for every output.

Webhooks, letters, a citizen's own copy, files of officers and the register book all ask `passage`, so that
none forgets a mark; mails and the event log hold no answers. Of a file its name, size, type and digest go
out, never the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from schemas import fieldtypes
from schemas.definition import Field, Json, Module
from schemas.walk import FILE_TYPES

PERSONAL = frozenset({"personal", "special", "never_export"})
NUMBERS = frozenset({"nik", "no_kk", "npwp", "nip", "nisn", "phone"})
"""Types whose answers are shown but for their last digits, to people who need not know them whole."""


class Way(StrEnum):
    """Where answers go."""

    OWNER = "owner"  # the person whose they are: their own copy
    SYSTEM = "system"  # another system or service, which the document names together with the questions
    PAPER = "paper"  # a letter
    FILE = "file"  # a file of many cases, for an officer who may read them
    WHOLE = "whole"  # the same, with numbers in full and answers of special kinds
    RECAP = "recap"  # a file that says nothing about a person
    NAMES = "names"  # a list that names applicants, such as the register book


class Passage(StrEnum):
    """How an answer passes."""

    WHOLE = "whole"
    MASKED = "masked"
    NONE = "none"


def passage(field: Field, way: Way) -> Passage:
    """Return how the answers to `field` leave that way; questions inside a repeat are asked for one by one.

    What must never be exported leaves no way at all. Officers' files leave out special kinds and cover the
    digits of numbers unless both are asked for; a recap holds only what an anonymised case still has.
    """
    if field.privacy == "never_export":
        return Passage.NONE
    if way == Way.RECAP:
        return Passage.NONE if is_personal(field) else Passage.WHOLE
    if way in (Way.FILE, Way.NAMES):
        if field.privacy == "special":
            return Passage.NONE
        return Passage.MASKED if field.type in NUMBERS else Passage.WHOLE
    return Passage.WHOLE


def leaves(field: Field, way: Way) -> bool:
    """Tell whether anything of the answers to `field` leaves that way."""
    return passage(field, way) != Passage.NONE


def is_personal(field: Field) -> bool:
    """Tell whether the answer says something about a person: by its class, or by what it is."""
    return field.privacy in PERSONAL or field.type in FILE_TYPES or fieldtypes.get(field.type).personal


def names_applicant(module: Module, way: Way) -> bool:
    """Tell whether the applicant's name, kept beside the answers, may leave that way."""
    field = module.field(module.applicant.name) if module.applicant.name else None
    return field is None or passage(field, way) == Passage.WHOLE


def exported(
    module: Module,
    answers: Mapping[str, Json],
    keys: Iterable[str],
    *,
    way: Way,
    mask: Callable[[Field, Json], Json] | None = None,
) -> dict[str, Json]:
    """Return the answers to the questions `keys` as they leave that way; `mask` covers what passes masked.

    Without it, such an answer does not leave.
    """
    fields = [field for key in keys if (field := module.field(key)) is not None]
    return _answers(fields, answers, way, mask)


def _answers(
    fields: Iterable[Field],
    answers: Mapping[str, Json],
    way: Way,
    mask: Callable[[Field, Json], Json] | None,
) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for field in fields:
        how = passage(field, way)
        if field.key not in answers or how == Passage.NONE:
            continue
        value: Json = answers[field.key]
        if field.fields and isinstance(value, list):
            rows = [row for row in value if isinstance(row, Mapping)]
            found[field.key] = [_answers(field.fields, row, way, mask) for row in rows]
        elif how == Passage.WHOLE:
            found[field.key] = _value(field, value)
        elif mask is not None:
            found[field.key] = mask(field, value)
    return found


def _value(field: Field, value: Json) -> Json:
    if field.type in FILE_TYPES:
        if isinstance(value, list):
            return [_file(one) for one in value]
        return _file(value)
    return value


def _file(value: Json) -> Json:
    if not isinstance(value, Mapping):
        return None
    return {name: value[name] for name in ("name", "size", "type", "sha256") if name in value}
