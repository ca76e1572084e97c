"""The job that signs many letters for one officer: a letter a part, as long as the officer looks on.

It signs only in requests of the officer, who carries the secret (`sealed`); the clock can only end it. A
passphrase that is refused ends it at the first letter: a service locks who tries too often.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db.models import QuerySet

from runtime.cases import selectors as cases
from runtime.jobs.kinds import Part
from runtime.jobs.models import Job
from runtime.letters import issuing, selectors
from runtime.letters.adapters.contract import Failed, Secret
from runtime.letters.many import errands, sealed
from runtime.letters.models import Errand, IssuedLetter

KIND = "letters.sign"
MOST = 500  # letters in one go: what fits on a page to tick
ALL_REFUSED = frozenset({"letter.passphrase", "letter.signer_status", "letter.institution"})
TRIES = 3  # failures in a row, after which the rest is left
State = Errand.State


def chosen(job: Job) -> QuerySet[IssuedLetter]:
    """Return those of the letters that were ticked which wait for this officer."""
    waiting: QuerySet[IssuedLetter] = selectors.to_be_signed(job.region, job.asker)
    return waiting.filter(pk__in=job.arguments["letters"])


class SignMany:
    """The kind of job; all its memory is the row of the job and its list, and never the secret."""

    key = KIND
    keep = timedelta(0)
    gives_up = True

    def count(self, job: Job, now: datetime) -> int:
        return errands.begin(job, chosen(job))

    def part(self, job: Job, now: datetime) -> Part:
        waiting = errands.of_job(job).filter(state=State.WAITING)
        errand = waiting.select_related("letter").first()
        if errand is None:
            return Part(0, {}, over=True)
        secret = sealed.at_hand()
        if secret is None:
            return Part(0, job.place, over=now > job.asked_at + sealed.LIFE, rest=True)
        failures = job.place.get("failures", 0)
        reason, again = _signed(job, errand, secret, now)
        if not reason:
            return Part(1, {}, over=False, write=partial(_note, errand, State.DONE))
        if reason in ALL_REFUSED or failures + 1 >= TRIES:
            return Part(0, {}, over=True, write=partial(_leave, job, reason))
        place = {"failures": failures + 1}
        if again:
            return Part(0, {**place, "reason": reason}, over=False, rest=True)
        return Part(1, place, over=False, write=partial(_note, errand, State.REFUSED, reason))

    def finish(self, job: Job, alive: Callable[[], None], now: datetime) -> None:
        return None


def stumbled(job: Job) -> str:
    """Return why the last try of a job that goes on failed, "" when it did not."""
    return str(job.place.get("reason", ""))


def _signed(job: Job, errand: Errand, secret: Secret, now: datetime) -> tuple[str, bool]:
    """Sign one letter; return why that failed, "" when it did not, and whether to try again."""
    letter = selectors.of_signer(job.region, job.asker, errand.letter_id)
    if letter is None or cases.case_for_officer(job.region, job.asker, letter.case.reference) is None:
        return "rights", False
    try:
        issuing.forward(letter, now=now, secret=secret)
    except Failed as failed:
        return failed.reason, failed.again
    return ("", False) if letter.issued else ("not_now", False)


def _note(errand: Errand, state: str, reason: str = "") -> None:
    errands.note([errand], state, reason)


def _leave(job: Job, reason: str) -> None:
    waiting = list(errands.of_job(job).filter(state=State.WAITING).only("pk"))
    errands.note(waiting, State.LEFT, reason)
