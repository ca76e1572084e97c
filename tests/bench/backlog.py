"""What a step and the lists of officers cost with 1,000 and with 100,000 open cases in the region."""

from __future__ import annotations

import copy
import itertools
import json
import os
import statistics
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from runtime.cases import wording
from runtime.cases.models import Case, CaseEvent, Task, Word
from runtime.inbox import watching
from runtime.inbox.models import FirstView, SavedView, Watch
from runtime.modules import services as modules
from runtime.regions import scope
from runtime.regions.models import Membership, Region, Role, User
from tests.bench import budget, sides, steps, timing
from tests.bench.world import HOST, Scene

SIZES = (1_000, 100_000)
OFFICES, IN_HAND = 50, 200
SLICES, SECONDS, VISITS, LONGEST = 15, 0.3, 15, 5_000
LISTS = (
    ("list", ""),
    ("unit", "?tab=unit"),
    ("late", "?tab=late"),
    ("new", "?sort=new"),
    ("search", "?q=UKR-7"),
    ("a name", "?q=siti+warga42"),
    ("many of a name", "?q=siti+warga3"),
    ("no such", "?q=siti+nihil"),
    ("a street", "?q=jalan+melati"),
    ("all: common", "?tab=all&q=jalan+melati"),
    ("all: a name", "?tab=all&q=warga42+siti"),
    ("all: many of it", "?tab=all&q=warga3+siti"),
    ("all: rare", "?tab=all&q=nihil"),
    ("a service", "?service=ukur"),
    ("no such service", "?service=sepi"),
    ("late, no such", "?tab=late&service=sepi"),
    ("unit, counter", "?tab=unit&via=desk"),
    ("counter, words", "?via=desk&q=jalan+melati&sort=new"),
    ("all: counter", "?tab=all&via=desk&q=jalan+melati"),
    ("watched", "?tab=watched"),
    ("watched, words", "?tab=watched&q=jalan+melati"),
)
ROW = b'class="btn btn--small" href="/desk/cases/UKR'  # what opens an application, once in each row
OPENS_WITH = "no such service"
GROWTH, MOST_QUERIES, SLOWEST = 1.3, 12, 300


@dataclass(frozen=True, slots=True)
class Seen:
    """Milliseconds of a visit to a list, queries, applications on its page."""

    taken: float
    queries: int
    shown: int


def grow(scene: Scene, *, to: int) -> None:
    """Have `to` open cases in the region: each with its history and an open task in one of fifty offices."""
    offices = _offices(scene.region)
    missing = to - Case.objects.filter(closed_at=None).count()
    if missing > 0:
        walk = steps.ours(scene)
        walk.refill(1)
        model = Case.objects.get(reference=walk.pending[0][0])
        for numbers in _batches(missing, 2000):
            _copies(model, offices, len(numbers))
    if connection.vendor == "postgresql":  # which does both by itself, in time; SQLite knows neither
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def _batches(count: int, size: int) -> list[range]:
    return [range(begin, min(begin + size, count)) for begin in range(0, count, size)]


def _offices(region: Region) -> list[Region]:
    known = list(Region.objects.filter(tenant=region, kind=Region.Kind.VILLAGE).order_by("pk"))
    for n in range(len(known), OFFICES):
        known.append(
            Region.objects.create(
                key=f"desa-{n}", kind=Region.Kind.VILLAGE, name=f"Desa {n}", parent=region, tenant=region
            )
        )
    return known


def _copies(model: Case, offices: list[Region], count: int) -> None:
    event, task = CaseEvent.objects.get(case=model), Task.objects.get(case=model)
    cases, rows = [], itertools.cycle(offices[1:])  # the first is for `_clerk`
    before = Case.objects.count()
    for n in range(count):
        office = next(rows)
        age = timedelta(minutes=7 * n)
        cases.append(
            _copy(
                model,
                public_id=uuid.uuid4(),
                reference=f"UKR-{uuid.uuid4().hex[:16]}",
                submit_key=uuid.uuid4().hex,
                applicant_name=f"Siti Warga{before + n}",
                office=office,
                submitted_at=model.submitted_at - age,
                due_at=model.submitted_at + timedelta(days=30) - age,
            )
        )
    Case.objects.bulk_create(cases)
    _words(model, cases)
    CaseEvent.objects.bulk_create(_copy(event, case=case, at=case.submitted_at) for case in cases)
    Task.objects.bulk_create(
        _copy(task, case=case, office=case.office, opened_at=case.submitted_at, due_at=case.due_at)
        for case in cases
    )


