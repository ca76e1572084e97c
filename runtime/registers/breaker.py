"""The circuit breaker: after some failures in a row a register is left alone for a while.

Closed: everybody asks. Open: nobody does. Half-open, once the pause is over: exactly one asks, and its
answer closes or opens the circuit again. The state is a row, so all processes share it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from runtime.regions.models import Region
from runtime.registers.models import Circuit

FAILURES = 3
PAUSE = timedelta(seconds=30)
LONGEST = timedelta(minutes=15)
MOST_WANTED = timedelta(hours=6)
PROBE = timedelta(seconds=10)  # longer than a question takes: who probes has answered or died by then


def allows(region: Region, register: str, *, now: datetime) -> bool:
    """Say whether the register may be asked; of several who ask after the pause, one may."""
    row = _row(region, register)
    if row is None or row.open_until is None:
        return True
    if row.open_until > now:
        return False
    same = Circuit.objects.filter(pk=row.pk, open_until=row.open_until)
    return bool(same.update(open_until=now + PROBE))


def succeeded(region: Region, register: str) -> None:
    """Close the circuit."""
    Circuit.objects.filter(region=region, register=register).exclude(failures=0, open_until=None).update(
        failures=0, open_until=None
    )


def failed(region: Region, register: str, *, now: datetime, wait: timedelta | None = None) -> None:
    """Count a failure; open the circuit at the third, or at once for as long as the register wants."""
    row, _new = Circuit.objects.get_or_create(region=region, register=register)
    Circuit.objects.filter(pk=row.pk).update(failures=F("failures") + 1)
    row.refresh_from_db()
    pause = pause_after(row.failures)
    if wait is not None:
        pause = max(pause or PAUSE, min(wait, MOST_WANTED))
    if pause is not None:
        Circuit.objects.filter(pk=row.pk).update(open_until=now + pause)


def pause_after(failures: int) -> timedelta | None:
    """Return how long a register is left alone after so many failures in a row: longer each time."""
    if failures < FAILURES:
        return None
    doubled: int = 2 ** min(failures - FAILURES, 10)
    return min(PAUSE * doubled, LONGEST)


def _row(region: Region, register: str) -> Circuit | None:
    found: Circuit | None = Circuit.objects.filter(region=region, register=register).first()
    return found
