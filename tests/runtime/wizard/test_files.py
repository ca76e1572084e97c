"""Files of a draft: judged by content, replaced, taken away, limited."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from runtime.cases.models import Attachment
from runtime.regions import scope
from runtime.wizard import drafts, filing
from runtime.wizard.models import Draft
from tests.runtime.wizard.forms import DATA, Applicant

DraftOf = Callable[[Applicant], Draft]


def picture(name: str = "ktp.jpg") -> SimpleUploadedFile:
    """Make a small photo."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


class TestFiles:
    """Uploads within the page."""

    def test_keeps_lists_and_removes_a_file(self, applicant: Applicant, draft_of: DraftOf) -> None:
        applicant.post("data", **DATA)
        assert applicant.post("more", paper=[picture("a.jpg"), picture("b.jpg")]).status_code == 302
        kept = draft_of(applicant).answers["paper"]
        assert [item["name"] for item in kept] == ["a.jpg", "b.jpg"]
        assert kept[0]["id"] in applicant.get("more").content.decode()
        applicant.post("more", _remove=f"paper:{kept[0]['id']}")
        assert draft_of(applicant).answers["paper"] == kept[1:]

    def test_deletes_what_was_removed_and_nothing_else(
        self, applicant: Applicant, draft_of: DraftOf, django_capture_on_commit_callbacks: Any
    ) -> None:
        applicant.post("data", **DATA)
        applicant.post("more", paper=[picture("a.jpg"), picture("b.jpg")])
        gone, left = draft_of(applicant).answers["paper"]
        with scope.everywhere("a test looks"):
            files = {str(row.pk): row.file.name for row in Attachment.objects.all()}
        with django_capture_on_commit_callbacks(execute=True):
            applicant.post("more", _remove=f"paper:{gone['id']}")
        with scope.everywhere("a test looks"):
            assert [str(row.pk) for row in Attachment.objects.all()] == [left["id"]]
        assert not default_storage.exists(files[gone["id"]])
        assert default_storage.exists(files[left["id"]])

    def test_deletes_no_file_that_a_case_has_claimed(self, applicant: Applicant, draft_of: DraftOf) -> None:
        applicant.post("data", **DATA)
        applicant.post("more", paper=picture())
        (file,) = draft_of(applicant).answers["paper"]
        applicant.send()
        applicant.post("more", _remove=f"paper:{file['id']}")
        with scope.everywhere("a test looks"):
            assert Attachment.objects.get(pk=file["id"]).case is not None

    @pytest.mark.parametrize("most", ["MOST_FILES", "MOST_BYTES"])
    def test_takes_only_so_many_files_into_one_draft(
        self,
        applicant: Applicant,
        draft_of: DraftOf,
        monkeypatch: pytest.MonkeyPatch,
        most: str,
    ) -> None:
        applicant.post("data", **DATA)
        assert applicant.post("more", paper=picture("a.jpg")).status_code == 302
        size = draft_of(applicant).answers["paper"][0]["size"]
        monkeypatch.setattr(filing, most, {"MOST_FILES": 2, "MOST_BYTES": 2 * size}[most])
        page = applicant.post("more", paper=[picture("b.jpg"), picture("c.jpg")])
        assert page.status_code == 200
        assert "Satu permohonan menerima paling banyak" in page.content.decode()
        assert [item["name"] for item in draft_of(applicant).answers["paper"]] == ["a.jpg"]
        with scope.everywhere("a test counts"):
            assert Attachment.objects.count() == 1

    def test_refuses_a_wrong_type_by_its_content(self, applicant: Applicant, draft_of: DraftOf) -> None:
        applicant.post("data", **DATA)
        page = applicant.post(
            "more", paper=SimpleUploadedFile("a.pdf", b"<script>1</script>", "application/pdf")
        )
        assert page.status_code == 200
        assert 'href="#id_paper"' in page.content.decode()
        assert "paper" not in draft_of(applicant).answers

    def test_replaces_a_single_file(self, single: Applicant, draft_of: DraftOf) -> None:
        single.post("data", **DATA)
        single.post("more", paper=picture("lama.jpg"))
        single.post("more", paper=picture("baru.jpg"))
        assert [item["name"] for item in draft_of(single).answers["paper"]] == ["baru.jpg"]

    def test_refuses_more_files_than_asked(self, applicant: Applicant) -> None:
        applicant.post("data", **DATA)
        assert applicant.post("more", paper=[picture() for _ in range(4)]).status_code == 200

    def test_takes_no_description_of_a_file_as_text(self, applicant: Applicant, draft_of: DraftOf) -> None:
        applicant.post("data", **DATA)
        applicant.post("more", paper=str(uuid.uuid4()))
        assert "paper" not in draft_of(applicant).answers

    def test_T26_forgets_files_of_expired_drafts(self, applicant: Applicant) -> None:
        applicant.post("data", **DATA)
        applicant.post("more", paper=picture())
        drafts.forget_expired(timezone.now() + timedelta(days=8))
        with scope.everywhere("a test counts"):
            assert (Draft.objects.count(), Attachment.objects.count()) == (0, 0)
