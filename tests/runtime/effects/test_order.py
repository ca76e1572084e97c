"""Effects of one case stay in order within their lane; nothing else waits for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from runtime.effects import registry, services, standing, wake
from runtime.effects.contract import Hopeless, Needless
from runtime.effects.models import EffectRun
from runtime.outside.calling import Undelivered
from runtime.regions import scope
from runtime.regions.models import Region
from tests.runtime.conftest import NOW
from tests.runtime.together import together

State = EffectRun.State


class Recorder:
    """Notes in which order things were done; fails as it is told, and says when it begins."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.succeeded: list[str] = []
        self.errors: dict[str, Exception] = {}
        self.busy: set[int] = set()
        self.overtaken: list[str] = []
        self.lock = threading.Lock()

    def run(self, row: EffectRun, *, now: datetime) -> None:
        with self.lock:
            if row.case_id in self.busy:
                self.overtaken.append(row.dedupe)
            self.busy.add(row.case_id)
        threading.Event().wait(0.003)
        with self.lock:
            self.busy.discard(row.case_id)
            self.done.append(row.dedupe)
        if row.dedupe in self.errors:
            raise self.errors[row.dedupe]
        with self.lock:
            self.succeeded.append(row.dedupe)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    handler = Recorder()
    monkeypatch.setitem(registry._HANDLERS, "note", handler)
    return handler


def put(region: Region, name: str, *, case: int = 1, lane: str = "note", **more: Any) -> EffectRun:
    values: dict[str, Any] = {"event_n": 1, "type": "note", "payload": {}, "now": NOW} | more
    with scope.use(region):
        return services.enqueue(region=region, case_id=case, dedupe=name, lane=lane, **values)


def state(row: EffectRun) -> str:
    with scope.everywhere("a test looks"):
        return str(EffectRun.objects.get(pk=row.pk).state)


