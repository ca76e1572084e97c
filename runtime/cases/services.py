"""The sole writer of cases: file one, perform an action on one. Each is one transaction or nothing.

A case row is written only by whoever read its present revision (compare-and-set), on any database;
PostgreSQL locks the row first as well. Both services are idempotent by the caller's key, so they may
be repeated after a crash, a time-out or a lock.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Unpack

from django.db import IntegrityError, transaction

from runtime.cases import (
    attachments,
    chain,
    counter,
    offices,
    performing,
    places,
    proof,
    reference,
    selectors,
    verifying,
    wording,
    writing,
)
from runtime.cases.attachments import discard as discard_uploads
from runtime.cases.attachments import discard_dropped as discard_dropped_uploads
from runtime.cases.attachments import held as held_uploads
from runtime.cases.attachments import keep_for as keep_uploads_for
from runtime.cases.attachments import keep_paper as keep_paper
from runtime.cases.attachments import reconcile as reconcile_files
from runtime.cases.attachments import store as store_upload
from runtime.cases.counter import Counter
from runtime.cases.models import Case
from runtime.cases.origins import Origin
from runtime.cases.outcomes import Conflict, InvalidAnswers, NotOffered, Performed, Receipt, Refused
from runtime.cases.retry import once_more
from runtime.cases.verifying import Finding
from runtime.forms.journey import journey
from runtime.forms.noted import noted
from runtime.modules import selectors as modules
from runtime.modules.models import Installation, ModuleVersion
from runtime.regions import calendar
from runtime.regions.models import Region, User
from runtime.workflow import engine
from runtime.workflow.values import SYSTEM, Actor, Command
from schemas import answers as answers_schema
from schemas.definition import Module
from schemas.problems import error, pointer

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


def submit_case(
    *,
    region: Region,
    version: ModuleVersion,
    answers: Mapping[str, Any],
    language: str,
    submit_key: str,
    draft_token: str,
    now: datetime,
    applicant: User | None = None,
    findings: Mapping[str, Finding] | None = None,
    channel: str = "web",
    origin: Origin | None = None,
    at_counter: Counter | None = None,
) -> Receipt:
    """File an application; the same `submit_key` always gives the same receipt.

    `channel` is how it came in: web, api, desk (then `at_counter` says which clerk filed it, for whom) or
    case (then `origin` is the case that opens it).

    `findings` are what registers said to the server about answers; others are compared later.
    Raises `InvalidAnswers` when the answers, judged anew from the version's document, are not
    complete and right, `NotOffered` when the region has closed the service, and `Refused` when its
    steps would lead the system round for ever.
    """
    if (known := selectors.case_of_draft(region, submit_key)) is not None:
        return _receipt(known, repeated=True)
    filing = _Filing(
        region=region,
        version=version,
        answers=answers,
        language=language,
        submit_key=submit_key,
        draft_token=draft_token,
        applicant=applicant,
        now=now,
        findings=findings or {},
        channel=channel,
        origin=origin,
        counter=at_counter,
    )
    try:
        case, repeated = once_more(lambda: _file(filing))
    except IntegrityError:
        known = selectors.case_of_draft(region, submit_key)
        if known is None:
            raise
        return _receipt(known, repeated=True)
    return _receipt(case, repeated=repeated)


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
    filing = _Filing(region, version, answers, language, "", draft_token, None, now, {}, channel)
    return _judged(modules.definition(version), filing)


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


@dataclass(frozen=True, slots=True)
class _Filing:
    """An application on its way in."""

    region: Region
    version: ModuleVersion
    answers: Mapping[str, Any]
    language: str
    submit_key: str
    draft_token: str
    applicant: User | None
    now: datetime
    findings: Mapping[str, Finding]
    channel: str
    origin: Origin | None = None
    counter: Counter | None = None

    @property
    def actor(self) -> Actor:
        """Whoever files it: its applicant, a clerk at the counter, or the system for another case."""
        if self.origin is not None:
            return SYSTEM
        if self.counter is not None:
            return self.counter.actor
        return Actor("applicant", self.applicant.pk if self.applicant else None)

    @property
    def link(self) -> dict[str, Any]:
        """The columns that say how it came in, and name the case that opens it."""
        known: dict[str, Any] = {"channel": self.channel}
        if self.counter is not None:
            known |= self.counter.columns
        if self.origin is None:
            return known
        named = self.origin
        return known | {"parent": named.parent, "parent_event": named.event, "parent_effect": named.effect}


def _file(filing: _Filing) -> tuple[Case, bool]:
    """Return the case and whether it had been filed a moment before, by the same draft."""
    region, now = filing.region, filing.now
    module = modules.definition(filing.version)
    with transaction.atomic():
        if (known := selectors.case_of_draft(region, filing.submit_key)) is not None:
            return known, True
        _must_be_offered(region, filing.version)
        judged = _judged(module, filing)
        case = Case(
            region=region,
            version=filing.version,
            submit_key=filing.submit_key,
            public_id=uuid.uuid4(),
            reference=reference.generate(region.short_code),
            language=filing.language,
            applicant=filing.applicant,
            submitted_at=now,
            **filing.link,
        )
        command = Command(engine.FILED, answers=judged, key=f"filed:{filing.submit_key}")
        decision = engine.begin(module, judged, today=calendar.local(now, region).date())
        stated, told = None, {} if filing.channel == Case.Channel.WEB else {"channel": filing.channel}
        if filing.counter is not None:
            decision, stated = counter.decided(decision, filing.counter), counter.stated(filing.counter)
            told |= {chain.STATED: chain.stated_digest(stated)}
        act = writing.Act(module, decision, command, filing.actor, now, told=told)
        for name, value in writing.changed_values(case, act).items():
            setattr(case, name, value)
        fact = proof.fact(module, judged) or proof.access_code(filing.submit_key)
        case.proof_hash = proof.digest(case.reference, fact)
        case.save(force_insert=True)
        wording.begin(case)
        attachments.claim(module=module, answers=judged, case=case, draft_token=filing.draft_token)
        if stated is not None:
            counter.keep(stated, case, filing.draft_token, decision.attachments)
        event = writing.begin(case, act)
        performing.carry_on(case, module, event, now)
        verifying.begin(case, module, filing.findings, now=now)
    return case, False


def _judged(module: Module, filing: _Filing) -> dict[str, Any]:
    """Return the answers that count, judged without trusting anything the browser decided."""
    pages, region = module.filing_pages(), filing.region
    asked = {question.key for page in pages for question in page.fields}
    if stray := sorted(set(filing.answers) - asked):
        raise InvalidAnswers(error("answers.unknown", pointer(key), name=key) for key in stray)
    today = calendar.local(filing.now, region).date()
    facts = noted(module, today=today, language=filing.language, channel=filing.channel)
    walked = journey(module, {**filing.answers, **facts}, today=today, fresh=True)
    problems = tuple(problem for step in walked.steps for problem in step.problems)
    problems = problems or answers_schema.validate(module, walked.answers, pages)
    if problems:
        raise InvalidAnswers(problems)
    if wrong := (*offices.unknown(module, walked.answers, region), *places.unknown(module, walked.answers)):
        raise InvalidAnswers(error("answers.option", pointer(*path)) for path in wrong)
    try:
        return attachments.checked(
            module=module,
            answers=walked.answers,
            region=region,
            case=None,
            draft_token=filing.draft_token,
        )
    except attachments.UnknownFiles as unknown:
        raise InvalidAnswers(error("answers.file", pointer(*path)) for path in unknown.places) from unknown


def _must_be_offered(region: Region, version: ModuleVersion) -> None:
    if version.region_id != region.pk:
        raise NotOffered
    found = modules.installation(region, version.key)
    if found is None or found.state in (Installation.State.PAUSED, Installation.State.CLOSED):
        raise NotOffered


def _receipt(case: Case, *, repeated: bool) -> Receipt:
    module = modules.definition(case.version)
    code = None if proof.fact(module, case.answers) else proof.access_code(case.submit_key)
    return Receipt(case, case.reference, code, repeated)
