"""The public service standard of a module: what follows from form and workflow, and the prose beside it.

Components: UU 25/2009 art. 21 and PermenPANRB 15/2014. The public page can therefore never promise
what the service does not do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from math import ceil

from schemas import expressions
from schemas.definition import Action, Duration, Field, Module, Page, Status
from schemas.expressions import Expression

MINUTES = {"minutes": 1, "working_hours": 60, "working_days": 480, "days": 480}
_COST = {"advance": 1, "neutral": 5, "return": 50, "refuse": 50}


@dataclass(frozen=True, slots=True)
class Document:
    """A file the form asks for. `condition` says in words when; empty means always."""

    label: str
    help: str
    required: bool
    condition: str


@dataclass(frozen=True, slots=True)
class Step:
    """One place on the way from filing to the granted end. `who` are the titles of those who act."""

    status: str
    title: str
    kind: str
    who: tuple[str, ...]
    due: Duration | None


@dataclass(frozen=True, slots=True)
class ServiceStandard:
    """What a region publishes about a service, in one language.

    `total` is the promised time of the steps of officers, rounded up to working days; None when
    nothing is promised.
    """

    requirements: tuple[str, ...]
    documents: tuple[Document, ...]
    steps: tuple[Step, ...]
    total: Duration | None
    fee: str
    product: str
    validity: str
    complaints: str
    legal_basis: tuple[str, ...]
    facilities: str
    competence: str
    supervision: str
    staffing: str
    guarantee: str
    safety: str
    evaluation: str

    @property
    def good_to_know(self) -> bool:
        """Whether there is prose beside the time, the cost, the product and what to bring along."""
        prose = (self.validity, self.complaints, self.legal_basis, self.facilities, self.competence)
        more = (self.supervision, self.staffing, self.guarantee, self.safety, self.evaluation)
        return any((*prose, *more))


def describe(module: Module, language: str) -> ServiceStandard:
    """Derive the service standard of `module` in `language`."""
    prose = module.standard
    statuses = main_path(module)
    return ServiceStandard(
        requirements=tuple(text.say(language) for text in prose.requirements),
        documents=tuple(_documents(module, language)),
        steps=tuple(_step(module, status, language) for status in statuses),
        total=_total(statuses),
        fee=prose.fee.say(language),
        product=prose.product.say(language),
        validity=prose.validity.say(language),
        complaints=prose.complaints.say(language),
        legal_basis=tuple(text.say(language) for text in prose.legal_basis),
        facilities=prose.facilities.say(language),
        competence=prose.competence.say(language),
        supervision=prose.supervision.say(language),
        staffing=prose.staffing.say(language),
        guarantee=prose.guarantee.say(language),
        safety=prose.safety.say(language),
        evaluation=prose.evaluation.say(language),
    )


def main_path(module: Module) -> tuple[Status, ...]:
    """Return the statuses of the plainest way from the start to a granted end, both included.

    Forward actions of people are preferred to returns and to the system's clocks; of equally plain
    ways the one whose actions stand first in the document is taken.
    """
    workflow = module.workflow
    granted = {status.key for status in workflow.statuses if status.outcome == "granted"}
    waiting: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, (workflow.start,))]
    done: set[str] = set()
    order = 0
    while waiting:
        cost, _, path = heappop(waiting)
        here = path[-1]
        if here in granted:
            return tuple(workflow.status(key) for key in path)
        if here in done:
            continue
        done.add(here)
        for action in workflow.actions_from(here):
            order += 1
            heappush(waiting, (cost + _cost(action), order, (*path, action.target(here))))
    return (workflow.status(workflow.start),)


def _cost(action: Action) -> int:
    return _COST[action.tone] + (20 if action.who.kind == "system" else 0)


def _total(statuses: Iterable[Status]) -> Duration | None:
    spans = [status.due for status in statuses if status.due and status.kind in ("work", "wait")]
    minutes = sum(span.amount * MINUTES[span.unit] for span in spans)
    return Duration(ceil(minutes / MINUTES["working_days"]), "working_days") if minutes else None


def _step(module: Module, status: Status, language: str) -> Step:
    workflow = module.workflow
    roles = [task.role for task in status.tasks]
    who = tuple(workflow.role(key).title.say(language) for key in dict.fromkeys(roles))
    title = (status.public_title or status.title).say(language)
    return Step(status.key, title, status.kind, who, status.due)


def _documents(module: Module, language: str) -> Iterable[Document]:
    for page in module.filing_pages():
        for field in page.fields:
            if field.type in ("file", "photo"):
                yield _document(module, page, field, language)


def _document(module: Module, page: Page, field: Field, language: str) -> Document:
    rules = [rule for rule in (page.visible, field.visible) if rule is not None]
    if isinstance(field.required, Expression):
        rules.append(field.required)
    return Document(
        label=field.label.say(language),
        help=field.help.say(language),
        required=field.required is not False,
        condition="; ".join(expressions.explain(rule, module, language) for rule in rules),
    )
