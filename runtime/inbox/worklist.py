"""The list of work: which tasks an officer sees, filtered, sorted, in pages, said in words.

Neither the number of queries nor what they read depends on the number of tasks: counts stop at a thousand,
and so does leafing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, islice
from urllib.parse import parse_qsl

from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case, Sought, Task, TaskList
from runtime.inbox import rows, savedviews
from runtime.inbox.access import Officer
from runtime.inbox.rows import Row
from runtime.inbox.savedviews import Named
from runtime.inbox.watching import Watched
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from schemas.definition import Module

Reading = Callable[[int], list[Task] | list[Case]]
PER_PAGE = 25
MOST = 1000  # tasks that are counted, and that pages can be leafed through
MOST_SERVICES = 200  # to choose from
LONGEST_SEARCH = 100
LONGEST_KEY = 60
TABS: tuple[tuple[str, Promise], ...] = (
    ("mine", _("My tasks")),
    ("unit", _("My unit")),
    ("late", _("Overdue")),
    ("watched", _("Watched")),
    ("all", _("All applications")),
)
CHANNELS = dict(Case.Channel.choices)
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
    channel: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filters:
        tab, sort = query.get("tab", ""), query.get("sort", "")
        return cls(
            tab=tab if tab in dict(TABS) else "mine",
            service=_plain(query.get("service", ""))[:LONGEST_KEY],
            search=_plain(query.get("q", ""))[:LONGEST_SEARCH],
            sort=sort if sort in dict(SORTS) else "due",
            channel=channel if (channel := query.get("via", "")) in CHANNELS else "",
        )

    @property
    def values(self) -> dict[str, str]:
        """All of them by their names in an address and in a form."""
        named = {"tab": self.tab, "service": self.service, "q": self.search, "sort": self.sort}
        return named | {"via": self.channel}

    @property
    def narrowed(self) -> bool:
        """Whether the list leaves tasks out, or is in another order, by more than its words."""
        return bool(self.service or self.channel or self.sort != "due")

    def address(self, **changes: str) -> str:
        """Return the query string of these filters with `changes`, leaving out what is usual."""
        usual = {"sort": "due", "page": "1"}
        values = self.values | changes
        return "?" + urlencode({k: v for k, v in values.items() if v and v != usual.get(k)})


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists; `more` when there are more tasks than `count`, which what is only searched lacks."""

    key: str
    title: Promise
    count: int | None
    more: bool
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class WorkList:
    """All that the page of the work list shows; `number` is that of the page.

    `looked` is through how many of the newest cases was looked, 0 when through all.
    """

    filters: Filters
    tabs: tuple[Tab, ...]
    services: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    views: tuple[Named, ...] = ()
    number: int = 1
    more: bool = False
    all: bool = False
    looked: int = 0

    @property
    def everywhere(self) -> str:
        """Where the same words are looked for in all applications."""
        return self.filters.address(tab="all", page="1") if self.filters.search else ""

    @property
    def bulk(self) -> bool:
        """Whether something on this page may be done on many cases at once."""
        return any(row.bulk for row in self.rows)

    @property
    def gives(self) -> bool:
        """Whether tasks on this page may be given to somebody."""
        return any(row.gives for row in self.rows)

    @property
    def savable(self) -> bool:
        """Whether the filters are worth a name: they have none yet and are not just a tab."""
        asked = self.filters.service or self.filters.search or self.filters.channel
        plain = not (asked or self.filters.sort != "due")
        return not plain and not any(view.current for view in self.views)

    @property
    def select_all(self) -> str:
        return self.filters.address(page=str(self.number), all="1")

    @property
    def select_none(self) -> str:
        return self.filters.address(page=str(self.number))

    @property
    def before(self) -> str:
        return self.filters.address(page=str(self.number - 1)) if self.number > 1 else ""

    @property
    def after(self) -> str:
        return self.filters.address(page=str(self.number + 1)) if self.more and not self.ends else ""

    @property
    def ends(self) -> bool:
        """Whether leafing ends here although there is more."""
        return self.more and self.number * PER_PAGE >= MOST


def work_list(officer: Officer, query: Mapping[str, str], *, language: str, now: datetime) -> WorkList:
    """Return the page of work that `query` asks for; asked for nothing, what the officer opens it with."""
    views = savedviews.of_officer(officer)
    if not query:
        query = dict(parse_qsl(next((view.query[1:] for view in views if view.first), "")))
    filters = Filters.read(query)
    chosen = _chosen(officer, filters, now)
    number, found = _page(chosen.read, query.get("page", ""))
    shown = found[:PER_PAGE]
    current = list(modules.current(officer.region)[: MOST_SERVICES + 1])
    definitions = _definitions(officer, {_case(one).version_id for one in shown}, current)
    return WorkList(
        filters=filters,
        tabs=tuple(_tab(key, title, chosen.counts.get(key), filters) for key, title in TABS),
        services=_services(officer, current, definitions.values(), language),
        rows=tuple(_row(officer, one, definitions[_case(one).version_id], language, now) for one in shown),
        views=savedviews.named(views, shown=filters.address()),
        number=number,
        more=len(found) > PER_PAGE,
        all=query.get("all") == "1",
        looked=cases.LOOKED if chosen.many else 0,
    )


