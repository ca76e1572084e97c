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
