"""What the public may know of a letter: whether it is real and holds, and whether a file is that letter.

A code that leads to nothing is answered like any other, and tries are counted as on the status page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from runtime.cases import proof
from runtime.cases.proof import TooManyAttempts
from runtime.letters import gathering, selectors, ways
from runtime.letters.models import IssuedLetter
from runtime.regions import calendar
from runtime.regions.models import Region
from schemas import chips
from schemas.definition import Text

__all__ = ["Checked", "TooManyAttempts", "checked", "digest", "listed", "look_up", "masked", "title"]

State = IssuedLetter.State
Verdict = Literal["valid", "expired", "replaced", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A letter as everybody may see it. `holder` is masked, "" when the case no longer names anybody.

    `lines` are those above the signature; `electronic` tells whether the file itself bears one. `unsigned`
    is said of a letter that somebody would have signed, had not the clock decided.
    """

    verdict: Verdict
    title: str
    number: str
    edition: int
    issued_on: date
    valid_until: date | None
    ended_at: datetime | None
    office: str
    lines: tuple[str, ...]
    signer: str
    holder: str
    sha256: str
    electronic: bool
    unsigned: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line about a letter; without a `verdict` it is on its way, and `state` says where.

    `case` is the reference of its case.
    """

    pk: int
    case: str
    title: str
    number: str
    issued_on: date
    valid_until: date | None
    code: str
    file: bool
    state: str
    verdict: Verdict | Literal[""]
    why: str


def look_up(region: Region, code: str, *, address: str, now: datetime) -> IssuedLetter | None:
    """Return the letter with that code; raise `TooManyAttempts` when the address has guessed too often."""
    tried, source = f"letter {code[:60]}", f"letter {address}"
    attempt = proof.begin_attempt(region=region, reference=tried, address=source, now=now)
    letter = selectors.by_code(region, code)
    if letter is not None:
        proof.passed(region=region, attempt=attempt)
    return letter


def checked(letter: IssuedLetter, language: str, now: datetime) -> Checked:
    """Return what is said of the letter."""
    module, definition = gathering.definition(letter)
    signature = gathering.signature(letter, module, definition, language)
    newer = IssuedLetter.objects.filter(region=letter.region, replaces=letter).first()
    return Checked(
        verdict=verdict(letter, now),
        title=title(definition.title, language),
        number=letter.number,
        edition=letter.edition,
        issued_on=letter.issued_on,
        valid_until=letter.valid_until,
        ended_at=letter.ended_at,
        office=(letter.case.office or letter.region).name,
        lines=signature.lines if signature else (),
        signer=signature.name if signature else "",
        holder=masked(letter.case.applicant_name),
        sha256=letter.sha256,
        electronic=letter.adapter in ways.ELECTRONIC,
        unsigned=gathering.unsigned(letter, module, definition, language),
        replaced_by=newer.number if newer and newer.issued else "",
    )


def listed(letter: IssuedLetter, language: str, now: datetime) -> Listed:
    """Return the letter as whoever may see its case has it listed."""
    _module, definition = gathering.definition(letter)
    return Listed(
        pk=letter.pk,
        case=letter.case.reference,
        title=title(definition.title, language),
        number=letter.number,
        issued_on=letter.issued_on,
        valid_until=letter.valid_until,
        code=letter.code,
        file=bool(letter.file),
        state=str(State(letter.state).label),
        verdict=verdict(letter, now) if letter.issued else "",
        why=letter.why if letter.ended_at else "",
    )


def verdict(letter: IssuedLetter, now: datetime) -> Verdict:
    """Return what is true of an issued letter today, in its region."""
    if letter.state == State.REPLACED:
        return "replaced"
    if letter.state == State.WITHDRAWN:
        return "withdrawn"
    today = calendar.local(now, letter.region).date()
    return "expired" if letter.valid_until and letter.valid_until < today else "valid"


def title(text: Text, language: str) -> str:
    """Return the title of a letter without what is filled in, which may say something about a person."""
    return chips.bare(text.say(language))


def masked(name: str) -> str:
    """Return the first letters of a name: enough to compare with the paper, too little to learn it."""
    return " ".join(f"{word[0]}•••" for word in name.split())


def digest(pieces: Iterable[bytes]) -> str:
    """Return the SHA-256 of a file that is read piece by piece and not kept."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()
