"""Every view of a case at the desk leaves one row that says who, as what, for what; nobody can change it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.test import Client

from runtime.cases import services as cases
from runtime.cases.selectors import Attachment
from runtime.viewlog import services
from runtime.viewlog.models import Viewing
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.conftest import desk as desk  # the fixture

INBOX = Path(__file__).parents[3] / "runtime" / "inbox"
JPEG = b"\xff\xd8\xff picture"


@pytest.fixture
def clerk_at(desk: Village, client_on: ClientOn, settings: Any, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    return client_on(desk.region, desk.clerk)


def stored(desk: Village, token: str) -> Attachment:
    return cases.store_upload(
        region=desk.region,
        draft_token=token,
        field="paper",
        name="ktp.jpg",
        type="image/jpeg",
        content=ContentFile(JPEG),
        sha256="0" * 64,
        now=desk.now,
    )


def filed(desk: Village) -> tuple[str, str]:
    kept = stored(desk, "draft")
    given = permit.answers(village=desk.office.key, paper=[kept.as_answer()])
    return desk.submit(answers=given, draft_token="draft").reference, str(kept.pk)


def rows() -> list[tuple[str, str, str]]:
    return list(Viewing.objects.order_by("pk").values_list("did", "purpose", "task"))


class TestView:
    def test_says_who_as_what_and_for_which_task(self, desk: Village, clerk_at: Client) -> None:
        clerk_at.get(f"/desk/cases/{desk.submit().reference}/")
        row = Viewing.objects.get()
        assert (row.user, row.role, row.office) == (desk.clerk, "clerk", desk.office)
        assert (row.name, row.title, row.as_kind) == (desk.clerk.get_full_name(), {"id": "Petugas loket"}, "")
        assert (row.did, row.purpose, row.task) == ("viewed", "task", "clerk")

    def test_without_a_waiting_task_was_looked_up(self, desk: Village, clerk_at: Client) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        clerk_at.get(f"/desk/cases/{reference}/")
        assert rows() == [("viewed", "search", "")]

    def test_tells_hidden_numbers_and_documents_apart(self, desk: Village, clerk_at: Client) -> None:
        reference, file = filed(desk)
        address = f"/desk/cases/{reference}/"
        clerk_at.post(address)
        clerk_at.get(f"{address}files/{file}/")
        clerk_at.get(f"{address}files/{file}/?download")
        assert [did for did, *_more in rows()] == ["revealed", "opened", "downloaded"]
        assert [str(one) for one in Viewing.objects.order_by("pk").values_list("file", flat=True)] == [
            "None",
            file,
            file,
        ]

    def test_counts_a_page_that_is_shown_again_and_not_what_leads_on(
        self, desk: Village, clerk_at: Client
    ) -> None:
        address = f"/desk/cases/{desk.submit().reference}/comments/write/"
        assert clerk_at.post(address, {}).status_code == 422
        assert len(rows()) == 1
        given = {"text": "Sudah ditelepon.", "reader": "comment:internal", "once": "a" * 32}
        response = clerk_at.post(address, given)
        assert (response.status_code, len(rows())) == (302, 1)

    def test_says_as_whose_stand_in(self, desk: Village, client_on: ClientOn) -> None:
        deputy = factories.person("wakil")
        factories.member(deputy, "head", factories.office(desk.office.parent or desk.region, "lain"))
        factories.standin(deputy, "clerk", desk.office, desk.clerk)
        client_on(desk.region, deputy).get(f"/desk/cases/{desk.submit().reference}/")
        row = Viewing.objects.get()
        assert (row.user, row.role, row.office, row.as_kind) == (deputy, "clerk", desk.office, "plh")

    def test_that_cannot_be_written_down_is_not_shown(
        self, desk: Village, clerk_at: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_given: Any, **_more: Any) -> None:
            raise DatabaseError

        monkeypatch.setattr(services.Viewing.objects, "create", broken, raising=False)
        clerk_at.raise_request_exception = False
        response = clerk_at.get(f"/desk/cases/{desk.submit().reference}/")
        assert response.status_code >= 500
        assert b"Siti" not in response.content

    def test_is_never_changed_or_deleted(self, desk: Village, clerk_at: Client) -> None:
        clerk_at.get(f"/desk/cases/{desk.submit().reference}/")
        for change in (lambda: Viewing.objects.update(name="x"), lambda: Viewing.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert len(rows()) == 1


class TestDoor:
    def test_is_the_only_one_by_which_the_desk_gets_a_case(self) -> None:
        """Whoever needs a case asks `access`; `opens` shows nothing, `looked` writes."""
        users = {
            path.name
            for path in INBOX.rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute) and node.attr in {"case_for_officer", "case_by_reference"}
        }
        assert users == {"access.py"}
