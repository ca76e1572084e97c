"""The job that has many letters issued anew: it orders them one by one, then watches until each is there.

An order is written in the same transaction as its line of the list, so none is given twice and none is
lost. Issuing is the outbox's, as with a single letter: number, file, signature, verification, mail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from runtime.jobs.kinds import Cannot, Part
from runtime.jobs.models import Job
from runtime.letters import services
from runtime.letters.many import errands, fitting
from runtime.letters.models import Errand, IssuedLetter
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.regions import selectors as regions
from runtime.regions.models import Region

KIND = "letters.reissue"
AT_ONCE = 20  # orders of a part, each a transaction of its own
State = Errand.State


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letters: of a service, issued on some days; `newest` with the text of the version now open."""

    service: str
    letter: str
    since: date | None
    until: date | None
    newest: bool
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "service": self.service,
            "letter": self.letter,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "newest": self.newest,
            "reason": self.reason,
        }


def wanted(job: Job) -> Wanted:
    """Return what the job was asked for."""
    told: dict[str, Any] = job.arguments
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("since", "until")}
    return Wanted(told["service"], told["letter"], newest=told["newest"], reason=told["reason"], **days)


def chosen(region: Region, asked: Wanted) -> QuerySet[IssuedLetter]:
    """Return the letters that are valid and meant, in the order in which they were issued."""
    found: QuerySet[IssuedLetter] = IssuedLetter.objects.filter(
        region=region, version__key=asked.service, letter=asked.letter, state=IssuedLetter.State.VERIFIED
    )
    if asked.since:
        found = found.filter(issued_on__gte=asked.since)
    if asked.until:
        found = found.filter(issued_on__lte=asked.until)
    return found.exclude(file="").order_by("pk")


class Reissue:
    """The kind of job; all its memory is the row of the job and its list."""

    key = KIND
    keep = timedelta(0)
    gives_up = True

    def count(self, job: Job, now: datetime) -> int:
        _still_may(job)
        return errands.begin(job, chosen(job.region, wanted(job)).filter(verified_at__lte=job.asked_at))

    def part(self, job: Job, now: datetime) -> Part:
        _still_may(job)
        waiting = errands.of_job(job).filter(state=State.WAITING)
        batch = list(waiting.select_related("letter__region", "letter__case", "letter__version")[:AT_ONCE])
        asked, version = wanted(job), _version(job)
        for errand in batch:
            _order(errand, asked, job, version, now)
        return _watch(job, rest=not batch)

    def finish(self, job: Job, alive: Callable[[], None], now: datetime) -> None:
        return None


def _still_may(job: Job) -> None:
    if not regions.administers(job.region, job.asker):
        raise Cannot("rights")


def _version(job: Job) -> ModuleVersion | None:
    """Return the version whose text is wanted, None for that of each letter; raise `Cannot` without one."""
    asked = wanted(job)
    if not asked.newest:
        return None
    installed = modules.installation(job.region, asked.service)
    if installed is None:
        raise Cannot("service")
    return installed.version


def _order(errand: Errand, asked: Wanted, job: Job, version: ModuleVersion | None, now: datetime) -> None:
    """Have one letter issued anew, and note it; or note why not. Both stand or neither."""
    letter = errand.letter
    reason = fitting.misfit(letter, version) if version else ""
    try:
        with transaction.atomic():
            if not errands.note([errand], State.REFUSED if reason else State.ORDERED, reason) or reason:
                return
            newer = version.pk if version else None
            services.reissue(letter, reason=asked.reason, by=job.asker, now=now, version=newer)
    except services.NotNow:
        errands.note([errand], State.REFUSED, "not_now")
    except services.LostRace:
        return  # it stays on the list, and its turn comes again


def _watch(job: Job, *, rest: bool) -> Part:
    """Note which of the letters that were ordered are there."""
    ordered = errands.of_job(job).filter(state=State.ORDERED)
    ended = errands.settled(list(ordered.select_related("letter__case").only("letter__case__public_id")))

    def write() -> None:
        for (state, reason), some in ended.items():
            errands.note(some, state, reason, was=State.ORDERED)

    over = errands.tally(job).over + sum(map(len, ended.values()))
    done = over - job.done
    return Part(done, {}, over=over >= (job.total or 0), write=write, rest=rest and not done)
