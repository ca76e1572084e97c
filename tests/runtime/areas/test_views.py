"""The lists of areas as JSON: what lies in an area, to be kept as long as the edition is the newest."""

from __future__ import annotations

from django.test import Client

from runtime.regions.models import Region
from tests import factories


class TestChildren:
    def test_lists_what_lies_in_an_area(self, client_on, tangerang: Region) -> None:
        edition = factories.areas()
        client: Client = client_on(tangerang)
        answer = client.get(f"/areas/{edition.digest[:12]}/72.02.09/")
        assert answer.json() == {"source": "areas", "areas": [["72.02.09.2001", "Uelene'e"]]}
        top = client.get(f"/areas/{edition.digest[:12]}/").json()
        assert top["areas"] == [["36", "Banten"], ["72", "Sulawesi Tengah"]]

    def test_may_be_kept_for_a_year_and_by_everybody(self, client_on, tangerang: Region) -> None:
        edition = factories.areas()
        answer = client_on(tangerang).get(f"/areas/{edition.digest[:12]}/36/")
        assert answer["Cache-Control"] == "public, max-age=31536000"
        assert "Cookie" not in answer.get("Vary", "")

    def test_answers_pages_drawn_with_an_older_edition_too(self, client_on, tangerang: Region) -> None:
        older = factories.areas()
        factories.areas({"36.71.13": "Pinang"}, name="next")
        answer = client_on(tangerang).get(f"/areas/{older.digest[:12]}/36.71/")
        assert ["36.71.13", "Pinang"] in answer.json()["areas"]
        assert answer["Cache-Control"] == "public, max-age=60"

    def test_knows_no_other_addresses(self, client_on, tangerang: Region) -> None:
        client = client_on(tangerang)
        assert client.get("/areas/0/36/").status_code == 404  # nothing is loaded
        factories.areas()
        assert client.get("/areas/0/99/").json()["areas"] == []
        for code in ("36.7", "x", "36'--"):
            assert client.get(f"/areas/0/{code}/").status_code == 404
