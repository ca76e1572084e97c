"""Batches of moves: planned in the dry, chosen, moved case by case, stopped, brought back."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from runtime.cases import chain
from runtime.cases.models import Case
from runtime.jobs import services as jobs
from runtime.jobs.models import Job
from runtime.jobs.working import LEASE
from runtime.modules.models import ModuleVersion
from runtime.moves import selectors, services, working
from runtime.moves.models import Batch, Item
from runtime.workflow.moving.values import Rules
from tests import factories
from tests.runtime import renewed
from tests.runtime.conftest import Village

PHONE = renewed.with_question("data", key="phone", required={"==": [{"var": "reason"}, "b"]})
RENAMED = renewed.rename_status("sign", "seal")


@pytest.fixture
def new(desk: Village) -> ModuleVersion:
    """Return a version that asks one thing more, and calls a stage otherwise."""
    return factories.installed(desk.region, renewed.as_text(PHONE, RENAMED), 2).version


def begun(desk: Village, new: ModuleVersion, **more: Any) -> Batch:
    batch = services.begin(region=desk.region, old=desk.version, new=new, now=desk.now, **more)
    working.finish(batch, desk.now)
    return batch


def filed(desk: Village) -> tuple[str, str, str]:
    """File a case that is unaffected, one that lacks an answer and one whose stage is gone."""
    plain = desk.submit().reference
    lacking = desk.submit(answers={"name": "Ani", "age": 20, "reason": "b", "detail": "X"}).reference
    signing = desk.submit().reference
    desk.forward(signing)
    return plain, lacking, signing


def by_reference(batch: Batch) -> dict[str, Item]:
    return {item.case.reference: item for item in selectors.items(batch)}


class TestBegin:
    def test_says_what_would_become_of_each_case_and_changes_none(
        self, desk: Village, new: ModuleVersion
    ) -> None:
        plain, lacking, signing = filed(desk)
        before = list(Case.objects.order_by("pk").values())
        batch = begun(desk, new)
        found = by_reference(batch)
        assert [found[one].kind for one in (plain, lacking, signing)] == ["unaffected", "needs", "cannot"]
        assert batch.state == Batch.State.PLANNED
        tally = selectors.tally(batch)
        assert (tally.looked, tally.total, tally.kinds["needs"]) == (3, 3, 1)
        assert list(Case.objects.order_by("pk").values()) == before

    def test_goes_on_by_the_clock(self, desk: Village, new: ModuleVersion) -> None:
        filed(desk)
        batch = services.begin(region=desk.region, old=desk.version, new=new, now=desk.now)
        jobs.work_due(desk.now)
        assert Item.objects.filter(batch=batch).count() == 3
        assert jobs.work_due(desk.now) == 0
        batch.refresh_from_db()
        assert batch.state == Batch.State.PLANNED

    def test_is_gone_on_with_by_another_process_and_each_case_planned_once(
        self, desk: Village, new: ModuleVersion, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(working, "AT_ONCE", 1)
        filed(desk)
        batch = services.begin(region=desk.region, old=desk.version, new=new, now=desk.now)
        assert batch.job is not None
        jobs.work(batch.job, now=desk.now)
        Job.objects.update(lease_until=desk.now + LEASE)  # and died
        assert jobs.work_due(desk.now) == 0
        assert jobs.work_due(desk.now + 2 * LEASE)
        batch.refresh_from_db()
        assert batch.state == Batch.State.PLANNED
        assert Item.objects.filter(batch=batch).count() == 3

    def test_refuses_rules_that_do_not_fit(self, desk: Village, new: ModuleVersion) -> None:
        wrong = Rules(
            statuses={"review": "seal", "sign": "done"},
            questions={"age": "phone", "nothing": "phone"},
            answers={"name": "X"},
        )
        with pytest.raises(services.Unsound) as error:
            begun(desk, new, rules=wrong)
        assert error.value.faults == (
            ("status_known", "review"),
            ("status_target", "done"),
            ("question_known", "age"),
            ("question_unknown", "nothing"),
            ("question_twice", "phone"),
            ("answer_unknown", "name"),
        )
        assert not Batch.objects.exists()

    def test_is_for_administrators(self, desk: Village, new: ModuleVersion) -> None:
        with pytest.raises(services.NotAllowed):
            begun(desk, new, by=desk.clerk)


class TestChoose:
    def test_moves_what_is_safe_and_nothing_else(self, desk: Village, new: ModuleVersion) -> None:
        plain, lacking, signing = filed(desk)
        batch = begun(desk, new, rules=Rules(statuses={"sign": "seal"}))
        assert services.choose(batch) == 2
        working.finish(batch, desk.now)
        on = dict(Case.objects.values_list("reference", "version"))
        assert (on[plain], on[lacking], on[signing]) == (new.pk, desk.version.pk, new.pk)
        assert Case.objects.get(reference=signing).status == "seal"
        assert [chain.verify(case) for case in Case.objects.all()] == [[], [], []]

    def test_moves_so_many_at_most(self, desk: Village, new: ModuleVersion) -> None:
        for _ in range(3):
            desk.submit()
        batch = begun(desk, new)
        assert services.choose(batch, limit=2) == 2
        working.finish(batch, desk.now)
        assert Case.objects.filter(version=new).count() == 2

    def test_plans_anew_and_skips_what_has_changed(self, desk: Village, new: ModuleVersion) -> None:
        plain, _lacking, _signing = filed(desk)
        batch = begun(desk, new)
        desk.forward(plain)
        services.choose(batch)
        working.finish(batch, desk.now)
        item = by_reference(batch)[plain]
        assert (item.state, item.kind, item.why, item.revision) == ("planned", "cannot", "changed", 2)
        with translation.override("id"):
            assert "berubah" in selectors.words_of(batch, desk.now).left(item.why)

    def test_loses_only_what_was_agreed_to_this_time(self, desk: Village) -> None:
        desk.submit()
        gone = factories.installed(desk.region, renewed.as_text(renewed.without("paper"), _mute), 2).version
        batch = begun(desk, gone)
        (item,) = selectors.items(batch)
        for losses, state in (((), "planned"), (("answer:email",), "moved")):
            services.choose(batch, items=[item.pk], losses=losses)
            working.finish(batch, desk.now)
            item.refresh_from_db()
            assert item.state == state
        assert "siti@contoh.id" not in str(item.plan)

    def test_is_refused_while_the_batch_is_worked_on(self, desk: Village, new: ModuleVersion) -> None:
        filed(desk)
        batch = begun(desk, new)
        services.choose(batch)
        with pytest.raises(services.Busy):
            services.choose(batch)
        services.cancel(batch)
        assert batch.state == Batch.State.PLANNED
        assert jobs.work_due(desk.now + timedelta(hours=1)) == 0
        assert not Case.objects.filter(version=new).exists()


class TestUndo:
    def test_brings_back_all_but_those_with_something_done_since(
        self, desk: Village, new: ModuleVersion
    ) -> None:
        plain, _lacking, signing = filed(desk)
        batch = begun(desk, new, rules=Rules(statuses={"sign": "seal"}))
        services.choose(batch)
        working.finish(batch, desk.now)
        desk.forward(plain)
        assert services.undo(batch) == 2
        working.finish(batch, desk.now + timedelta(hours=1))
        found = by_reference(batch)
        assert (found[plain].state, found[plain].why) == ("moved", "since")
        assert (found[signing].state, found[signing].why) == ("returned", "")
        assert Case.objects.get(reference=signing).status == "sign"


class TestCommand:
    def test_plans_moves_and_brings_back(self, desk: Village, new: ModuleVersion, tmp_path: Any) -> None:
        plain, lacking, signing = filed(desk)
        rules = tmp_path / "rules.json"
        rules.write_text('{"statuses": {"sign": "seal"}}')

        def run(*words: str) -> str:
            out = StringIO()
            call_command("move_cases", *words, "--region", desk.region.key, stdout=out)
            return out.getvalue()

        told = run("plan", "--module", "izin", "--from", "1", "--to", "2", "--rules", str(rules))
        assert f"{lacking}\tPerlu jawaban\n\t“Phone” belum dijawab" in told
        key = told.rsplit(": ", 1)[1].strip()
        assert f"{signing}\tDipindahkan" in run("move", key, "--case", signing)
        assert f"{plain}\tTidak terpengaruh" in run("undo", key)
        assert Case.objects.get(reference=signing).status == "sign"
        with pytest.raises(CommandError, match="tidak memuat"):
            run("move", key, "--case", "X-1")


def _mute(found: renewed.Document) -> None:
    renewed.without("email")(found)
    found["applicant"].pop("email")
