"""Answers in words."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.forms.summary import Row, summary
from runtime.regions.models import Region
from schemas import parse
from tests import factories

ANSWERS: dict[str, Any] = {
    "nama": "Siti",
    "nik": "3671014507880002",
    "tanggal_lahir": "1988-08-17",
    "jenis_kelamin": "P",
    "hp": "+6281234567890",
    "jenis": "penduduk",
    "kelurahan": "sukasari",
}


@pytest.mark.django_db
class TestSummary:
    """`summary.summary`."""

    def rows(self, region: Region, *, mask: bool) -> dict[str, Row]:
        module = parse.load(factories.starter("surat-domisili"))
        pages = summary(module, ANSWERS, language="id", region=region, mask=mask)
        return {row.field.key: row for page in pages for row in page.rows}

    def test_says_answers_as_people_do(self, tangerang: Region) -> None:
        rows = self.rows(tangerang, mask=False)
        assert rows["tanggal_lahir"].value == "17 Agustus 1988"
        assert rows["hp"].value == "0812-3456-7890"
        assert rows["jenis_kelamin"].value == "Perempuan"
        assert rows["kelurahan"].value == "Kelurahan Sukasari"
        assert rows["agama"].value == ""

    def test_masks_numbers_that_identify_a_person(self, tangerang: Region) -> None:
        rows = self.rows(tangerang, mask=True)
        assert rows["nik"].value == "••••••••••••0002"
        assert "1234" not in rows["hp"].value
        assert rows["nama"].value == "Siti"
