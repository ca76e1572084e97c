"""A request that is larger than any page may be."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runtime.regions.models import Region
from tests import factories
from tests.conftest import ClientOn

pytestmark = pytest.mark.django_db


class TestATooLargeRequest:
    @pytest.fixture
    def address(self, tangerang: Region, client_on: ClientOn) -> tuple[object, str]:
        factories.installed(tangerang)
        client = client_on(tangerang)
        return client, client.post("/services/surat-domisili/start/", follow=True).redirect_chain[-1][0]

    def test_is_answered_with_a_sentence_and_413(self, address, settings):
        settings.RAKIT_UPLOAD_BYTES = 20_000
        client, page = address
        answer = client.post(page, {"ktp": SimpleUploadedFile("ktp.jpg", b"x" * 50_000)})
        assert answer.status_code == 413
        assert "terlalu besar" in answer.content.decode()

    def test_with_too_many_fields_is_answered_the_same_way(self, address, settings):
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
        client, page = address
        answer = client.post(page, {f"x{number}": "1" for number in range(60)})
        assert answer.status_code == 413

    @pytest.mark.parametrize("encoding", ["base64", "BASE64", "quoted-printable", "x-gzip"])
    @pytest.mark.parametrize("about", ['name="ktp"; filename="ktp.jpg"', 'name="nama"'])
    def test_T29_in_an_encoded_part_is_refused_before_it_is_unpacked(self, address, encoding, about):
        client, page = address
        body = (
            f"--xyz\r\nContent-Disposition: form-data; {about}\r\n"
            f"Content-Transfer-Encoding: {encoding}\r\n\r\n" + "QUFB" * 2000 + "\r\n--xyz--\r\n"
        )
        answer = client.post(page, body, content_type="multipart/form-data; boundary=xyz")
        assert answer.status_code == 413
        assert "terlalu besar" in answer.content.decode()

    def test_T29_is_not_what_a_part_marked_as_plain_makes(self, address):
        client, page = address
        head = 'Content-Disposition: form-data; name="_do"\r\nContent-Transfer-Encoding: 8bit'
        body = f"--xyz\r\n{head}\r\n\r\nsave\r\n--xyz--\r\n"
        answer = client.post(page, body, content_type="multipart/form-data; boundary=xyz")
        assert answer.status_code == 302
