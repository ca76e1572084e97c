"""Answers in words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from runtime.forms.summary import Row, summary
from runtime.regions.models import Region
from schemas import parse
from tests import factories
from tests.runtime.forms import asking

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

    def test_tells_what_was_kept_whatever_day_it_is(self) -> None:
        age = {"years": [{"var": "lahir"}, {"today": []}]}
        wali = {"key": "wali", "type": "text", "label": "Wali"}
        document = json.loads(asking.document([
            {"key": "lahir", "type": "date", "label": "Tanggal lahir"},
            {"key": "umur", "type": "integer", "label": "Umur", "calculate": age},
            {**wali, "visible": {"<": [{"var": "umur"}, 18]}},
            {"key": "anak", "type": "repeat", "label": "Anak", "fields": [
                {"key": "lahir_anak", "type": "date", "label": "Lahir"},
                {"key": "umur_anak", "type": "integer", "label": "Umur",
                 "calculate": {"years": [{"var": "lahir_anak"}, {"today": []}]}},
            ]},
        ]))  # fmt: skip
        document["pages"].append(
            {"key": "lain", "title": "Lain", "visible": {"<": [age, 18]}, "fields": [{**wali, "key": "ibu"}]}
        )
        kept = {
            "lahir": "1990-01-01", "umur": 17, "wali": "Budi", "ibu": "Ani",
            "anak": [{"lahir_anak": "2000-01-01", "umur_anak": 3}],
        }  # fmt: skip
        pages = summary(parse.load(json.dumps(document)), kept, language="id", region=None)
        told = {row.key: row for page in pages for row in page.rows}
        assert [told[key].value for key in ("umur", "wali", "ibu")] == ["17", "Budi", "Ani"]
        assert [row.value for row in told["anak"].entries[0].rows] == ["1 Januari 2000", "3"]
