"""Right answers that should be compared with a document: told before sending, never refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from runtime.regions.models import Region
from tests import factories
from tests.runtime.wizard import domicile
from tests.runtime.wizard.forms import Applicant

NIK = "3671014505900001"
DOUBT = "Tanggal lahir di dalam NIK ini berbeda"


@pytest.mark.django_db
class TestReview:
    @pytest.mark.parametrize(("day", "doubted"), [("5", False), ("6", True)])
    def test_says_what_to_compare_and_lets_it_be_sent(
        self, tangerang: Region, client_on: Callable[..., Client], day: str, doubted: bool
    ) -> None:
        village = Region.objects.get(key="sukasari")
        factories.staff("clerk", village, "loket")
        factories.staff("head", village, "kepala")
        factories.installed(tangerang, domicile.as_text())
        applicant = Applicant(client_on(tangerang), "domisili")
        born = {"birth-day": day, "birth-month": "5", "birth-year": "1990"}
        assert applicant.post("who", nik=NIK, **born).status_code == 302
        assert applicant.post("about", name="Siti", sex="P").status_code == 302
        assert applicant.post("rest", village="sukasari").status_code == 302
        assert (DOUBT in applicant.get("review").content.decode()) is doubted
        assert applicant.send()["Location"] == f"{applicant.home}receipt/"
