"""One case moved to a newer version of its service, and back: one event each, told anew from the history."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from runtime.cases import chain, moving, movingback, recalculating, selectors, timers
from runtime.cases.models import Attachment, Case, CaseEvent, Correction, Move, Task
from runtime.cases.moving import NotMoved, Wanted
from runtime.cases.outcomes import Conflict
from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.modules.models import ModuleVersion
from runtime.regions import calendars, scope
from runtime.regions.calendars import NewDay
from runtime.regions.models import Region
from runtime.workflow.moving.values import NO_RULES, Plan, Rules
from tests import factories
from tests.runtime import permit, renewed
from tests.runtime.conftest import Village
from tests.runtime.together import together

JAKARTA = ZoneInfo("Asia/Jakarta")
RENAMED = Rules(statuses={"review": "checking"})


def newer(desk: Village, *edits: renewed.Edit, number: int = 2) -> ModuleVersion:
    """Publish the permit with `edits` as the next version."""
    return factories.installed(desk.region, renewed.as_text(*edits), number).version


def case(reference: str) -> Case:
    found: Case = Case.objects.select_related("region", "version", "office").get(reference=reference)
    return found


def planned(desk: Village, reference: str, new: ModuleVersion, rules: Rules = NO_RULES) -> Plan:
    return moving.plan(case(reference), new, rules, desk.now)


def move(
    desk: Village, reference: str, new: ModuleVersion, rules: Rules = NO_RULES, **more: Any
) -> moving.Done:
    values: dict[str, Any] = {"batch": "b1", "now": desk.now, "rules": rules}
    return moving.move(Wanted(desk.region, reference, desk.version, new, **(values | more)))


def undo(desk: Village, reference: str, batch: str = "b1") -> moving.Done:
    return movingback.undo(region=desk.region, reference=reference, batch=batch, now=desk.now)


def rows(reference: str) -> dict[str, Any]:
    """Return everything a move might change, without the count of what happened."""
    of = {"case__reference": reference}
    row = Case.objects.filter(reference=reference).values().get()
    row.pop("revision")
    return {
        "case": row,
        "tasks": list(Task.objects.filter(**of).order_by("pk").values()),
        "corrections": list(Correction.objects.filter(**of).order_by("pk").values()),
        "files": list(Attachment.objects.filter(**of).order_by("pk").values()),
        "effects": list(EffectRun.objects.order_by("pk").values()),
    }


class TestMove:
    def test_to_an_identical_version_changes_nothing_but_the_version(self, desk: Village) -> None:
        reference = desk.submit().reference
        new, before = newer(desk), rows(reference)
        plan = planned(desk, reference, new)
        assert (plan.kind, plan.changes) == ("unaffected", ())
        move(desk, reference, new)
        after = rows(reference)
        assert after["case"].pop("version_id") == new.pk
        assert before["case"].pop("version_id") == desk.version.pk
        assert after == before
        assert chain.verify(case(reference)) == []

    def test_carries_a_renamed_status_and_question_by_rule_and_back(self, desk: Village) -> None:
        reference = desk.submit().reference
        new = newer(
            desk,
            renewed.rename_status("review", "checking"),
            renewed.rename_question("age", "years"),
            lambda found: renewed.action(found, "sign").pop("when"),
        )
        assert planned(desk, reference, new).hindrances[0].bar == "status_gone"
        rules = Rules(statuses={"review": "checking"}, questions={"age": "years"})
        plan, before = planned(desk, reference, new, rules), rows(reference)
        assert (plan.kind, [c.what for c in plan.changes]) == ("by_rule", ["status", "renamed"])
        done = move(desk, reference, new, rules)
        found = case(reference)
        assert (found.status, found.answers["years"]) == ("checking", 30)
        assert found.due_at == before["case"]["due_at"]
        assert Task.objects.get(closed_at=None).status == "checking"
        assert done.event.data["moved"]["statuses"] == {"review": "checking"}
        assert chain.verify(found) == []
        undo(desk, reference)
        assert rows(reference) == before
        assert chain.verify(case(reference)) == []

    def test_goes_on_in_the_new_version_as_if_it_had_begun_there(self, desk: Village) -> None:
        reference = desk.submit().reference
        move(desk, reference, newer(desk, renewed.rename_status("review", "checking")), RENAMED)
        done = desk.forward(reference)
        assert (done.event.from_status, done.case.status) == ("checking", "sign")
        desk.perform(reference, "sign", desk.head)
        assert chain.verify(case(reference)) == []

    def test_is_told_in_the_words_of_each_version(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.send_back(reference, "age")
        desk.perform(reference, "answer", answers={"age": 31})
        new = newer(
            desk,
            renewed.rename_status("review", "checking"),
            lambda found: renewed.status(found, "checking").update(title={"id": "Telaah"}),
        )
        move(desk, reference, new, RENAMED, by=factories.staff("administrator", desk.region, "admin"))
        with translation.override("id"):
            told = selectors.timeline(case(reference), "id")
            public = selectors.public_view(case(reference), "id")
        assert [entry.status for entry in told] == ["Diperiksa", "Perbaikan", "Diperiksa", "Telaah"]
        assert told[-1].title == "Dipindahkan dari versi 1 ke versi 2 layanan ini"
        assert told[-1].by == "Admin"
        assert public.past[-1].title == told[-1].title

    def test_repeats_nothing_under_the_same_batch(self, desk: Village) -> None:
        reference, new = desk.submit().reference, newer(desk)
        first = move(desk, reference, new)
        again = move(desk, reference, new)
        assert (again.repeated, again.event) == (True, first.event)
        assert CaseEvent.objects.count() == 2

    @pytest.mark.parametrize("why", ["changed", "closed", "elsewhere", "not_allowed"])
    def test_changes_nothing_when_it_may_not_be(self, desk: Village, why: str) -> None:
        reference, new = desk.submit().reference, newer(desk)
        more: dict[str, Any] = {}
        if why == "changed":
            desk.forward(reference)
            more["seen_revision"] = 1
        elif why == "closed":
            desk.perform(reference, "withdraw")
        elif why == "elsewhere":
            move(desk, reference, new, batch="other")
        else:
            new = newer(desk, renewed.rename_status("review", "checking"), number=3)
        before = rows(reference)
        with pytest.raises(NotMoved) as refused:
            move(desk, reference, new, **more)
        assert refused.value.why == why
        assert rows(reference) == before


class TestAnswers:
    def test_that_are_missing_bar_the_move_until_the_rules_give_one(self, desk: Village) -> None:
        reference = desk.submit().reference
        new = newer(desk, renewed.with_question("data", key="phone", required=True))
        plan = planned(desk, reference, new)
        assert (plan.kind, [need.question for need in plan.needs]) == ("needs", ["phone"])
        with pytest.raises(NotMoved):
            move(desk, reference, new)
        move(desk, reference, new, Rules(answers={"phone": "-"}))
        assert case(reference).answers["phone"] == "-"
        undo(desk, reference)
        assert "phone" not in case(reference).answers

    def test_that_have_no_place_are_lost_only_when_that_was_agreed_to(self, desk: Village) -> None:
        reference = desk.submit().reference
        new, before = newer(desk, renewed.without("email"), _without_mail), rows(reference)
        plan = planned(desk, reference, new)
        assert (plan.kind, [(loss.name, loss.value) for loss in plan.losses]) == (
            "loses",
            [("answer:email", "siti@contoh.id")],
        )
        with pytest.raises(NotMoved):
            move(desk, reference, new)
        done = move(desk, reference, new, Rules(losses=frozenset({"answer:email"})))
        assert "email" not in case(reference).answers
        assert "siti@contoh.id" not in str(done.event.data)
        undo(desk, reference)
        assert rows(reference) == before

    def test_that_no_longer_fit_are_needed_or_lost(self, desk: Village) -> None:
        reference = desk.submit().reference

        def narrow(found: renewed.Document) -> None:
            renewed.question(found, "reason")["options"].pop(0)
            renewed.question(found, "age")["minimum"] = 40

        plan = planned(desk, reference, newer(desk, narrow))
        assert [need.question for need in plan.needs] == ["age"]
        assert [loss.name for loss in plan.losses] == ["answer:reason"]

    def test_that_a_rule_hides_are_lost(self, desk: Village) -> None:
        given = permit.answers(village=desk.office.key, reason="b", detail="Rinci")
        reference = desk.submit(answers=given).reference

        def hide(found: renewed.Document) -> None:
            renewed.question(found, "detail")["visible"] = {"==": [{"var": "reason"}, "a"]}

        assert [loss.name for loss in planned(desk, reference, newer(desk, hide)).losses] == ["answer:detail"]

    def test_of_officers_are_carried_and_never_asked_for(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.perform(reference, "forward", desk.clerk, answers={"complete": True, "score": 7})
        new = newer(desk, renewed.with_question("check", key="why", required=True), renewed.without("score"))
        plan = planned(desk, reference, new)
        assert ([loss.name for loss in plan.losses], plan.needs) == (["answer:score"], ())
        assert plan.officer_answers == {"complete": True}


class TestTimes:
    def test_are_counted_anew_from_the_same_events(self, desk: Village) -> None:
        reference = desk.submit().reference
        new, before = newer(desk, renewed.with_due("review", 3)), rows(reference)
        plan = planned(desk, reference, new)
        assert [change.what for change in plan.changes] == ["due"]
        desk.now += timedelta(hours=5)
        move(desk, reference, new)
        thursday = datetime(2026, 11, 26, 16, 0, tzinfo=JAKARTA)
        assert (case(reference).due_at, Task.objects.get().due_at) == (thursday, thursday)
        region = case(reference).region
        assert list(recalculating.differing(region, recalculating.calendar.shelf(region))) == []
        undo(desk, reference)
        assert rows(reference) == before

    def test_bar_a_move_after_which_the_clock_would_end_the_case(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.send_back(reference, "age")
        desk.now += timedelta(days=5)

        def sooner(found: renewed.Document) -> None:
            renewed.action(found, "lapse")["after"]["amount"] = 3

        plan = planned(desk, reference, newer(desk, sooner))
        assert [(one.bar, one.key) for one in plan.hindrances] == [("would_strike", "lapse")]

    def test_fire_nothing_again_that_was_fired_before_the_move(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        desk.now += timedelta(days=2)
        assert timers.fire_timers(desk.now) == 1
        move(desk, reference, newer(desk, renewed.rename_status("sign", "seal")), Rules({"sign": "seal"}))
        assert timers.fire_timers(desk.now) == 0
        assert case(reference).timer_at is not None


class TestCorrections:
    def test_in_flight_go_along_with_their_questions(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.send_back(reference, "age", "reason")
        new = newer(
            desk, renewed.rename_question("name", "full_name"), _named, renewed.without("reason"), _plain
        )
        rules = Rules(questions={"name": "full_name"}, losses=frozenset({"answer:reason"}))
        before = rows(reference)
        with pytest.raises(NotMoved) as error:
            move(desk, reference, new)
        assert error.value.plan is not None
        assert error.value.plan.kind == "needs"
        move(desk, reference, new, rules)
        assert Correction.objects.get().fields == ["age"]
        done = desk.perform(reference, "answer", answers={"age": 44})
        assert done.case.answers["age"] == 44
        assert done.case.applicant_name == "Siti"
        assert before["corrections"][0]["fields"] == ["age", "reason"]

    def test_that_could_not_be_sent_bar_the_move(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.send_back(reference, "reason")
        plan = planned(desk, reference, newer(desk, renewed.without("reason"), _plain))
        assert "correction_gone" in [one.bar for one in plan.hindrances]


class TestEffects:
    def test_written_before_the_move_keep_their_version_and_their_statuses(self, desk: Village) -> None:
        def while_(found: renewed.Document) -> None:
            renewed.action(found, "send_back")["effects"][0]["while"] = ["fix"]

        desk.version = newer(desk, while_)
        reference = desk.submit().reference
        desk.send_back(reference, "age")
        row = EffectRun.objects.get(event_n=2)
        new = newer(desk, while_, renewed.rename_status("fix", "repair"), _while("repair"), number=3)
        move(desk, reference, new, Rules(statuses={"fix": "repair"}))
        row.refresh_from_db()
        assert row.payload["version"] == desk.version.pk
        assert selectors.status_of(case(reference).pk) == ("repair", "fix")
        effects.run_due(now=desk.now)
        row.refresh_from_db()
        assert row.state == EffectRun.State.DONE


class TestUndo:
    def test_leaves_a_case_alone_with_which_something_was_done_since(self, desk: Village) -> None:
        reference = desk.submit().reference
        move(desk, reference, newer(desk))
        desk.forward(reference)
        before = rows(reference)
        with pytest.raises(NotMoved) as refused:
            undo(desk, reference)
        assert refused.value.why == "since"
        assert refused.value.event is not None
        assert refused.value.event.action == "forward"
        assert rows(reference) == before

    def test_takes_no_offence_at_comments(self, desk: Village) -> None:
        reference = desk.submit().reference
        before = rows(reference)
        desk.perform(reference, "comment:internal", desk.clerk, comment="Sudah ditelepon")
        move(desk, reference, newer(desk), seen_revision=1)
        desk.perform(reference, "comment:internal", desk.clerk, comment="Sudah dipindahkan")
        undo(desk, reference)
        assert rows(reference) == before
        assert chain.verify(case(reference)) == []

    def test_is_done_once_and_can_be_followed_by_another_move(self, desk: Village) -> None:
        reference, new = desk.submit().reference, newer(desk, renewed.with_due("review", 3))
        move(desk, reference, new)
        first = undo(desk, reference)
        assert undo(desk, reference).event == first.event
        move(desk, reference, new, batch="b2")
        assert chain.verify(case(reference)) == []
        assert Move.objects.filter(undone=None).count() == 1


class TestRaces:
    def test_of_a_move_and_an_action_have_one_winner(self, transactional_db: None, desk: Village) -> None:
        reference, new = desk.submit().reference, newer(desk)

        def work(n: int) -> str:
            with scope.use(desk.region):
                try:
                    if n % 2:
                        move(desk, reference, new, seen_revision=1, batch=f"b{n}")
                        return "moved"
                    desk.forward(reference, seen_revision=1)
                    return "forwarded"
                except (NotMoved, Conflict):
                    return "lost"

        assert together(8, work).count("lost") == 7
        assert case(reference).revision == 2
        assert CaseEvent.objects.count() == 2
        assert chain.verify(case(reference)) == []


def _without_mail(found: renewed.Document) -> None:
    found["applicant"].pop("email")


def _named(found: renewed.Document) -> None:
    found["applicant"]["name"] = "full_name"


def _while(status: str) -> renewed.Edit:
    def edit(found: renewed.Document) -> None:
        renewed.action(found, "send_back")["effects"][0]["while"] = [status]

    return edit


def _plain(found: renewed.Document) -> None:
    renewed.question(found, "detail").pop("visible")
    renewed.question(found, "detail").pop("required")


class TestUndoAfterTheCalendarChanged:
    def test_counts_the_times_of_before_again(self, desk: Village) -> None:
        def without_limit(document: dict[str, Any]) -> None:
            del renewed.status(document, "review")["due"]

        reference = desk.submit().reference
        assert case(reference).due_at == datetime(2026, 11, 24, 16, tzinfo=JAKARTA)
        move(desk, reference, newer(desk, without_limit))
        region = Region.objects.get(pk=desk.region.pk)
        holiday = NewDay(date(2026, 11, 24), "local", "Hari Jadi")
        calendars.put_day(region=region, office=region, new=holiday, by=None)
        recalculating._looked.clear()
        for n in range(3):
            assert recalculating.recalculate(desk.now + n * recalculating.GRACE) == 0
        done = undo(desk, reference)
        moved = case(reference)
        assert moved.due_at == datetime(2026, 11, 25, 16, tzinfo=JAKARTA)
        assert Task.objects.get(case=moved).due_at == moved.due_at
        assert (done.case.revision, chain.verify(moved)) == (moved.revision, [])
