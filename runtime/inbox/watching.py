"""The cases an officer watches: those they may open, whosever turn it is, also when they are closed."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import cached_property

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case, Sought
from runtime.inbox.access import Officer
from runtime.inbox.models import Watch

MOST = 100


class TooMany(Exception):
    """The officer watches as many cases as anybody may."""


def watches(officer: Officer, case: Case) -> bool:
    """Tell whether the officer watches the case."""
    return bool(Watch.objects.filter(region=officer.region, user=officer.user, case=case).exists())


def watch(officer: Officer, case: Case, *, now: datetime) -> None:
    """Let the officer watch the case from now on; raise `TooMany` beyond the most."""
    mine = Watch.objects.filter(region=officer.region, user=officer.user)
    if not watches(officer, case) and mine.count() >= MOST:
        raise TooMany
    Watch.objects.get_or_create(
        user=officer.user, case=case, defaults={"region": officer.region, "since": now}
    )


def unwatch(officer: Officer, case: Case) -> None:
    """Let the officer no longer watch the case."""
    Watch.objects.filter(region=officer.region, user=officer.user, case=case).delete()


class Watched:
    """What an officer watches of what they may open, read once."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer

    @cached_property
    def cases(self) -> list[Case]:
        """The cases, those due first on top and closed ones last."""
        officer = self.officer
        among = Watch.objects.filter(region=officer.region, user=officer.user).order_by()
        found = cases.openable(officer.region, among.values("case"), held=officer.held)
        return sorted(found, key=_urgency)

    def matching(self, *, service: str, channel: str, wanted: Sought | None, newest: bool) -> list[Case]:
        """Return those of a service that came in so and have the words that are looked for."""
        found = [case for case in self.cases if service in ("", case.version.key)]
        found = [case for case in found if channel in ("", case.channel)]
        if wanted:
            fits = wanted.cases([case.pk for case in found])
            found = [case for case in found if case.pk in fits]
        return sorted(found, key=lambda case: case.submitted_at, reverse=True) if newest else found


def _urgency(case: Case) -> tuple[bool, bool, float, int]:
    at = case.due_at.timestamp() if case.due_at else 0.0
    return case.closed_at is not None, case.due_at is None, at, case.pk
