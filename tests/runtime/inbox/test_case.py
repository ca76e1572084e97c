"""The page of a case: what is shown, what is hidden, and to whom it opens at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from runtime.modules import selectors as modules
from runtime.regions.models import Region, User
from schemas.fieldtypes import wording
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village

NEW = '<span class="tag tag--warn">baru</span>'
NIK = "3671014507880004"


def with_nik() -> str:
    data, *rest = permit.document()["pages"]
    nik = {"key": "nik", "type": "nik", "label": {"id": "NIK"}}
    return permit.as_text(pages=[{**data, "fields": [*data["fields"], nik]}, *rest])


def page(client: Client, reference: str) -> str:
    response = client.get(f"/desk/cases/{reference}/")
    assert response.status_code == 200
    return str(response.content.decode())


SIGNATURE = {"key": "ttd", "type": "signature", "label": {"id": "Tanda tangan"}}


class TestCase:
    def test_shows_a_signature_as_it_was_drawn(
        self, tangerang: Region, desk: Village, clerk_at: Client
    ) -> None:
        data, *rest = permit.document()["pages"]
        pages = [{**data, "fields": [*data["fields"], SIGNATURE]}, *rest]
        version = factories.installed(tangerang, permit.as_text(pages=pages), number=2).version
        signed = modules.definition(version).field("ttd")
        assert signed is not None
        drawn = {"name": "Siti", "text": wording.of(signed), "strokes": "M1 1L20 20"}
        given = permit.answers(village=desk.office.key, ttd=drawn)
        shown = page(clerk_at, desk.submit(version=version, answers=given).reference)
        assert '<path d="M1 1L20 20"/>' in shown

    def test_shows_answers_status_history_and_the_map(self, desk: Village, clerk_at: Client) -> None:
        shown = page(clerk_at, desk.submit().reference)
        for words in ("Siti", "Diperiksa", "Riwayat", "<svg", "diagram-status--current"):
            assert words in shown

    def test_says_what_to_compare_with_the_card(
        self, tangerang: Region, desk: Village, clerk_at: Client
    ) -> None:
        version = factories.installed(tangerang, with_nik(), number=2).version
        for nik, doubted in ((NIK, False), ("0171014507880004", True)):
            given = permit.answers(village=desk.office.key, nik=nik)
            shown = page(clerk_at, desk.submit(version=version, answers=given).reference)
            assert ("Angka awal NIK ini bukan kode provinsi" in shown) is doubted

    def test_names_where_each_button_leads(self, desk: Village, clerk_at: Client) -> None:
        response = clerk_at.get(f"/desk/cases/{desk.submit().reference}/")
        shown = response.context["page"].buttons
        buttons = [(button.address.split("/")[-2], button.to) for button in shown]
        assert buttons == [("forward", "Tanda tangan"), ("send_back", "Perbaikan")]

    def test_offers_nothing_to_whom_it_is_not_the_turn_of(
        self, desk: Village, clerk_at: Client, head_at: Client
    ) -> None:
        case = desk.submit().reference
        desk.forward(case)
        assert clerk_at.get(f"/desk/cases/{case}/").context["page"].buttons == ()
        assert len(head_at.get(f"/desk/cases/{case}/").context["page"].buttons) == 2

    def test_says_why_an_action_cannot_be_taken(self, desk: Village, head_at: Client) -> None:
        case = desk.submit(answers=permit.answers(village=desk.office.key, age=16)).reference
        desk.forward(case)
        sign = head_at.get(f"/desk/cases/{case}/").context["page"].buttons[0]
        assert sign.address.endswith("/sign/")
        assert sign.refused

    def test_masks_identity_numbers_until_asked(self, desk: Village, clerk_at: Client) -> None:
        version = factories.installed(desk.region, with_nik(), 2).version
        given = permit.answers(village=desk.office.key, nik=NIK)
        case = desk.submit(version=version, answers=given).reference
        assert NIK not in page(clerk_at, case)
        assert NIK in clerk_at.post(f"/desk/cases/{case}/").content.decode()

    def test_marks_what_came_since_the_reader_last_looked(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        desk.now = timezone.now() - timedelta(hours=1)
        case = desk.submit().reference
        desk.send_back(case, "name")
        assert NEW not in page(clerk_at, case)
        desk.now = timezone.now() + timedelta(hours=1)
        desk.perform(case, "answer", answers={"name": "Siti Aminah"})
        colleague = client_on(desk.region, factories.staff("clerk", desk.office, "loket2"))
        assert NEW not in page(colleague, case)  # who has never looked has seen nothing before
        shown = page(clerk_at, case)
        assert shown.count(NEW) == 1
        assert shown.count("berubah sejak Anda terakhir melihat") == 1
        revealed = clerk_at.post(f"/desk/cases/{case}/").content.decode()
        assert revealed.count(NEW) == 1

    def test_marks_what_a_correction_changed_and_says_what_it_was(
        self, desk: Village, clerk_at: Client
    ) -> None:
        case = desk.submit().reference
        desk.send_back(case, "name", "reason")
        desk.perform(case, "answer", answers={"name": "Siti Aminah", "reason": "a"})
        shown = page(clerk_at, case)
        assert '<span class="changed">Siti Aminah</span>' in shown
        assert "tadinya “Siti”" in shown
        assert shown.count('class="changed"') == 1

    def test_shows_what_was_asked_of_the_applicant(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        desk.send_back(case, "name", note="Nama belum lengkap.")
        shown = page(clerk_at, case)
        assert "Menunggu perbaikan dari pemohon" in shown
        assert "Nama belum lengkap." in shown

    def test_shows_officers_answers_apart(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        desk.forward(case)
        shown = clerk_at.get(f"/desk/cases/{case}/").context["page"]
        assert [section.title for section in shown.officer_sections] == ["Pemeriksaan"]

    def test_leads_on_to_the_next_case(self, desk: Village, clerk_at: Client) -> None:
        first, second = desk.submit().reference, desk.submit().reference
        assert f'href="/desk/cases/{second}/"' in page(clerk_at, first)

    def test_writes_text_of_citizens_as_text(self, desk: Village, clerk_at: Client) -> None:
        given = permit.answers(village=desk.office.key, name="<b>{{ 7|add:7 }}</b>")
        shown = page(clerk_at, desk.submit(answers=given).reference)
        assert "<b>{{" not in shown
        assert "&lt;b&gt;{{ 7|add:7 }}" in shown


class TestRights:
    def test_hides_a_case_from_other_offices_of_the_region(self, desk: Village, client_on: ClientOn) -> None:
        elsewhere = factories.office(desk.office.parent or desk.region, "lain")
        client = client_on(desk.region, factories.staff("clerk", elsewhere, "loket-lain"))
        assert client.get(f"/desk/cases/{desk.submit().reference}/").status_code == 404

    def test_hides_a_case_from_other_regions(
        self, desk: Village, outsider: User, poso: Region, client_on: ClientOn
    ) -> None:
        case = desk.submit().reference
        assert client_on(poso, outsider).get(f"/desk/cases/{case}/").status_code == 404
        assert client_on(desk.region, outsider).get(f"/desk/cases/{case}/").status_code == 403

    @pytest.mark.parametrize("reference", ["TNG-0000", "x", "%00", "a" * 300])
    def test_answers_nonsense_with_not_found(self, clerk_at: Client, reference: str) -> None:
        assert clerk_at.get(f"/desk/cases/{reference}/").status_code == 404

    def test_refuses_other_methods(self, desk: Village, clerk_at: Client) -> None:
        assert clerk_at.put(f"/desk/cases/{desk.submit().reference}/").status_code == 405
