"""Removing what is personal from a closed case: answers, files, names; the history stays provable."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.test import Client

from runtime.cases import anonymising, chain, history, services, wording
from runtime.cases.models import Attachment, Case, CaseEvent, Correction, Edit, Word
from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.workflow.editing import EDIT
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village

State = EffectRun.State
YEAR = {"amount": 365, "unit": "days"}


@pytest.fixture
def forgetting(desk: Village) -> Village:
    """The permit, which is anonymised a year after the applicant withdrew it."""
    document = permit.document(key="izin-lupa")
    fields = {field["key"]: field for page in document["pages"] for field in page["fields"]}
    fields["name"]["privacy"] = "personal"  # the address is so by its type
    fields["score"]["privacy"] = "special"
    kid = {"key": "kid", "type": "text", "label": {"id": "Nama"}, "privacy": "personal"}
    grade = {"key": "grade", "type": "integer", "label": {"id": "Kelas"}}
    kids = {"key": "kids", "type": "repeat", "label": {"id": "Anak"}, "fields": [kid, grade]}
    document["pages"][0]["fields"].append(kids)
    withdraw = next(one for one in document["workflow"]["actions"] if one["key"] == "withdraw")
    withdraw["effects"] = [{"anonymise": True, "after": YEAR, "while": ["withdrawn"]}]
    desk.version = factories.installed(desk.region, json.dumps(document)).version
    return desk


def closed(village: Village) -> Case:
    """Return a case with everything personal in it, withdrawn."""
    stored = services.store_upload(
        region=village.region,
        draft_token="draft",
        field="paper",
        name="Siti.pdf",
        type="application/pdf",
        content=File(io.BytesIO(b"%PDF"), name="x"),
        sha256="0" * 64,
        now=village.now,
    )
    given = permit.answers(
        village=village.office.key,
        name="Sitti",
        paper=[stored.as_answer()],
        kids=[{"kid": "Budi", "grade": 3}],
    )
    receipt = village.submit(answers=given, draft_token="draft")
    village.perform(receipt.reference, EDIT, village.clerk, answers={"name": "Siti"}, comment="Siti")
    village.forward(receipt.reference)
    village.perform(receipt.reference, "withdraw")
    return Case.objects.get(reference=receipt.reference)


def a_year_later(village: Village) -> None:
    effects.run_due(now=village.now)
    effects.run_due(now=village.now + timedelta(days=366))


def row() -> EffectRun:
    return EffectRun.objects.get(type="anonymise")


class TestAnonymise:
    def test_removes_answers_files_and_names_and_nothing_else(
        self, forgetting: Village, django_capture_on_commit_callbacks: Any
    ) -> None:
        case = closed(forgetting)
        path = str(Attachment.objects.get().file.name)
        with django_capture_on_commit_callbacks(execute=True):
            a_year_later(forgetting)
        case.refresh_from_db()
        assert row().state == State.DONE
        assert case.answers == {
            "age": 30,
            "reason": "a",
            "village": forgetting.office.key,
            "kids": [{"grade": 3}],
        }
        assert case.officer_answers == {"complete": True}
        assert (case.applicant_name, case.contact_email, case.proof_hash) == ("", "", "")
        assert not Attachment.objects.exists()
        assert not default_storage.exists(path)
        assert "siti@contoh.id" not in str(list(EffectRun.objects.values_list("payload", flat=True)))

    def test_leaves_no_word_of_a_person_to_be_found_by(self, forgetting: Village) -> None:
        case = closed(forgetting)
        words = Word.objects.filter(case=case)
        assert {b"siti", b"contoh"} <= {bytes(word) for word in words.values_list("word", flat=True)}
        a_year_later(forgetting)
        assert {bytes(word) for word in words.values_list("word", flat=True)} == {
            b"",
            *wording.of_reference(case.reference),
        }

    def test_leaves_nothing_of_what_an_officer_changed(self, forgetting: Village) -> None:
        case = closed(forgetting)
        a_year_later(forgetting)
        assert not Edit.objects.filter(case=case).exists()
        told = history.timeline(case, "id")[1].edit
        assert told is not None
        assert (told.reason, told.changes) == ("", ())

    def test_leaves_a_history_that_can_be_proved(self, forgetting: Village) -> None:
        case = closed(forgetting)
        before = list(CaseEvent.objects.filter(case=case).values_list("hash", flat=True))
        a_year_later(forgetting)
        case.refresh_from_db()
        events = list(CaseEvent.objects.filter(case=case).order_by("n"))
        assert chain.verify(case) == []
        assert [event.hash for event in events[:-1]] == before
        last = events[-1]
        assert (last.action, last.by, last.from_status) == ("anonymised", "system", "withdrawn")
        assert last.data["changed"] == ["email", "name", "paper"]
        assert "Siti" not in json.dumps([event.data for event in events])

    def test_takes_place_once(self, forgetting: Village) -> None:
        case = closed(forgetting)
        a_year_later(forgetting)
        again = row()
        anonymising.remover(again, forgetting.now)
        assert CaseEvent.objects.filter(case=case, action="anonymised").count() == 1
        assert chain.verify(Case.objects.get(pk=case.pk)) == []

    def test_waits_for_its_time(self, forgetting: Village) -> None:
        closed(forgetting)
        effects.run_due(now=forgetting.now + timedelta(days=364))
        assert row().state == State.NEW

    def test_leaves_a_case_alone_that_is_open_again(self, forgetting: Village) -> None:
        case = closed(forgetting)
        Case.objects.filter(pk=case.pk).update(status="review", closed_at=None, outcome="")
        a_year_later(forgetting)
        assert row().state == State.DROPPED
        EffectRun.objects.filter(pk=row().pk).update(state=State.NEW, payload={}, due_at=forgetting.now)
        effects.run_due(now=forgetting.now)
        assert (row().state, "no end" in row().last_error) == (State.DROPPED, True)
        case.refresh_from_db()
        assert case.answers["name"] == "Siti"

    def test_forgets_what_corrections_kept(self, forgetting: Village) -> None:
        receipt = forgetting.submit()
        forgetting.send_back(receipt.reference, "name", note="Nama Siti salah.")
        forgetting.perform(receipt.reference, "withdraw")
        a_year_later(forgetting)
        correction = Correction.objects.get()
        assert (correction.note, correction.before) == ("", {})

    def test_is_told_in_the_history(self, forgetting: Village, client_on: ClientOn, settings: Any) -> None:
        case = closed(forgetting)
        a_year_later(forgetting)
        case.refresh_from_db()
        assert history.timeline(case, "id")[-1].title in {
            "Data pribadi dihapus",
            "Personal data were removed",
        }
        assert history.public_view(case, "id").past
        client: Client = client_on(forgetting.region, forgetting.head)
        assert client.get(f"/desk/cases/{case.reference}/").status_code == 200
