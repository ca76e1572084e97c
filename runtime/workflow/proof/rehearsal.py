"""A service as it is rehearsed: lists of the region stand open, and its conditions lie ready."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from runtime.workflow.memory import Places
from runtime.workflow.values import Snapshot
from schemas import expressions, tally
from schemas.definition import Field, Json, Module, Page, Tables
from schemas.expressions import Expression
from schemas.situations import Situations, settles, situations


@dataclass(frozen=True)
class _OpenTables:
    """The document's own lists; on a list of the region stands whatever is looked for."""

    inline: Tables
    elsewhere: frozenset[str]

    def row(self, dataset: str, value: str) -> Mapping[str, Json] | None:
        return {} if dataset in self.elsewhere else self.inline.row(dataset, value)


FAR = timedelta(days=100 * 366)  # later than anything in the life of a case
MOST_DAYS = 8


class Rehearsal:
    """A module with everything that a walk asks again and again."""

    def __init__(self, module: Module, now: datetime) -> None:
        self.module = opened(module)
        self.begins = now
        self.places = Places()
        self.conditions = dict(conditions(self.module))
        self.rows = _rows(module)
        self.rules = (*self.conditions.values(), *_page_rules(self.module))
        self.read = frozenset(name for rule in self.rules for name in expressions.names(rule)).union(
            self.rows
        )
        self.exact = True
        self.unfilled: set[str] = set()
        self._filled: dict[tuple[str, str, int], Situations] = {}
        self.days = tuple(_days(self.rules, now.date()))
        self.day = 0

    @property
    def today(self) -> date:
        """The day it is in the place where the walk stands."""
        return self.days[self.day]

    @property
    def now(self) -> datetime:
        """The moment it is there."""
        return datetime.combine(self.today, self.begins.time(), self.begins.tzinfo)

    def filings(self) -> tuple[dict[str, Json], ...]:
        """Return the applications that are filed, one for each region of the conditions."""
        return self._noted(self._situations(self.module.filing_pages(), {}))

    def fillings(self, page: Page, snapshot: Snapshot) -> tuple[dict[str, Json], ...]:
        """Return the ways to fill in a page that an action or a decision asks for."""
        known = {**snapshot.answers, **snapshot.officer_answers}
        key = (page.key, self.told(known), self.day)
        if key not in self._filled:
            self._filled[key] = self._situations((page,), known)
        return self._noted(self._filled[key])

    def told(self, known: Mapping[str, Json]) -> str:
        """Return what the conditions can see of answers."""
        return repr([(name, known[name]) for name in sorted(self.read) if name in known])

    def _situations(self, pages: tuple[Page, ...], around: Mapping[str, Json]) -> Situations:
        return situations(self.module, pages, self.rules, keys=self.rows, around=around, today=self.today)

    def _noted(self, found: Situations) -> tuple[dict[str, Json], ...]:
        self.exact &= found.exact
        if found.unfilled:
            self.unfilled.add(found.unfilled)
        return found.answers


def _days(rules: Iterable[Expression], today: date) -> list[date]:
    """Return the days that the rules can tell apart: today, those near what they name, and a last one.

    Where no rule reads the calendar one day is like another.
    """
    dated = [rule for rule in rules if any(node.op == "today" for node in rule.root.walk())]
    if not dated:
        return [today]
    values = [node.value for rule in dated for node in rule.root.walk() if node.op == "literal"]
    named = {value for value in values if isinstance(value, date)}
    named |= {today + timedelta(int(n)) for n in values if isinstance(n, Decimal) and 0 < n < FAR.days}
    near = {day + timedelta(step) for day in named for step in (-1, 0, 1)}
    ahead = sorted(day for day in near if today < day < today + FAR)[: MOST_DAYS - 2]
    return [today, *ahead, today + FAR]


def opened(module: Module) -> Module:
    """Return the service as it can be tried anywhere: whatever is looked for stands on the region's lists."""
    elsewhere = frozenset(key for key, dataset in module.datasets.items() if not dataset.items)
    pages = tuple(replace(p, fields=tuple(_open(f, elsewhere) for f in p.fields)) for p in module.pages)
    return replace(module, pages=pages, tables=_OpenTables(module.tables, elsewhere))


def conditions(module: Module) -> Iterator[tuple[str, Expression]]:
    """Yield every condition of the workflow with its place in the document."""
    for at, action in enumerate(module.workflow.actions):
        if action.when is not None:
            yield f"/workflow/actions/{at}/when", action.when
        for change_at, change in enumerate(action.changes):
            if change.value is not None:
                yield f"/workflow/actions/{at}/changes/{change_at}/set/to", change.value
    for at, status in enumerate(module.workflow.statuses):
        for task_at, task in enumerate(status.tasks):
            if task.when is not None:
                yield f"/workflow/statuses/{at}/tasks/{task_at}/when", task.when
        for rule_at, rule in enumerate(status.complete):
            if rule.when is not None:
                yield f"/workflow/statuses/{at}/complete/{rule_at}/when", rule.when


def _page_rules(module: Module) -> Iterator[Expression]:
    """Yield the plain rules of later pages: earlier answers decide what they ask and accept."""
    filing = module.filing_pages()
    for page in module.pages:
        if page in filing:
            continue
        rules: list[object] = [page.visible, page.check]
        for field in page.fields:
            rules += [field.visible, field.required, field.check]
        rules += [rule for group in page.groups for rule in (group.required, group.check)]
        for rule in rules:
            if isinstance(rule, Expression) and all(map(settles, rule.root.walk())):
                yield rule


def _rows(module: Module) -> dict[str, set[int]]:
    """Return the repeats that name offices, with how many of them something may turn on."""
    found: dict[str, set[int]] = defaultdict(set)
    for status in module.workflow.statuses:
        for task in status.tasks:
            if task.where.kind == "each":
                found[task.where.field] |= {*tally.offices(module, status, task)}
    return found


def _open(field: Field, elsewhere: frozenset[str]) -> Field:
    """Return a question without the filter over a list that only the region has."""
    fields = tuple(_open(inner, elsewhere) for inner in field.fields)
    return replace(field, fields=fields, filter=None if field.dataset in elsewhere else field.filter)
