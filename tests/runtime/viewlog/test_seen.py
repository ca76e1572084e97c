"""Applicants read who saw their data: post and office, each thing once a day; names if the region wants."""

from __future__ import annotations

import re

from django.test import Client

from runtime.cases.models import Case
from runtime.regions import scope
from runtime.viewlog import selectors
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village
from tests.runtime.viewlog.test_noting import clerk_at as clerk_at  # the fixture
from tests.runtime.viewlog.test_noting import desk as desk  # the fixture
from tests.runtime.viewlog.test_noting import filed


def told(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


class TestSeen:
    def test_tells_post_office_and_what_but_no_name(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        reference, file = filed(desk)
        address = f"/desk/cases/{reference}/"
        for path in (address, address, f"{address}files/{file}/?download"):
            clerk_at.get(path)
        clerk_at.post(address)
        owner = _owner(desk, client_on, reference)
        for page in (told(owner, f"/track/{reference}/views/"), told(owner, f"/track/{reference}/")):
            assert "Petugas loket</b> · Kelurahan Sukasari" in page
            assert "Membuka permohonan Anda (2 kali)" in page
            assert "Mengunduh: Berkas" in page
            assert "Menampilkan nomor yang disembunyikan" in page
            assert "untuk memproses permohonan Anda" in page
            assert desk.clerk.get_full_name() not in page.replace("Petugas loket", "")

    def test_tells_that_nobody_looked(self, desk: Village, client_on: ClientOn) -> None:
        reference = desk.submit().reference
        assert "Belum ada yang membuka" in told(_owner(desk, client_on, reference), f"/track/{reference}/")

    def test_is_told_to_nobody_else(self, desk: Village, client_on: ClientOn) -> None:
        response = client_on(desk.region).get(f"/track/{desk.submit().reference}/views/")
        assert (response.status_code, response["Location"].startswith("/track/?")) == (302, True)


class TestNames:
    def test_are_told_once_the_administrator_says_so(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        reference = desk.submit().reference
        clerk_at.get(f"/desk/cases/{reference}/")
        chief = client_on(desk.region, factories.staff("administrator", desk.region, "pengelola"))
        assert reference in told(chief, "/desk/views/")
        chief.post("/desk/views/", {"names": "yes"})
        with scope.use(desk.region):
            assert selectors.names_officers(desk.region)
        owner = _owner(desk, client_on, reference)
        assert f"<b>{desk.clerk.get_full_name()}, Petugas loket</b>" in told(owner, f"/track/{reference}/")
        chief.post("/desk/views/", {"names": "no"})
        assert f"{desk.clerk.get_full_name()}, " not in told(owner, f"/track/{reference}/")


def _owner(desk: Village, client_on: ClientOn, reference: str) -> Client:
    """Return the logged-in applicant of the case."""
    owner = factories.person("pemilik")
    Case.objects.filter(reference=reference).update(applicant=owner)
    return client_on(desk.region, owner)
