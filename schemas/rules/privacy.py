"""Personal data: known as such, with a notice, a legal basis and an end (UU 27/2022 art. 20, 21, 43)."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import fieldtypes
from schemas.definition import Module
from schemas.problems import Problem, warning
from schemas.rules import places

PERSONAL_HINTS = ("name", "bday", "tel", "email", "street-address", "address-line1", "postal-code", "sex")


def problems(module: Module) -> Iterator[Problem]:
    personal = False
    for pointer, _page, field in places.fields(module):
        looks_personal = fieldtypes.get(field.type).personal or field.autocomplete in PERSONAL_HINTS
        personal = personal or looks_personal or field.privacy != "none"
        if looks_personal and field.privacy == "none":
            yield warning("privacy.class", pointer, name=field.key)
    if not personal:
        return
    if not module.privacy.notice:
        yield warning("privacy.notice", "/privacy")
    if not module.privacy.legal_basis:
        yield warning("privacy.legal_basis", "/privacy")
    if module.privacy.retention is None:
        yield warning("privacy.retention", "/privacy")
