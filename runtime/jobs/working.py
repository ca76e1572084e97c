"""The work itself, a part at a time: take a turn, do parts for a while, note each, hand over the file.

Whoever works holds a lease, which every part renews. A process that dies leaves it to run out; the next
one begins where the last noted part ended. One that only seemed dead finds its turn gone and notes nothing.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import F, Q, QuerySet

from runtime.jobs import folder, kinds
from runtime.jobs.kinds import Cannot, Kind, Part
from runtime.jobs.models import Job
from runtime.regions import scope

logger = logging.getLogger(__name__)
State = Job.State
LEASE = timedelta(minutes=2)
PATIENCE = 3.0  # seconds of one beat: mails wait for as long where one thread does everything
SMALL = 200  # what was done in one request may be handed over in it as well
TRIES = 4  # failures in a row, without a part done between them
REST = timedelta(seconds=30)  # after the first failure, then longer


class LostTurn(Exception):
    """The job was stopped, or another process has it."""


def work_due(now: datetime) -> int:
    """Go on with the jobs of all regions, those first that waited longest; return how much was done."""
    with scope.everywhere("jobs of all regions are worked off"):
        waiting = _free(now).select_related("region", "by")
        found = list(waiting.order_by(F("worked_at").asc(nulls_first=True), "pk")[:20])
    done, until = 0, monotonic() + PATIENCE
    for job in found:
        if (left := until - monotonic()) <= 0:
            break
        with scope.use(job.region):
            done += work(job, now=now, patience=left, hand_over=True)
    return done


def work(job: Job, *, now: datetime, patience: float = 0.0, hand_over: bool = False) -> int:
    """Work on a job, unless somebody else is at it, for `patience` seconds; return how much was done.

    At least one part is done. The file is put together only with `hand_over`, or when there was little to do.
    """
    turn = _Turn.take(job, now)
    if turn is None:
        return 0
    try:
        return turn.go_on(patience, hand_over)
    except LostTurn:
        if Job.objects.filter(pk=job.pk, finished_at__isnull=False).exclude(state=State.DONE).exists():
            folder.keep_only(job)
        return 0
    except Cannot as refusal:
        end(job, State.FAILED, now=turn.now(), why=refusal.why)
        return 0
    except Exception:
        logger.exception("job %s failed", job.public_id)
        turn.stumble()
        return 0
    finally:
        job.refresh_from_db()


def end(job: Job, state: str, *, now: datetime, why: str = "") -> bool:
    """Let an unfinished job be over without a file; return whether it was still unfinished."""
    mine = Job.objects.filter(pk=job.pk, finished_at__isnull=True)
    if not mine.update(state=state, why=why, finished_at=now, lease_until=None, place={}):
        return False
    folder.keep_only(job)
    return True


def _free(now: datetime) -> QuerySet[Job]:
    nobody = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    found: QuerySet[Job] = Job.objects.filter(nobody, finished_at__isnull=True)
    return found


class _Turn:
    """The right to work on a job until the lease is over."""

    def __init__(self, job: Job, kind: Kind, now: datetime) -> None:
        self.job, self.kind = job, kind
        self._began, self._now = monotonic(), now

    @classmethod
    def take(cls, job: Job, now: datetime) -> _Turn | None:
        """Return the right to work on `job`; None when it is finished, somebody has it, or it is unknown."""
        kind = kinds.get(job.kind)
        if kind is None:
            return None
        values = {"state": State.RUNNING, "lease_until": now + LEASE, "worked_at": now}
        if not _free(now).filter(pk=job.pk).update(turn=F("turn") + 1, **values):
            return None
        job.refresh_from_db()
        return cls(job, kind, now)

    def now(self) -> datetime:
        """Return the time since the turn was taken, counted from what the caller called now."""
        return self._now + timedelta(seconds=monotonic() - self._began)

    def go_on(self, patience: float, hand_over: bool) -> int:
        """Count, do parts, hand over; each as far as there is time. Raises `LostTurn`."""
        done, until = 0, monotonic() + patience
        if self.job.total is None:
            self._note(total=self.kind.count(self.job, self.now()))
        while not self.job.place.get("over"):
            if done and monotonic() >= until:
                self._rest()
                return done
            part = self._part()
            if part.rest and not part.over:
                self._rest()
                return done + part.done
            done += part.done or 1
        if hand_over or self.job.done <= SMALL:
            return done + self._finish()
        self._rest()
        return done

    def _part(self) -> Part:
        part = self.kind.part(self.job, self.now())
        with transaction.atomic():
            self._note(done=self.job.done + part.done, place={**part.place, "over": part.over}, tries=0)
            part.write()
        return part

    def _finish(self) -> int:
        result = self.kind.finish(self.job, self._note, self.now())
        now = self.now()
        over = {"state": State.DONE, "finished_at": now, "lease_until": None, "place": {}}
        if result is not None:
            kept = {"file": result.file, "name": result.name, "size": result.size}
            over |= {**kept, "expires_at": now + self.kind.keep}
        if not self._mine().update(**over):
            raise LostTurn
        folder.keep_only(self.job, result.file if result else "")
        return 1

    def _mine(self) -> QuerySet[Job]:
        found: QuerySet[Job] = Job.objects.filter(
            pk=self.job.pk, turn=self.job.turn, finished_at__isnull=True
        )
        return found

    def _note(self, **values: object) -> None:
        """Write into the row and renew the lease, or raise `LostTurn`."""
        if not self._mine().update(lease_until=self.now() + LEASE, **values):
            raise LostTurn
        for name, value in values.items():
            setattr(self.job, name, value)

    def _rest(self) -> None:
        self._mine().update(lease_until=None)

    def stumble(self) -> None:
        """Count a failure and rest for a while; after too many the job has failed, if its kind gives up."""
        tries = min(self.job.tries + 1, TRIES)
        if tries >= TRIES and self.kind.gives_up:
            end(self.job, State.FAILED, now=self.now(), why="failed")
        else:
            self._mine().update(tries=tries, lease_until=self.now() + REST * tries)
