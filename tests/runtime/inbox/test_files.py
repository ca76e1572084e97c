"""Files of a case: given out to those who may see the case, and harmless when opened."""

from __future__ import annotations

import hashlib
import io
import uuid

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from runtime.cases import services
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG")
    return out.getvalue()


def filed(desk: Village, name: str, kind: str, content: bytes) -> tuple[str, str]:
    """File an application with one document; return the case's reference and the file's address."""
    kept = services.store_upload(
        region=desk.region,
        draft_token="draft",
        field="paper",
        name=name,
        type=kind,
        content=ContentFile(content),
        sha256=hashlib.sha256(content).hexdigest(),
        now=desk.now,
    )
    given = permit.answers(village=desk.office.key, paper=[kept.as_answer()])
    reference = desk.submit(answers=given, draft_token="draft").reference
    return reference, f"/desk/cases/{reference}/files/{kept.pk}/"


class TestFile:
    def test_shows_a_picture_in_the_page(self, desk: Village, clerk_at: Client) -> None:
        _case, path = filed(desk, "ktp.jpg", "image/jpeg", picture())
        response = clerk_at.get(path)
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Disposition"].startswith("inline")
        assert b"".join(response) == picture()

    def test_saves_a_picture_when_asked_to(self, desk: Village, clerk_at: Client) -> None:
        _case, path = filed(desk, "ktp.jpg", "image/jpeg", picture())
        assert clerk_at.get(f"{path}?download")["Content-Disposition"].startswith("attachment")

    @pytest.mark.parametrize("kind", ["application/pdf", "text/html", "image/svg+xml"])
    def test_never_opens_anything_else_in_the_browser(
        self, desk: Village, clerk_at: Client, kind: str
    ) -> None:
        _case, path = filed(desk, "surat.pdf", kind, b"%PDF-1.7 <script>alert(1)</script>")
        response = clerk_at.get(path)
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Content-Type"] == "application/octet-stream"

    def test_T4_takes_every_power_from_what_it_sends(self, desk: Village, clerk_at: Client) -> None:
        _case, path = filed(desk, "ktp.jpg", "image/jpeg", picture())
        response = clerk_at.get(path)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert "no-store" in response["Cache-Control"]

    def test_T2_keeps_a_hostile_name_inside_its_header(self, desk: Village, clerk_at: Client) -> None:
        _case, path = filed(desk, 'a"; x=\u202egpj.exe', "application/pdf", b"%PDF-1.7")
        header = clerk_at.get(path)["Content-Disposition"]
        assert "\n" not in header
        assert "filename*=utf-8''" in header

    def test_T5_hides_files_of_other_offices_cases(self, desk: Village, client_on: ClientOn) -> None:
        _case, path = filed(desk, "ktp.jpg", "image/jpeg", picture())
        elsewhere = factories.office(desk.office.parent or desk.region, "lain")
        client = client_on(desk.region, factories.staff("clerk", elsewhere, "loket-lain"))
        assert client.get(path).status_code == 404

    def test_T5_hides_a_file_under_another_case(self, desk: Village, clerk_at: Client) -> None:
        case, path = filed(desk, "ktp.jpg", "image/jpeg", picture())
        other = desk.submit().reference
        assert clerk_at.get(path.replace(case, other)).status_code == 404
        assert clerk_at.get(f"/desk/cases/{case}/files/{uuid.uuid4()}/").status_code == 404

    def test_refuses_to_be_posted_to(self, desk: Village, clerk_at: Client) -> None:
        _case, path = filed(desk, "ktp.jpg", "image/jpeg", picture())
        assert clerk_at.post(path).status_code == 405
