"""The status page opens to two facts only, and lets the applicant do what is asked and no more."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from runtime.cases.models import Attachment, Case
from runtime.cases.outcomes import Receipt
from runtime.effects import services as effects
from runtime.modules.models import ModuleVersion
from runtime.regions.models import Region, User
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village


@pytest.fixture
def filed(desk: Village) -> Receipt:
    """A case that has just been filed."""
    return desk.submit(now=timezone.now())


@pytest.fixture
def citizen_client(desk: Village, filed: Receipt, client_on: Callable[..., Client]) -> Client:
    """A browser that has proved the case to be its own."""
    client = client_on(desk.region)
    found = client.post("/track/", {"reference": filed.reference, "proof": filed.access_code})
    assert found["Location"] == f"/track/{filed.reference}/"
    return client


@pytest.fixture
def returned(desk: Village, filed: Receipt) -> Receipt:
    """The case, sent back with two questions."""
    desk.send_back(filed.reference, "name", "reason", note="Nama <b>tidak</b> terbaca.")
    return filed


def current(desk: Village, filed: Receipt) -> Case:
    found: Case = Case.objects.get(reference=filed.reference)
    return found


def told(page: Any) -> list[str]:
    """Return the messages on a page."""
    return [str(message) for message in page.context["messages"]]


class TestFind:
    """Two facts, and no hint which of them was wrong."""

    def test_opens_the_case_however_the_reference_is_typed(
        self, desk: Village, filed: Receipt, client_on: Callable[..., Client]
    ) -> None:
        typed = filed.reference.lower().replace("-", " ")
        answer = client_on(desk.region).post("/track/", {"reference": typed, "proof": filed.access_code})
        assert answer["Location"] == f"/track/{filed.reference}/"

    def test_T34_answers_an_unknown_reference_and_a_wrong_fact_alike(
        self, desk: Village, filed: Receipt, client_on: Callable[..., Client]
    ) -> None:
        client = client_on(desk.region)
        wrong = client.post("/track/", {"reference": filed.reference, "proof": "1-1-1990"})
        unknown = client.post("/track/", {"reference": "TNG-0000-0000-00000", "proof": "1-1-1990"})
        assert wrong.status_code == unknown.status_code == 200
        assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()

    def test_T7_locks_after_too_many_tries_also_for_the_right_fact(
        self, desk: Village, filed: Receipt, client_on: Callable[..., Client]
    ) -> None:
        client = client_on(desk.region)
        for _try in range(10):
            client.post("/track/", {"reference": filed.reference, "proof": "salah"})
        answer = client.post("/track/", {"reference": filed.reference, "proof": filed.access_code})
        assert answer.status_code == 429

    def test_finds_nothing_of_another_region(
        self, filed: Receipt, poso: Region, client_on: Callable[..., Client]
    ) -> None:
        client = client_on(poso)
        answer = client.post("/track/", {"reference": filed.reference, "proof": filed.access_code})
        assert answer.status_code == 200

    def test_allows_no_other_method(self, desk: Village, client_on: Callable[..., Client]) -> None:
        client = client_on(desk.region)
        assert client.put("/track/").status_code == 405
        assert client.delete("/track/").status_code == 405


class TestAccess:
    """Knowing the address is not enough."""

    @pytest.mark.parametrize("path", ["", "correct/", "withdraw/"])
    def test_asks_strangers_for_the_proof_case_or_no_case(
        self, desk: Village, filed: Receipt, client_on: Callable[..., Client], path: str
    ) -> None:
        client = client_on(desk.region)
        for reference in (filed.reference, "TNG-0000-0000-00000"):
            for answer in (
                client.get(f"/track/{reference}/{path}"),
                client.post(f"/track/{reference}/{path}"),
            ):
                assert answer.status_code in {302, 405}
                if answer.status_code == 302:
                    assert answer["Location"] == f"/track/?reference={reference}"

    def test_T5_gives_no_file_to_strangers(
        self, desk: Village, filed: Receipt, client_on: Callable[..., Client]
    ) -> None:
        path = f"/track/{filed.reference}/files/00000000-0000-0000-0000-000000000000/"
        assert client_on(desk.region).get(path).status_code == 302

    def test_opens_to_the_logged_in_applicant_and_to_no_other_person(
        self, desk: Village, citizen: User, client_on: Callable[..., Client]
    ) -> None:
        own = desk.submit(applicant=citizen)
        assert client_on(desk.region, citizen).get(f"/track/{own.reference}/").status_code == 200
        assert client_on(desk.region, desk.clerk).get(f"/track/{own.reference}/").status_code == 302

    def test_lets_a_grant_end(self, filed: Receipt, citizen_client: Client) -> None:
        session = citizen_client.session
        session["cases"] = {filed.reference: (timezone.now() - timedelta(hours=5)).isoformat()}
        session.save()
        assert citizen_client.get(f"/track/{filed.reference}/").status_code == 302

    def test_closes_the_case_on_a_shared_device(self, filed: Receipt, citizen_client: Client) -> None:
        assert citizen_client.get(f"/track/{filed.reference}/leave/").status_code == 405
        citizen_client.post(f"/track/{filed.reference}/leave/")
        assert citizen_client.get(f"/track/{filed.reference}/").status_code == 302


class TestCase:
    """What the page says."""

    def test_says_status_way_and_answers_and_no_officer(
        self, desk: Village, filed: Receipt, citizen_client: Client
    ) -> None:
        desk.forward(filed.reference)
        response = citizen_client.get(f"/track/{filed.reference}/")
        page = response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert "Tanda tangan" in page
        assert "Siti" in page
        assert desk.clerk.get_full_name() not in page

    def test_shows_the_note_of_a_correction_as_text(self, returned: Receipt, citizen_client: Client) -> None:
        page = citizen_client.get(f"/track/{returned.reference}/").content.decode()
        assert "Nama &lt;b&gt;tidak&lt;/b&gt; terbaca." in page
        assert f"/track/{returned.reference}/correct/" in page

    def test_keeps_showing_a_message_to_the_applicant_once_it_is_sent(
        self, desk: Village, filed: Receipt, citizen_client: Client
    ) -> None:
        desk.forward(filed.reference)
        for _state in ("waiting", "sent"):
            sent = citizen_client.get(f"/track/{filed.reference}/").context["messages_sent"]
            assert [message.subject for message in sent] == [f"received: {filed.reference}"]
            effects.run_due(now=timezone.now())
        assert sent[0].at is not None


class TestCorrect:
    """Only what was sent back, and what it brings up."""

    def test_offers_the_named_questions_only(self, returned: Receipt, citizen_client: Client) -> None:
        page = citizen_client.get(f"/track/{returned.reference}/correct/").content.decode()
        assert 'value="Siti"' in page
        assert 'name="reason"' in page
        assert 'name="age"' not in page

    def test_sends_the_new_answers(self, desk: Village, returned: Receipt, citizen_client: Client) -> None:
        path = f"/track/{returned.reference}/correct/"
        answer = citizen_client.post(path, {"name": "Siti Aminah", "reason": "a"})
        assert answer["Location"] == f"/track/{returned.reference}/"
        case = current(desk, returned)
        assert (case.status, case.answers["name"], case.answers["age"]) == ("review", "Siti Aminah", 30)

    def test_asks_before_it_sends_the_same_once_more(
        self, desk: Village, client_on: Callable[..., Client]
    ) -> None:
        document = permit.document()
        answer = next(one for one in document["workflow"]["actions"] if one["key"] == "answer")
        answer["ask"]["comment"] = "optional"
        desk.version = factories.installed(desk.region, json.dumps(document), 2).version
        citizen = factories.person("warga")
        filed = desk.submit(applicant=citizen)
        desk.send_back(filed.reference, "name")
        client, path = client_on(desk.region, citizen), f"/track/{filed.reference}/correct/"
        assert "Belum ada yang Anda ubah" in client.post(path, {"name": "Siti"}).content.decode()
        assert current(desk, filed).status == "fix"
        given = {"name": "Siti", "_comment": "Nama itu sudah benar."}
        assert client.post(path, given).status_code == 302
        assert current(desk, filed).status == "review"

    def test_refuses_answers_that_were_not_sent_back(
        self, desk: Village, returned: Receipt, citizen_client: Client
    ) -> None:
        path = f"/track/{returned.reference}/correct/"
        assert citizen_client.post(path, {"name": "Siti", "reason": "a", "age": "99"}).status_code == 400
        assert current(desk, returned).status == "fix"

    def test_keeps_what_was_typed_when_something_is_missing(
        self, desk: Village, returned: Receipt, citizen_client: Client
    ) -> None:
        path = f"/track/{returned.reference}/correct/"
        page = citizen_client.post(path, {"name": "", "reason": "b"})
        assert page.status_code == 200
        assert current(desk, returned).status == "fix"
        assert 'value="b" checked' in citizen_client.get(path).content.decode()

    def test_asks_along_what_a_new_answer_brings_up(
        self, desk: Village, returned: Receipt, citizen_client: Client
    ) -> None:
        path = f"/track/{returned.reference}/correct/"
        given = {"name": "Siti", "reason": "b"}
        assert 'name="detail"' in citizen_client.post(path, given).content.decode()
        citizen_client.post(path, {**given, "_shown": "detail", "detail": "rinci"})
        assert current(desk, returned).answers["detail"] == "rinci"

    def test_takes_a_new_file(self, desk: Village, filed: Receipt, citizen_client: Client) -> None:
        desk.send_back(filed.reference, "paper")
        out = io.BytesIO()
        Image.new("RGB", (9, 9)).save(out, "JPEG")
        upload = SimpleUploadedFile("baru.jpg", out.getvalue())
        citizen_client.post(f"/track/{filed.reference}/correct/", {"paper": upload})
        item = current(desk, filed).answers["paper"][0]
        sent: Any = citizen_client.get(f"/track/{filed.reference}/files/{item['id']}/")
        assert sent.status_code == 200
        assert sent["Content-Disposition"].startswith("attachment")
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert b"".join(sent.streaming_content).startswith(b"\xff\xd8")

    def test_answers_a_second_press_like_the_first(
        self, desk: Village, returned: Receipt, citizen_client: Client
    ) -> None:
        path, seen = f"/track/{returned.reference}/correct/", current(desk, returned).revision
        given = {"name": "Siti Aminah", "reason": "a", "_revision": seen}
        pages = [citizen_client.post(path, given, follow=True) for _press in range(2)]
        assert [told(page) for page in pages] == [["Terima kasih. Sudah terkirim."]] * 2
        assert current(desk, returned).revision == seen + 1

    def test_answers_a_second_press_with_a_file_like_the_first(
        self, desk: Village, filed: Receipt, citizen_client: Client, client_on: Callable[..., Client]
    ) -> None:
        other = client_on(desk.region)
        other.post("/track/", {"reference": filed.reference, "proof": filed.access_code})
        desk.send_back(filed.reference, "paper")
        path, seen = f"/track/{filed.reference}/correct/", current(desk, filed).revision
        out = io.BytesIO()
        Image.new("RGB", (9, 9)).save(out, "JPEG")
        for client in (citizen_client, citizen_client, other):
            upload = SimpleUploadedFile("baru.jpg", out.getvalue())
            page = client.post(path, {"paper": upload, "_revision": seen}, follow=True)
            assert told(page) == ["Terima kasih. Sudah terkirim."]
        strange = SimpleUploadedFile("lain.pdf", b"%PDF-1.4\n%%EOF")
        page = other.post(path, {"paper": strange, "_revision": seen}, follow=True)
        assert told(page)[0].startswith("Saat ini tidak ada")
        case = current(desk, filed)
        assert (case.revision, len(case.answers["paper"])) == (seen + 1, 1)
        assert Attachment.objects.count() == 1

    def test_stores_no_file_for_an_action_that_is_over(
        self, desk: Village, filed: Receipt, citizen_client: Client
    ) -> None:
        out = io.BytesIO()
        Image.new("RGB", (9, 9)).save(out, "JPEG")
        upload = SimpleUploadedFile("baru.jpg", out.getvalue())
        page = citizen_client.post(f"/track/{filed.reference}/correct/", {"paper": upload}, follow=True)
        assert told(page)[0].startswith("Saat ini tidak ada")
        assert not Attachment.objects.exists()

    def test_answers_a_second_press_from_a_window_that_knows_nothing_of_the_first(
        self, desk: Village, returned: Receipt, citizen_client: Client, client_on: Callable[..., Client]
    ) -> None:
        path, seen = f"/track/{returned.reference}/correct/", current(desk, returned).revision
        given = {"name": "Siti Aminah", "reason": "a", "_revision": seen}
        citizen_client.post(path, given)
        other = client_on(desk.region)
        other.post("/track/", {"reference": returned.reference, "proof": returned.access_code})
        page = other.post(path, given, follow=True)
        assert told(page) == ["Terima kasih. Sudah terkirim."]
        page = other.post(path, {**given, "name": "Lain"}, follow=True)
        assert told(page)[0].startswith("Saat ini tidak ada")
        assert current(desk, returned).revision == seen + 1

    def test_says_when_there_is_nothing_to_correct(self, filed: Receipt, citizen_client: Client) -> None:
        answer = citizen_client.get(f"/track/{filed.reference}/correct/")
        assert answer["Location"] == f"/track/{filed.reference}/"


class TestAct:
    """Other actions of the applicant."""

    def test_asks_before_it_withdraws(self, desk: Village, filed: Receipt, citizen_client: Client) -> None:
        path = f"/track/{filed.reference}/withdraw/"
        assert citizen_client.get(path).status_code == 200
        assert current(desk, filed).status == "review"
        citizen_client.post(path)
        assert current(desk, filed).status == "withdrawn"

    def test_answers_a_second_press_like_the_first(
        self, desk: Village, filed: Receipt, citizen_client: Client
    ) -> None:
        path, seen = f"/track/{filed.reference}/withdraw/", current(desk, filed).revision
        pages = [citizen_client.post(path, {"_revision": seen}, follow=True) for _press in range(2)]
        assert [told(page) for page in pages] == [["Sudah dilakukan."]] * 2
        assert current(desk, filed).revision == seen + 1

    def test_answers_a_second_press_from_a_window_that_knows_nothing_of_the_first(
        self, desk: Village, filed: Receipt, citizen_client: Client, client_on: Callable[..., Client]
    ) -> None:
        path, seen = f"/track/{filed.reference}/withdraw/", current(desk, filed).revision
        citizen_client.post(path, {"_revision": seen})
        other = client_on(desk.region)
        other.post("/track/", {"reference": filed.reference, "proof": filed.access_code})
        assert told(other.post(path, {"_revision": seen}, follow=True)) == ["Sudah dilakukan."]
        assert current(desk, filed).revision == seen + 1

    def test_does_not_call_another_post_a_second_press(
        self, desk: Village, filed: Receipt, citizen_client: Client
    ) -> None:
        path, seen = f"/track/{filed.reference}/withdraw/", current(desk, filed).revision
        citizen_client.post(path, {"_revision": seen}, follow=True)
        page = citizen_client.post(path, {"_revision": seen + 1}, follow=True)
        assert "tidak dapat dilakukan lagi" in told(page)[0]

    @pytest.mark.parametrize("action", ["forward", "sign", "lapse", "nothing"])
    def test_performs_no_action_of_others(
        self, desk: Village, filed: Receipt, citizen_client: Client, action: str
    ) -> None:
        answer = citizen_client.post(f"/track/{filed.reference}/{action}/", {"complete": "yes"})
        assert answer["Location"] == f"/track/{filed.reference}/"
        assert current(desk, filed).status == "review"

    def test_does_not_act_on_a_page_that_is_out_of_date(
        self, desk: Village, filed: Receipt, citizen_client: Client
    ) -> None:
        seen = current(desk, filed).revision
        desk.forward(filed.reference)
        citizen_client.post(f"/track/{filed.reference}/withdraw/", {"_revision": seen})
        assert current(desk, filed).status == "sign"


class TestComment:
    """What the applicant adds in words."""

    @pytest.fixture
    def noted(self, desk: Village, client_on: Callable[..., Client]) -> tuple[Client, str]:
        """A case one may withdraw with a note, open in a browser."""
        workflow = permit.document()["workflow"]
        next(a for a in workflow["actions"] if a["key"] == "withdraw")["ask"] = {"comment": "optional"}
        text = permit.as_text(key="catatan", workflow=workflow)
        version: ModuleVersion = factories.installed(desk.region, text).version
        receipt = desk.submit(version=version, now=timezone.now())
        client = client_on(desk.region)
        client.post("/track/", {"reference": receipt.reference, "proof": receipt.access_code})
        return client, receipt.reference

    def test_too_long_is_refused_with_nothing_lost(self, noted: tuple[Client, str]) -> None:
        client, reference = noted
        page = client.post(f"/track/{reference}/withdraw/", {"_comment": "x" * 2001})
        assert page.status_code == 200
        assert page.context["trouble"] == "Catatan Anda paling banyak 2.000 karakter. Anda menulis 2.001."
        assert page.context["comment"] == "x" * 2001
        assert Case.objects.get(reference=reference).status == "review"

    def test_counts_a_line_break_once(self, noted: tuple[Client, str]) -> None:
        client, reference = noted
        client.post(f"/track/{reference}/withdraw/", {"_comment": "a\r\n" * 999 + "bb"})
        assert Case.objects.get(reference=reference).status == "withdrawn"
