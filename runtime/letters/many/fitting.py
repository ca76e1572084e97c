"""Whether the text that a letter has in a newer version can be printed for an application of an older one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from runtime.cases import registerbook
from runtime.letters import gathering
from runtime.letters.models import IssuedLetter
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from schemas.definition import Field


def misfit(letter: IssuedLetter, version: ModuleVersion) -> str:
    """Return in a word why the text of `version` does not fit the letter, "" when it does.

    The questions must be the same, the letter still be there, signed by the same step, and its number from
    a register that is there: what the applicant answered is not filled into something else.
    """
    older, before = gathering.definition(letter)
    newer = modules.definition(version)
    after = next((one for one in newer.letters if one.key == letter.letter), None)
    if after is None:
        return "letter.absent"
    if _shape(field for _page, field in older.fields()) != _shape(field for _page, field in newer.fields()):
        return "questions"
    if (before.signer and before.signer.action) != (after.signer and after.signer.action):
        return "signer"
    register = after.register or registerbook.register_of(letter.case)
    known = {one.key for one in newer.workflow.registers}
    return "" if register in known or not register else "register"


def _shape(fields: Iterable[Field]) -> dict[str, Any]:
    """Return what decides whether answers to these questions are answers to others: keys, kinds, choices."""
    return {
        field.key: (field.type, [option.value for option in field.options], _shape(field.fields))
        for field in fields
    }
