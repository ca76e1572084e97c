"""Saved views of the work list: whose they are, what they open, and the one the desk opens with."""

from __future__ import annotations

import pytest
from django.test import Client

from runtime.inbox import savedviews
from runtime.inbox.models import SavedView
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.wizard.test_lapsed import Inputs

VIEWS = "/desk/saved/"


def save(client: Client, name: str, **more: object) -> int:
    given = {"name": name, "tab": "unit", "service": "izin", "q": "Maria", "sort": "new", **more}
    return client.post(VIEWS, given).status_code


def change(client: Client, do: str, **more: str) -> int:
    view = SavedView.objects.get()
    return client.post(f"{VIEWS}{view.pk}/", {"do": do, **more}).status_code


def shown(client: Client, query: str = "") -> list[tuple[str, bool]]:
    return [(view.name, view.current) for view in client.get(f"/desk/{query}").context["work"].views]


@pytest.fixture
def colleague(desk: Village, client_on: ClientOn) -> Client:
    """Another clerk of the office."""
    return client_on(desk.region, factories.staff("clerk", desk.office, "loket-2"))


class TestSavedViews:
    def test_are_links_to_the_same_filters(self, desk: Village, clerk_at: Client) -> None:
        assert "Simpan tampilan ini" not in clerk_at.get("/desk/?tab=late").content.decode()
        query = "?tab=unit&service=izin&q=Maria&sort=new"
        assert "Simpan tampilan ini" in clerk_at.get(f"/desk/{query}").content.decode()
        assert 'value="Maria"' in clerk_at.get(f"{VIEWS}{query}").content.decode()
        assert save(clerk_at, "Izin Maria") == 302
        assert SavedView.objects.get().query == query
        assert shown(clerk_at) == [("Izin Maria", False)]
        assert shown(clerk_at, query) == [("Izin Maria", True)]
        assert "Simpan tampilan ini" not in clerk_at.get(f"/desk/{query}").content.decode()

    def test_keep_every_filter_that_the_page_asked_a_name_for(self, desk: Village, clerk_at: Client) -> None:
        query = "?tab=unit&service=izin&q=Maria&sort=new&via=desk"
        form = Inputs(clerk_at.get(f"{VIEWS}{query}").content.decode()).values
        assert clerk_at.post(VIEWS, form | {"name": "Dari loket"}).status_code == 302
        assert SavedView.objects.get().query == query

    def test_stay_for_the_office_while_their_name_is_missing(self, desk: Village, clerk_at: Client) -> None:
        page = clerk_at.post(VIEWS, {"name": " ", "tab": "unit", "office": desk.office.pk})
        assert f'<option value="{desk.office.pk}" selected>' in page.content.decode()

    def test_are_ones_own_unless_shared_with_ones_office(
        self, desk: Village, clerk_at: Client, colleague: Client, client_on: ClientOn
    ) -> None:
        elsewhere = factories.office(desk.region, "cibodas")
        stranger = client_on(desk.region, factories.staff("clerk", elsewhere, "loket-lain"))
        save(clerk_at, "Sendiri")
        assert shown(colleague) == []
        assert change(colleague, "remove") == 404
        change(clerk_at, "remove")
        save(clerk_at, "Milik orang", office=elsewhere.pk)
        assert shown(stranger) == []
        change(clerk_at, "remove")
        save(clerk_at, "Bersama", office=desk.office.pk)
        assert shown(colleague) == [("Bersama", False)]
        assert shown(stranger) == []
        assert change(stranger, "remove") == 404
        assert change(colleague, "rename", name=" Milik  kita ") == 302
        assert shown(clerk_at) == [("Milik kita", False)]
        assert change(colleague, "remove") == 302
        assert shown(clerk_at) == []

    def test_say_so_when_a_colleague_was_first_to_remove_one(
        self, desk: Village, clerk_at: Client, colleague: Client
    ) -> None:
        save(clerk_at, "Izin", office=desk.office.pk)
        address = f"{VIEWS}{SavedView.objects.get().pk}/"
        assert colleague.post(address, {"do": "remove"}).status_code == 302
        for do in ("remove", "rename", "first"):
            page = clerk_at.post(address, {"do": do, "name": "Lain"}, follow=True)
            assert "sudah tidak ada: sudah dihapus sebelumnya" in page.content.decode()
        save(clerk_at, "Hanya saya")
        own = f"{VIEWS}{SavedView.objects.get().pk}/"
        assert colleague.post(own, {"do": "remove"}).status_code == 404

    def test_open_the_desk_for_whoever_wants_that(
        self, desk: Village, clerk_at: Client, colleague: Client
    ) -> None:
        for name in ("Maria Ulfah", "Budi"):
            desk.submit(answers=permit.answers(village=desk.office.key, name=name))
        save(clerk_at, "Bersama", office=desk.office.pk)
        change(clerk_at, "first")
        work = clerk_at.get("/desk/").context["work"]
        assert [row.applicant for row in work.rows] == ["Maria Ulfah"]
        assert work.views[0].current
        assert len(clerk_at.get("/desk/?tab=mine").context["work"].rows) == 2
        assert len(colleague.get("/desk/").context["work"].rows) == 2
        assert "meja kerja dibuka dengannya" in clerk_at.get(VIEWS).content.decode()
        change(clerk_at, "usual")
        assert len(clerk_at.get("/desk/").context["work"].rows) == 2

    def test_need_a_name_and_are_not_too_many(
        self, desk: Village, clerk_at: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert save(clerk_at, " \x00 ") == 422
        monkeypatch.setattr(savedviews, "MOST", 1)
        assert save(clerk_at, "Satu", office="¹") == 302
        assert "Sudah ada 1 tampilan" in clerk_at.post(VIEWS, {"name": "Dua"}).content.decode()
        change(clerk_at, "rename", name="")
        assert shown(clerk_at) == [("Satu", False)]
