"""The outbox: leased by one, run once, tried again, parked, and never lost by a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction

from runtime.cases.models import Case
from runtime.effects import jobs, registry, selectors, services
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun
from runtime.effects.runner import Runner
from runtime.regions import scope
from runtime.regions.models import Region
from tests.conftest import process_settings
from tests.runtime.conftest import NOW, Village
from tests.runtime.together import together

State = EffectRun.State


class Recorder:
    """A handler of a type of its own: notes its runs, and fails when told to."""

    def __init__(self) -> None:
        self.runs: list[tuple[int, str]] = []
        self.error: Exception | None = None
        self.lock = threading.Lock()

    def run(self, row: EffectRun, *, now: datetime) -> None:
        with self.lock:
            self.runs.append((row.pk, scope.current()))
        if self.error:
            raise self.error


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    handler = Recorder()
    monkeypatch.setitem(registry._HANDLERS, "note", handler)
    return handler


def put(region: Region, name: str = "one", **more: Any) -> EffectRun:
    values: dict[str, Any] = {
        "region": region,
        "case_id": 1,
        "event_n": 1,
        "type": "note",
        "payload": {},
        "dedupe": name,
        "now": NOW,
    }
    with scope.use(region):
        return services.enqueue(**(values | more))


def state(row: EffectRun) -> EffectRun:
    with scope.everywhere("a test looks"):
        found: EffectRun = EffectRun.objects.get(pk=row.pk)
    return found


class TestEnqueue:
    def test_takes_a_name_once(self, tangerang: Region) -> None:
        put(tangerang)
        with pytest.raises(IntegrityError), transaction.atomic():
            put(tangerang)

    def test_disappears_with_the_transaction_that_decided(self, tangerang: Region) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            put(tangerang)
            raise RuntimeError
        assert services.due_ids(now=NOW) == []


class TestClaim:
    def test_takes_what_is_due_and_leaves_what_is_not(self, tangerang: Region) -> None:
        put(tangerang, due_at=NOW + timedelta(hours=1))
        assert services.claim(now=NOW) is None
        assert services.claim(now=NOW + timedelta(hours=1)) is not None

    def test_gives_a_row_to_one_of_eight(self, transactional_db: None, tangerang: Region) -> None:
        rows = [put(tangerang, f"row{n}") for n in range(3)]
        claimed = together(8, lambda _: services.claim(now=NOW))
        taken = sorted(row.pk for row in claimed if row)
        assert taken == [row.pk for row in rows]

    def test_gives_a_row_again_when_its_lease_is_over(self, tangerang: Region) -> None:
        put(tangerang)
        assert services.claim(now=NOW) is not None
        assert services.claim(now=NOW + services.LEASE - timedelta(seconds=1)) is None
        again = services.claim(now=NOW + services.LEASE + timedelta(seconds=1))
        assert again is not None
        assert again.attempts == 2

    def test_takes_only_the_rows_that_were_hinted_at(self, tangerang: Region) -> None:
        put(tangerang, "one")
        second = put(tangerang, "two")
        claimed = services.claim(now=NOW, ids=[second.pk])
        assert claimed is not None
        assert claimed.pk == second.pk
        assert services.claim(now=NOW, ids=[second.pk]) is None


class TestRunDue:
    def test_runs_each_row_once_inside_its_region(
        self, tangerang: Region, poso: Region, recorder: Recorder
    ) -> None:
        rows = [put(tangerang, "one"), put(poso, "two")]
        assert services.run_due(now=NOW) == 2
        assert services.run_due(now=NOW) == 0
        assert recorder.runs == [(rows[0].pk, str(tangerang.pk)), (rows[1].pk, str(poso.pk))]
        assert state(rows[0]).state == State.DONE
        assert state(rows[0]).done_at == NOW

    def test_tries_again_later_and_parks_after_five_tries(
        self, tangerang: Region, recorder: Recorder
    ) -> None:
        row, now = put(tangerang), NOW
        recorder.error = OSError("no route\nto host")
        for tries in range(1, services.TRIES):
            assert services.run_due(now=now) == 1
            waiting = state(row)
            assert (waiting.state, waiting.attempts) == (State.NEW, tries)
            assert waiting.due_at > now
            assert services.run_due(now=now) == 0
            now = waiting.due_at
        services.run_due(now=now)
        parked = state(row)
        assert (parked.state, parked.attempts) == (State.FAILED, 5)
        assert parked.last_error == "OSError: no route to host"
        assert services.run_due(now=now + timedelta(days=9)) == 0

    def test_lets_the_others_through_past_a_poisoned_row(self, tangerang: Region, recorder: Recorder) -> None:
        poison = put(tangerang, "poison", type="unheard of")
        good = put(tangerang, "good")
        services.run_due(now=NOW)
        assert (state(poison).state, state(good).state) == (State.FAILED, State.DONE)
        assert "no handler" in state(poison).last_error

    def test_parks_at_once_what_is_hopeless(self, tangerang: Region, recorder: Recorder) -> None:
        row = put(tangerang)
        recorder.error = Hopeless("never")
        services.run_due(now=NOW)
        assert (state(row).state, state(row).attempts) == (State.FAILED, 1)

    def test_parks_a_row_that_kills_its_process_each_time(
        self, tangerang: Region, recorder: Recorder
    ) -> None:
        row, now = put(tangerang), NOW
        for _ in range(services.TRIES):
            assert services.claim(now=now)  # … and the process dies
            now += services.LEASE + timedelta(seconds=1)
        assert services.run_due(now=now) == 0
        assert state(row).state == State.FAILED
        assert recorder.runs == []

    def test_records_nothing_for_a_lease_that_was_lost(self, tangerang: Region, recorder: Recorder) -> None:
        row = put(tangerang)
        slow = services.claim(now=NOW)
        later = NOW + services.LEASE + timedelta(seconds=1)
        quick = services.claim(now=later)
        assert slow
        assert quick
        recorder.error = OSError("too late")
        services.run(slow, now=later)
        assert state(row).state == State.LEASED
        recorder.error = None
        services.run(quick, now=later)
        assert state(row).state == State.DONE

    def test_notes_what_was_done_once_a_busy_database_lets_it(
        self, transactional_db: None, tangerang: Region, recorder: Recorder
    ) -> None:
        refusals = 2

        def busy(execute: Any, sql: str, *given: Any) -> Any:
            nonlocal refusals
            if "UPDATE" in sql and refusals:
                refusals -= 1
                raise OperationalError("database is locked")
            return execute(sql, *given)

        row = put(tangerang)
        leased = services.claim(now=NOW)
        assert leased
        with connection.execute_wrapper(busy):
            assert services.run(leased, now=NOW)
        assert (refusals, len(recorder.runs)) == (0, 1)
        assert state(row).state == State.DONE


class TestAJobOfTheBroker:
    def test_begins_the_lease_of_each_row_when_it_takes_it(
        self, tangerang: Region, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        moments = [NOW + timedelta(seconds=30 * n) for n in range(3)]
        clock = iter(moments)
        monkeypatch.setattr(jobs.timezone, "now", lambda: next(clock))
        ids = [put(tangerang, f"row {n}").pk for n in range(3)]
        assert jobs.run_effects(ids) == 3
        with scope.use(tangerang):
            assert list(EffectRun.objects.order_by("pk").values_list("done_at", flat=True)) == moments


class TestParked:
    def test_is_listed_for_its_region_and_can_be_tried_again(
        self, tangerang: Region, poso: Region, recorder: Recorder
    ) -> None:
        row = put(tangerang)
        recorder.error = Hopeless("never")
        services.run_due(now=NOW)
        recorder.error = None
        with scope.use(poso):
            assert services.retry(region=poso, ids=[row.pk], now=NOW) == 0
        assert selectors.backlog(NOW).parked == 1
        with scope.use(tangerang):
            assert list(selectors.parked(tangerang)) == [row]
            assert services.retry(region=tangerang, ids=[row.pk], now=NOW) == 1
        assert selectors.backlog(NOW).waiting == 1
        services.run_due(now=NOW)
        assert state(row).state == State.DONE

    def test_is_listed_and_tried_again_on_command(
        self, tangerang: Region, recorder: Recorder, capsys: pytest.CaptureFixture[str]
    ) -> None:
        row = put(tangerang)
        recorder.error = Hopeless("never")
        services.run_due(now=NOW)
        call_command("parked_effects", "--region", "tangerang", "--retry")
        told = f"tangerang {row.pk} note: Hopeless: never\n1 parked, to be tried again\n"
        assert capsys.readouterr().out == told
        assert state(row).state == State.NEW


class TestRunner:
    def test_works_off_what_is_committed_and_stops(
        self, transactional_db: None, tangerang: Region, recorder: Recorder
    ) -> None:
        runner = Runner(pause=30, beat_every=3600)
        runner.start()
        try:
            done = threading.Event()
            row = put(tangerang)
            for _ in range(100):
                if state(row).state == State.DONE:
                    break
                done.wait(0.05)
            assert state(row).state == State.DONE
        finally:
            assert runner.stop(timeout=10)

    def test_does_what_is_due_once_on_command(
        self, desk: Village, capsys: pytest.CaptureFixture[str]
    ) -> None:
        desk.now -= timedelta(days=300)
        reference = desk.submit().reference
        desk.send_back(reference, "age")
        call_command("run_effects", "--once")
        assert [m.subject.partition(":")[0] for m in mail.outbox] == ["received", "fix"]
        assert Case.objects.get().status == "expired"
        assert capsys.readouterr().out == "3 done\n"

    def test_outlives_a_database_that_fails(
        self, transactional_db: None, tangerang: Region, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        failures = iter([OperationalError("gone"), OperationalError("gone")])
        real = services.claim

        def claim(**kwargs: Any) -> EffectRun | None:
            for failure in failures:
                raise failure
            return real(**kwargs)

        monkeypatch.setattr(services, "claim", claim)
        row = put(tangerang)
        runner = Runner(pause=0.05, beat_every=3600)
        runner.start()
        try:
            for _ in range(100):
                if state(row).state == State.DONE:
                    break
                threading.Event().wait(0.05)
        finally:
            runner.stop()
        assert state(row).state == State.DONE

    def test_finishes_after_kill_nine_what_was_under_way(self, transactional_db: None, desk: Village) -> None:
        receipt = desk.submit()
        script = (
            "import os, signal, django; django.setup()\n"
            "from django.utils import timezone\n"
            "from runtime.effects import services\n"
            "assert services.claim(now=timezone.now())\n"
            "os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        connection.close()
        died = subprocess.run(
            [sys.executable, "-c", script], env=process_settings(), cwd=os.getcwd(), check=False
        )
        assert died.returncode == -signal.SIGKILL
        row = EffectRun.objects.get()
        assert (row.state, row.attempts) == (State.LEASED, 1)
        assert row.lease_until is not None
        assert services.run_due(now=row.lease_until - timedelta(seconds=1)) == 0
        assert services.run_due(now=row.lease_until + timedelta(seconds=1)) == 1
        assert [m.subject for m in mail.outbox] == [f"received: {receipt.reference}"]
