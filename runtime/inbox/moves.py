"""What the pages about moves between versions show: services with their versions, a plan and its cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.forms.summary import summary
from runtime.inbox.access import Officer, opens
from runtime.look import words
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.moves import selectors, services
from runtime.moves.selectors import Batch, Item, Tally
from runtime.moves.sentences import KINDS, Words
from runtime.regions.models import Region
from runtime.workflow.moving.values import SAFE, loss_name

PER_PAGE = 50
MOVED, RETURNED = Item.State.MOVED, Item.State.RETURNED


@dataclass(frozen=True, slots=True)
class Older:
    """A version on which cases still run, and those they could go to, the newest first."""

    version: ModuleVersion
    count: int
    targets: tuple[ModuleVersion, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the region of which cases run on more than its present version."""

    title: str
    present: ModuleVersion
    older: tuple[Older, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer or a decision that would be lost; `value` is told to whom may open the case."""

    sentence: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a plan. `address` leads to it if the reader may open it; `pickable`: it can be ticked."""

    id: int
    case: Case
    address: str
    kind: str
    tone: str
    pickable: bool
    left: str
    bars: tuple[str, ...]
    needs: tuple[str, ...]
    losses: tuple[Lost, ...]
    changes: tuple[str, ...]

    @property
    def reference(self) -> str:
        return self.case.reference

    @property
    def tells(self) -> bool:
        """Whether an answer of the case is shown."""
        return any(loss.value for loss in self.losses)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A loss that can be agreed to, and how many cases of the plan it is about."""

    name: str
    sentence: str
    count: int


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the plan: `show` is what the address says."""

    show: str
    title: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """All that the page of a plan shows."""

    batch: Batch
    service: str
    tally: Tally
    busy: bool
    safe: int
    tabs: tuple[Tab, ...]
    show: str
    page: Page[Item]
    rows: tuple[Row, ...]
    agreements: tuple[Agreement, ...]

    @property
    def before(self) -> str:
        return f"?show={self.show}&page={self.page.number - 1}" if self.page.has_previous() else ""

    @property
    def after(self) -> str:
        return f"?show={self.show}&page={self.page.number + 1}" if self.page.has_next() else ""

    @property
    def done(self) -> int:
        """Return how many of the cases under way are finished, for the bar."""
        return self.tally.looked if self.planning else self.most - self.tally.waiting

    @property
    def planning(self) -> bool:
        return self.batch.state == Batch.State.PLANNING

    @property
    def most(self) -> int:
        return max(self.tally.total, 1)


def found(region: Region) -> tuple[Service, ...]:
    """Return the services of which open cases run on another version than the present one."""
    counts = cases.open_by_version(region)
    services_ = []
    for installation in modules.installations(region):
        versions = selectors.versions(region, installation.key, counts)
        older = tuple(
            Older(version, count, tuple(v for v, _n in versions if v.pk != version.pk))
            for version, count in versions
            if count and version.pk != installation.version_id
        )
        if older:
            title = words.say(modules.definition(installation.version).title)
            services_.append(Service(title, installation.version, older))
    return tuple(services_)


def plan_page(officer: Officer, batch: Batch, query: Mapping[str, str], now: datetime) -> PlanPage:
    """Return the page of a plan that `query` (`show`, `page`) asks for."""
    tally, told = selectors.tally(batch), selectors.words_of(batch, now)
    tabs = _tabs(tally, query.get("show", ""))
    show = next(tab.show for tab in tabs if tab.current)
    page = Paginator(_shown(batch, show), PER_PAGE).get_page(query.get("page"))
    items = list(page.object_list)
    return PlanPage(
        batch=batch,
        service=words.say(told.new.title),
        tally=tally,
        busy=batch.state in services.BUSY,
        safe=sum(tally.kinds[kind] for kind in SAFE),
        tabs=tabs,
        show=show,
        page=page,
        rows=tuple(_row(officer, item, told) for item in items),
        agreements=tuple(_agreements(batch, told)) if show == "loses" else (),
    )


def _tabs(tally: Tally, show: str) -> tuple[Tab, ...]:
    found_ = [(str(kind), str(title), tally.kinds[kind]) for kind, title in KINDS.items()]
    found_ += [(state, str(Item.State(state).label), tally.states[state]) for state in (MOVED, RETURNED)]
    known = [key for key, _title, count in found_ if count]
    current = show if show in {key for key, _title, _count in found_} else next(iter(known), "unaffected")
    return tuple(
        Tab(key, title, count, key == current) for key, title, count in found_ if count or key == current
    )


def _shown(batch: Batch, show: str) -> Any:
    if show in (MOVED, RETURNED):
        return selectors.items(batch, state=show)
    return selectors.items(batch, kind=show)


def _row(officer: Officer, item: Item, told: Words) -> Row:
    case = item.case
    open_ = opens(officer, case.reference)
    pickable = item.state == MOVED or (item.state == Item.State.PLANNED and item.kind in (*SAFE, "loses"))
    losses = [Lost(told.loss(*one), _value(case, told, *one) if open_ else "") for one in item.plan["losses"]]
    return Row(
        id=item.pk,
        case=case,
        address=reverse("inbox:case", args=[case.reference]) if open_ else "",
        kind=str(KINDS[item.kind]),
        tone={"needs": "tag--warn", "loses": "tag--warn", "cannot": "tag--late"}.get(item.kind, "tag--grey"),
        pickable=pickable,
        left=told.left(item.why),
        bars=tuple(told.hindrances(item.plan)),
        needs=tuple(told.needs(item.plan)),
        losses=tuple(losses),
        changes=tuple(told.changes(item.plan)),
    )


def _value(case: Case, told: Words, what: str, key: str, inner: str = "") -> str:
    """Return the answer that would be lost, as officers read it."""
    if what != "answer" or inner:
        return ""
    answers = {**case.answers, **case.officer_answers}
    pages = [page for page in told.old.pages if any(question.key == key for question in page.fields)]
    said = summary(told.old, answers, language=words.language(), region=case.region, pages=pages, mask=True)
    rows = (row for page in said for row in page.rows if row.key == key)
    return next((row.value for row in rows), "")


def _agreements(batch: Batch, told: Words) -> Iterable[Agreement]:
    """Yield each loss of the plan, with how many of its cases have it."""
    counts: Counter[tuple[str, ...]] = Counter()
    for plan in selectors.items(batch, kind="loses").values_list("plan", flat=True).iterator():
        counts.update({tuple(one) for one in plan["losses"]})
    for one, count in sorted(counts.items()):
        yield Agreement(loss_name(*one), told.loss(*one), count)


def agreed(item: Item, losses: Collection[str]) -> bool:
    """Tell whether every loss of a case is among those that were agreed to."""
    return all(loss_name(*one) in losses for one in item.plan["losses"])


def result(batch: Batch, count: int) -> str:
    """Say what was begun."""
    if batch.state == Batch.State.UNDOING:
        return _("%(count)s cases are being moved back.") % {"count": count}
    return _("%(count)s cases are being moved.") % {"count": count}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list."""

    batch: Batch
    service: str
    moved: int


def plan_line(batch: Batch) -> PlanLine:
    """Return what the list says of a plan."""
    return PlanLine(batch, words.say(modules.definition(batch.new).title), selectors.tally(batch).moved)


def between(region: Region, old: ModuleVersion, new: ModuleVersion) -> dict[str, Any]:
    """Return what the page of the rules says of the two versions, and which others there are."""
    versions = selectors.versions(region, old.key, cases.open_by_version(region))
    return {
        "service": words.say(modules.definition(new).title),
        "old": old,
        "new": new,
        "count": next((count for version, count in versions if version.pk == old.pk), 0),
        "others": [version for version, _count in versions if version.pk not in (old.pk, new.pk)],
    }