class TestLane:
    def test_holds_a_later_effect_until_the_earlier_one_is_done(
        self, tangerang: Region, recorder: Recorder
    ) -> None:
        put(tangerang, "first")
        put(tangerang, "second")
        put(tangerang, "other lane", lane="else")
        put(tangerang, "other case", case=2)
        put(tangerang, "no lane", lane="")
        recorder.errors["first"] = OSError("down")
        services.run_due(now=NOW)
        assert recorder.done == ["first", "other lane", "other case", "no lane"]
        assert services.due_ids(now=NOW) == []
        recorder.errors.clear()
        services.run_due(now=NOW + timedelta(minutes=1))
        assert recorder.done[4:] == ["first", "second"]

    def test_is_held_by_a_lease_too(self, tangerang: Region, recorder: Recorder) -> None:
        put(tangerang, "first")
        put(tangerang, "second")
        first = services.claim(now=NOW)
        assert first is not None
        assert services.claim(now=NOW) is None
        services.run(first, now=NOW)
        second = services.claim(now=NOW)
        assert second is not None
        assert second.dedupe == "second"

    def test_is_not_held_for_ever_by_one_that_was_parked(self, tangerang: Region, recorder: Recorder) -> None:
        parked = put(tangerang, "first")
        put(tangerang, "second")
        recorder.errors["first"] = Hopeless("never")
        services.run_due(now=NOW)
        assert (state(parked), recorder.done) == (State.FAILED, ["first", "second"])

    def test_is_held_by_one_for_later_only_when_its_time_has_come(
        self, tangerang: Region, recorder: Recorder
    ) -> None:
        week = timedelta(days=7)
        put(tangerang, "reminder", due_at=NOW + week)
        put(tangerang, "now")
        services.run_due(now=NOW)
        assert recorder.done == ["now"]
        recorder.errors["reminder"] = OSError("down")
        put(tangerang, "next", now=NOW + week)
        services.run_due(now=NOW + week)
        assert recorder.done == ["now", "reminder"]

    def test_tells_the_one_that_waited(
        self, tangerang: Region, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With Celery a hint at a row that had to wait is used up; so there is another."""
        hinted: list[int] = []
        put(tangerang, "first")
        second = put(tangerang, "second")
        monkeypatch.setattr(wake, "hint", hinted.extend)
        services.run_due(now=NOW, limit=1)
        assert hinted == [second.pk]

    def test_is_kept_by_two_workers(
        self, transactional_db: None, tangerang: Region, recorder: Recorder
    ) -> None:
        """Forty cases with five effects each: every case in its order, and never two of one at a time."""
        for case in range(40):
            for n in range(5):
                put(tangerang, f"{case}.{n}", case=case)
        for n in range(0, 40, 7):
            recorder.errors[f"{n}.1"] = OSError("down")

        def work(_: int) -> int:
            return sum(iter(lambda: services.run_due(now=NOW, limit=3), 0))

        together(2, work)
        recorder.errors.clear()
        together(2, lambda _: sum(iter(lambda: services.run_due(now=NOW + timedelta(minutes=1), limit=3), 0)))
        assert recorder.overtaken == []
        for case in range(40):
            mine = [name for name in recorder.succeeded if name.startswith(f"{case}.")]
            assert mine == [f"{case}.{n}" for n in range(5)]

    def test_looks_only_at_what_is_unfinished(self, tangerang: Region) -> None:
        """What was done long ago is never read, however much it is."""
        with scope.use(tangerang):
            done = {"event_n": 1, "type": "note", "state": State.DONE, "due_at": NOW, "created_at": NOW}
            EffectRun.objects.bulk_create(
                EffectRun(region=tangerang, case_id=n, dedupe=f"d{n}", lane="note", **done)
                for n in range(2000)
            )
        put(tangerang, "one")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE effects_effectrun")
        with scope.everywhere("a test looks"):
            plan = services._waiting(NOW).explain()
        assert "effect_waiting" in plan


class TestDropping:
    @pytest.fixture(autouse=True)
    def _standing(self) -> Iterator[None]:
        before = list(standing._asked)
        yield
        standing._asked[:] = before

    def test_drops_what_is_bound_to_a_status_the_case_has_left(
        self, tangerang: Region, recorder: Recorder
    ) -> None:
        standing.register({1: ("review",), 2: ("done", "finished")}.__getitem__)
        stays = put(tangerang, "stays", case=1, payload={"while": ["review"]})
        goes = put(tangerang, "goes", case=2, payload={"while": ["review", "fix"], "to": "siti@contoh.id"})
        services.run_due(now=NOW)
        assert (state(stays), state(goes)) == (State.DONE, State.DROPPED)
        with scope.use(tangerang):
            row = EffectRun.objects.get(pk=goes.pk)
        assert (row.payload, row.last_error, row.done_at) == ({}, "the case was in done", NOW)
        assert recorder.done == ["stays"]

    def test_drops_what_a_handler_finds_needless(self, tangerang: Region, recorder: Recorder) -> None:
        recorder.errors["one"] = Needless("nobody is there")
        row = put(tangerang, "one")
        services.run_due(now=NOW)
        assert state(row) == State.DROPPED


class TestWaiting:
    def test_is_told_by_the_other_side(self, tangerang: Region, recorder: Recorder) -> None:
        row = put(tangerang, "one")
        recorder.errors["one"] = Undelivered("http.429", again=True, wait=timedelta(hours=1))
        services.run_due(now=NOW)
        with scope.use(tangerang):
            row.refresh_from_db()
        assert (row.due_at, row.attempts, row.reason) == (NOW + timedelta(hours=1), 1, "http.429")

    def test_costs_no_try_while_nothing_is_sent_but_ends(self, tangerang: Region, recorder: Recorder) -> None:
        row, now = put(tangerang, "one"), NOW
        recorder.errors["one"] = Undelivered("paused", again=True, wait=timedelta(hours=5), asked=False)
        for _ in range(9):
            services.run_due(now=now)
            now += timedelta(hours=5)
            with scope.use(tangerang):
                row.refresh_from_db()
            assert (row.state, row.attempts) == (State.NEW, 0)
        services.run_due(now=NOW + services.PATIENCE)
        assert state(row) == State.FAILED


class TestSettle:
    def test_notes_who_has_seen_to_it_and_forgets_the_rest(
        self, tangerang: Region, poso: Region, clerk: Any, recorder: Recorder
    ) -> None:
        row = put(tangerang, "one", payload={"to": "siti@contoh.id"})
        recorder.errors["one"] = Hopeless("never")
        services.run_due(now=NOW)
        with scope.use(poso):
            assert services.settle(region=poso, ids=[row.pk], by=clerk, now=NOW) == 0
        with scope.use(tangerang):
            assert services.settle(region=tangerang, ids=[row.pk], by=clerk, now=NOW) == 1
            assert services.settle(region=tangerang, ids=[row.pk], by=clerk, now=NOW) == 0
            row.refresh_from_db()
        assert (row.state, row.settled_by_id, row.payload) == (State.DONE, clerk.pk, {})
