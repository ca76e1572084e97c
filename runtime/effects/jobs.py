"""Celery's side: jobs that carry row ids as a hint, and the sweep for lost hints and for the clock.

A job takes the same lease in the database as the embedded runner, so a lost, doubled or late
message costs time and never an effect.
"""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from runtime.effects import heartbeat, services, wake

_CHUNK = 4  # rows in one job: with mail's time-out of 10 s it ends before its lease and time limit
_HINT_LIFE = 60  # seconds; a hint nobody took by then is made anew by a later sweep


@shared_task(name=wake.RUN, ignore_result=True)
def run_effects(ids: list[int]) -> int:
    """Run those of the rows that are still due; the lease of each begins when it is taken."""
    done = 0
    while done < len(ids) and services.run_due(now=timezone.now(), ids=ids, limit=1):
        done += 1
    return done


@shared_task(name="effects.sweep", ignore_result=True)
def sweep() -> int:
    """Do what is due by the clock, and hint at rows whose hint was lost or whose lease ran out."""
    now = timezone.now()
    heartbeat.all_beats(now)
    due = services.due_ids(now=now)
    for start in range(0, len(due), _CHUNK):
        run_effects.apply_async([due[start : start + _CHUNK]], expires=_HINT_LIFE)
    return len(due)
