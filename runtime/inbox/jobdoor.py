"""The door to a long job at the desk: open to whoever began it; to everybody else it does not exist."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponseBase

from runtime.inbox.access import Officer, officers_or_administrators
from runtime.jobs import selectors
from runtime.jobs.selectors import Job

JobView = Callable[[HttpRequest, Officer, Job], HttpResponseBase]
JobDoor = Callable[[JobView], Callable[..., HttpResponseBase]]


def job_door(*kinds: str) -> JobDoor:
    """Make a door that hands a view the job of one of the `kinds` which the address names."""

    def made(view: JobView) -> Callable[..., HttpResponseBase]:
        @officers_or_administrators
        @wraps(view)
        def inner(request: HttpRequest, officer: Officer, /, key: uuid.UUID) -> HttpResponseBase:
            found = (selectors.job_of(officer.region, officer.user, kind, key) for kind in kinds)
            job = next((one for one in found if one), None)
            if job is None:
                raise Http404
            return view(request, officer, job)

        return inner

    return made
