"""A case opens one of another service and waits for it: filed once, told once, nothing lost on the way."""

from __future__ import annotations

import io
import itertools
import json
from datetime import timedelta

import pytest
from django.core.files.base import File

from runtime.cases import chain, history, kin, moving, origins, services, subcases
from runtime.cases.models import Attachment, Case, CaseEvent
from runtime.cases.moving import Wanted
from runtime.effects import services as effects
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.workflow.moving.values import Rules
from tests import factories
from tests.runtime.conftest import NOW
from tests.runtime.permit import text
from tests.runtime.subcases import Two, effect, event_permit, offer, opinion
from tests.runtime.subcases import two as two  # the fixture
from tests.runtime.together import together

State = EffectRun.State


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def actions(case: Case) -> list[str]:
    return list(CaseEvent.objects.filter(case=case).order_by("n").values_list("action", flat=True))


def row(kind: str = "case") -> EffectRun:
    found = EffectRun.objects.filter(type=kind).order_by("pk").last()
    assert found is not None
    return found


def again(one: EffectRun) -> None:
    """Have the outbox run a row once more, as after a kill between its commit and its mark."""
    EffectRun.objects.filter(pk=one.pk).update(
        state=State.LEASED, lease_until=NOW - timedelta(1), payload=one.payload
    )
    effects.run_due(now=NOW)


class TestOpening:
    def test_files_the_application_with_what_the_case_knows(self, two: Two) -> None:
        place = {"lat": -6.1783, "lon": 106.6319}
        parent, child = two.asked(lokasi=place)
        assert (parent.status, child.status) == ("menunggu", "periksa")
        assert child.answers == {"nama": "Siti", "jumlah": 40, "lokasi": place}
        assert (child.applicant_name, child.parent_event, child.parent_effect) == ("Siti", 2, 0)
        first = CaseEvent.objects.get(case=child)
        assert (first.by, first.data["parent"]) == ("system", [str(parent.public_id), 2, 0])
        assert row().payload == {"module": "rekomendasi"}
        assert chain.verify(parent) == chain.verify(child) == []

    def test_takes_along_copies_of_files(self, two: Two) -> None:
        stored = services.store_upload(
            region=two.region,
            draft_token="draft",
            field="denah",
            name="denah.pdf",
            type="application/pdf",
            content=File(io.BytesIO(b"%PDF"), name="x"),
            sha256="0" * 64,
            now=NOW,
        )
        parent, child = two.asked(denah=[stored.as_answer()])
        own, copy = Attachment.objects.get(case=parent), Attachment.objects.get(case=child)
        assert own.pk != copy.pk
        assert own.file.name != copy.file.name
        assert child.answers["denah"] == [copy.as_answer()]
        assert copy.file.read() == b"%PDF"

    def test_that_is_repeated_after_a_kill_opens_nothing_twice(self, two: Two) -> None:
        parent = two.file()
        two.do(parent, "minta")
        waiting = row()
        effects.run_due(now=NOW)
        again(waiting)
        subcases.open_case(waiting, NOW)
        assert Case.objects.filter(parent=parent).count() == 1
        assert row().state == State.DONE

    @pytest.mark.django_db(transaction=True)
    def test_by_two_runners_at_once_opens_one(self, two: Two) -> None:
        parent = two.file()
        two.do(parent, "minta")
        pk = row().pk

        def run(_n: int) -> str:
            with scope.use(two.region):
                subcases.open_case(EffectRun.objects.get(pk=pk), NOW)
            return "done"

        assert together(3, run) == ["done"] * 3
        assert Case.objects.filter(parent=parent).count() == 1

    def test_stays_away_when_nobody_waits_any_more(self, two: Two) -> None:
        parent = two.file()
        two.do(parent, "minta")
        two.withdraw(parent, "urung")
        effects.run_due(now=NOW)
        assert (row().state, Case.objects.count()) == (State.DROPPED, 1)


