"""The list of work: which tasks an officer sees, filtered, sorted, in pages, said in words.

The number of queries does not depend on the number of tasks; definitions are fetched once per version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from runtime.cases import selectors as cases
from runtime.cases.selectors import Task
from runtime.inbox import bulk, capacities, deadline
from runtime.inbox.access import Officer
from runtime.inbox.deadline import Due
from runtime.modules import selectors as modules
from schemas.definition import Module

PER_PAGE = 25
LONGEST_SEARCH = 100
LONGEST_KEY = 60
TABS: tuple[tuple[str, Promise], ...] = (
    ("mine", _("My tasks")),
    ("unit", _("My unit")),
    ("late", _("Overdue")),
)
SORTS: tuple[tuple[str, Promise], ...] = (
    ("due", _("deadline")),
    ("new", _("newest first")),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything unknown falls back to the usual."""

    tab: str = "mine"
    service: str = ""
    search: str = ""
    sort: str = "due"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filters:
        tab, sort = query.get("tab", ""), query.get("sort", "")
        return cls(
            tab=tab if tab in dict(TABS) else "mine",
            service=_plain(query.get("service", ""))[:LONGEST_KEY],
            search=_plain(query.get("q", ""))[:LONGEST_SEARCH],
            sort=sort if sort in dict(SORTS) else "due",
        )

    def address(self, **changes: str) -> str:
        """Return the query string of these filters with `changes`, leaving out what is usual."""
        values = {"tab": self.tab, "service": self.service, "q": self.search, "sort": self.sort, **changes}
        usual = {"tab": "mine", "sort": "due", "page": "1"}
        return "?" + urlencode({k: v for k, v in values.items() if v and v != usual.get(k)})


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the three lists with its number of tasks."""

    key: str
    title: Promise
    count: int
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One task in words."""

    task: int
    seen: int
    bulk: bool
    reference: str
    applicant: str
    service: str
    step: str
    office: str
    due: Due | None
    corrected: bool
    written: bool
    capacity: str


@dataclass(frozen=True, slots=True)
class WorkList:
    """All that the page of the work list shows."""

    filters: Filters
    tabs: tuple[Tab, ...]
    services: tuple[tuple[str, str], ...]
    page: Page[Task]
    rows: tuple[Row, ...]
    late: int
    all: bool = False

    @property
    def bulk(self) -> bool:
        """Whether something on this page may be done on many cases at once."""
        return any(row.bulk for row in self.rows)

    @property
    def select_all(self) -> str:
        return self.filters.address(page=str(self.page.number), all="1")

    @property
    def select_none(self) -> str:
        return self.filters.address(page=str(self.page.number))

    @property
    def before(self) -> str:
        return self.filters.address(page=str(self.page.number - 1)) if self.page.has_previous() else ""

    @property
    def after(self) -> str:
        return self.filters.address(page=str(self.page.number + 1)) if self.page.has_next() else ""


def work_list(officer: Officer, query: Mapping[str, str], *, language: str, now: datetime) -> WorkList:
    """Return the page of work that `query` asks for."""
    filters = Filters.read(query)
    mine = cases.work(officer.region, officer.user, held=officer.held)
    unit = cases.unit_work(officer.region, officer.user, held=officer.held)
    lists = {"mine": mine, "unit": unit, "late": mine.filter(due_at__lt=now)}
    counts = mine.aggregate(mine=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    counts["unit"] = unit.count()
    chosen = lists[filters.tab]
    newest = dict(chosen.order_by().values_list("case__version__key").annotate(Max("case__version_id")))
    page = Paginator(_sorted(_filtered(chosen, filters), filters.sort), PER_PAGE).get_page(query.get("page"))
    tasks = list(page.object_list)
    versions = {task.case.version_id for task in tasks} | set(newest.values())
    definitions = modules.definitions(officer.region, versions)
    services = tuple((key, definitions[version].title.say(language)) for key, version in newest.items())
    corrected = _corrected(unit, tasks)
    return WorkList(
        filters=filters,
        tabs=tuple(
            Tab(key, title, counts[key], filters.address(tab=key, page="1"), key == filters.tab)
            for key, title in TABS
        ),
        services=tuple(sorted(services, key=lambda pair: pair[1].casefold())),
        page=page,
        rows=tuple(
            _row(officer, task, definitions[task.case.version_id], task.pk in corrected, language, now)
            for task in tasks
        ),
        late=counts["late"],
        all=query.get("all") == "1",
    )


def next_reference(officer: Officer, *, after: str) -> str:
    """Return the reference of the most urgent case that waits for the officer, other than `after`."""
    mine = cases.work(officer.region, officer.user, held=officer.held)
    waiting = _sorted(mine.exclude(case__reference=after), "due")
    return waiting.values_list("case__reference", flat=True).first() or ""


def step_title(module: Module, task: Task, language: str) -> str:
    """Return what the task is called in its status."""
    status = module.workflow.status(task.status)
    rule = next((rule for rule in status.tasks if rule.key == task.key), None)
    return (rule.title if rule and rule.title else status.title).say(language)


def _plain(typed: str) -> str:
    """Return what was typed on one line, without what no database takes."""
    return " ".join(typed.replace("\x00", "").split())


def _filtered(tasks: QuerySet[Task], filters: Filters) -> QuerySet[Task]:
    if filters.service:
        tasks = tasks.filter(case__version__key=filters.service)
    if filters.search:
        words = filters.search
        tasks = tasks.filter(Q(case__reference__icontains=words) | Q(case__applicant_name__icontains=words))
    return tasks


def _sorted(tasks: QuerySet[Task], sort: str) -> QuerySet[Task]:
    tasks = (
        cases.written(tasks)
        .select_related(None)
        .select_related("case", "office")
        .defer("case__answers", "case__officer_answers")
    )
    if sort == "new":
        return tasks.order_by("-opened_at", "-pk")
    return tasks.order_by(F("due_at").asc(nulls_last=True), "opened_at", "pk")


def _corrected(unit: QuerySet[Task], tasks: list[Task]) -> set[int]:
    """Return the tasks that were opened by the applicant's answer to a correction."""
    ids = [task.pk for task in tasks]
    answered = unit.order_by().filter(pk__in=ids, case__corrections__answered_at__gte=F("opened_at"))
    return set(answered.values_list("pk", flat=True))


def _row(officer: Officer, task: Task, module: Module, corrected: bool, language: str, now: datetime) -> Row:
    return Row(
        task=task.pk,
        seen=task.case.revision,
        bulk=bulk.offered(module, task),
        reference=task.case.reference,
        applicant=task.case.applicant_name,
        service=module.title.say(language),
        step=step_title(module, task, language),
        office=task.office.name,
        due=deadline.due(task.due_at, now=now, region=officer.region),
        corrected=corrected,
        written=bool(getattr(task, "written", False)),
        capacity=capacities.borne(officer.held, task.role, task.office_id, module.key, language),
    )
