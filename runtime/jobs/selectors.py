"""Reading jobs. Each function takes the region and who asked: a job is nobody else's."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet

from runtime.jobs.models import Job
from runtime.regions.models import Region, User

__all__ = ["Job", "job_of", "jobs_of"]


def job_of(region: Region, user: User, kind: str, key: uuid.UUID) -> Job | None:
    """Return the job `key` if `user` asked for it in `region`."""
    return jobs_of(region, user, kind).filter(public_id=key).first()


def jobs_of(region: Region, user: User, kind: str) -> QuerySet[Job]:
    """Return what `user` asked for, the latest first."""
    found: QuerySet[Job] = Job.objects.filter(region=region, by=user, kind=kind)
    return found.select_related("region", "by").order_by("-pk")
