"""A citizen's own page: applications and drafts of theirs alone, and a copy of everything that may leave."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from pypdf import PdfReader

from runtime.cases import commenting
from runtime.cases import selectors as cases
from runtime.notices import services
from runtime.regions import pace
from runtime.regions.models import Region, User
from runtime.wizard import drafts
from runtime.wizard.models import Draft
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.conftest import desk as desk  # the fixture
from tests.runtime.viewlog.test_noting import JPEG, clerk_at, filed, stored

__all__ = ["clerk_at", "desk"]
SECRET = "KANARI-JANGAN-KELUAR"
ADDRESS = "kanari@contoh.id"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner_at(desk: Village, citizen: User, client_on: ClientOn) -> Client:
    return client_on(desk.region, citizen)


def owned(reference: str, owner: User, region: Region) -> str:
    found = cases.case_by_reference(region, reference)
    assert found is not None
    found.applicant = owner
    found.save()
    return reference


def told(client: Client) -> str:
    response = client.get("/account/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def copied(client: Client) -> dict[str, bytes]:
    response = client.get("/account/export/")
    assert response["Content-Type"] == "application/zip"
    with ZipFile(io.BytesIO(b"".join(response))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class TestHome:
    def test_puts_what_waits_for_the_applicant_first(
        self, desk: Village, citizen: User, owner_at: Client
    ) -> None:
        waiting, open_, other = (desk.submit().reference for _ in range(3))
        for reference in (waiting, open_):
            owned(reference, citizen, desk.region)
        desk.send_back(waiting, "name")
        page = told(owner_at)
        assert page.index("Menunggu Anda") < page.index(waiting) < page.index(open_)
        assert other not in page

    def test_says_where_to_begin_when_there_is_nothing(self, owner_at: Client) -> None:
        assert "Anda belum mengirim apa pun" in told(owner_at)


def begun(desk: Village, owner: User | None) -> Draft:
    return drafts.start(region=desk.region, version=desk.version, language="id", owner=owner, now=desk.now)


class TestDrafts:
    def test_are_deleted_by_their_owner_alone(
        self, desk: Village, citizen: User, owner_at: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("runtime.account.views.timezone.now", lambda: desk.now)
        own, others = begun(desk, citizen), begun(desk, factories.person("lain"))
        assert own.token in told(owner_at)
        assert owner_at.post(f"/account/drafts/{others.token}/delete/").status_code == 404
        assert owner_at.post(f"/account/drafts/{own.token}/delete/").status_code == 302
        assert list(Draft.objects.all()) == [others]


class TestCopy:
    def test_is_made_so_often_in_an_hour_and_then_says_when_again(
        self,
        desk: Village,
        owner_at: Client,
        client_on: ClientOn,
        settings: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        settings.RAKIT_LIMITS = {**settings.RAKIT_LIMITS, "copies": 1}
        monkeypatch.setattr(pace, "time", SimpleNamespace(time=lambda: 0.0))  # no hour ends meanwhile
        copied(owner_at)
        told = owner_at.get("/account/export/", follow=True).content.decode()
        assert "Dalam satu jam ini sudah dibuat 1 salinan." in told
        other = client_on(desk.region, factories.person("lain"))
        assert other.get("/account/export/")["Content-Type"] == "application/zip"

    def test_holds_how_one_wants_to_be_told(self, desk: Village, citizen: User, owner_at: Client) -> None:
        number = "+6281200000001"
        services.of_citizen(
            region=desk.region,
            user=citizen,
            channel="sms",
            number=number,
            fallback=True,
            quiet_from=None,
            quiet_until=None,
            language="en",
        )
        told = json.loads(copied(owner_at)["notices.json"])
        assert (told["channel"], told["number"], told["language"]) == ("sms", number, "en")

    def test_holds_every_application_with_documents_and_who_saw_it(
        self, desk: Village, citizen: User, owner_at: Client, clerk_at: Client
    ) -> None:
        reference = owned(filed(desk)[0], citizen, desk.region)
        desk.submit()
        clerk_at.get(f"/desk/cases/{reference}/")
        found = copied(owner_at)
        assert sorted(found) == [
            f"{reference}/application.html",
            f"{reference}/application.json",
            f"{reference}/application.pdf",
            f"{reference}/documents/01-ktp.jpg",
            "notices.json",
            "profile.json",
        ]
        assert found[f"{reference}/documents/01-ktp.jpg"] == JPEG
        said = json.loads(found[f"{reference}/application.json"])
        assert said["answers"]["name"] == "Siti"
        assert [(one["post"], one["name"]) for one in said["seen_by"]] == [("Petugas loket", "")]
        assert "Petugas loket" in found[f"{reference}/application.html"].decode()

    def test_holds_what_was_begun_and_not_sent_with_its_documents(
        self, desk: Village, citizen: User, owner_at: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("runtime.account.views.timezone.now", lambda: desk.now)
        draft = begun(desk, citizen)
        draft.answers = {"name": "Siti", "paper": [stored(desk, draft.token).as_answer()]}
        draft.save()
        found = copied(owner_at)
        assert found["drafts/01/documents/01-ktp.jpg"] == JPEG
        said = json.loads(found["drafts/01/draft.json"])
        assert (said["answers"]["name"], said["documents"][0]["question"]) == ("Siti", "paper")

    def test_T11_leaves_out_what_is_never_exported_and_what_officers_say_inside(
        self, desk: Village, citizen: User, owner_at: Client
    ) -> None:
        data, *rest = permit.document()["pages"]
        never = {"key": "rahasia", "type": "text", "label": {"id": "Rahasia"}, "privacy": "never_export"}
        text = permit.as_text(pages=[{**data, "fields": [*data["fields"], never]}, *rest])
        version = factories.installed(desk.region, text, 2).version
        given = permit.answers(village=desk.office.key, rahasia=SECRET)
        given["email"] = ADDRESS
        reference = owned(desk.submit(version=version, answers=given).reference, citizen, desk.region)
        case = cases.case_by_reference(desk.region, reference)
        assert case is not None
        commenting.comment(case, "comment:internal", SECRET, key="a" * 32, now=desk.now, officer=desk.clerk)
        found = copied(owner_at)
        pages = PdfReader(io.BytesIO(found.pop(f"{reference}/application.pdf"))).pages
        everything = b"".join(found.values()).decode() + "".join(page.extract_text() for page in pages)
        assert ADDRESS in everything
        assert SECRET not in everything

    def test_goes_on_without_a_document_that_is_lost(
        self, desk: Village, citizen: User, owner_at: Client, tmp_path: Path
    ) -> None:
        reference = owned(filed(desk)[0], citizen, desk.region)
        for path in (tmp_path / "attachments").rglob("*"):
            if path.is_file():
                path.unlink()
        said = json.loads(copied(owner_at)[f"{reference}/application.json"])
        assert [(one["name"], one["path"]) for one in said["documents"]] == [("ktp.jpg", "")]
