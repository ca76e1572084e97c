"""The clock acts once, on time or late, however many runners look."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from runtime.cases import chain, timers, times
from runtime.cases.models import Case, CaseEvent
from runtime.cases.timers import fire_timers
from runtime.effects.models import EffectRun
from runtime.regions import scope
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.together import together

DAY = timedelta(days=1)


def fire(now: datetime) -> int:
    """Call the clock the way a runner does: outside of any region."""
    return fire_timers(now)


class TestFireTimers:
    def test_does_nothing_before_the_time(self, desk: Village) -> None:
        desk.send_back(desk.submit().reference, "age")
        assert fire(desk.now + 10 * DAY - timedelta(seconds=1)) == 0
        assert Case.objects.get().status == "fix"

    def test_moves_a_case_whose_time_is_over(self, desk: Village) -> None:
        desk.send_back(desk.submit().reference, "age")
        late = desk.now + 12 * DAY
        assert fire(late) == 1
        case = Case.objects.get()
        assert (case.status, case.outcome, case.timer_at) == ("expired", "expired", None)
        event = CaseEvent.objects.get(action="lapse")
        assert (event.by, event.actor, event.key) == ("system", None, "system:clock:lapse:2")
        assert chain.verify(case) == []

    def test_is_called_off_when_the_case_moves_on(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.send_back(reference, "age")
        desk.perform(reference, "answer", answers={"age": 31})
        assert Case.objects.get().timer_at is None
        assert fire(desk.now + 30 * DAY) == 0

    def test_reminds_once_and_then_waits_for_the_next_moment(self, desk: Village) -> None:
        desk.forward(desk.submit().reference)
        assert Case.objects.get().timer_at == desk.now + DAY
        assert [fire(desk.now + 2 * DAY) for _ in range(3)] == [1, 0, 0]
        case = Case.objects.get()
        assert (case.status, case.timer_at) == ("sign", desk.now + 90 * DAY)
        assert EffectRun.objects.filter(payload__message="to_sign").count() == 2

    def test_catches_up_in_order_after_an_outage(self, desk: Village) -> None:
        desk.forward(desk.submit().reference)
        late = desk.now + 100 * DAY
        assert [fire(late) for _ in range(2)] == [2, 0]
        assert [e.action for e in CaseEvent.objects.order_by("n")][-2:] == ["remind", "lapse_sign"]

    def test_goes_on_where_a_killed_runner_stopped(self, desk: Village) -> None:
        desk.forward(desk.submit().reference)
        fire(desk.now + 2 * DAY)
        Case.objects.update(timer_at=desk.now + DAY)  # as if it had died before setting the next moment
        assert fire(desk.now + 2 * DAY) == 0
        assert Case.objects.get().timer_at == desk.now + 90 * DAY
        assert CaseEvent.objects.filter(action="remind").count() == 1

    def test_does_not_come_back_to_a_timer_whose_rule_is_not_met(self, desk: Village) -> None:
        document = permit.document(key="lain")
        lapse = next(a for a in document["workflow"]["actions"] if a["key"] == "lapse")
        lapse["when"] = {">": [{"var": "age"}, 99]}
        desk.version = factories.installed(
            desk.region, permit.as_text(key="lain", workflow=document["workflow"])
        ).version
        desk.send_back(desk.submit().reference, "age")
        assert fire(desk.now + 12 * DAY) == 0
        assert Case.objects.get().timer_at is None

    def test_that_ends_a_case_hands_no_task_to_the_office_above(self, desk: Village) -> None:
        document = permit.document()
        actions = [one for one in document["workflow"]["actions"] if one["key"] != "lapse_sign"]
        remind = next(one for one in actions if one["key"] == "remind")
        remind |= {"to": "expired", "changes": [{"escalate": True}]}
        document["workflow"]["actions"] = actions
        desk.version = factories.installed(desk.region, json.dumps(document), 2).version
        assert desk.office.parent is not None
        factories.staff("head", desk.office.parent, "atasan")
        reference = desk.submit(answers=permit.answers(village=desk.office.key)).reference
        desk.forward(reference)
        assert fire(desk.now + 2 * DAY) == 1
        case = Case.objects.get()
        assert (case.status, chain.verify(case)) == ("expired", [])

    def test_fires_once_for_four_runners(self, transactional_db: None, desk: Village) -> None:
        desk.send_back(desk.submit().reference, "age")
        late = desk.now + 12 * DAY
        assert sum(together(4, lambda _: fire(late))) == 1
        assert CaseEvent.objects.filter(action="lapse").count() == 1

    def test_reaches_the_next_case_when_the_first_ones_always_fail(
        self, desk: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(timers, "BATCH", 1)
        monkeypatch.setattr(timers, "_resting", {})
        first, second = (desk.submit().reference for _ in range(2))
        for reference in (first, second):
            desk.send_back(reference, "age")
        late = desk.now + 12 * DAY
        healthy = times.strikes

        def strikes(case: Case, module: object) -> object:
            if case.reference == first:
                raise RuntimeError("unreadable")
            return healthy(case, module)  # type: ignore[arg-type]

        monkeypatch.setattr(times, "strikes", strikes)
        assert [fire(late), fire(late)] == [0, 1]
        assert Case.objects.get(reference=second).status == "expired"
        monkeypatch.setattr(times, "strikes", healthy)
        assert fire(late + timers.REST) == 1

    def test_leaves_no_scope_open(self, desk: Village) -> None:
        desk.send_back(desk.submit().reference, "age")
        before = scope.current()
        fire(desk.now + 12 * DAY)
        assert scope.current() == before == str(desk.region.pk)


class TestExtending:
    """More time while the clock was late, or less than would have been enough."""

    def extended(self, desk: Village) -> tuple[str, datetime]:
        """Return a case that waits for its signature, put off after its first rung was due."""
        document = permit.document(key="lain")
        more = {
            "key": "more",
            "title": {"id": "Tambah waktu", "en": "More time"},
            "from": ["sign"],
            "who": {"role": "head"},
            "changes": [{"extend": {"amount": 1, "unit": "working_days"}}],
        }
        document["workflow"]["actions"].append(more)
        law = {"id": "Perda", "en": "By-law"}
        document["workflow"]["deadline"] = {
            "within": {"amount": 60, "unit": "working_days"},
            "legal_basis": law,
        }
        workflow = permit.as_text(key="lain", workflow=document["workflow"])
        desk.version = factories.installed(desk.region, workflow).version
        reference = desk.submit().reference
        desk.forward(reference)
        desk.now += 2 * DAY
        desk.perform(reference, "more", desk.head)
        return reference, desk.now

    def test_loses_nothing_that_the_clock_was_late_with(self, desk: Village) -> None:
        reference, now = self.extended(desk)
        assert fire(now) == 1
        assert CaseEvent.objects.filter(case__reference=reference, action="remind").count() == 1
        assert fire(now) == 0
        assert Case.objects.get().timer_at == now + 88 * DAY
