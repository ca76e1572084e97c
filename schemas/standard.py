"""The public service standard of a module: what follows from form and workflow, and the prose beside it.

Components: UU 25/2009 art. 21 and PermenPANRB 15/2014. The public page can therefore never promise
what the service does not do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain
from math import ceil

from schemas import expressions
from schemas.definition import Action, Duration, Field, Module, Status, with_rows
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
    """One place on the way from filing to the granted end. `who` are the titles of those who act.

    `some` are those who are asked with some applications only, each with the condition as in `condition`.

    `optional`: the system leads some applications past it. `condition` says in words which do come there;
    empty when that hangs on more than what the applicant answers.
    """

    status: str
    title: str
    kind: str
    who: tuple[str, ...]
    due: Duration | None
    optional: bool = False
    condition: str = ""
    some: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceStandard:
    """What a region publishes about a service, in one language.

    `total` is the promised time of the steps of officers, rounded up to working days; None when
    nothing is promised. `pages` are the fewest and the most pages of the form. `amounts` are the labels of
    the amounts that the form works out, unless the prose says what it costs.
    """

    requirements: tuple[str, ...]
    documents: tuple[Document, ...]
    steps: tuple[Step, ...]
    total: Duration | None
    pages: tuple[int, int]
    fee: str
    amounts: tuple[str, ...]
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
    def shorter(self) -> bool:
        """Whether the promised time holds steps that not every application goes through."""
        return any(step.optional and step.due for step in self.steps)

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
    pages = module.filing_pages()
    return ServiceStandard(
        requirements=tuple(text.say(language) for text in prose.requirements),
        documents=tuple(_documents(module, language)),
        steps=tuple(_step(module, status, language) for status in statuses),
        total=_total(statuses),
        pages=(sum(page.visible is None for page in pages), len(pages)),
        fee=prose.fee.say(language),
        amounts=() if prose.fee else tuple(field.label.say(language) for field in worked_out(module)),
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


def worked_out(module: Module) -> tuple[Field, ...]:
    """Return the amounts of money that the form works out for what is applied for.

    Where the document does not say itself what is a `cost`: an amount that goes into another is only a part
    of it. One that comes from money which the applicant types, such as the income of a household, is taken
    for a fact about them and no cost.
    """
    asked = {field.key: field for page in module.filing_pages() for field in page.fields}
    inner = {row.key: row for field in asked.values() for row in with_rows(field)}
    found = [f for f in asked.values() if f.type == "money" and f.calculate is not None]
    parts = frozenset(chain.from_iterable(_read(field) for field in found))

    def is_cost(field: Field) -> bool:
        return bool(field.settings.get("cost", field.key not in parts and not _typed(field, inner)))

    return tuple(filter(is_cost, found))


def _read(field: Field) -> frozenset[str]:
    """Return the keys that a formula reads, also in the rows that it goes through."""
    nodes = field.calculate.root.walk() if field.calculate else ()
    return frozenset(node.name for node in nodes if node.op == "var")


def _typed(field: Field, asked: Mapping[str, Field]) -> bool:
    """Tell whether a formula comes down to money that a person types. Rules look back only: it ends."""
    if field.calculate is None:
        return field.type == "money"
    return any(_typed(asked[key], asked) for key in _read(field) if key in asked)


def _step(module: Module, status: Status, language: str) -> Step:
    workflow = module.workflow
    always = dict.fromkeys(task.role for task in status.tasks if task.when is None)
    who = tuple(workflow.role(key).title.say(language) for key in always)
    some = tuple(
        (workflow.role(task.role).title.say(language), _said([task.when], module, language))
        for task in status.tasks
        if task.when is not None and task.role not in always
    )
    title = (status.public_title or status.title).say(language)
    past = [action.when for action in workflow.automatic(status.key) if action.when is not None]
    condition = _said([expressions.opposite(rule) for rule in past], module, language)
    return Step(status.key, title, status.kind, who, status.due, bool(past), condition, some)


def _said(rules: Sequence[Expression], module: Module, language: str) -> str:
    """Say that all rules hold; empty where one hangs on more than what the applicant answers."""
    asked = {field.key for page in module.filing_pages() for field in page.fields}
    if not all(expressions.names(rule) <= asked for rule in rules):
        return ""
    return "; ".join(expressions.explain(rule, module, language) for rule in rules)


def _documents(module: Module, language: str) -> Iterable[Document]:
    for page in module.filing_pages():
        rules = () if page.visible is None else (page.visible,)
        for field in page.fields:
            yield from _files(module, field, language, rules, ())


def _files(
    module: Module, field: Field, language: str, around: tuple[Expression, ...], within: tuple[Field, ...]
) -> Iterable[Document]:
    """Yield a file, or those that each entry of a repeat asks for."""
    rules = around if field.visible is None else (*around, field.visible)
    if field.type in ("file", "photo"):
        yield _document(module, field, language, rules, within)
    for inner in field.fields:
        yield from _files(module, inner, language, rules, (*within, field))


def _document(
    module: Module, field: Field, language: str, around: tuple[Expression, ...], within: tuple[Field, ...]
) -> Document:
    rules = (*around, field.required) if isinstance(field.required, Expression) else around
    return Document(
        label=" · ".join(one.label.say(language) for one in (*within, field)),
        help=field.help.say(language),
        required=field.required is not False,
        condition="; ".join(expressions.explain(rule, module, language, within=within) for rule in rules),
    )
