"""Open tasks in the hands of somebody who no longer attends to their post: the system gives them back to it.

Rights end by themselves, on the last day of a stand-in or with a role that is taken away. What lay in
those hands would stay closed to colleagues, and to the officer who is back, until an administrator came.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef

from runtime.cases import services
from runtime.cases.models import Task
from runtime.cases.outcomes import Conflict, Refused
from runtime.regions import scope, standins
from runtime.regions.models import Membership, Region

logger = logging.getLogger(__name__)
BATCH = 200  # tasks of one region that one beat gives back at most


def give_back(now: datetime) -> int:
    """Give tasks of all regions back whose holder attends to the post no longer; return how many."""
    done = 0
    for region in Region.objects.filter(tenant__isnull=True):
        with scope.use(region):
            done += sum(_give_back(task, now) for task in _abandoned(region, now))
    return done


def _abandoned(region: Region, now: datetime) -> Iterable[Task]:
    post = {"office": OuterRef("office"), "role__key": OuterRef("role")}
    own = Membership.objects.filter(region=region, user=OuterRef("claimed_by"), user__is_active=True, **post)
    today = standins.counting(region, on=standins.today(region, now))
    found = Task.objects.filter(region=region, closed_at__isnull=True, claimed_by__isnull=False)
    found = found.exclude(Exists(own)).exclude(
        Exists(today.filter(substitute=OuterRef("claimed_by"), **post))
    )
    tasks: Iterable[Task] = found.select_related("case", "case__region").order_by("pk")[:BATCH]
    return tasks


def _give_back(task: Task, now: datetime) -> bool:
    """Give one task back; tell whether it was. Taken on anew it is another task to give back."""
    try:
        services.perform(
            region=task.case.region,
            case_reference=task.case.reference,
            action="task:release",
            task=task.pk,
            key=f"gone:{task.pk}:{task.case.revision}",
            system=True,
            now=now,
        )
    except (Refused, Conflict) as error:  # decided or taken this very moment
        logger.info("task %s of %s stays where it lies: %s", task.pk, task.case.reference, error)
    except Exception:  # one case that fails holds up no other
        logger.exception("task %s of %s could not be given back", task.pk, task.case.reference)
    else:
        return True
    return False
