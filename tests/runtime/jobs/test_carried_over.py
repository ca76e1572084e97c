"""Batches and moves that were under way before they were jobs go on as jobs."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from runtime.regions import scope
from tests import factories

BEFORE = [("batches", "0002_no_index_of_the_region_alone"), ("moves", "0002_no_index_of_the_region_alone")]
AFTER = [("batches", "0004_the_job_says_how_far"), ("moves", "0004_the_job_says_who_works")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    """Bring the tables there and return the models as they were then."""
    MigrationExecutor(connection).migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.mark.django_db(transaction=True)
class TestCarriedOver:
    def test_each_batch_and_each_plan_under_way_has_its_job_afterwards(self) -> None:
        region, user, now = factories.tenant(), factories.person("pejabat"), timezone.now()
        new = factories.installed(region, number=2).version
        old = factories.installed(region, number=1).version
        try:
            then = migrate(BEFORE)
            with scope.everywhere("the tables of then have no walls of ours"):
                made = self.begun(then, region.pk, user.pk, (old.pk, new.pk), now)
                after = migrate(AFTER)
                found = {one.action: one for one in after.get_model("batches", "Batch").objects.all()}
                running, over, stopped = (found[name].job for name in ("running", "over", "stopped"))
                assert (running.state, running.total, running.done) == ("waiting", 2, 1)
                assert (running.public_id, running.by_id) == (made["running"], user.pk)
                assert (running.finished_at, over.finished_at) == (None, now)
                assert (over.state, stopped.state) == ("done", "cancelled")
                plans = {one.state: one for one in after.get_model("moves", "Batch").objects.all()}
                job = plans["moving"].job
                assert (job.kind, job.state, job.arguments) == (
                    "move",
                    "waiting",
                    {"batch": plans["moving"].pk},
                )
                assert plans["planned"].job is None
        finally:
            migrate(AFTER)

    def begun(self, then: Any, region: int, user: int, versions: tuple[int, int], now: Any) -> dict[str, Any]:
        made = {}
        states: dict[str, dict[str, Any]] = {
            "running": {},
            "over": {"finished_at": now},
            "stopped": {"finished_at": now, "cancelled_at": now},
        }
        for name, state in states.items():
            made[name] = uuid.uuid4()
            batch = then.get_model("batches", "Batch").objects.create(
                region_id=region, public_id=made[name], user_id=user, action=name, created_at=now, **state
            )
            for n, item in enumerate(("done", "waiting"), start=1):
                then.get_model("batches", "Item").objects.create(
                    region_id=region, batch=batch, n=n, task=n, seen=1, state=item
                )
        for state in ("moving", "planned"):
            then.get_model("moves", "Batch").objects.create(
                region_id=region, key=state, old_id=versions[0], new_id=versions[1], state=state, made_at=now
            )
        return made