def _words(model: Case, cases: list[Case]) -> None:
    """Give the copies of `model` the words that find them: those of its answers in one statement."""
    own = {*wording.of_reference(model.reference), *wording.split(model.applicant_name)}
    shared = Word.objects.filter(case=model).exclude(word__in=own).values_list("pk", flat=True)
    table, places = Word._meta.db_table, ", ".join(["%s"] * len(shared))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (region_id, case_id, word) SELECT c.region_id, c.id, w.word "
            f"FROM {table} w CROSS JOIN {Case._meta.db_table} c "
            f"WHERE w.id IN ({places}) AND c.id BETWEEN %s AND %s",
            [*shared, cases[0].pk, cases[-1].pk],
        )
    Word.objects.bulk_create(
        Word(region=case.region, case=case, word=word)
        for case in cases
        for word in {*wording.of_reference(case.reference), *wording.split(case.applicant_name)}
    )


def _copy(row: Any, **changes: Any) -> Any:
    made = copy.copy(row)
    made._state = copy.copy(row._state)
    made._state.fields_cache = dict(row._state.fields_cache)
    made.pk = None
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def _clerk(scene: Scene) -> User:
    """Return an officer of one village with some work in hand, the same at every size."""
    clerk = User.objects.create_user("lurah", "lurah@contoh.id", "lurah")
    office = _offices(scene.region)[0]
    role = Role.objects.get(region=scene.region, key="officer")
    Membership.objects.create(region=scene.region, office=office, user=clerk, role=role)
    walk = steps.ours(scene)
    walk.refill(1)
    _copies(Case.objects.get(reference=walk.pending[0][0]), [office, office], IN_HAND)
    return clerk


def chief(scene: Scene, name: str = "kepala") -> User:
    """Return an officer who holds the post in every other village: nearly all open tasks are theirs.

    They head the whole region as well, so each list is asked whose tasks they may give away.
    """
    chief = User.objects.create_user(name, f"{name}@contoh.id", name)
    role = Role.objects.get(region=scene.region, key="officer")
    for office in _offices(scene.region)[1:]:
        Membership.objects.create(region=scene.region, office=office, user=chief, role=role)
    title = {"id": "Pimpinan", "en": "Head"}
    heads, _new = Role.objects.get_or_create(
        region=scene.region, key="pimpinan", defaults={"title": title, "heads": True}
    )
    Membership.objects.create(region=scene.region, office=scene.region, user=chief, role=heads)
    return chief


def _quiet(scene: Scene) -> None:
    """Offer a second service for which nobody has applied: a filter that finds nothing."""
    document = json.loads(scene.installation.version.document) | {"key": "sepi"}
    modules.install(region=scene.region, document=json.dumps(document), number=1, now=timezone.now())


def _settle(scene: Scene, user: User) -> None:
    """Let the officer watch as many cases as anybody may, and keep views of the list."""
    now = timezone.now()
    mine = Task.objects.filter(office__in=user.memberships.values("office")).order_by("pk")
    Watch.objects.bulk_create(
        Watch(region=scene.region, user=user, case_id=pk, since=now)
        for pk in mine.values_list("case", flat=True)[: watching.MOST]
    )
    for what, query in LISTS:
        if query:
            SavedView.objects.create(region=scene.region, user=user, name=what, query=query)


def report() -> None:
    """Print what a step and each page take at both sizes, measured in turn in two databases."""
    found: dict[str, dict[int, Seen]] = {}
    with sides.beside(SIZES) as both:
        taken = {size: side.ask("bare") for size, side in both.items()}
        for name in both[SIZES[0]].ask("pages"):
            seen = {size: side.ask("look", name) for size, side in both.items()}
            times = _in_turn(both, name)
            found[name] = {size: Seen(times[size], *seen[size]) for size in SIZES}
        vendor = both[SIZES[0]].ask("vendor")
    _print(vendor, taken, found)


