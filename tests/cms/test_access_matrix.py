"""Every address × every actor × two regions: works, does not exist elsewhere, refuses, wrong method."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from runtime.regions import scope
from runtime.regions.models import Region
from runtime.viewlog.models import Viewing
from tests.cms.access.kinds import Cells
from tests.cms.access.routes import GROUPS, all_routes
from tests.cms.access.rows import DESK_CASE, ROWS
from tests.cms.access.world import ACTORS, World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all rows; each row's writes are rolled back to it."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        made = build()
        for actor in ACTORS:
            made.client(actor, made.here)
            made.client(actor, made.there)
        yield made
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `personal` when it tells of the applicant, `logged` the rows in the log of views."""

    status: int
    personal: bool
    logged: int


def _answer(world: World, actor: str, region: Region, method: str, path: str) -> Answer:
    with transaction.atomic(), scope.everywhere("the log of both regions is counted"):
        before = Viewing.objects.count()
        response = getattr(world.client(actor, region), method)(path)
        logged = Viewing.objects.count() - before
        transaction.set_rollback(True)
    body = b"".join(response) if response.streaming else response.content
    return Answer(response.status_code, any(one in body for one in world.personal), logged)


def _ask(world: World, actor: str, region: Region, method: str, path: str) -> int:
    return _answer(world, actor, region, method, path).status


# Lists name applicants, so that a case can be found; that is no view of a case (docs/adr/0033).
LISTS = {"desk/", "desk/bulk/", "desk/bulk/<uuid:key>/"}
SHOWN = {DESK_CASE, f"{DESK_CASE}files/<uuid:pk>/", f"{DESK_CASE}<slug:action>/"}


def _differences(world: World, region: Region, method: str, pattern: str, cells: Cells) -> list[str]:
    """Return what differs from the matrix, and where the log of views differs from what was shown.

    Exactly the answers with personal data of somebody else are logged; a page that refuses a step in a
    case may be logged without them.
    """
    got = {actor: _answer(world, actor, region, method, world.path(pattern)) for actor in ACTORS}
    asked = f"{method.upper()} {pattern} on {region.host}"
    wrong = [
        f"{asked} as {actor}: {answer.status}, expected {cells[actor]}"
        for actor, answer in got.items()
        if answer.status != cells[actor]
    ]
    logged = [
        f"{asked} as {actor}: {answer}"
        for actor, answer in got.items()
        if answer.logged != (answer.personal and actor != "citizen")
        and (answer.status == 200 or answer.personal)
    ]
    return wrong if pattern in LISTS else [*wrong, *logged]


class TestMatrix:
    def test_T5_has_a_row_for_every_address_of_our_own(self) -> None:
        assert {route.pattern for route in all_routes() if route.own} == set(ROWS)

    def test_names_the_guard_of_every_address_of_others(self) -> None:
        strays = [
            route for route in all_routes() if not route.own and not route.pattern.startswith(tuple(GROUPS))
        ]
        assert strays == []

    @pytest.mark.django_db
    @pytest.mark.parametrize("pattern", ROWS, ids=lambda pattern: pattern or "/")
    def test_T5_gives_each_actor_what_the_row_says(self, pattern: str, world: World) -> None:
        row = ROWS[pattern]
        differences = [
            *_differences(world, world.here, "get", pattern, row.get),
            *_differences(world, world.here, "post", pattern, row.post),
            *_differences(world, world.there, "get", pattern, row.there_get),
            *_differences(world, world.there, "post", pattern, row.there_post),
        ]
        assert differences == []

    @pytest.mark.django_db
    @pytest.mark.parametrize("pattern", sorted(SHOWN))
    def test_meets_personal_data_where_the_log_of_views_is_compared(self, pattern: str, world: World) -> None:
        answer = _answer(world, "counter", world.here, "get", world.path(pattern))
        assert answer == Answer(200, personal=True, logged=1)

    @pytest.mark.django_db
    @pytest.mark.parametrize("pattern", ROWS, ids=lambda pattern: pattern or "/")
    def test_refuses_a_method_nobody_should_use(self, pattern: str, world: World) -> None:
        row = ROWS[pattern]
        allowed = next(
            (actor for actor in ACTORS if {row.get[actor], row.post[actor]} & {200, 405, 422}), "anonymous"
        )
        assert _ask(world, allowed, world.here, "put", world.path(pattern)) == row.put


@pytest.mark.django_db
class TestGroups:
    """The addresses of other packages, as far as they have no parts to fill in."""

    PLAIN = tuple(
        f"/{route.pattern}"
        for route in all_routes()
        if not route.own
        and not set(route.pattern) & set("<(^\\")
        and not route.pattern.startswith("accounts/")
        and route.pattern not in ROWS
    )

    @pytest.mark.parametrize("path", [path for path in PLAIN if path.startswith("/django-admin/")])
    def test_of_djangos_admin_are_for_the_installations_administrator(self, path: str, world: World) -> None:
        for actor in ACTORS:
            status = _ask(world, actor, world.here, "get", path)
            assert status in ({200, 301, 302, 403, 404} if actor == "root" else {302}), (actor, status)

    @pytest.mark.parametrize("path", [path for path in PLAIN if path.startswith("/admin/")])
    def test_of_wagtails_admin_are_for_builders(self, path: str, world: World) -> None:
        open_to_all = {"/admin/jsi18n/", "/admin/sprite/"}  # words and icons of the editor
        for actor in set(ACTORS) - {"clerk", "administrator", "root"}:
            status = _ask(world, actor, world.here, "get", path)
            assert status in {302, 403, 404, 405} or path in open_to_all, (actor, status)
