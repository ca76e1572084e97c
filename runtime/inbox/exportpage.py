"""A file of applications put into words: what was asked for, how far it is, why it could not be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from runtime.exports import asking
from runtime.forms.uploads import size_words
from runtime.inbox import exportform
from runtime.jobs.selectors import Job
from runtime.modules import selectors as modules

State = Job.State


@dataclass(frozen=True, slots=True)
class ExportPage:
    """All that the page shows of one file."""

    job: Job
    service: str
    state: str
    answers: str
    kind: str
    since: Any
    until: Any
    why: str

    @property
    def busy(self) -> bool:
        return self.job.finished_at is None

    @property
    def most(self) -> int:
        """How much there is to do, with the putting together as the last of it."""
        return (self.job.total or 0) + 1

    @property
    def size(self) -> str:
        return size_words(self.job.size)

    @property
    def ready(self) -> bool:
        return bool(self.job.file)

    @property
    def gone(self) -> bool:
        """Whether the file was there once."""
        return self.job.state == State.DONE and not self.job.file


def export_page(job: Job, language: str) -> ExportPage:
    """Return the page of a file."""
    wanted = asking.wanted(job)
    installed = modules.installation(job.region, wanted.service)
    ways = dict((exportform.FILE, exportform.WHOLE, exportform.RECAP))
    return ExportPage(
        job=job,
        service=modules.definition(installed.version).title.say(language) if installed else wanted.service,
        state=str(dict(exportform.STATES)[wanted.state]),
        answers=str(ways[wanted.way.value]),
        kind=str(dict(exportform.FORMS)[wanted.form]),
        since=wanted.since,
        until=wanted.until,
        why=_why(job.why) if job.state == State.FAILED else "",
    )


def _why(code: str) -> str:
    sentences = {
        "rights": _("You no longer hold a post with which you asked for this file."),
        "many": _("There are more than 20,000 applications. Choose fewer days, and make several files."),
        "rows": _("A sheet would have more lines than a workbook may have. Choose CSV, or fewer days."),
    }
    other = _("Something went wrong on our side, several times. Ask for the file again later.")
    return sentences.get(code, other)
