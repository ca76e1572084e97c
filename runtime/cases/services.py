"""The sole writer of cases: file one, perform an action on one. Each is one transaction or nothing.

A case row is written only by whoever read its present revision (compare-and-set), on any database;
PostgreSQL locks the row first as well. Both services are idempotent by the caller's key, so they may
be repeated after a crash, a time-out or a lock.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Unpack

from django.db import IntegrityError

from runtime.cases import chain, filing, performing, proof, selectors
from runtime.cases.attachments import discard as discard_uploads
from runtime.cases.attachments import discard_dropped as discard_dropped_uploads
from runtime.cases.attachments import held as held_uploads
from runtime.cases.attachments import keep_for as keep_uploads_for
from runtime.cases.attachments import keep_paper as keep_paper
from runtime.cases.attachments import reconcile as reconcile_files
from runtime.cases.attachments import store as store_upload
from runtime.cases.counter import Counter
from runtime.cases.models import Case
from runtime.cases.outcomes import Conflict, InvalidAnswers, NotOffered, Performed, Receipt, Refused
from runtime.cases.retry import once_more
from runtime.cases.verifying import Finding
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.regions.models import Region, User

__all__ = [
    "Conflict",
    "Counter",
    "Finding",
    "InvalidAnswers",
    "NotOffered",
    "Performed",
    "Receipt",
    "Refused",
    "TooManyAttempts",
    "discard_dropped_uploads",
    "discard_uploads",
    "held_uploads",
    "judged_answers",
    "keep_paper",
    "keep_uploads_for",
    "open_with_proof",
    "perform",
    "reconcile_files",
    "store_upload",
    "submit_case",
    "verify_chain",
    "was_done",
]

TooManyAttempts = proof.TooManyAttempts
verify_chain = chain.verify
was_done = performing.was_done


def submit_case(**given: Unpack[filing.Given]) -> Receipt:
    """File an application; the same `submit_key` always gives the same receipt.

    What it takes stands in `filing.Given`. Raises `InvalidAnswers` when the answers, judged anew from the
    version's document, are not complete and right, `NotOffered` when the region has closed the service, and
    `Refused` when its steps would lead the system round for ever.
    """
    asked = filing.Filing(**given)
    if (known := selectors.case_of_draft(asked.region, asked.submit_key)) is not None:
        return filing.receipt(known, repeated=True)
    try:
        case, repeated = once_more(lambda: filing.file(asked))
    except IntegrityError:
        known = selectors.case_of_draft(asked.region, asked.submit_key)
        if known is None:
            raise
        return filing.receipt(known, repeated=True)
    return filing.receipt(case, repeated=repeated)


def judged_answers(
    *,
    region: Region,
    version: ModuleVersion,
    answers: Mapping[str, Any],
    language: str,
    draft_token: str,
    now: datetime,
    channel: str,
) -> dict[str, Any]:
    """Return the answers as filing would keep them, or raise `InvalidAnswers`; nothing is stored."""
    asked = filing.Filing(
        region=region,
        version=version,
        answers=answers,
        language=language,
        submit_key="",
        draft_token=draft_token,
        now=now,
        channel=channel,
    )
    return filing.judged(modules.definition(version), asked)


def perform(
    *,
    region: Region,
    case_reference: str,
    action: str,
    key: str,
    now: datetime,
    actor_user: User | None = None,
    applicant: User | bool = False,
    system: bool = False,
    **given: Unpack[performing.Given],
) -> Performed:
    """Do `action` on a case as exactly one of: an officer, the applicant, the system.

    The same `key` on the same case gives the first result again. Raises `Case.DoesNotExist`,
    `Refused` (with the engine's reason) or `Conflict` (somebody else was first: who, when, what).
    Whoever says `applicant` has made sure that it is the applicant who asks.
    """
    assert (actor_user is not None) + bool(applicant) + system == 1, "say who acts, once"
    who = performing.Who(actor_user, applicant)
    command = performing.command(action, performing.own_key(who, key), given)
    asked = performing.Asked(
        region, case_reference, command, who, given.get("draft_token", ""), now, given.get("mentioned", ())
    )
    return once_more(lambda: performing.perform(asked))


def open_with_proof(
    *, region: Region, reference: str, answer: str, address: str, now: datetime
) -> Case | None:
    """Return the case if reference and second fact fit; a wrong try of either looks the same.

    `address` is the IP address of the caller. Raises `TooManyAttempts`.
    """
    known = selectors.normalised(reference)
    attempt = proof.begin_attempt(region=region, reference=known or reference, address=address, now=now)
    case = selectors.case_by_reference(region, known) if known else None
    if not proof.matches(case, answer) or case is None:
        return None
    proof.passed(region=region, attempt=attempt)
    return case
