"""What file is wanted, as a job keeps it; and which cases somebody may have in it, asked anew each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet

from runtime.cases import readable
from runtime.cases.selectors import Case
from runtime.cases.tasklists import Held
from runtime.jobs.kinds import Cannot
from runtime.jobs.models import Job
from runtime.regions import selectors as regions
from runtime.regions.capacity import Post
from schemas.exporting import Way

KIND = "export"
MOST = 20_000  # cases in one file: what is put together in one go, and a spreadsheet still opens
Form = Literal["csv", "xlsx", "json"]
STATES = ("", "open", "closed", "granted", "refused", "withdrawn", "expired")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file: of which service and days of filing, of cases in which state, which answers, in what form.

    `posts` are those with which it was asked for: with one of them the right to the file ends. None of
    them is needed for a recap of all cases, which an administrator may have (`every`).
    """

    service: str
    form: Form
    way: Way
    language: str
    state: str = ""
    since: date | None = None
    until: date | None = None
    posts: tuple[Post, ...] = ()
    every: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "service": self.service,
            "form": self.form,
            "way": self.way.value,
            "language": self.language,
            "state": self.state,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "posts": [list(post) for post in self.posts],
            "every": self.every,
        }


def wanted(job: Job) -> Wanted:
    """Return what the job was asked for."""
    told: dict[str, Any] = job.arguments
    return Wanted(
        service=told["service"],
        form=told["form"],
        way=Way(told["way"]),
        language=told["language"],
        state=told["state"],
        since=date.fromisoformat(told["since"]) if told["since"] else None,
        until=date.fromisoformat(told["until"]) if told["until"] else None,
        posts=tuple((role, office) for role, office in told["posts"]),
        every=told["every"],
    )


def held(job: Job) -> Held:
    """Return the posts that open the cases of the file; raise `Cannot` when one was lost since."""
    asked = wanted(job)
    if asked.every and not regions.administers(job.region, job.asker):
        raise Cannot("rights")
    mine = tuple(one for one in regions.at_desk(job.region, job.asker) if one.post in asked.posts)
    if {one.post for one in mine} != set(asked.posts) or not (mine or asked.every):
        raise Cannot("rights")
    return mine


def may_have(job: Job) -> bool:
    """Tell whether who asked for the file may still have it."""
    try:
        held(job)
    except Cannot:
        return False
    return True


def cases(job: Job) -> QuerySet[Case]:
    """Return the cases of the file in their order, none filed after it was asked for; raise `Cannot`."""
    asked, mine = wanted(job), held(job)
    found = readable.filed(job.region, asked.service, asked.since, asked.until)
    found = found.filter(submitted_at__lte=job.asked_at)
    if asked.state in ("open", "closed"):
        found = found.filter(closed_at__isnull=asked.state == "open")
    elif asked.state:
        found = found.filter(outcome=asked.state)
    if not asked.every:
        found = readable.openable(found, job.region, asked.service, mine)
    return found.order_by("pk")
