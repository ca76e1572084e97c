"""Where colleagues mentioned an officer in a comment, until the officer has looked. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runtime.cases import mentioning
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
    latest = list(mentioning.unseen(officer.region, officer.user)[:MOST])
    if not latest:
        return ()
    found: dict[str, Line] = {}
    opened = cases.openable(officer.region, [one.case_id for one in latest], held=officer.held)
    known = {case.pk: case for case in opened}
    for mention in latest:
        if (case := known.get(mention.case_id)) is not None:
            service = modules.definition(case.version).title.say(language)
            line = Line(case.reference, service, mention.event.actor_name, mention.at)
            found.setdefault(case.reference, line)
    return tuple(found.values())
