"""Doors that close while somebody writes: the login ends, the proof lapses, the guard is of another login."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from runtime.cases.models import CaseEvent, Message
from runtime.workflow.commenting import INTERNAL, TO_APPLICANT
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village
from tests.runtime.wizard.test_lapsed import Inputs

WORDS = 'Foto "KTP" <b>buram</b>, mohon diulang. 😀'
OWN = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}


@pytest.fixture
def path(desk: Village) -> str:
    """Where an officer writes a comment."""
    return f"/desk/cases/{desk.submit().reference}/comments/write/"


class TestWhoIsNoLongerLoggedIn:
    def test_finds_all_that_was_written_and_sends_it_after_logging_in(
        self, desk: Village, path: str, client_on: ClientOn
    ) -> None:
        client = client_on(desk.region)
        page = client.post(path, {"text": WORDS, "reader": INTERNAL, "tell": ["1", "2"]})
        assert page.status_code == 403
        assert "no-store" in page["Cache-Control"]
        told = page.content.decode()
        assert "tulisan Anda tidak hilang" in told
        assert "next=%2Fback%2F" in told
        assert told.count('name="tell"') == 2
        kept = Inputs(told).values
        assert kept["text"] == WORDS
        del kept["tell"]
        client.force_login(desk.clerk)
        assert client.post(path, kept)["Location"] == path.removesuffix("comments/write/")
        assert CaseEvent.objects.count() == 2

    def test_chooses_the_files_once_more(self, desk: Village, path: str, client_on: ClientOn) -> None:
        paper = SimpleUploadedFile("surat <b>.pdf", b"%PDF-1.4")
        told = client_on(desk.region).post(path, {"text": "x", "attachment": paper}).content.decode()
        assert 'type="file" id="file-1" name="attachment"' in told
        assert "surat &lt;b&gt;.pdf" in told

    def test_reads_no_password_again(self, desk: Village, client_on: ClientOn) -> None:
        page = client_on(desk.region).post("/account/delete/confirm/", {"password": "rahasia", "sure": "on"})
        assert page["Location"].startswith("/accounts/login/")

    def test_is_led_back_to_the_other_tab(self, desk: Village, client_on: ClientOn) -> None:
        assert "tab yang tadi" in client_on(desk.region).get("/back/").content.decode()


class TestWhoMayNotAnyMore:
    """The post was taken away, or the case went to another office, while somebody wrote."""

    def test_reads_that_nothing_was_done_and_what_was_written(
        self, desk: Village, path: str, client_on: ClientOn
    ) -> None:
        stranger = factories.staff("clerk", factories.office(desk.region, "cibodas"), "loket-lain")
        nobody = factories.person("bukan-petugas")
        for who, status in ((stranger, 404), (nobody, 403)):
            page = client_on(desk.region, who).post(path, {"text": WORDS, "reader": INTERNAL})
            told = page.content.decode()
            assert page.status_code == status
            assert "tidak dijalankan" in told
            assert "&lt;b&gt;buram&lt;/b&gt;" in told
        assert CaseEvent.objects.count() == 1


class TestWhoseProofHasLapsed:
    def test_finds_the_message_and_sends_it_after_proving_anew(
        self, desk: Village, client_on: ClientOn, path: str
    ) -> None:
        desk_page, reference = path, path.split("/")[3]
        client_on(desk.region, desk.clerk).post(desk_page, {"text": "Kapan?", "reader": TO_APPLICANT})
        client, path = client_on(desk.region), f"/track/{reference}/messages/write/"
        page = client.post(path, {"text": WORDS})
        assert page.status_code == 403
        told = page.content.decode()
        assert f"/track/?reference={reference}" in told
        assert Inputs(told).values["text"] == WORDS

    def test_reads_the_same_where_there_is_no_such_case(self, desk: Village, client_on: ClientOn) -> None:
        path = "/track/TNG-0000-0000-00000/messages/write/"
        assert client_on(desk.region).post(path, {"text": WORDS}).status_code == 403


class TestAFormOfAnotherLogin:
    @pytest.fixture
    def guarded(self, desk: Village) -> Client:
        """A browser that guards its posts and has logged in anew since the form was drawn."""
        client = Client(headers={"host": "tangerang.localhost"}, enforce_csrf_checks=True)
        client.force_login(desk.clerk)
        return client

    def test_is_sent_again_by_a_press(self, guarded: Client, path: str) -> None:
        given = {"text": WORDS, "reader": INTERNAL, "csrfmiddlewaretoken": "lama"}
        page = guarded.post(path, given, headers=OWN)
        assert page.status_code == 403
        told = page.content.decode()
        assert "Tekan sekali lagi untuk mengirim" in told
        assert "terlalu lama" not in told
        kept = Inputs(told).values
        assert kept["text"] == WORDS
        assert guarded.post(path, kept, headers=OWN).status_code == 302

    @pytest.mark.parametrize(
        "headers", [{}, OWN | {"sec-fetch-site": "cross-site"}, OWN | {"sec-fetch-mode": "cors"}]
    )
    def test_is_never_given_back_to_another_site(
        self, guarded: Client, path: str, headers: dict[str, str]
    ) -> None:
        page = guarded.post(path, {"text": WORDS, "reader": INTERNAL}, headers=headers)
        assert page.status_code == 403
        assert "buram" not in page.content.decode()
        assert Message.objects.count() == 0
