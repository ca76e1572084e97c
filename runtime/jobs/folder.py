"""The files of a job: each has a folder of its own, so that what a process left there that died is found."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.files.storage import default_storage

from runtime.jobs.models import Job


def path(job: Job, name: str) -> str:
    """Return where in the storage a file of the job lies."""
    return str(PurePosixPath("jobs", str(job.region_id), job.public_id.hex, name))


def keep_only(job: Job, file: str = "") -> None:
    """Delete every file of the job but the one called `file` in the storage."""
    folder = path(job, "")
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        if path(job, name) != file:
            default_storage.delete(path(job, name))
    if not file:
        default_storage.delete(folder)
