"""How an applicant is reached: by which questions, and which of them may be left empty by whom.

Whoever comes to the counter need not have a telephone or an e-mail address, whatever the form asks for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache

from schemas.definition import Field, Json, Module
from schemas.same import Same

KINDS = ("phone", "email")
"""What somebody may lack, named as `applicant` of the document names the question."""


def required(module: Module) -> dict[str, Field]:
    """Return the questions of the form that must be answered to be reached, by what they ask for."""
    asked = {field.key: field for page in module.filing_pages() for field in page.fields}
    named = {kind: asked.get(getattr(module.applicant, kind)) for kind in KINDS}
    return {kind: field for kind, field in named.items() if field and field.required is not False}


def without(module: Module, lacks: Collection[str]) -> Module:
    """Return the module as it asks somebody who lacks these of `KINDS`: they are not required."""
    keys = frozenset(field.key for kind, field in required(module).items() if kind in lacks)
    return _eased(Same(module), keys) if keys else module


def reached(module: Module, answers: Mapping[str, Json], email: str) -> bool:
    """Tell whether news of the service gets to the applicant: by e-mail, or where it writes to telephones."""
    rules = [*module.workflow.filed, *(rule for one in module.workflow.actions for rule in one.effects)]
    by_telephone = any(rule.type == "message" for rule in rules)
    return bool(email) or (by_telephone and bool(answers.get(module.applicant.phone)))


@lru_cache(maxsize=64)
def _eased(same: Same[Module], keys: frozenset[str]) -> Module:
    module = same.thing
    pages = (
        replace(
            page,
            fields=tuple(replace(one, required=False) if one.key in keys else one for one in page.fields),
        )
        for page in module.pages
    )
    return replace(module, pages=tuple(pages))
