"""Files belong to a draft, then to one case; what nobody holds goes away."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from runtime.cases import attachments, selectors, services
from runtime.cases.models import Attachment
from runtime.cases.outcomes import InvalidAnswers, Refused
from runtime.regions import scope
from runtime.regions.models import Region
from tests.runtime import permit
from tests.runtime.conftest import Village


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(desk: Village, draft: str = "draft", field: str = "paper", **more: Any) -> Attachment:
    content = b"%PDF-1.7 " + uuid.uuid4().bytes
    values: dict[str, Any] = {
        "region": desk.region,
        "draft_token": draft,
        "field": field,
        "name": "ktp.pdf",
        "type": "application/pdf",
        "content": ContentFile(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "now": desk.now,
    }
    return services.store_upload(**(values | more))


def submit(desk: Village, *files: Attachment, draft: str = "draft") -> Any:
    papers = [file.as_answer() for file in files]
    answers = permit.answers(village=desk.office.key, paper=papers)
    return desk.submit(answers=answers, draft_token=draft)


class TestStoreUpload:
    def test_keeps_the_bytes_under_the_id_and_not_under_the_name(self, desk: Village) -> None:
        row = upload(desk, name="../../etc/passwd")
        assert row.file.name == f"attachments/{desk.region.pk}/{row.pk.hex[:2]}/{row.pk.hex}"
        with row.file.open() as stored:
            assert hashlib.sha256(stored.read()).hexdigest() == row.sha256

    def test_is_found_by_its_own_draft_only(self, desk: Village, poso: Region) -> None:
        row = upload(desk)
        assert selectors.draft_upload(desk.region, "draft", str(row.pk)) == row
        assert selectors.draft_upload(desk.region, "other", str(row.pk)) is None
        assert selectors.draft_upload(desk.region, "", str(row.pk)) is None
        with scope.use(poso):
            assert selectors.draft_upload(poso, "draft", str(row.pk)) is None


class TestClaim:
    def test_gives_the_file_to_the_case(self, desk: Village) -> None:
        row = upload(desk)
        case = submit(desk, row).case
        row.refresh_from_db()
        assert (row.case, row.draft_token) == (case, "")
        assert selectors.attachment(case, str(row.pk)) == row
        assert selectors.draft_upload(desk.region, "draft", str(row.pk)) is None

    def test_believes_the_row_and_not_what_was_posted(self, desk: Village) -> None:
        row = upload(desk)
        posted = row.as_answer() | {"name": "harmless.txt", "size": 1, "sha256": "0" * 64}
        case = desk.submit(answers=permit.answers(paper=[posted]), draft_token="draft").case
        assert case.answers["paper"] == [row.as_answer()]

    def test_refuses_a_file_of_another_draft_case_or_question(self, desk: Village) -> None:
        taken = upload(desk)
        submit(desk, taken)
        for foreign in (taken, upload(desk, "other"), upload(desk, field="photo")):
            with pytest.raises(InvalidAnswers) as error:
                submit(desk, foreign)
            assert [(p.code, p.pointer) for p in error.value.problems] == [("answers.file", "/paper")]

    def test_takes_new_files_with_a_correction_and_keeps_the_old_ones(self, desk: Village) -> None:
        old, new = upload(desk), upload(desk, "fixing")
        reference = submit(desk, old).reference
        desk.send_back(reference, "paper")
        answer = {"paper": [old.as_answer(), new.as_answer()]}
        with pytest.raises(Refused):
            desk.perform(reference, "answer", answers=answer)
        case = desk.perform(reference, "answer", answers=answer, draft_token="fixing").case
        assert {row.pk for row in Attachment.objects.filter(case=case)} == {old.pk, new.pk}


class TestReconcile:
    def test_deletes_files_of_old_drafts_and_keeps_those_of_cases(self, desk: Village, files: Path) -> None:
        abandoned = [upload(desk, f"draft{n}") for n in range(5)]
        held = upload(desk)
        submit(desk, held)
        found = attachments.reconcile(now=desk.now + timedelta(days=31))
        assert (found.expired, found.missing) == (5, ())
        assert list(Attachment.objects.all()) == [held]
        assert len(abandoned) == 5

    def test_deletes_files_without_a_row_after_a_while(self, desk: Village) -> None:
        path = default_storage.save("attachments/1/ab/stray", ContentFile(b"x"))
        written = default_storage.get_modified_time(path)
        assert attachments.reconcile(now=written + timedelta(minutes=5)).stray_files == 0
        assert attachments.reconcile(now=written + timedelta(hours=2)).stray_files == 1
        assert not default_storage.exists(path)

    def test_reports_a_row_whose_file_is_gone(self, desk: Village) -> None:
        row = upload(desk)
        submit(desk, row)
        default_storage.delete(str(row.file.name))
        assert attachments.reconcile(now=desk.now).missing == (str(row.pk),)


class TestDiscard:
    def test_removes_what_a_draft_no_longer_names(
        self, desk: Village, django_capture_on_commit_callbacks: Any
    ) -> None:
        kept, dropped = upload(desk), upload(desk)
        with django_capture_on_commit_callbacks(execute=True):
            count = services.discard_uploads(region=desk.region, draft_token="draft", keep=(str(kept.pk),))
        assert count == 1
        assert default_storage.exists(str(kept.file.name))
        assert not default_storage.exists(str(dropped.file.name))