def next_reference(officer: Officer, *, after: str) -> str:
    """Return the reference of the most urgent case that waits for the officer, other than `after`."""
    mine = cases.own(officer.region, officer.user, held=officer.held)
    waiting = mine.part(0, 2).values_list("case__reference", flat=True)
    return next((reference for reference in waiting if reference != after), "")


def _plain(typed: str) -> str:
    """Return what was typed on one line, without what no database takes."""
    return " ".join(typed.replace("\x00", "").split())


def _tab(key: str, title: Promise, count: int | None, filters: Filters) -> Tab:
    address, current = filters.address(tab=key, page="1"), key == filters.tab
    if count is None:
        return Tab(key, title, None, False, address, current)
    return Tab(key, title, min(count, MOST), count > MOST, address, current)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What the filters leave: how to read it, how much each tab holds, whether only a part was looked at."""

    read: Reading
    counts: Mapping[str, int]
    many: bool


def _chosen(officer: Officer, filters: Filters, now: datetime) -> _Chosen:
    mine = cases.own(officer.region, officer.user, held=officer.held)
    unit = cases.of_unit(officer.region, officer.user, held=officer.held)
    lists = {"mine": mine, "unit": unit, "late": mine.filter(due_at__lt=now)}
    watched = Watched(officer)
    words = cases.words(filters.search)
    kinds = cases.Kinds(officer.region, filters.service, filters.channel)
    everything = filters.tab == "all" and bool(words)
    beside = (
        cases.rows_of_words(officer.region, words, far=everything),
        kinds.rows(),
        cases.rows_given(officer.region, officer.held) if everything else [],
    )
    numbers = iter(cases.counts(tuple(lists.values()), most=MOST + 1, beside=[*chain(*beside)]))
    counts = {key: next(numbers) for key in lists} | {"watched": len(watched.cases)}
    of_words, of_kinds, of_posts = ([*islice(numbers, len(rows))] for rows in beside)
    listed = min(of_posts, default=MOST + 1) if everything else counts.get(filters.tab, MOST + 1)
    known = listed if listed <= MOST else None
    wanted = cases.sought(officer.region, words, of_words, listed=known) if filters.search else None
    if wanted is not None and of_posts:
        wanted = cases.sought_by_posts(wanted, officer.held, of_posts)
    if filters.tab == "watched":
        read = _watched(watched, filters, wanted)
    elif filters.tab == "all":
        read = partial(_found, officer, filters, wanted)
    else:
        few = wanted is not None and wanted.few is not None
        tasks = kinds.tasks(lists[filters.tab], of_kinds, search=few)
        read = partial(_read, wanted.tasks(tasks) if wanted else tasks, filters)
    many = filters.tab == "all" and wanted is not None and not wanted.whole
    return _Chosen(read, counts, many)


def _page(read: Reading, asked: str) -> tuple[int, list[Task] | list[Case]]:
    """Return the page and what is on it with one more if there is one; the first where there is no such."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    number = min(max(number, 1), MOST // PER_PAGE)
    found = read((number - 1) * PER_PAGE)
    return (number, found) if found or number == 1 else (1, read(0))


def _read(tasks: TaskList, filters: Filters, start: int) -> list[Task]:
    found = tasks.part(start, start + PER_PAGE + 1, newest=filters.sort == "new")
    found = cases.told(found).select_related("case", "office")
    return list(found.defer("case__answers", "case__officer_answers"))


def _found(officer: Officer, filters: Filters, wanted: Sought | None, start: int) -> list[Case]:
    """Return the applications with the words; a whole reference finds whatever one may open."""
    if wanted is None:
        return []
    if wanted.few and cases.normalised(filters.search):
        return cases.openable(officer.region, wanted.few, held=officer.held)
    stop = start + PER_PAGE + 1
    return cases.readable(
        officer.held, wanted, service=filters.service, channel=filters.channel, start=start, stop=stop
    )


def _watched(watched: Watched, filters: Filters, wanted: Sought | None) -> Reading:
    newest = filters.sort == "new"
    found = watched.matching(service=filters.service, channel=filters.channel, wanted=wanted, newest=newest)
    return lambda start: found[start : start + PER_PAGE + 1]


def _case(one: Task | Case) -> Case:
    return one.case if isinstance(one, Task) else one


def _row(officer: Officer, one: Task | Case, module: Module, language: str, now: datetime) -> Row:
    if isinstance(one, Task):
        return rows.of_task(officer, one, module, language, now)
    return rows.of_case(officer, one, module, language, now)


def _definitions(
    officer: Officer, versions: Collection[int], current: Sequence[ModuleVersion]
) -> dict[int, Module]:
    """Return the definitions of some versions; of those that are `current` nothing is asked anew."""
    known = {one.pk: modules.definition(one) for one in current if one.pk in versions}
    others = set(versions) - known.keys()
    return known | (modules.definitions(officer.region, others) if others else {})


def _services(
    officer: Officer, current: Sequence[ModuleVersion], shown: Iterable[Module], language: str
) -> tuple[tuple[str, str], ...]:
    """Return the services whose workflow knows a role of the officer, by title.

    Where a region has more than anybody wants to choose from: those of the page.
    """
    roles = {one.post[0] for one in officer.held}
    known = [modules.definition(one) for one in current] if len(current) <= MOST_SERVICES else shown
    asked = {
        module.key: module.title.say(language)
        for module in known
        if roles & {role.key for role in module.workflow.roles}
    }
    return tuple(sorted(asked.items(), key=lambda pair: pair[1].casefold()))
