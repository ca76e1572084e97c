"""From a complete draft to a case: one submit, one receipt, however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from runtime.cases import services as cases
from runtime.forms.journey import Journey, journey
from runtime.forms.uploads import Accepted
from runtime.modules import selectors as modules
from runtime.modules.models import Installation
from runtime.regions import calendar
from runtime.regions.models import User
from runtime.wizard import drafts
from runtime.wizard.models import Draft
from schemas.definition import Field, Json


def walk(draft: Draft, *, now: datetime) -> Journey:
    """Return the steps of a draft as its answers stand."""
    return journey(modules.definition(draft.version), draft.answers, today=today(draft, now=now))


def today(draft: Draft, *, now: datetime) -> date:
    """Return the calendar day where the draft's region is."""
    return calendar.local(now, draft.region).date()


def state(draft: Draft) -> str:
    """Return the state of the service the draft is for; a service that is gone counts as closed."""
    return modules.state(draft.region, draft.version.key) or Installation.State.CLOSED


def is_taken(draft: Draft) -> bool:
    """Say whether the region takes this application now; a closing service lets drafts finish."""
    return state(draft) in {Installation.State.OPEN, Installation.State.CLOSING}


def submit(*, draft: Draft, language: str, applicant: User | None, now: datetime) -> cases.Receipt:
    """File the draft and note its case. Repeating is harmless: the submit key is the draft's.

    Raises what `cases.services.submit_case` raises.
    """
    receipt = cases.submit_case(
        region=draft.region,
        version=draft.version,
        answers=walk(draft, now=now).answers,
        language=language,
        submit_key=draft.submit_key,
        applicant=applicant or draft.owner,
        draft_token=draft.token,
        now=now,
    )
    drafts.finish(draft=draft, reference=receipt.reference, now=now)
    return receipt


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
