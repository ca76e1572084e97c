"""What is done with letters that were issued: one is issued anew, withdrawn, or loses its file in time."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from runtime.cases import lettering
from runtime.cases import selectors as cases
from runtime.cases.lettering import LostRace
from runtime.cases.selectors import Case
from runtime.effects import services as effects
from runtime.letters import storing
from runtime.letters.models import IssuedLetter
from runtime.regions.models import User

__all__ = ["LostRace", "NotNow", "forget", "order", "reissue", "withdraw"]

State = IssuedLetter.State


class NotNow(Exception):
    """The letter is valid no longer, is being issued anew already, or the case has lost its personal data."""


def reissue(
    letter: IssuedLetter, *, reason: str, by: User, now: datetime, version: int | None = None
) -> None:
    """Have a new edition issued, with a number of its own; the old one holds until the new one is verified.

    `version` is the version of the service whose text it bears, that of the old one by itself. Raises
    `NotNow`, and `LostRace` when somebody acts on the case this moment.
    """
    with transaction.atomic():
        case = _held(letter)
        name = order(letter)
        if cases.is_anonymised(case) or effects.is_known(letter.region, name):
            raise NotNow
        event = _noted(case, letter, lettering.REISSUED, reason, by, now)
        IssuedLetter.objects.filter(region=letter.region, pk=letter.pk).update(why=reason)
        effects.enqueue(
            region=letter.region,
            case_id=case.pk,
            event_n=event,
            type="letter",
            payload={"version": version or letter.version_id, "letter": letter.letter, "replaces": letter.pk},
            dedupe=name,
            lane="letter",
            now=now,
        )


def order(letter: IssuedLetter) -> str:
    """Return the name of the one effect that issues the letter anew."""
    return f"{letter.case.public_id.hex}:letter{letter.pk}:again"


def withdraw(letter: IssuedLetter, *, reason: str, by: User, now: datetime) -> None:
    """Withdraw a letter: from now on its page says so. Raises as `reissue` does."""
    with transaction.atomic():
        case = _held(letter)
        _noted(case, letter, lettering.WITHDRAWN, reason, by, now)
        same = IssuedLetter.objects.filter(region=letter.region, pk=letter.pk, state=State.VERIFIED)
        if not same.update(state=State.WITHDRAWN, ended_at=now, why=reason):
            raise NotNow


def forget(case: Case) -> None:
    """Remove the files of the letters of `case`, after commit; rows, numbers and digests stay."""
    rows = list(IssuedLetter.objects.filter(region=case.region, case=case))
    IssuedLetter.objects.filter(region=case.region, case=case).update(file="", unsigned="", why="")
    for row in rows:
        transaction.on_commit(partial(storing.keep_only, row), robust=True)


def _held(letter: IssuedLetter) -> Case:
    """Return the case of a letter that is valid; raise `NotNow` when it is not."""
    now: IssuedLetter = IssuedLetter.objects.get(region=letter.region, pk=letter.pk)
    if now.state != State.VERIFIED:
        raise NotNow
    return cases.of_region(letter.region).get(pk=letter.case_id)


def _noted(case: Case, letter: IssuedLetter, action: str, reason: str, by: User, now: datetime) -> int:
    key = f"{action}:{letter.pk}"
    event = lettering.note(case, action, key=key, reason=reason, number=letter.number, by=by, now=now)
    return event.n
