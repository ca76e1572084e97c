"""Files from another program: judged by content, counted while they arrive, tidied when unclaimed."""

from __future__ import annotations

import base64
import gc
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import FakePayload
from django.utils import timezone

from runtime.cases.models import Attachment
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.wizard import drafts, filing
from runtime.wizard.models import Draft
from tests import factories
from tests.runtime import permit
from tests.runtime.api.program import ANSWERS, Program, picture
from tests.runtime.forms.test_uploads import HOSTILE

LIMIT = 5_000_000


def attachments() -> int:
    with scope.everywhere("a test counts"):
        return int(Attachment.objects.count())


def token(stored: dict[str, Any]) -> dict[str, str]:
    return {"Upload-Token": stored["upload_token"]}


class TestUpload:
    def test_gives_the_description_for_the_answers_and_a_token(self, program: Program) -> None:
        answer = program.upload(file=picture("../../etc/ktp.png"))
        assert answer.status_code == 201
        stored = answer.json()
        assert (stored["file"]["name"], stored["file"]["type"]) == ("ktp.jpg", "image/jpeg")
        filed = program.submit(ANSWERS | {"paper": [stored["file"]]}, **token(stored))
        assert filed.status_code == 201
        with scope.everywhere("a test looks"):
            assert Attachment.objects.get().case.reference == filed.json()["reference"]

    def test_keeps_several_files_under_one_token(self, program: Program) -> None:
        first = program.upload().json()
        second = program.upload(token=first["upload_token"]).json()
        assert second["upload_token"] == first["upload_token"]
        answers = ANSWERS | {"paper": [first["file"], second["file"]]}
        assert program.validate(answers, **token(first)).json()["valid"] is True
        assert program.submit(answers, **token(first)).status_code == 201

    @pytest.mark.parametrize("name", sorted(HOSTILE))
    def test_judges_by_content(self, program: Program, name: str) -> None:
        refused = program.upload(file=SimpleUploadedFile("a.pdf", HOSTILE[name], "application/pdf"))
        assert refused.status_code == 422
        (error,) = refused.json()["errors"]
        assert error["pointer"] == "/paper"
        assert error["code"].startswith(("file.", "photo."))
        assert attachments() == 0

    @pytest.mark.parametrize(
        ("form", "parameter"),
        [
            ({"field": "name"}, "field"),
            ({"field": ""}, "field"),
            ({"field": "complete"}, "field"),
            ({"field": ["paper", "paper"]}, "field"),
            ({"file": "text"}, "file"),
            ({"draft_token": "x"}, "draft_token"),
            ({"case": "1"}, "case"),
        ],
    )
    def test_takes_one_file_one_name_and_nothing_else_t28(
        self, program: Program, form: dict[str, Any], parameter: str
    ) -> None:
        sent = {"field": "paper", "file": picture(), **form}
        refused = program.client.post(f"{program.home}/files", sent)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["parameter"] == parameter
        two = program.client.post(f"{program.home}/files", {"field": "paper", "file": [picture(), picture()]})
        assert two.json()["errors"][0]["parameter"] == "file"
        assert attachments() == 0

    @pytest.mark.parametrize("most", ["MOST_FILES", "MOST_BYTES"])
    def test_takes_only_so_many_under_one_token(
        self, program: Program, monkeypatch: pytest.MonkeyPatch, most: str
    ) -> None:
        stored = program.upload().json()
        limit = {"MOST_FILES": 1, "MOST_BYTES": stored["file"]["size"] + 1}[most]
        monkeypatch.setattr(filing, most, limit)
        refused = program.upload(token=stored["upload_token"])
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["code"] == "file.excess"

    def test_begins_only_so_many_from_one_address(self, program: Program, settings: Any) -> None:
        settings.RAKIT_DRAFTS_PER_ADDRESS = 1
        stored = program.upload().json()
        refused = program.upload()
        assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
        assert program.upload(token=stored["upload_token"]).status_code == 201

    def test_reads_forms_only(self, program: Program) -> None:
        refused = program.post("files", ANSWERS)
        assert refused.status_code == 415
        broken = program.client.post(f"{program.home}/files", b"--x", content_type="multipart/form-data")
        assert broken.status_code == 400
        assert broken["Content-Type"] == "application/problem+json"


