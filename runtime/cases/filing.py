"""Filing an application: its answers judged anew, its row, its first event, what follows by itself.

`services.submit_case` is the door; here is one transaction of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Required, TypedDict

from django.db import transaction

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
from runtime.cases.counter import Counter
from runtime.cases.models import Case
from runtime.cases.origins import Origin
from runtime.cases.outcomes import InvalidAnswers, NotOffered, Receipt
from runtime.cases.verifying import Finding
from runtime.forms import contacts
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


class Given(TypedDict, total=False):
    """What comes with an application.

    `channel` is how it came in: web, api, desk (then `at_counter` says which clerk filed it, for whom) or
    case (then `origin` is the case that opens it). `findings` are what registers said to the server about
    answers; others are compared later.
    """

    region: Required[Region]
    version: Required[ModuleVersion]
    answers: Required[Mapping[str, Any]]
    language: Required[str]
    submit_key: Required[str]
    draft_token: Required[str]
    now: Required[datetime]
    applicant: User | None
    findings: Mapping[str, Finding] | None
    channel: str
    origin: Origin | None
    at_counter: Counter | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """An application on its way in; see `Given`."""

    region: Region
    version: ModuleVersion
    answers: Mapping[str, Any]
    language: str
    submit_key: str
    draft_token: str
    now: datetime
    applicant: User | None = None
    findings: Mapping[str, Finding] | None = None
    channel: str = "web"
    origin: Origin | None = None
    at_counter: Counter | None = None

    @property
    def actor(self) -> Actor:
        """Whoever files it: its applicant, a clerk at the counter, or the system for another case."""
        if self.origin is not None:
            return SYSTEM
        if self.at_counter is not None:
            return self.at_counter.actor
        return Actor("applicant", self.applicant.pk if self.applicant else None)

    @property
    def link(self) -> dict[str, Any]:
        """The columns that say how it came in, and name the case that opens it."""
        known: dict[str, Any] = {"channel": self.channel}
        if self.at_counter is not None:
            known |= self.at_counter.columns
        if self.origin is None:
            return known
        named = self.origin
        return known | {"parent": named.parent, "parent_event": named.event, "parent_effect": named.effect}


def file(filing: Filing) -> tuple[Case, bool]:
    """Return the case and whether it had been filed a moment before, by the same draft."""
    module = modules.definition(filing.version)
    with transaction.atomic():
        if (known := selectors.case_of_draft(filing.region, filing.submit_key)) is not None:
            return known, True
        _must_be_offered(filing.region, filing.version)
        answers = judged(module, filing)
        return _written(module, filing, answers), False


def _written(module: Module, filing: Filing, answers: dict[str, Any]) -> Case:
    """Write the case down with its first event, and do what follows from it by itself."""
    now, stated = filing.now, None
    decision = engine.begin(module, answers, today=calendar.local(now, filing.region).date())
    told: dict[str, Any] = {} if filing.channel == Case.Channel.WEB else {"channel": filing.channel}
    if filing.at_counter is not None:
        decision, stated = counter.decided(decision, filing.at_counter), counter.stated(filing.at_counter)
        told |= {
            chain.STATED: chain.stated_digest(stated),
            **counter.told(module, filing.at_counter, answers),
        }
    command = Command(engine.FILED, answers=answers, key=f"filed:{filing.submit_key}")
    act = writing.Act(module, decision, command, filing.actor, now, told=told)
    case = _row(module, filing, act)
    wording.begin(case)
    attachments.claim(module=module, answers=answers, case=case, draft_token=filing.draft_token)
    if stated is not None:
        counter.keep(stated, case, filing.draft_token, decision.attachments)
    event = writing.begin(case, act)
    performing.carry_on(case, module, event, now)
    verifying.begin(case, module, filing.findings or {}, now=now)
    return case


def _row(module: Module, filing: Filing, act: writing.Act) -> Case:
    """Write the row of the case, with what the decision makes of it."""
    case = Case(
        region=filing.region,
        version=filing.version,
        submit_key=filing.submit_key,
        public_id=uuid.uuid4(),
        reference=reference.generate(filing.region.short_code),
        language=filing.language,
        applicant=filing.applicant,
        submitted_at=filing.now,
        **filing.link,
    )
    for name, value in writing.changed_values(case, act).items():
        setattr(case, name, value)
    fact = proof.fact(module, act.command.answers) or proof.access_code(filing.submit_key)
    case.proof_hash = proof.digest(case.reference, fact)
    case.save(force_insert=True)
    return case


def judged(module: Module, filing: Filing) -> dict[str, Any]:
    """Return the answers that count, judged without trusting anything the browser decided."""
    module = contacts.without(module, filing.at_counter.lacks if filing.at_counter else ())
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


def receipt(case: Case, *, repeated: bool) -> Receipt:
    module = modules.definition(case.version)
    code = None if proof.fact(module, case.answers) else proof.access_code(case.submit_key)
    return Receipt(case, case.reference, code, repeated)