def _in_turn(both: Mapping[int, sides.Side], name: str) -> dict[int, float]:
    """Return the milliseconds of a visit at each size: of several, made in turn, the shortest.

    What others do on the machine makes visits longer, never shorter.
    """
    taken: dict[int, list[float]] = {size: [] for size in both}
    while len(taken[SIZES[0]]) < VISITS and sum(map(sum, taken.values())) < LONGEST:
        for size, side in both.items():
            taken[size].append(side.ask("visit", name))
    return {size: min(times) for size, times in taken.items()}


def answers(scene: Scene, size: int) -> Callable[..., Any]:
    """Prepare `size` open cases in the database of this process; return what answers for its side."""
    with scope.use(scene.region):
        _quiet(scene)
        clerk, all_over, other = _clerk(scene), chief(scene), chief(scene, "wakil")
        grow(scene, to=SIZES[0])
        for user in (clerk, all_over, other):
            _settle(scene, user)
        view = SavedView.objects.get(user=other, name=OPENS_WITH)
        FirstView.objects.create(region=scene.region, user=other, view=view)
        grow(scene, to=size)
    pages = _pages({"village": clerk, "everywhere": all_over}) | _opened(other)

    def bare() -> float:
        with scope.use(scene.region):
            return _of_bare(scene)

    asked = {
        "bare": bare,
        "pages": lambda: list(pages),
        "look": lambda name: _look(pages[name]),
        "visit": lambda name: _visit(pages[name]),
        "vendor": lambda: connection.vendor,
    }
    return lambda what, *more: asked[what](*more)


def _of_bare(scene: Scene) -> float:
    """Return how many bare transactions a step takes."""
    walk, ratios = steps.ours(scene), []
    for _ in range(SLICES):
        walk.refill(120)
        costs = timing.durable({"bare": steps.bare, "ours": walk.step}, seconds=SECONDS)
        ratios.append(costs["ours"].wall / costs["bare"].wall)
    return statistics.median(ratios)


def _pages(officers: dict[str, User]) -> dict[str, Callable[[], object]]:
    looks: dict[str, Callable[[], object]] = {}
    for who, user in officers.items():
        client = _logged_in(user)
        for what, query in LISTS:
            looks[f"{who}: {what}"] = lambda c=client, q=query: c.get(reverse("inbox:work") + q)
    return looks


def _opened(user: User) -> dict[str, Callable[[], object]]:
    """Return the visit of an officer whose desk opens with a view that they keep."""
    client = _logged_in(user)
    return {"opens with a view": lambda: client.get(reverse("inbox:work"))}


def _logged_in(user: User) -> Client:
    client = Client(headers={"host": HOST})
    client.force_login(user)
    return client


def _look(look: Callable[[], Any]) -> tuple[int, int]:
    """Return how many queries the page asks, and how many applications it shows."""
    look()
    with CaptureQueriesContext(connection) as queries:
        page = look()
    if page.status_code != 200:
        raise SystemExit("A list of work did not open.")
    return len(queries), page.content.count(ROW)


def _visit(look: Callable[[], Any]) -> float:
    began = time.perf_counter()
    look()
    return (time.perf_counter() - began) * 1000


def _print(vendor: str, taken: dict[int, float], found: dict[str, dict[int, Seen]]) -> None:
    small, large = SIZES
    print(f"\nOpen cases in the region on {vendor}: {small:,} and {large:,}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    grown = budget.at_most(taken[large] / taken[small], GROWTH, "x")
    print(f"a step, in bare transactions {taken[small]:8.2f}{taken[large]:10.2f}   {grown}")
    print(f"{'lists of work':30}{'ms':>13}{'ms':>10}{'ratio':>8}{'queries':>14}{'shown':>10}   budget")
    for name, at in found.items():
        before, after = at[small], at[large]
        mets = [
            budget.at_most(after.taken, SLOWEST, " ms"),
            budget.at_most(after.queries, MOST_QUERIES, " queries"),
            budget.at_most(after.taken / before.taken, GROWTH, "x")
            if before.shown >= after.shown
            else "shows more, so no ratio is judged",
        ]
        figures = f"{before.taken:13.1f}{after.taken:10.1f}{after.taken / before.taken:7.1f}x"
        asked = f"{before.queries:9}, {after.queries:3}{before.shown:6}, {after.shown:2}"
        print(f"{name:30}{figures}{asked}   {'; '.join(mets)}")
