"""What outside registers say about the answers of a case, in an officer's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case, Verification
from runtime.registers import catalogue
from schemas.definition import Module
from schemas.lookups import lookups

State = Verification.State
TONES = {
    State.PENDING: "warn",
    State.TAKEN: "ok",
    State.SAME: "ok",
    State.DIFFERENT: "late",
    State.ABSENT: "warn",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence and how it looks."""

    words: str = ""
    tone: str = ""


NONE = Mark()


def marks(case: Case, module: Module, language: str) -> dict[str, Mark]:
    """Return the mark of each answer that a register can confirm; no query for services without any."""
    if not lookups(module.filing_pages()):
        return {}
    return {
        key: mark(State(row.state), catalogue.name(case.region, row.register, language))
        for key, row in cases.verifications(case).items()
    }


def mark(state: State, register: str) -> Mark:
    """Return the mark of an answer about which the register of this name came to `state`."""
    words = {
        State.PENDING: _("To be verified with %(register)s"),
        State.TAKEN: _("Taken from %(register)s"),
        State.SAME: _("Confirmed by %(register)s"),
        State.DIFFERENT: _("%(register)s says something else"),
        State.ABSENT: _("Not found in %(register)s"),
    }
    return Mark(words[state] % {"register": register}, TONES[state])
