"""Where colleagues mentioned an officer in a comment, until the officer has looked. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runtime.cases import selectors as cases
from runtime.inbox.access import Officer
from runtime.modules import selectors as modules

MOST = 10  # on the desk; the next come when these were looked at


@dataclass(frozen=True, slots=True)
class Line:
    """A case in whose comments somebody mentioned the officer."""

    reference: str
    service: str
    by: str
    at: datetime


def lines(officer: Officer, language: str) -> tuple[Line, ...]:
    """Return the latest mentions, one for each case that the officer may open."""
    found: dict[str, Line] = {}
    for mention in cases.mentions(officer.region, officer.user, held=officer.held, most=MOST):
        case = mention.case
        service = modules.definition(case.version).title.say(language)
        line = Line(case.reference, service, mention.event.actor_name, mention.at)
        found.setdefault(case.reference, line)
    return tuple(found.values())