class TestOpeningThatFails:
    def test_names_each_question_with_what_is_wrong_about_it(self, two: Two) -> None:
        own = {"maximum": text("Tempat itu memuat paling banyak 500 orang.")}
        fields = [
            {"key": "jumlah", "type": "integer", "label": text("Jumlah orang"), "maximum": 500},
            {"key": "kode", "type": "text", "label": text("Kode"), "required": True, "maxLength": 3},
        ]
        document = opinion()
        document["pages"][0]["fields"] = [*document["pages"][0]["fields"][:1], *fields]
        document["pages"][0]["fields"][1]["messages"] = own
        factories.installed(two.region, json.dumps(document), 2)
        parent = two.file(tamu=900)
        two.do(parent, "minta")
        effects.run_due(now=NOW)
        told = kin.mistakes(row(), "id")
        assert "Jumlah orang: Tempat itu memuat paling banyak 500 orang." in told
        assert any(words.startswith("Kode: ") for words in told)

    def test_says_which_answers_do_not_fit_and_works_once_they_do(self, two: Two) -> None:
        parent = two.file(tamu=900)
        two.do(parent, "minta")
        effects.run_due(now=NOW)
        failed = row()
        assert (failed.state, failed.reason, failed.attempts) == (State.FAILED, "case.answers", 1)
        assert failed.payload["found"] == [["answers.maximum", "/jumlah", {"limit": 500}]]
        assert "Siti" not in str(failed.payload)
        most = {**opinion(), "title": {"id": "Rekomendasi"}}
        next(one for one in most["pages"][0]["fields"] if one["key"] == "jumlah")["maximum"] = 1000
        factories.installed(two.region, json.dumps(most), 2)
        effects.retry(region=two.region, ids=[failed.pk], now=NOW)
        effects.run_due(now=NOW)
        assert Case.objects.get(parent=parent).answers["jumlah"] == 910

    @pytest.mark.parametrize("state", ["paused", "closed", ""])
    def test_says_that_the_region_does_not_take_it(self, two: Two, state: str) -> None:
        there = Installation.objects.filter(key="rekomendasi")
        there.update(state=state) if state else there.delete()
        parent = two.file()
        two.do(parent, "minta")
        effects.run_due(now=NOW)
        assert (row().state, row().reason) == (State.FAILED, "case.absent")
        assert not Case.objects.filter(parent=parent).exists()

    def test_says_that_services_send_one_another_round(self, two: Two) -> None:
        line = [two.file() for _ in range(origins.MOST_DEEP + 1)]
        for above, below in itertools.pairwise(line):
            Case.objects.filter(pk=below.pk).update(parent=above, parent_event=1)
        two.do(line[-2], "minta")
        effects.run_due(now=NOW)
        assert row().state == State.DONE
        two.do(line[-1], "minta")
        with pytest.raises(Hopeless) as found:
            subcases.open_case(row(), NOW)
        assert found.value.reason == "case.deep"


class TestOutcome:
    def test_leads_on_in_the_case_that_waits(self, two: Two) -> None:
        parent, child = two.asked()
        two.do(child, "setujui")
        assert fresh(parent).status == "menunggu"
        effects.run_due(now=NOW)
        assert actions(parent) == ["filed", "minta", "lanjut"]
        last = CaseEvent.objects.get(case=parent, n=3)
        assert (last.by, last.key) == ("system", f"system:case:{child.public_id.hex}:granted")
        assert chain.verify(fresh(parent)) == []

    def test_that_is_told_again_counts_once(self, two: Two) -> None:
        parent, child = two.asked()
        two.do(child, "setujui")
        told = row("outcome")
        effects.run_due(now=NOW)
        two.do(parent, "minta")  # it waits again, for another case
        again(told)
        assert fresh(parent).status == "menunggu"
        assert actions(parent) == ["filed", "minta", "lanjut", "minta"]

    def test_after_the_case_went_on_without_it_is_only_noted(self, two: Two) -> None:
        parent, child = two.asked()
        two.do(parent, "tanpa")
        two.do(child, "setujui")
        told = row("outcome")
        effects.run_due(now=NOW)
        again(told)
        assert actions(parent) == ["filed", "minta", "tanpa", "case:ended"]
        noted = CaseEvent.objects.get(case=parent, n=4).data
        assert (noted["case"], noted["ended"], noted["why"]) == (child.reference, "granted", "wrong_status")
        assert chain.verify(fresh(parent)) == []
        assert two.do(parent, "setujui").case.outcome == "granted"

    def test_after_the_case_was_withdrawn_is_only_noted(self, two: Two) -> None:
        parent, child = two.asked()
        two.withdraw(parent, "urung")
        assert fresh(child).closed_at is None
        two.do(child, "setujui")
        effects.run_due(now=NOW)
        assert CaseEvent.objects.filter(case=parent).order_by("n").last().data["why"] == "final"  # type: ignore[union-attr]
        assert fresh(parent).outcome == "withdrawn"

    def test_of_an_earlier_request_does_not_answer_a_later_one(self, two: Two) -> None:
        parent, first = two.asked()
        two.do(parent, "tanpa")
        two.do(parent, "minta")
        effects.run_due(now=NOW)
        second = Case.objects.get(parent=parent, parent_event=4)
        two.do(first, "tolak", comment="Tidak")
        effects.run_due(now=NOW)
        assert fresh(parent).status == "menunggu"
        two.do(second, "setujui")
        effects.run_due(now=NOW)
        assert actions(parent)[-2:] == ["case:ended", "lanjut"]

    def test_of_a_case_that_was_opened_again_is_told_when_it_ends_anew(self, two: Two) -> None:
        parent, child = two.asked()
        two.do(child, "tolak", comment="Tidak")
        two.do(child, "buka_lagi")  # before the first end was told
        effects.run_due(now=NOW)
        assert (fresh(parent).status, row("outcome").state) == ("menunggu", State.DROPPED)
        two.do(child, "setujui")
        effects.run_due(now=NOW)
        assert fresh(parent).status == "periksa"

    def test_that_is_another_one_later_on_is_noted(self, two: Two) -> None:
        parent, child = two.asked()
        two.do(child, "tolak", comment="Tidak")
        effects.run_due(now=NOW)
        assert fresh(parent).outcome == "refused"
        two.do(child, "buka_lagi")
        two.do(child, "setujui")
        effects.run_due(now=NOW)
        assert actions(parent) == ["filed", "minta", "gagal", "case:ended"]

    def test_that_the_document_does_not_foresee_is_noted(self, two: Two) -> None:
        document = event_permit(outcomes={"granted": "lanjut"}) | {"key": "izin-lain"}
        workflow = document["workflow"]
        workflow["actions"] = [one for one in workflow["actions"] if one["key"] != "gagal"]
        two.asking = offer(two.region, document)
        parent, child = two.asked()
        two.do(child, "tolak", comment="Tidak")
        effects.run_due(now=NOW)
        entry = history.timeline(fresh(parent), "id")[-1]
        assert child.reference in entry.note
        assert entry.n not in {one.n for one in history.public_view(fresh(parent), "id").past}

    def test_nobody_waits_for_is_told_to_nobody(self, two: Two) -> None:
        lone = event_permit() | {"key": "izin-lepas"}
        lone["workflow"]["actions"] = [
            a for a in lone["workflow"]["actions"] if a["key"] not in ("lanjut", "gagal")
        ]
        next(a for a in lone["workflow"]["actions"] if a["key"] == "minta")["effects"] = [
            {key: value for key, value in effect().items() if key != "outcomes"}
        ]
        two.asking = offer(two.region, lone)
        parent, child = two.asked()
        two.do(child, "setujui")
        effects.run_due(now=NOW)
        assert (actions(parent), row("outcome").state) == (["filed", "minta"], State.DONE)


