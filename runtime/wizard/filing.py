"""From a complete draft to a case: one submit, one receipt, however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from runtime.cases import services as cases
from runtime.cases.retry import once_more
from runtime.forms.journey import Journey, journey
from runtime.forms.noted import noted
from runtime.forms.pageform import PageForm
from runtime.forms.uploads import Accepted, size_words
from runtime.modules import selectors as modules
from runtime.modules.models import Installation
from runtime.regions import calendar
from runtime.regions.models import User
from runtime.wizard import counter, drafts, lookups
from runtime.wizard.merging import Seen, changed_since
from runtime.wizard.models import Draft
from schemas.definition import Field, Json
from schemas.walk import without_blank_rows

MOST_FILES = 40
MOST_BYTES = 100_000_000
CIRCLE = _lazy(
    "Your application could not be filed: the steps of this service lead round in circles. "
    "Your answers are kept; please tell the office."
)


class ChangedSince(Exception):
    """Another window has changed answers since the check was shown; `keys` are the questions."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


def walk(draft: Draft, *, now: datetime) -> Journey:
    """Return the steps of a draft as its answers stand."""
    module = counter.module(draft)
    fields = [question for _page, question in module.fields()]
    day = today(draft, now=now)
    facts = noted(module, today=day, language=draft.language, channel=counter.channel(draft))
    given = {**facts, **without_blank_rows(fields, draft.answers)}
    return journey(module, given, today=day, fresh=True)


def today(draft: Draft, *, now: datetime) -> date:
    """Return the calendar day where the draft's region is."""
    return calendar.local(now, draft.region).date()


def state(draft: Draft) -> str:
    """Return the state of the service the draft is for; a service that is gone counts as closed."""
    return modules.state(draft.region, draft.version.key) or Installation.State.CLOSED


def is_taken(draft: Draft) -> bool:
    """Say whether the region takes this application now; a closing service lets drafts finish."""
    return state(draft) in {Installation.State.OPEN, Installation.State.CLOSING}


def submit(
    *, draft: Draft, language: str, applicant: User | None, now: datetime, seen: Seen | None = None
) -> cases.Receipt:
    """File the draft and note its case. Repeating is harmless: the submit key is the draft's.

    What counts are the answers stored at this moment; none can arrive between filing and wiping.
    Raises `ChangedSince` when they are not those the check had `seen`, and what
    `cases.services.submit_case` raises.
    """

    def file() -> cases.Receipt:
        with transaction.atomic():
            drafts.hold(draft=draft)
            if seen is not None and draft.submitted_at is None and draft.revision != seen.revision:
                raise ChangedSince(changed_since(draft.log, seen.revision))
            walked = walk(draft, now=now)
            receipt = cases.submit_case(
                region=draft.region,
                version=draft.version,
                answers=walked.answers,
                language=language,
                submit_key=draft.submit_key,
                applicant=None if draft.clerk_id else applicant or draft.owner,
                channel=counter.channel(draft),
                at_counter=counter.stated(draft),
                draft_token=draft.token,
                findings=lookups.findings(draft, walked.answers, modules.definition(draft.version)),
                now=now,
            )
            drafts.finish(draft=draft, reference=receipt.reference, now=now)
        return receipt

    return once_more(file)


def refuse_excess(form: PageForm, draft: Draft) -> None:
    """Mark new files of a judged page as a mistake where they would make the draft too large."""
    fresh = form.fresh_files()
    if not fresh:
        return
    arriving: list[Accepted] = []
    for key, files in fresh.items():
        arriving += files
        if is_excess(draft, arriving):
            form.add_error(key, excess_words())


def is_excess(draft: Draft, arriving: Sequence[Accepted]) -> bool:
    """Say whether the files that arrive are too many or too large beside those the draft holds."""
    count, size = cases.held_uploads(region=draft.region, draft_token=draft.token)
    return count + len(arriving) > MOST_FILES or size + sum(file.size for file in arriving) > MOST_BYTES


def excess_words() -> str:
    """Say how many files one application takes, and how large."""
    words = _(
        "One application takes at most %(files)s files of %(size)s together. "
        "Remove files that are not needed, or choose smaller ones."
    )
    return words % {"files": MOST_FILES, "size": size_words(MOST_BYTES)}


def keeper(draft: Draft, *, now: datetime) -> Callable[[Field, Accepted], Mapping[str, Json]]:
    """Return the function that stores an accepted file of this draft and describes it."""

    def keep(question: Field, file: Accepted) -> Mapping[str, Json]:
        return cases.store_upload(
            region=draft.region,
            draft_token=draft.token,
            field=question.key,
            name=file.name,
            type=file.type,
            content=file.content,
            sha256=file.sha256,
            now=now,
        ).as_answer()

    return keep
