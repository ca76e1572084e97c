"""Writing to a case at the desk, and reading and answering it on the status page."""

from __future__ import annotations

import html
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from runtime.cases.models import Attachment, CaseEvent, Message
from runtime.workflow.commenting import ANSWER, INTERNAL, TO_APPLICANT
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HOSTILE = "<script>alert(1)</script>\n\nhttps://contoh.example/ " + "x" * 300


def write(client: Client, reference: str, reader: str, text: str, **more: Any) -> Any:
    return client.post(f"/desk/cases/{reference}/comments/write/", {"reader": reader, "text": text, **more})


class TestWrite:
    def test_shows_the_words_as_they_were_written_and_nothing_of_them_works(
        self, desk: Village, clerk_at: Client
    ) -> None:
        reference = desk.submit().reference
        assert write(clerk_at, reference, INTERNAL, HOSTILE).status_code == 302
        page = clerk_at.get(f"/desk/cases/{reference}/").content.decode()
        assert html.escape(HOSTILE) in page
        assert 'href="https://contoh' not in page

    def test_keeps_what_was_typed_when_it_is_refused(self, desk: Village, clerk_at: Client) -> None:
        reference = desk.submit().reference
        long = write(clerk_at, reference, INTERNAL, "y" * 2001)
        assert long.status_code == 422
        assert "2001" in long.content.decode()
        assert "y" * 2001 in long.content.decode()
        for given in ({"reader": "semua", "text": "Halo"}, {"reader": INTERNAL, "text": " "}):
            assert write(clerk_at, reference, **given).status_code == 422
        paper = SimpleUploadedFile("a.pdf", b"MZ\x90")
        assert write(clerk_at, reference, INTERNAL, "Halo", attachment=paper).status_code == 422
        assert (CaseEvent.objects.count(), Attachment.objects.count()) == (1, 0)

    def test_is_told_in_the_work_list_when_the_applicant_has_written(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        citizen = factories.person("warga")
        reference = desk.submit(applicant=citizen).reference
        write(clerk_at, reference, TO_APPLICANT, "Kapan?")
        assert "pemohon menulis pesan" not in clerk_at.get("/desk/").content.decode()
        client_on(desk.region, citizen).post(f"/track/{reference}/messages/write/", {"text": "Besok"})
        assert "pemohon menulis pesan" in clerk_at.get("/desk/").content.decode()
        write(clerk_at, reference, TO_APPLICANT, "Baik")
        assert "pemohon menulis pesan" not in clerk_at.get("/desk/").content.decode()


class TestStatusPage:
    def test_shows_messages_and_takes_answers_but_nothing_of_the_officers(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        citizen = factories.person("warga")
        reference = desk.submit(applicant=citizen).reference
        at, track = client_on(desk.region, citizen), f"/track/{reference}/"
        assert at.get(f"{track}messages/write/").status_code == 302  # nobody has written yet
        write(clerk_at, reference, INTERNAL, "Curiga", attachment=SimpleUploadedFile("dalam.pdf", PDF))
        write(clerk_at, reference, TO_APPLICANT, HOSTILE, attachment=SimpleUploadedFile("denah.pdf", PDF))
        inside, outside = Attachment.objects.order_by("stored_at")
        page = at.get(track).content.decode()
        assert html.escape(HOSTILE) in page
        assert [word for word in ("Curiga", "dalam.pdf", str(inside.pk), "Komentar") if word in page] == []
        assert at.get(f"{track}files/{outside.pk}/").status_code == 200
        assert at.get(f"{track}files/{inside.pk}/").status_code == 404
        assert clerk_at.get(f"/desk/cases/{reference}/files/{inside.pk}/").status_code == 200
        written = at.post(f"{track}messages/write/", {"text": "Siap"}, follow=True).content.decode()
        assert "Siap" in written
        assert Message.objects.get(event__action=ANSWER).text == "Siap"

    def test_asks_for_a_proof_before_anything_is_read_or_written(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        reference = desk.submit().reference
        write(clerk_at, reference, TO_APPLICANT, "Kapan?")
        stranger = client_on(desk.region)
        for answer, status in (
            (stranger.get(f"/track/{reference}/messages/write/"), 302),
            (stranger.post(f"/track/{reference}/messages/write/", {"text": "Besok"}), 403),
        ):
            assert answer.status_code == status
            assert "Kapan" not in answer.content.decode()
        assert not CaseEvent.objects.filter(action=ANSWER).exists()