class TestPersonalData:
    def test_removed_from_the_case_that_ended_do_not_keep_its_end_from_being_told(self, two: Two) -> None:
        forgetful = opinion()
        forgetful["workflow"]["actions"][0]["effects"] = [{"anonymise": True}]
        factories.installed(two.region, json.dumps(forgetful), 2)
        parent, child = two.asked()
        two.do(child, "setujui")
        effects.run_due(now=NOW, ids=[row("anonymise").pk])
        assert fresh(child).applicant_name == ""
        effects.run_due(now=NOW)
        assert (fresh(parent).status, fresh(parent).answers["nama"]) == ("periksa", "Siti")
        assert chain.verify(fresh(parent)) == chain.verify(fresh(child)) == []

    def test_removed_from_the_case_that_asked_stay_in_the_other_which_is_its_own(self, two: Two) -> None:
        document = event_permit()
        withdraw = next(one for one in document["workflow"]["actions"] if one["key"] == "urung")
        withdraw["effects"] = [{"anonymise": True}]
        two.asking = factories.installed(two.region, json.dumps(document), 2)
        parent, child = two.asked()
        two.withdraw(parent, "urung")
        effects.run_due(now=NOW)
        assert (fresh(parent).answers, fresh(child).answers["nama"]) == ({"tamu": 30}, "Siti")
        two.do(child, "setujui")
        effects.run_due(now=NOW)
        assert actions(parent)[-2:] == ["anonymised", "case:ended"]
        assert chain.verify(fresh(parent)) == chain.verify(fresh(child)) == []


class TestMoves:
    @pytest.mark.parametrize("filed", [True, False])
    def test_are_barred_where_the_end_that_is_waited_for_would_lead_nowhere(
        self, two: Two, filed: bool
    ) -> None:
        parent = two.file()
        two.do(parent, "minta")
        if filed:
            effects.run_due(now=NOW)
        document = event_permit(outcomes={"granted": "lanjut", "refused": "lanjut", "withdrawn": "lanjut"})
        document["workflow"]["actions"] = [a for a in document["workflow"]["actions"] if a["key"] != "gagal"]
        rule = next(a for a in document["workflow"]["actions"] if a["key"] == "minta")["effects"][0]
        rule["outcomes"]["expired"] = "lanjut"
        new = factories.installed(two.region, json.dumps(document), 2).version
        plan = moving.plan(fresh(parent), new, Rules(), NOW)
        assert [(one.bar, one.key) for one in plan.hindrances] == [("awaited_gone", "gagal")]

    def test_leave_the_way_on_that_the_older_version_asked_for(self, two: Two) -> None:
        parent, child = two.asked()
        renamed = json.loads(json.dumps(event_permit()).replace('"menunggu"', '"tunggu"'))
        new = factories.installed(two.region, json.dumps(renamed), 2).version
        moving.move(
            Wanted(two.region, parent.reference, parent.version, new, "b", NOW, Rules({"menunggu": "tunggu"}))
        )
        two.do(child, "setujui")
        effects.run_due(now=NOW)
        assert (fresh(parent).status, actions(parent)[-1]) == ("periksa", "lanjut")
        assert chain.verify(fresh(parent)) == []


class TestHistory:
    def test_of_a_case_that_was_hung_under_another_one_is_found_out(self, two: Two) -> None:
        _parent, child = two.asked()
        Case.objects.filter(pk=child.pk).update(parent_event=1)
        assert [broken.what for broken in chain.verify(fresh(child))] == ["parent"]
        Case.objects.filter(pk=child.pk).update(parent=None, parent_event=0)
        assert [broken.what for broken in chain.verify(fresh(child))] == ["parent"]
