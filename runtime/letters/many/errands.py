"""The letters of a job: written down once when it begins, and what came of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from runtime.effects.models import EffectRun
from runtime.jobs.kinds import Cannot
from runtime.jobs.models import Job
from runtime.letters import selectors, services, ways
from runtime.letters.models import Errand, IssuedLetter

__all__ = [
    "MOST",
    "SHOWN",
    "Errand",
    "Tally",
    "begin",
    "note",
    "of_job",
    "settled",
    "stumbled",
    "tally",
    "with_reason",
]

State = Errand.State
MOST = 2000  # letters of one job
SHOWN = 100  # letters that a page names one by one
OPEN = (State.WAITING, State.ORDERED)
HELD_UP = (EffectRun.State.FAILED, EffectRun.State.DROPPED)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many letters of a job stand where."""

    total: int
    done: int
    to_sign: int
    refused: int
    left: int

    @property
    def over(self) -> int:
        """Those with which nothing happens any more in this job."""
        return self.done + self.to_sign + self.refused + self.left


def begin(job: Job, letters: QuerySet[IssuedLetter]) -> int:
    """Write down the letters of the job, the first time; return how many. Raises `Cannot`."""
    with transaction.atomic():
        known = of_job(job).count()
        if known:
            return known
        keys = list(letters.values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            raise Cannot("many")
        Errand.objects.bulk_create(Errand(region=job.region, job=job, letter_id=pk) for pk in keys)
        return len(keys)


def of_job(job: Job) -> QuerySet[Errand]:
    """Return the letters of the job in their order."""
    found: QuerySet[Errand] = Errand.objects.filter(region=job.region, job=job)
    return found.order_by("pk")


def tally(job: Job) -> Tally:
    """Count the letters of the job; those that wait in a job that is over are left as they were."""
    found = Counter(of_job(job).order_by().values_list("state", flat=True))
    stopped = found[State.WAITING] if job.finished_at else 0
    return Tally(
        total=sum(found.values()),
        done=found[State.DONE],
        to_sign=found[State.TO_SIGN],
        refused=found[State.REFUSED],
        left=found[State.LEFT] + stopped,
    )


def with_reason(job: Job) -> QuerySet[Errand]:
    """Return those letters of which a reader wants to know why they were not done, the first `SHOWN`."""
    found = of_job(job).filter(state__in=(State.REFUSED, State.LEFT)).exclude(reason="")
    return found.select_related("letter__case", "letter__version")[:SHOWN]


def stumbled(job: Job) -> str:
    """Return why the latest try of a letter that was ordered failed, "" when none did that is tried again."""
    ordered = of_job(job).filter(state=State.ORDERED).select_related("letter__case")[:SHOWN]
    names = [services.order(one.letter) for one in ordered]
    return selectors.held_up(job.region, dedupe__in=names)


def note(errands: Iterable[Errand], state: str, reason: str = "", *, was: str = State.WAITING) -> int:
    """Write what came of some letters, unless another did; return of how many."""
    same = Errand.objects.filter(pk__in=[one.pk for one in errands], state=was)
    return int(same.update(state=state, reason=reason))


def settled(ordered: Sequence[Errand]) -> dict[tuple[str, str], list[Errand]]:
    """Return which of the letters that were ordered have come to an end, by state and reason."""
    new = IssuedLetter.objects.filter(replaces__in=[one.letter_id for one in ordered])
    replaced = {one.replaces_id: one for one in new.select_related("region")}
    names = {services.order(one.letter): one for one in ordered}
    stuck = EffectRun.objects.filter(dedupe__in=names, state__in=HELD_UP)
    reasons = {names[row.dedupe].pk: _why(row) for row in stuck}
    found: dict[tuple[str, str], list[Errand]] = {}
    for errand in ordered:
        end = _end(replaced.get(errand.letter_id), reasons.get(errand.pk, ""))
        if end is not None:
            found.setdefault(end, []).append(errand)
    return found


def _why(row: EffectRun) -> str:
    return row.reason or ("stopped" if row.state == EffectRun.State.FAILED else "not_now")


def _end(new: IssuedLetter | None, stuck: str) -> tuple[str, str] | None:
    if new is not None and new.issued:
        return State.DONE, ""
    if stuck:
        return State.REFUSED, stuck
    if (
        new is not None
        and new.state == IssuedLetter.State.SENT
        and ways.adapter(new.region, new.adapter).asks
    ):
        return State.TO_SIGN, ""
    return None