class TestWhoseFile:
    """T5: to know the id of a file is no permission."""

    def test_is_refused_without_its_token_t5(self, program: Program) -> None:
        mine, other = program.upload().json(), program.upload().json()
        answers = ANSWERS | {"paper": [mine["file"]]}
        for headers in ({}, token(other), {"Upload-Token": "x" * 43}):
            refused = program.submit(answers, **headers)
            assert refused.status_code == 422
        assert program.validate(answers).json()["problems"][0]["code"] == "answers.file"

    def test_is_refused_in_another_region_t5(
        self, program: Program, poso: Region, client_on: Callable[..., Any]
    ) -> None:
        stored = program.upload().json()
        assert Program(client_on(poso)).upload(token=stored["upload_token"]).status_code == 404

    def test_is_refused_for_a_second_application_t5(self, program: Program) -> None:
        stored = program.upload().json()
        answers = ANSWERS | {"paper": [stored["file"]]}
        assert program.submit(answers, **token(stored)).status_code == 201
        refused = program.submit(answers, **token(stored))
        assert refused.json()["errors"][0]["code"] == "answers.file"

    def test_is_described_by_the_server_whatever_the_sender_says_t10(self, program: Program) -> None:
        stored = program.upload().json()
        lie = {**stored["file"], "name": "../x.exe", "size": 1, "type": "text/html", "sha256": "0" * 64}
        assert program.submit(ANSWERS | {"paper": [lie]}, **token(stored)).status_code == 201
        with scope.everywhere("a test looks"):
            assert Attachment.objects.get().case.answers["paper"] == [stored["file"]]


class TestTidied:
    def test_when_nobody_files_them(self, program: Program) -> None:
        stored = program.upload().json()
        assert drafts.forget_expired(timezone.now() + timedelta(days=8)) == 1
        with scope.everywhere("a test counts"):
            assert (Draft.objects.count(), Attachment.objects.count()) == (0, 0)
        refused = program.upload(token=stored["upload_token"])
        assert refused.json()["errors"][0]["parameter"] == "Upload-Token"

    def test_not_before_they_are_refused_only_for_other_reasons(self, program: Program) -> None:
        stored = program.upload().json()
        assert program.submit({"paper": [stored["file"]]}, **token(stored)).status_code == 422
        assert program.submit(ANSWERS | {"paper": [stored["file"]]}, **token(stored)).status_code == 201

    def test_of_a_replaced_version_belong_to_it(self, program: Program, offered: Installation) -> None:
        stored = program.upload().json()
        factories.installed(offered.region, permit.as_text(), number=2)
        assert Program(program.client, version=2).upload(token=stored["upload_token"]).status_code == 422
        assert program.upload(token=stored["upload_token"]).status_code == 201


class TestLimits:
    """T29: the limit holds whatever the request says about its length."""

    def _send(self, program: Program, payload: bytes, **meta: str) -> Any:
        return program.client.generic(
            "POST", f"{program.home}/files", payload, "multipart/form-data; boundary=BoUnD", **meta
        )

    def _form(self, content: bytes, *headers: str) -> bytes:
        more = "".join(f"\r\n{line}" for line in headers)
        return (
            b'--BoUnD\r\nContent-Disposition: form-data; name="field"\r\n\r\npaper\r\n'
            b'--BoUnD\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"'
            + f"\r\nContent-Type: application/pdf{more}\r\n\r\n".encode()
            + content
            + b"\r\n--BoUnD--\r\n"
        )

    def test_refuses_by_the_announced_length_before_reading_t29(
        self, program: Program, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def never(*_args: object) -> bytes:
            raise AssertionError("the body was read")

        monkeypatch.setattr(FakePayload, "read", never)
        for length in (str(LIMIT + 100_000), "9" * 40, "-5", "x"):
            refused = self._send(program, b"never", CONTENT_LENGTH=length)
            assert refused.status_code == 413, length
            assert refused.json()["type"] == "urn:rakit:problem:too-large"

    def test_refuses_a_file_just_too_large_with_its_pointer_t29(self, program: Program) -> None:
        pdf = b"%PDF-1.4\n" + b"x" * LIMIT + b"\n%%EOF"
        refused = self._send(program, self._form(pdf))
        assert refused.status_code == 413
        assert refused.json()["errors"][0]["code"] == "file.large"

    def test_unpacks_no_base64_part_t29(self, program: Program) -> None:
        for content in (base64.b64encode(HOSTILE["html"]), b" \n" * 2_400_000):
            sent = self._form(content, "Content-Transfer-Encoding: base64")
            assert self._send(program, sent).status_code == 413
        assert attachments() == 0

    def test_stays_flat_in_memory_t29(self, program: Program) -> None:
        body = self._form(b"%PDF-1.4\n" + b"x" * (LIMIT - 100) + b"\n%%EOF")

        tracemalloc.start()
        try:
            kept = []
            for _time in range(6):
                assert self._send(program, body).status_code == 201
                gc.collect()
                kept.append(tracemalloc.get_traced_memory()[0])
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert kept[-1] - kept[0] < LIMIT  # nothing of an earlier request is held
        assert peak - kept[0] < 8 * LIMIT  # and one request holds its file a few times, the sender's included
