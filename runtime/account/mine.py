"""What the account page lists: a citizen's applications, those that wait for them first, and their drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runtime.cases import history, talking
from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.modules import selectors as modules
from runtime.regions.models import Region, User
from runtime.wizard import drafts
from runtime.wizard.models import Draft


@dataclass(frozen=True, slots=True)
class Line:
    """An application: which service, where it stands, and whether it is the applicant's turn.

    `unread` counts the messages of the office that the applicant has not been shown.
    """

    case: Case
    service: str
    status: str
    turn: bool
    unread: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft: of which service."""

    draft: Draft
    service: str


@dataclass(frozen=True, slots=True)
class Mine:
    """All that the page shows; what has unread messages stands in `unread` and in its place below."""

    unread: tuple[Line, ...]
    turn: tuple[Line, ...]
    open: tuple[Line, ...]
    ended: tuple[Line, ...]
    drafts: tuple[Begun, ...]


def mine(region: Region, person: User, *, language: str, now: datetime) -> Mine:
    """Return what is `person`'s own in `region`; asks the database three times, however much there is."""
    own = list(cases.cases_of_applicant(region, person))
    unread = talking.unread(region, [case.pk for case in own])
    lines = [_line(case, language, unread.get(case.pk, 0)) for case in own]
    begun = tuple(
        Begun(draft, modules.definition(draft.version).title.say(language))
        for draft in drafts.of_owner(region=region, owner=person, now=now)
    )
    return Mine(
        unread=tuple(line for line in lines if line.unread),
        turn=tuple(line for line in lines if line.turn),
        open=tuple(line for line in lines if not line.turn and line.case.closed_at is None),
        ended=tuple(line for line in lines if not line.turn and line.case.closed_at is not None),
        drafts=begun,
    )


def _line(case: Case, language: str, unread: int) -> Line:
    module = modules.definition(case.version)
    status = history.public_title(module, case.status, language)
    turn = module.workflow.status(case.status).kind == "applicant"
    return Line(case, module.title.say(language), status, turn, unread)
