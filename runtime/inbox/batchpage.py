"""What came of a batch, put into words: each case with its result. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from runtime.batches import reasons
from runtime.batches import selectors as batches
from runtime.batches.selectors import Batch, Item
from runtime.cases import many
from runtime.cases.selectors import Case
from runtime.inbox.access import Officer
from runtime.modules import selectors as modules
from runtime.workflow.handing import HANDED_ON

State = Item.State


@dataclass(frozen=True, slots=True)
class Result:
    """One case. `applicant` is named only to whoever may open the case, which `opens` says."""

    reference: str
    applicant: str
    service: str
    status: str
    state: str
    why: str
    opens: bool


@dataclass(frozen=True, slots=True)
class BatchPage:
    """All that the page shows; the refused come first."""

    batch: Batch
    title: str
    results: tuple[Result, ...]
    back: str

    def count(self, *states: str) -> int:
        return sum(result.state in states for result in self.results)

    @property
    def done(self) -> int:
        return self.count(State.DONE)

    @property
    def refused(self) -> int:
        return self.count(State.REFUSED)

    @property
    def cancelled(self) -> int:
        return self.count(State.CANCELLED)

    @property
    def waiting(self) -> int:
        return self.count(State.WAITING)

    @property
    def looked_at(self) -> int:
        return len(self.results) - self.waiting


def address(batch: Batch) -> str:
    """Return where it is shown what came of the batch."""
    return reverse("inbox:batch", args=[batch.public_id])


def batch_page(officer: Officer, batch: Batch, *, language: str) -> BatchPage:
    """Return the page of a batch that the officer began."""
    items = list(batches.items(batch))
    known = many.by_references(officer.region, {item.reference for item in items if item.reference})
    seen = many.may_open(officer.region, officer.user, known.values())
    order = {State.REFUSED: 0, State.WAITING: 1, State.CANCELLED: 2, State.DONE: 3}
    items.sort(key=lambda item: (order[State(item.state)], item.n))
    results = tuple(_result(item, known.get(item.reference), seen, language) for item in items)
    return BatchPage(
        batch=batch,
        title=_title(batch, known, language),
        results=results,
        back=reverse("inbox:work") if officer.held else reverse("inbox:open_tasks"),
    )


def _title(batch: Batch, known: dict[str, Case], language: str) -> str:
    if batch.action in HANDED_ON:
        name = batch.person.get_full_name() if batch.person else "–"
        return _("Tasks for %(name)s") % {"name": name}
    if batch.action == "task:release":
        return _("Tasks taken back")
    for case in known.values():
        module = modules.definition(case.version)
        action = module.workflow.action(batch.action)
        if action is not None and module.key == batch.module:
            return action.title.say(language)
    return _("Done together")


def _result(item: Item, case: Case | None, seen: set[str], language: str) -> Result:
    if case is None:
        return Result("", "", "", "", item.state, _why(item, None), False)
    module = modules.definition(case.version)
    opens = case.reference in seen
    return Result(
        reference=case.reference,
        applicant=case.applicant_name if opens else "",
        service=module.title.say(language),
        status=module.workflow.status(case.status).title.say(language),
        state=item.state,
        why=_why(item, case),
        opens=opens,
    )


def _why(item: Item, case: Case | None) -> str:
    if item.state != State.REFUSED:
        return ""
    return reasons.sentence(item.reason, item.data, modules.definition(case.version) if case else None)
