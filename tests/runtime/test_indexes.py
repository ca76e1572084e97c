"""What is asked again and again finds its rows by an index of its own, never by that of the whole region.

SQLite keeps no statistics here: to it an index of the region alone looks as good as the right one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runtime.batches import selectors as batches
from runtime.cases import abandoned, selectors, tasklists, timers, verifying
from runtime.cases.models import Attachment, Case, Edit, Message
from runtime.digests import gathering
from runtime.effects import selectors as effects
from runtime.effects import services as outbox
from runtime.inbox.access import Officer
from runtime.inbox.watching import Watched
from runtime.moves import selectors as moves
from runtime.regions import selectors as regions
from runtime.regions.capacity import Capacity
from runtime.wizard.models import Draft
from tests.runtime.conftest import NOW, Village

pytestmark = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL keeps statistics and needs no hint."
)

# What goes by an index, or through the rows that the question itself has gathered before.
GATHERED = re.compile(r"INDEX|CONSTANT ROW|SCAN (t|near|first|post|\(subquery-\d+\))$")


def plan(ask: Callable[[], Any]) -> Iterator[str]:
    """Yield how the database finds what `ask` asks for, one step of it at a time."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    for query in asked.captured_queries:
        if query["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                yield from (row[3] for row in cursor.fetchall())


def _drafts(desk: Village, _case: Case) -> Any:
    return list(Draft.objects.filter(region=desk.region, owner=desk.head, submitted_at=None))


def _files(desk: Village, _case: Case) -> Any:
    return list(Attachment.objects.filter(region=desk.region, case__isnull=True, draft_token="x"))


def _items(desk: Village, _case: Case) -> Any:
    return list(batches.items(batches.Batch(pk=1, region=desk.region)))


def _moves(desk: Village, _case: Case) -> Any:
    return list(moves.items(moves.Batch(pk=1, region=desk.region), state="chosen")[:50])


def _late(desk: Village, _case: Case) -> Any:
    """Ask what is late for somebody with two posts, as it is counted."""
    held = [Capacity((role, desk.office.pk), {}) for role in ("clerk", "head")]
    late = tasklists.own(desk.region, desk.clerk, held=held).filter(due_at__lt=NOW)
    return list(late.every.order_by().values("pk")[:1001])


def _held(desk: Village) -> tuple[Capacity, ...]:
    return regions.at_desk(desk.region, desk.head)


def _page(desk: Village, **parts: Any) -> Any:
    return list(tasklists.own(desk.region, desk.head, held=_held(desk)).filter(**parts).part(0, 25))


def _watched(desk: Village, _case: Case) -> Any:
    return Watched(Officer(desk.head, desk.region, _held(desk))).cases


def _kinds(desk: Village, **asked: str) -> None:
    for rows in selectors.Kinds(desk.region, **asked).rows():
        list(Case._base_manager.filter(pk__in=rows).order_by().values("pk"))


ASKED: dict[str, tuple[str, Callable[[Village, Case], Any]]] = {
    "the outbox": ("effect_waiting", lambda desk, case: outbox.due_ids(now=NOW)),
    "its backlog": ("effect_waiting", lambda desk, case: effects.backlog(NOW)),
    "what it gave up": (
        "effect_parked",
        lambda desk, case: list(effects.parked(desk.region).order_by("-pk")[:50]),
    ),
    "the clock": ("case_timer", lambda desk, case: timers.fire_timers(NOW)),
    "registers": ("verification_due", lambda desk, case: verifying.verify_due(NOW)),
    "hands that are gone": ("task_in_hand", lambda desk, case: abandoned.give_back(NOW)),
    "the posts of a person": (
        "membership_of_person",
        lambda desk, case: regions.posts(desk.region, desk.head, on=NOW),
    ),
    "cases of an applicant": (
        "case_of_applicant",
        lambda desk, case: list(selectors.cases_of_applicant(desk.region, desk.head)),
    ),
    "cases that a case opened": ("case_children", lambda desk, case: list(Case.objects.filter(parent=case))),
    "the page of a case": ("cases_message_", lambda desk, case: list(Message.objects.filter(case=case))),
    "what officers changed": ("cases_edit_", lambda desk, case: list(Edit.objects.filter(case=case))),
    "what registers said": ("cases_verification", lambda desk, case: selectors.verifications(case)),
    "its moves": ("cases_move", lambda desk, case: selectors.status_of(case.pk)),
    "its history": ("cases_caseevent", lambda desk, case: selectors.timeline(case, "id")),
    "what is late for two posts": ("task_open_due", _late),
    "a page of work": ("task_open_due", lambda desk, case: _page(desk)),
    "a page of what is late": ("task_open_due", lambda desk, case: _page(desk, due_at__lt=NOW)),
    "what an officer watches": ("INTEGER PRIMARY KEY", _watched),
    "work of a service": ("case_of_service", lambda desk, case: _kinds(desk, service="izin")),
    "work from the counter": ("case_by_channel", lambda desk, case: _kinds(desk, channel="desk")),
    "officers who are told at once": ("task_open_new", lambda desk, case: gathering.with_news(NOW)),
    "files of a draft": ("attachment_of_draft", _files),
    "drafts of a person": ("draft_of_person", _drafts),
    "cases of a batch": ("batches_item", _items),
    "cases of a move": ("moves_item_batch", _moves),
}


class TestEachHotQuestion:
    @pytest.mark.parametrize("name", sorted(ASKED))
    def test_never_goes_through_the_whole_region(self, desk: Village, name: str) -> None:
        index, ask = ASKED[name]
        case = desk.submit().case
        steps = list(plan(lambda: ask(desk, case)))
        assert any(index in step for step in steps), steps
        wide = [step for step in steps if step.endswith("(region_id=?)") and "effect_parked" not in step]
        whole = [step for step in steps if step.startswith("SCAN") and not GATHERED.search(step)]
        assert [step for step in whole if not step.endswith("regions_region")] + wide == []
