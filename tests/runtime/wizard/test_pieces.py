"""Files that arrive piece by piece: cut, continued, judged, limited, tidied (T26, T29, F18)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from cms.beats import reconcile_files
from runtime.cases.models import Attachment
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.wizard import drafts, filing, partials
from runtime.wizard.models import Draft, PartialUpload
from tests.journeys import papers
from tests.runtime.wizard.forms import DATA, Applicant

DraftOf = Callable[[Applicant], Draft]
PDF = papers.letter("surat.pdf")["buffer"]


def pieces() -> int:
    """Count the pieces in storage."""
    if not default_storage.exists(partials.FOLDER):
        return 0
    folders = default_storage.listdir(partials.FOLDER)[0]
    return sum(len(default_storage.listdir(f"{partials.FOLDER}/{folder}")[1]) for folder in folders)


class Sender:
    """The script of a page, sending files to the second page."""

    def __init__(self, applicant: Applicant) -> None:
        applicant.post("data", **DATA)
        self.client: Client = applicant.client
        self.at = applicant.at("more") + "files/"

    def begin(self, content: bytes = PDF, **changes: Any) -> Any:
        about = {"field": "paper", "name": "surat.pdf", "size": len(content)}
        return self.client.post(self.at, about | changes)

    def piece(self, pk: str, offset: int, content: bytes, **headers: Any) -> Any:
        return self.client.generic(
            "PATCH", f"{self.at}{pk}/", content, headers={"upload-offset": str(offset)} | headers
        )

    def whole(self, content: bytes = PDF, **changes: Any) -> Any:
        return self.piece(self.begin(content, **changes).json()["id"], 0, content)


@pytest.fixture
def sender(applicant: Applicant) -> Sender:
    return Sender(applicant)


class TestPieces:
    def test_make_a_file_of_the_draft(self, sender: Sender, applicant: Applicant, draft_of: DraftOf) -> None:
        begun = sender.begin()
        assert (begun.status_code, begun.json()["offset"]) == (201, 0)
        pk = begun.json()["id"]
        assert sender.piece(pk, 0, PDF[:100]).json() == {"offset": 100}
        done = sender.piece(pk, 100, PDF[100:])
        assert done.json()["offset"] == len(PDF)
        assert "surat.pdf" in done.json()["html"]
        (kept,) = draft_of(applicant).answers["paper"]
        assert (kept["name"], kept["sha256"]) == ("surat.pdf", hashlib.sha256(PDF).hexdigest())
        assert applicant.send()["Location"] == f"{applicant.home}receipt/"
        with scope.everywhere("a test looks"):
            assert Attachment.objects.get().case is not None

    def test_leave_nothing_behind(self, sender: Sender, django_capture_on_commit_callbacks: Any) -> None:
        before = pieces()
        with django_capture_on_commit_callbacks(execute=True):
            sender.whole()
        assert pieces() == before

    def test_go_on_where_they_were_cut(self, sender: Sender, applicant: Applicant, draft_of: DraftOf) -> None:
        """F18: cut at 50 %, asked again from another tab, continued from there."""
        digest, half = hashlib.sha256(PDF).hexdigest(), len(PDF) // 2
        pk = sender.begin(sha256=digest).json()["id"]
        sender.piece(pk, 0, PDF[:half])
        assert sender.client.get(f"{sender.at}{pk}/").json() == {"offset": half}
        assert sender.begin(sha256=digest).json() == {"id": pk, "offset": half}
        assert sender.piece(pk, half, PDF[half:]).status_code == 200
        assert [file["name"] for file in draft_of(applicant).answers["paper"]] == ["surat.pdf"]

    def test_are_taken_once(self, sender: Sender, applicant: Applicant, draft_of: DraftOf) -> None:
        pk = sender.begin().json()["id"]
        sender.piece(pk, 0, PDF[:100])
        for offset, content in ((0, PDF[:100]), (200, PDF[200:])):
            again = sender.piece(pk, offset, content)
            assert (again.status_code, again.json()) == (409, {"offset": 100})
        first = sender.piece(pk, 100, PDF[100:])
        second = sender.piece(pk, 100, PDF[100:])  # its answer had been lost
        assert first.json()["html"] == second.json()["html"]
        assert len(draft_of(applicant).answers["paper"]) == 1

    def test_that_arrived_before_a_crash_are_judged_when_asked(
        self, sender: Sender, applicant: Applicant, draft_of: DraftOf
    ) -> None:
        pk = sender.begin().json()["id"]
        with scope.everywhere("a test stops half-way"):
            partial = PartialUpload.objects.get(pk=pk)
            partials.append(partial, offset=0, content=PDF, now=timezone.now())
        assert sender.client.get(f"{sender.at}{pk}/").json() == {"offset": len(PDF)}
        assert "html" in sender.piece(pk, len(PDF), b"").json()
        assert len(draft_of(applicant).answers["paper"]) == 1

    def test_can_be_given_up(self, sender: Sender) -> None:
        before = pieces()
        pk = sender.begin().json()["id"]
        sender.piece(pk, 0, PDF[:100])
        assert sender.client.delete(f"{sender.at}{pk}/").status_code == 200
        assert sender.client.get(f"{sender.at}{pk}/").status_code == 404
        assert pieces() == before

    def test_replace_a_single_file(self, single: Applicant, draft_of: DraftOf) -> None:
        sender = Sender(single)
        sender.whole(name="lama.pdf")
        sender.whole(name="baru.pdf")
        assert [file["name"] for file in draft_of(single).answers["paper"]] == ["baru.pdf"]


class TestRefusals:
    """T29, F18: what is too much is refused before a byte of it is read; the rest by its content."""

    def test_of_a_size_that_is_announced(self, sender: Sender) -> None:
        answer = sender.begin(size=2_000_000_000)
        assert answer.status_code == 413
        assert "terlalu besar" in answer.json()["problem"]
        assert sender.begin(size=0).status_code == 422
        for size in ("-1", "1e9", "٣", "", "9" * 16):
            assert sender.begin(size=size).status_code == 400

    def test_of_a_piece_that_is_larger_than_any(self, sender: Sender, monkeypatch: Any) -> None:
        monkeypatch.setattr(partials, "PIECE_BYTES", 100)
        pk = sender.begin().json()["id"]

        class Unread(BytesIO):
            def read(self, *args: Any) -> bytes:
                raise AssertionError("the body was read")

        answer = sender.client.generic(
            "PATCH",
            f"{sender.at}{pk}/",
            headers={"upload-offset": "0"},
            **{"wsgi.input": Unread(), "CONTENT_LENGTH": "101"},
        )
        assert answer.status_code == 413

    def test_of_more_than_was_announced(self, sender: Sender) -> None:
        pk = sender.begin(size=10).json()["id"]
        assert sender.piece(pk, 0, PDF).status_code == 413

    def test_of_a_body_without_a_length(self, sender: Sender) -> None:
        pk = sender.begin().json()["id"]
        answer = sender.client.generic(
            "PATCH", f"{sender.at}{pk}/", headers={"upload-offset": "0"}, CONTENT_LENGTH=""
        )
        assert answer.status_code == 411

    def test_of_an_offset_that_is_no_number(self, sender: Sender) -> None:
        pk = sender.begin().json()["id"]
        for offset in ("", "x", "-1", "٣"):
            assert (
                sender.piece(pk, 0, PDF, **{"upload-offset": offset.encode().decode("latin-1")}).status_code
                == 400
            )

    def test_of_content_that_is_not_what_it_says(
        self, sender: Sender, applicant: Applicant, draft_of: DraftOf
    ) -> None:
        before = pieces()
        answer = sender.whole(b"<script>alert(1)</script>", name="ktp.pdf")
        assert answer.status_code == 422
        assert "ktp.pdf" in answer.json()["problem"]
        assert "paper" not in draft_of(applicant).answers
        assert pieces() == before

    def test_of_content_that_did_not_arrive_whole(self, sender: Sender) -> None:
        answer = sender.whole(PDF, sha256="0" * 64)
        assert answer.status_code == 422
        assert "tidak sampai utuh" in answer.json()["problem"]

    def test_of_a_question_that_takes_no_files(self, sender: Sender) -> None:
        for field in ("name", "detail", "hint", "none", ""):
            assert sender.begin(field=field).status_code == 400

    def test_of_more_files_than_the_question_takes(self, sender: Sender) -> None:
        for _ in range(2):
            assert sender.whole().status_code == 200
        assert sender.begin().status_code == 201
        answer = sender.begin()  # the one under way counts
        assert answer.status_code == 422
        assert "Paling banyak 3" in answer.json()["problem"]

    @pytest.mark.parametrize("most", ["MOST_FILES", "MOST_BYTES"])
    def test_of_more_than_an_application_takes(self, sender: Sender, monkeypatch: Any, most: str) -> None:
        monkeypatch.setattr(filing, most, {"MOST_FILES": 1, "MOST_BYTES": len(PDF)}[most])
        assert sender.begin().status_code == 201
        answer = sender.begin()
        assert answer.status_code == 422
        assert "Satu permohonan menerima paling banyak" in answer.json()["problem"]

    def test_of_what_belongs_to_another_draft_or_region(
        self, sender: Sender, offered: Installation, client_on: Callable[..., Any], poso: Region
    ) -> None:
        pk = sender.begin().json()["id"]
        other = Sender(Applicant(client_on(offered.region)))
        assert other.piece(pk, 0, PDF).status_code == 404
        sender.client = client_on(poso)
        assert sender.piece(pk, 0, PDF).status_code == 404
        assert sender.begin().status_code == 404

    def test_of_a_draft_that_is_sent(self, sender: Sender, applicant: Applicant) -> None:
        pk = sender.begin().json()["id"]
        applicant.send()
        assert sender.piece(pk, 0, PDF).status_code == 409
        assert sender.begin().status_code == 409


class TestTidying:
    """T26: what nobody goes on with leaves nothing behind."""

    def test_leaves_no_piece_of_what_was_given_up(self, sender: Sender) -> None:
        reconcile_files(timezone.now() + timedelta(days=2))  # what other tests have rolled back
        before = pieces()
        for _ in range(2):
            sender.piece(sender.begin().json()["id"], 0, PDF[:100])
        assert pieces() == before + 2
        reconcile_files(timezone.now())
        assert pieces() == before + 2
        reconcile_files(timezone.now() + timedelta(days=1, seconds=1))
        with scope.everywhere("a test counts"):
            assert PartialUpload.objects.count() == 0
        assert pieces() == before

    def test_leaves_no_piece_of_expired_drafts_or_killed_processes(self, sender: Sender) -> None:
        reconcile_files(timezone.now() + timedelta(days=2))
        sender.piece(sender.begin().json()["id"], 0, PDF[:100])
        default_storage.save(f"{partials.FOLDER}/of-a-killed-process/000", ContentFile(b"x"))
        drafts.forget_expired(timezone.now() + timedelta(days=8))
        for path in Path(default_storage.path(partials.FOLDER)).rglob("*"):
            os.utime(path, (0, 0))
        reconcile_files(timezone.now())
        assert pieces() == 0
        assert default_storage.listdir(partials.FOLDER)[0] == []
