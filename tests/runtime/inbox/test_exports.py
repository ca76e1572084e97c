"""Applications as a file at the desk: asked for, watched, fetched by one person, refused to all others."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.test import Client
from django.utils import timezone

from runtime.jobs import services
from runtime.jobs.models import Job
from runtime.regions.models import Membership
from runtime.viewlog.models import Viewing
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import exported
from tests.runtime.conftest import Village
from tests.runtime.exported import filing as filing  # the fixture


def ask(client: Client, **changes: Any) -> Any:
    given = {"service": exported.KEY, "form": "json", "way": "file", "state": "", "key": str(uuid.uuid4())}
    return client.post("/desk/exports/", given | changes)


def fetch(client: Client, address: str) -> bytes:
    response = client.get(f"{address}file/")
    assert response.status_code == 200
    return b"".join(response)  # type: ignore[arg-type]


class TestExports:
    def test_a_small_file_is_ready_at_once_and_fetched(self, filing: Village, clerk_at: Client) -> None:
        case = exported.file_one(filing)
        address = ask(clerk_at).url
        page = clerk_at.get(address)
        assert "Refresh" not in page
        assert "Berkas ini berisi 1 permohonan." in page.content.decode()
        response = clerk_at.get(f"{address}file/")
        assert response["Content-Disposition"].startswith('attachment; filename="izin-berkas-2')
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Content-Type-Options"] == "nosniff"
        told = json.loads(b"".join(response))  # type: ignore[arg-type]
        assert [one["reference"] for one in told["cases"]] == [case.reference]
        assert [(row.case_id, row.user) for row in Viewing.objects.all()] == [(case.pk, filing.clerk)]

    def test_pressed_twice_make_one_file(self, filing: Village, clerk_at: Client) -> None:
        key = str(uuid.uuid4())
        assert ask(clerk_at, key=key).url == ask(clerk_at, key=key).url
        assert Job.objects.count() == 1

    def test_a_longer_one_tells_how_far_it_is_until_the_clock_has_done_it(
        self, filing: Village, clerk_at: Client
    ) -> None:
        exported.crowd(filing, 450)
        address = ask(clerk_at, form="csv").url
        page = clerk_at.get(address)
        assert page["Refresh"] == "3"
        assert "200 dari 450 permohonan" in page.content.decode()
        assert clerk_at.get(f"{address}file/").status_code == 404
        while services.work_due(timezone.now()):
            pass
        with ZipFile(BytesIO(fetch(clerk_at, address))) as archive:
            assert len(archive.read("cases.csv").decode().splitlines()) == 451

    def test_is_stopped(self, filing: Village, clerk_at: Client) -> None:
        exported.crowd(filing, 250)
        address = ask(clerk_at).url
        assert clerk_at.post(f"{address}cancel/").url == address
        assert "Dihentikan" in clerk_at.get(address).content.decode()
        assert clerk_at.get(f"{address}file/").status_code == 404

    def test_T5_is_nobody_elses(self, filing: Village, clerk_at: Client, head_at: Client) -> None:
        exported.file_one(filing)
        address = ask(clerk_at).url
        for path in (address, f"{address}file/"):
            assert head_at.get(path).status_code == 404
        assert head_at.post(f"{address}cancel/").status_code == 404

    def test_T8_dies_with_the_post(self, filing: Village, clerk_at: Client) -> None:
        exported.file_one(filing)
        factories.member(filing.clerk, "head", filing.office)
        address = ask(clerk_at).url
        Membership.objects.filter(user=filing.clerk, role__key="clerk").delete()
        assert clerk_at.get(f"{address}file/").status_code == 403

    def test_is_gone_when_its_time_is_over(self, filing: Village, clerk_at: Client) -> None:
        exported.file_one(filing)
        address = ask(clerk_at).url
        Job.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert clerk_at.get(f"{address}file/").status_code == 404
        services.sweep(timezone.now())
        assert "Sudah dihapus" in clerk_at.get(address).content.decode()

    def test_asks_again_for_what_is_wrong(self, filing: Village, clerk_at: Client) -> None:
        wrong = ask(clerk_at, since="2026-11-24", until="2026-11-23", form="exe")
        assert wrong.status_code == 422
        assert "Hari terakhir" in wrong.content.decode()
        assert not Job.objects.exists()

    def test_gives_an_administrator_without_a_post_no_personal_data(
        self, filing: Village, client_on: ClientOn
    ) -> None:
        case = exported.file_one(filing)
        chief = factories.staff("administrator", filing.region, "pengelola")
        client = client_on(filing.region, chief)
        assert ask(client).status_code == 422
        told = fetch(client, ask(client, way="recap").url).decode()
        assert str(case.public_id) in told
        assert case.reference not in told

    def test_makes_at_most_three_at_once(self, filing: Village, clerk_at: Client) -> None:
        exported.crowd(filing, 250)
        for _one in range(services.MOST):
            assert ask(clerk_at).status_code == 302
        full = ask(clerk_at)
        assert full.status_code == 422
        assert "Tiga berkas" in full.content.decode()

    def test_T9_holds_nothing_of_another_region(
        self, filing: Village, clerk_at: Client, client_on: ClientOn, poso: Any
    ) -> None:
        exported.file_one(filing)
        outsider = factories.staff("clerk", poso, "lain")
        elsewhere = client_on(poso, outsider)
        assert ask(elsewhere).status_code == 422  # no such service there
        assert elsewhere.get(ask(clerk_at).url).status_code in (403, 404)
