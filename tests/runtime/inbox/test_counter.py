"""A clerk files at the counter for whoever came: who may, what is kept, who may decide then."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from runtime.cases import services
from runtime.cases.models import Attachment, Case, CaseEvent, Stated, Task
from runtime.effects.models import EffectRun
from runtime.regions.models import Role, User
from runtime.viewlog.models import Viewing
from runtime.wizard.models import Draft
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village

KEY = "izin"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SITI = {"name": "Siti  Aminah", "identity": "ktp"}


@pytest.fixture
def at(desk: Village, clerk_at: Client) -> Client:
    """The clerk, whose role files at the counter."""
    Role.objects.filter(region=desk.region, key="clerk").update(counter=True)
    return clerk_at


def begin(at: Client, **changes: Any) -> Any:
    return at.post(f"/desk/counter/{KEY}/", SITI | changes)


def fill(at: Client, address: str, village: str) -> Any:
    """Fill in every page and send; return the answer to the last post."""
    given = {
        "data": {"name": "Siti Aminah", "email": "siti@contoh.id", "age": "40", "village": village},
        "more": {},
    }
    for step, answers in given.items():
        at.post(f"{address}{step}/", answers)
    return at.post(f"{address}review/", {"agree": "on"})


class TestCounter:
    def test_is_open_to_roles_that_an_administrator_names(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        assert clerk_at.get("/desk/counter/").status_code == 403
        assert "Ajukan untuk warga" not in clerk_at.get("/desk/").content.decode()
        manager = client_on(desk.region, factories.staff("administrator", desk.region, "pengelola"))
        assert manager.post("/desk/staff/roles/", {"counter": ["clerk", "administrator"]}).status_code == 302
        assert list(Role.objects.filter(counter=True).values_list("key", flat=True)) == ["clerk"]
        assert "Ajukan untuk warga" in clerk_at.get("/desk/").content.decode()
        assert KEY in clerk_at.get("/desk/counter/").content.decode()

    def test_files_in_the_applicants_name_and_names_the_clerk(self, desk: Village, at: Client) -> None:
        begun = begin(at)
        answered = fill(at, begun.url, desk.office.key)
        receipt = at.get(answered.url).content.decode()
        case = Case.objects.get()
        assert (case.channel, case.filed_by, case.applicant) == ("desk", desk.clerk, None)
        assert (case.applicant_name, case.contact_email) == ("Siti Aminah", "siti@contoh.id")
        event = CaseEvent.objects.get(case=case)
        assert (event.by, event.actor, event.role) == ("person", desk.clerk, "clerk")
        assert "Siti" not in str(event.data)
        assert Stated.objects.get(case=case).name == "Siti Aminah"
        assert services.verify_chain(case) == []
        assert "<svg" in receipt
        assert f"reference={case.reference}" in receipt
        assert desk.clerk.get_full_name() in receipt
        assert list(Viewing.objects.values_list("user", "purpose")) == [(desk.clerk.pk, "filing")]
        assert EffectRun.objects.filter(case_id=case.pk, payload__to="siti@contoh.id").exists()
        assert at.get(f"/track/{case.reference}/").status_code == 302  # the clerk has not proved to be her

    def test_keeps_the_power_of_attorney_with_the_case(self, desk: Village, at: Client) -> None:
        assert begin(at, identity="agent").status_code == 422
        paper = SimpleUploadedFile("kuasa.pdf", PDF)
        begun = begin(at, identity="agent", agent="Budi", paper=paper)
        fill(at, begun.url, desk.office.key)
        case = Case.objects.get()
        assert Attachment.objects.get().case == case
        page = at.get(f"/desk/cases/{case.reference}/").content.decode()
        assert [word for word in ("kuasa.pdf", "Budi", "di loket") if word not in page] == []
        assert services.verify_chain(case) == []
        Stated.objects.update(agent="Joko")
        assert [broken.what for broken in services.verify_chain(case)] == ["stated"]

    def test_draft_is_open_to_its_clerk_alone(
        self, desk: Village, at: Client, client_on: ClientOn, head_at: Client
    ) -> None:
        begun = begin(at)
        assert "Siti Aminah" in at.get(begun.url, follow=True).content.decode()
        assert "Siti Aminah" in at.get("/desk/counter/").content.decode()
        for other in (client_on(desk.region), head_at):
            assert other.get(begun.url).status_code == 404
            assert other.post(f"{begun.url}data/autosave/", {"name": "X"}).status_code == 404
        Role.objects.update(counter=False)
        assert at.get(begun.url).status_code == 404

    def test_draft_saved_for_later_is_said_to_be_the_clerks_alone(self, desk: Village, at: Client) -> None:
        begun = begin(at)
        saved = at.post(f"{begun.url}data/", {"name": "Siti", "_do": "save"}, follow=True).content.decode()
        assert "Hanya Anda yang dapat membukanya" in saved
        assert "alamat ini" not in saved
        assert 'href="/desk/counter/"' in saved

    def test_draft_is_deleted_by_its_clerk_alone(
        self, desk: Village, at: Client, client_on: ClientOn
    ) -> None:
        begin(at)
        address = f"/desk/counter/drafts/{Draft.objects.get().token}/delete/"
        assert address in at.get("/desk/counter/").content.decode()
        other = client_on(desk.region, factories.staff("clerk", desk.office, "loket-2"))
        assert "tidak lagi ada" in other.post(address, follow=True).content.decode()
        assert Draft.objects.count() == 1
        assert "Sudah dihapus" in at.post(address, follow=True).content.decode()
        assert not Draft.objects.exists()
        assert "tidak lagi ada" in at.post(address, follow=True).content.decode()

    def test_begins_no_more_than_a_clerk_can_in_an_hour(
        self, desk: Village, at: Client, settings: Any
    ) -> None:
        settings.RAKIT_DRAFTS_PER_CLERK = 2
        assert [begin(at).status_code for _time in range(3)] == [302, 302, 429]
        assert Draft.objects.count() == 2

    def test_is_filtered_in_the_list_of_work(self, desk: Village, at: Client) -> None:
        desk.submit()
        fill(at, begin(at).url, desk.office.key)
        web, counter = Case.objects.order_by("pk").values_list("reference", flat=True)
        page = at.get("/desk/?via=desk").content.decode()
        assert (counter in page, web in page) == (True, False)


class TestSeparated:
    def test_bars_the_clerk_who_filed_where_steps_are_kept_apart(self, desk: Village) -> None:
        document = permit.document()
        document["workflow"]["separate"] = [["forward", "sign"]]
        desk.version = factories.installed(desk.region, json.dumps(document), 2).version
        colleague = factories.staff("clerk", desk.office, "rekan")
        stated = services.Counter(desk.clerk, "clerk", "Siti", "ktp")
        reference = desk.submit(channel="desk", at_counter=stated).reference
        with pytest.raises(services.Refused) as refused:
            desk.forward(reference)
        assert refused.value.refused.reason == "separated"
        desk.perform(reference, "forward", colleague, answers={"complete": True})
        assert services.verify_chain(Case.objects.get()) == []

    def test_leaves_a_service_alone_that_keeps_nothing_apart(self, desk: Village) -> None:
        stated = services.Counter(desk.clerk, "clerk", "Siti", "ktp")
        desk.forward(desk.submit(channel="desk", at_counter=stated).reference)


class TestOwnCase:
    """The clerk files in their own name, in a service that keeps no steps apart."""

    @pytest.fixture
    def reference(self, desk: Village) -> str:
        User.objects.filter(pk=desk.clerk.pk).update(first_name="Ir. Siti", last_name="Amínah, M.T.")
        desk.clerk.refresh_from_db()
        stated = services.Counter(desk.clerk, "clerk", "SITI  AMINAH", "ktp")
        answers = permit.answers(village=desk.office.key) | {"name": "siti aminah"}
        return desk.submit(channel="desk", at_counter=stated, answers=answers).reference

    def test_is_not_decided_by_the_clerk_nor_by_whoever_stands_in_for_them(
        self, desk: Village, reference: str
    ) -> None:
        deputy = factories.staff("guard", desk.office, "wakil")
        day = desk.now.date()
        factories.standin(deputy, "clerk", desk.office, desk.clerk, from_on=day, until_on=day)
        for user, reason in ((desk.clerk, "own_case"), (deputy, "principals_case")):
            with pytest.raises(services.Refused) as refused:
                desk.perform(reference, "forward", user, answers={"complete": True})
            assert refused.value.refused.reason == reason
        colleague = factories.staff("clerk", desk.office, "rekan")
        desk.perform(reference, "forward", colleague, answers={"complete": True})

    def test_says_why_in_a_plain_sentence(self, at: Client, reference: str) -> None:
        page = at.get(f"/desk/cases/{reference}/").content.decode()
        assert "Permohonan ini Anda ajukan sendiri" in page

    def test_is_neither_taken_on_nor_given_to_the_clerk(self, desk: Village, reference: str) -> None:
        colleague, task = factories.staff("clerk", desk.office, "rekan"), Task.objects.get()
        with pytest.raises(services.Refused) as refused:
            desk.perform(reference, "task:claim", desk.clerk, task=task.pk)
        assert refused.value.refused.reason == "own_case"
        with pytest.raises(services.Refused) as refused:
            desk.perform(reference, "task:delegate", colleague, task=task.pk, person=desk.clerk.pk)
        assert refused.value.refused.reason == "person_unfit"
