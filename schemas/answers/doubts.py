"""Doubts about a NIK beside other answers: a birth date or a sex that is not the one inside it.

A NIK is for life (UU 23/2006 art. 13) and holds what was recorded first, so nobody is refused for it. Two
questions are about the same person when they stand in the same group, or in the same row or page outside
of groups, and only one of each kind stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from schemas.definition import Field, Json
from schemas.fieldtypes.nik import birth

FEMALE = {"L": False, "P": True}
"""The codes of the population register for the two sexes, and whether they say a woman."""


def beside_nik(fields: Sequence[Field], answers: Mapping[str, Json]) -> Iterator[tuple[Field, str]]:
    """Yield the questions that ask for a NIK which says another thing than its neighbours, and the code.

    `fields` are the questions of one page or row, `answers` right answers to them.
    """
    for group in {field.group: None for field in fields}:
        own = [field for field in fields if field.group == group]
        number = _only([field for field in own if field.type == "nik"])
        inside = birth(str(answers.get(number.key, ""))) if number and number.key in answers else None
        if number is None or inside is None:
            continue
        day, woman = inside
        told, sex = _only(list(filter(_is_birth, own))), _only(list(filter(_is_sex, own)))
        if told and told.key in answers and not _same_day(day, date.fromisoformat(answers[told.key])):
            yield number, "nik.birth"
        if sex and answers.get(sex.key) in FEMALE and FEMALE[answers[sex.key]] is not woman:
            yield number, "nik.sex"


def _only(fields: Sequence[Field]) -> Field | None:
    return fields[0] if len(fields) == 1 else None


def _is_birth(field: Field) -> bool:
    return field.type == "date" and (field.autocomplete == "bday" or _profile(field) == "birth_date")


def _is_sex(field: Field) -> bool:
    offered = {option.value for option in field.options}
    known = field.autocomplete == "sex" or _profile(field) == "gender" or offered == set(FEMALE)
    return field.type in ("choice", "text") and known


def _profile(field: Field) -> Json:
    return (field.prefill or {}).get("profile")


def _same_day(inside: date, told: date) -> bool:
    """Compare days of which the first knows no century."""
    return (inside.year % 100, inside.month, inside.day) == (told.year % 100, told.month, told.day)
