"""What the clock does to cases: actions of the system that are due after a time in a status.

Each is an ordinary command whose key names the action and the entry into the status, so it takes
place once, however many runners look and whenever one of them dies.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from runtime.cases import services, times
from runtime.cases.models import Case
from runtime.cases.outcomes import Conflict, Refused
from runtime.modules import selectors as modules
from runtime.regions import scope
from runtime.workflow import clocks

logger = logging.getLogger(__name__)
BATCH = 100
REST = timedelta(minutes=10)
_resting: dict[int, datetime] = {}  # cases whose timer failed in this process, and until when


def fire_timers(now: datetime) -> int:
    """Fire what is due in all regions, what was due first at first; return how many actions took place.

    A case whose timer fails rests for a while, so that however many fail, the others have their turn.
    """
    for pk in [pk for pk, until in _resting.items() if until <= now]:
        del _resting[pk]
    with scope.everywhere("timers of all regions are due"):
        due = Case.objects.filter(timer_at__lte=now).exclude(pk__in=_resting)
        due = due.select_related("region", "version")
        cases = list(due.order_by("timer_at", "pk")[:BATCH])
    fired = 0
    for case in cases:
        with scope.use(case.region):
            try:
                fired += _fire(case, now)
            except Conflict as error:
                logger.info("timer of %s waits for the next round: %s", case.reference, error)
            except Exception:  # one case that fails holds up no other
                logger.exception("timer of %s failed", case.reference)
                _resting[case.pk] = now + REST
    return fired


def _fire(case: Case, now: datetime) -> int:
    """Perform what is due, in its order; then set the timer to the next moment, if any.

    Dying between the two is harmless: the commands are known by their keys when they come again. So is
    a calendar that was changed meanwhile: what has not been done yet is done, what has been is known.
    """
    fired, moment, seen = 0, case.timer_at, case.revision
    strikes = times.strikes(case, modules.definition(case.version))
    for strike in strikes:
        if strike.at > now:
            break
        try:
            done = services.perform(
                region=case.region,
                case_reference=case.reference,
                action=strike.action,
                key=clocks.name(strike, case.entered),
                system=True,
                seen_revision=seen,
                now=now,
            )
        except Refused as refused:
            logger.info("timer %s of %s: %s", strike.action, case.reference, refused.refused.reason)
            continue
        fired += not done.repeated
        seen = done.case.revision
        if done.case.entered != case.entered:
            return fired
    later = min((strike.at for strike in strikes if strike.at > now), default=None)
    same = Case.objects.filter(pk=case.pk, entered=case.entered, timer_at=moment)
    same.update(timer_at=later)
    return fired
