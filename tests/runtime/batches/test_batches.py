"""One command on many cases: each by itself, nothing done twice, nothing lost, everything accounted for."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from runtime.batches import reasons, selectors, services, working
from runtime.batches.models import Batch, Item
from runtime.batches.services import MOST, Ticked, Wanted
from runtime.cases import commenting
from runtime.cases.models import Case, CaseEvent, Task
from runtime.jobs import services as jobs
from runtime.jobs.models import Job
from runtime.jobs.working import LEASE, TRIES
from runtime.regions import scope
from runtime.regions.models import Membership, Region
from runtime.workflow.commenting import INTERNAL
from tests import factories
from tests.runtime.bulk import many as many  # the fixture
from tests.runtime.bulk import waiting
from tests.runtime.conftest import Village

State = Item.State


def tick(reference: str, seen: int = 0) -> Ticked:
    task = Task.objects.get(case__reference=reference, closed_at__isnull=True)
    return Ticked(task.pk, seen or task.case.revision)


def begin(many: Village, ticked: list[Ticked], action: str = "sign", **more: Any) -> Batch:
    key, user = more.pop("key", uuid.uuid4()), more.pop("user", many.head)
    wanted = Wanted(action, many.version.key, **more)
    return services.begin(region=many.region, user=user, key=key, wanted=wanted, ticked=ticked, now=many.now)


def came(batch: Batch) -> list[tuple[str, str]]:
    return [(item.state, item.reason) for item in selectors.items(batch)]


class TestBatch:
    def test_does_each_case_by_itself_and_says_what_came_of_it(self, many: Village) -> None:
        good, minor = waiting(many, 2), waiting(many, 1, age=9)
        batch = begin(many, [tick(one) for one in (*good, *minor)])
        assert services.work(batch, now=many.now) == 3
        assert came(batch) == [("done", ""), ("done", ""), ("refused", "guard")]
        assert sorted(Case.objects.values_list("status", flat=True)) == ["done", "done", "sign"]
        numbers = list(Case.objects.filter(status="done").values_list("number", flat=True))
        assert len(set(numbers)) == 2
        assert (batch.job.state, batch.job.done, batch.comment) == ("done", 3, "")

    def test_begun_twice_with_one_key_is_one(self, many: Village) -> None:
        ticked = [tick(one) for one in waiting(many, 2)]
        key = uuid.uuid4()
        for _press in range(2):
            services.work(begin(many, ticked, key=key), now=many.now)
        assert (Batch.objects.count(), CaseEvent.objects.filter(action="sign").count()) == (1, 2)

    def test_goes_on_after_a_crash_and_does_nothing_twice(
        self, many: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(working, "AT_ONCE", 2)
        batch = begin(many, [tick(one) for one in waiting(many, 3)])
        assert services.work(batch, now=many.now) == 2
        Item.objects.filter(n=2).update(state=State.WAITING, reference="")  # died before it was noted
        assert jobs.work_due(many.now)
        assert came(batch) == [("done", "")] * 3
        assert CaseEvent.objects.filter(action="sign").count() == 3

    def test_leaves_the_rest_to_the_clock_when_the_cases_take_long(
        self, many: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(working, "PATIENCE", 0.0)
        batch = begin(many, [tick(one) for one in waiting(many, 2)])
        assert services.work(batch, now=many.now) == 1
        assert came(batch) == [("done", ""), ("waiting", "")]
        assert jobs.work_due(many.now)
        assert came(batch) == [("done", "")] * 2

    def test_is_left_alone_while_somebody_is_at_it(self, many: Village) -> None:
        batch = begin(many, [tick(one) for one in waiting(many, 1)])
        Job.objects.update(lease_until=many.now + LEASE)
        assert services.work(batch, now=many.now) == 0
        assert jobs.work_due(many.now) == 0
        assert jobs.work_due(many.now + 2 * LEASE)
        assert came(batch) == [("done", "")]

    def test_is_stopped_half_way_and_keeps_what_was_done(
        self, many: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(working, "AT_ONCE", 1)
        batch = begin(many, [tick(one) for one in waiting(many, 2)], comment="Baik")
        services.work(batch, now=many.now)
        services.cancel(batch, now=many.now)
        assert jobs.work_due(many.now) == 0
        assert came(batch) == [("done", ""), ("cancelled", "")]
        assert sorted(Case.objects.values_list("status", flat=True)) == ["done", "sign"]
        assert (batch.job.state, batch.comment) == ("cancelled", "")

    def test_stopped_in_the_middle_of_a_case_says_that_it_was_done(
        self, many: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        batch = begin(many, [tick(one) for one in waiting(many, 2)])
        attempt = working._attempt

        def stopped(of: Batch, item: Item) -> Any:
            services.cancel(Batch.objects.get(pk=of.pk), now=many.now)
            return attempt(of, item)

        monkeypatch.setattr(working, "_attempt", stopped)
        services.work(batch, now=many.now)
        assert came(batch) == [("done", ""), ("cancelled", "")]

    def test_is_tried_again_for_ever_when_the_work_itself_fails(
        self, many: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        batch = begin(many, [tick(one) for one in waiting(many, 1)])
        with monkeypatch.context() as broken:
            broken.setattr(working, "_goes_on", lambda job: 1 / 0)
            for hour in range(TRIES + 2):
                services.work(batch, now=many.now + timedelta(hours=hour))
        assert came(batch) == [("waiting", "")]
        assert jobs.work_due(many.now + timedelta(days=1))
        assert came(batch) == [("done", "")]

    def test_goes_with_its_job(self, many: Village) -> None:
        batch = begin(many, [tick(one) for one in waiting(many, 1)])
        services.work(batch, now=many.now)
        jobs.sweep(many.now + jobs.LIFE + timedelta(days=2))
        assert not Item.objects.exists()
        assert CaseEvent.objects.filter(action="sign").count() == 1

    def test_takes_no_more_than_one_can_look_through(self, many: Village) -> None:
        with pytest.raises(services.TooMany):
            begin(many, [Ticked(n, 1) for n in range(MOST + 1)])
        assert not Batch.objects.exists()

    def test_is_nobody_elses(self, many: Village) -> None:
        batch = begin(many, [])
        other = factories.staff("head", many.office, "lain")
        assert selectors.batch_of(many.region, other, batch.public_id) is None
        with pytest.raises(services.NotYours):
            begin(many, [], key=batch.public_id, user=other)

    def test_is_not_hindered_by_comments(self, many: Village) -> None:
        (reference,) = waiting(many, 1)
        ticked = tick(reference)
        case = Case.objects.get(reference=reference)
        commenting.comment(case, INTERNAL, "Sudah lengkap", key="c", now=many.now, officer=many.head)
        batch = begin(many, [ticked])
        services.work(batch, now=many.now)
        assert came(batch) == [("done", "")]

    def test_does_only_what_the_service_lets_be_done_on_many(self, many: Village) -> None:
        reference = many.submit().reference
        ticked = [tick(reference)]
        asks_a_page = begin(many, ticked, "forward", user=many.clerk)
        closed = begin(many, ticked, "send_back", user=many.clerk)
        for batch in (asks_a_page, closed):
            services.work(batch, now=many.now)
            assert came(batch) == [("refused", "one_by_one")]
        assert CaseEvent.objects.count() == 1


class TestBadInput:
    """Each is refused with a sentence of its own, and nothing changes."""

    @pytest.fixture(autouse=True)
    def english(self) -> Iterator[None]:
        with translation.override("en"):
            yield

    def refused(self, many: Village, *ticked: Ticked, action: str = "sign", **more: Any) -> list[str]:
        before = list(CaseEvent.objects.values_list("pk", "hash"))
        batch = begin(many, list(ticked), action, **more)
        services.work(batch, now=many.now)
        assert {item.state for item in selectors.items(batch)} == {State.REFUSED}
        assert list(CaseEvent.objects.values_list("pk", "hash")) == before
        return [reasons.sentence(item.reason, item.data) for item in selectors.items(batch)]

    def test_an_action_from_a_stale_page(self, many: Village) -> None:
        (reference,) = waiting(many, 1)
        (sentence,) = self.refused(many, tick(reference, seen=1))
        assert sentence.startswith("The case has changed since you opened it.")

    def test_an_action_of_another_region(self, many: Village, poso: Region) -> None:
        (reference,) = waiting(many, 1)
        ticked = tick(reference)
        with scope.use(poso):
            head = factories.staff("head", Region.objects.get(key="bukit-bambu"), "jauh")
            batch = services.begin(
                region=poso,
                user=head,
                key=uuid.uuid4(),
                wanted=Wanted("sign", many.version.key),
                ticked=[ticked],
                now=many.now,
            )
            services.work(batch, now=many.now)
            (item,) = selectors.items(batch)
        assert (item.reason, item.reference) == ("no_such_task", "")
        assert reasons.sentence(item.reason, {}).startswith("There is no such task in this region.")
        assert Case.objects.get(reference=reference).status == "sign"

    def test_an_action_of_a_removed_member(self, many: Village) -> None:
        ticked = tick(waiting(many, 1)[0])
        Membership.objects.filter(user=many.head).delete()
        (sentence,) = self.refused(many, ticked)
        assert sentence.startswith("This step is not yours")

    def test_an_action_in_the_wrong_status(self, many: Village) -> None:
        first, second = waiting(many, 2)
        ended, moved = tick(first), tick(second)
        many.perform(first, "sign", many.head)
        Task.objects.filter(pk=ended.task).update(closed_at=None)  # as if the box were still there
        now = Case.objects.get(reference=first).revision
        (sentence,) = self.refused(many, Ticked(ended.task, now))
        assert sentence.startswith("This case is finished.")
        document_of_the_clerk = self.refused(many, moved, action="send_back")
        assert document_of_the_clerk[0].startswith("In this case the step is done by itself")

    def test_a_repeated_key_with_another_content(self, many: Village) -> None:
        (reference,) = waiting(many, 1)
        ticked, key = tick(reference), uuid.uuid4()
        once = f"batch:{key.hex}:{ticked.task}"
        many.perform(reference, "task:claim", many.head, task=ticked.task, key=once)
        (sentence,) = self.refused(many, Ticked(ticked.task, ticked.seen + 1), key=key)
        assert sentence.startswith("This form has already been sent with other content.")

    def test_a_foreign_task_in_the_list(self, many: Village) -> None:
        mine, foreign = waiting(many, 1)[0], many.submit().reference
        stranger = factories.staff("head", factories.office(many.region), "jauh")
        ticked = [tick(mine), tick(foreign), Ticked(999_999_999, 1)]
        sentences = self.refused(many, *ticked, user=stranger)
        assert [sentence.split(".")[0] for sentence in sentences] == [
            "This step is not yours: it waits for somebody with another role or in another office",
            "This step is not yours: it waits for somebody with another role or in another office",
            "There is no such task in this region",
        ]
        assert {item.reference for item in Item.objects.all()} == {""}

    def test_a_foreign_task_does_not_hold_the_others_up(self, many: Village) -> None:
        mine = waiting(many, 1)[0]
        batch = begin(many, [Ticked(999_999_999, 1), tick(mine), tick(many.submit().reference)])
        services.work(batch, now=many.now)
        assert came(batch) == [("refused", "no_such_task"), ("done", ""), ("refused", "wrong_role")]
