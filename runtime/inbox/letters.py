"""The letters of a case as an officer sees them, and what they may do with each. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runtime.cases.selectors import Case
from runtime.effects import trouble
from runtime.inbox.access import Officer
from runtime.letters import checking, selectors
from runtime.letters.checking import Listed
from runtime.letters.selectors import IssuedLetter

State = IssuedLetter.State


@dataclass(frozen=True, slots=True)
class Line:
    """A letter; whether the officer `may` have it issued anew or withdraw it, and is to `sign` it.

    `held` says of one on its way why the last try failed.
    """

    line: Listed
    may: bool
    sign: bool
    held: str = ""


def lines(officer: Officer, case: Case, *, language: str, now: datetime) -> tuple[Line, ...]:
    """Return the letters of the case, also those on their way, the latest first."""
    return tuple(
        Line(
            checking.listed(letter, language, now),
            may=letter.state == State.VERIFIED and may_change(officer, letter),
            sign=letter.state == State.SENT and letter.signer_id == officer.user.pk,
            held=_held(letter),
        )
        for letter in selectors.of_case(case, issued=False)
    )


def _held(letter: IssuedLetter) -> str:
    reason = "" if letter.issued else selectors.held_up(letter.region, dedupe=letter.source)
    return trouble.sentence(reason) if reason else ""


def may_change(officer: Officer, letter: IssuedLetter) -> bool:
    """Tell whether the officer may have it issued anew or withdraw it: as its signer or an administrator."""
    return officer.administers or letter.signer_id == officer.user.pk
