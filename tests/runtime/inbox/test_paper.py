"""A case for the printer: all of it, nothing to press, and nothing that only officers read unless wanted."""

from __future__ import annotations

from django.test import Client

from runtime.viewlog.models import Viewing
from runtime.workflow.commenting import INTERNAL, TO_APPLICANT
from runtime.workflow.editing import EDIT
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village


def printed(client: Client, reference: str, query: str = "") -> str:
    response = client.get(f"/desk/cases/{reference}/print/page/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


class TestPaper:
    def test_has_answers_and_history_and_no_menu(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        page = printed(clerk_at, case)
        assert "Siti" in page
        assert case in page
        assert "Riwayat" in page
        assert "botnav" not in page
        assert "topnav" not in page
        assert "stick" not in page

    def test_leaves_out_what_only_officers_read_unless_it_is_wanted(
        self, desk: Village, clerk_at: Client
    ) -> None:
        case = desk.submit().reference
        desk.perform(case, INTERNAL, desk.clerk, comment="Curiga palsu")
        desk.perform(case, TO_APPLICANT, desk.clerk, comment="Mohon bersabar")
        desk.forward(case, comment="Titip ke lurah")
        page = printed(clerk_at, case)
        assert "Mohon bersabar" in page
        assert "Curiga palsu" not in page
        assert "Titip ke lurah" not in page
        assert "Tanpa bagian yang hanya dibaca petugas" in page
        page = printed(clerk_at, case, "?notes=1")
        assert "Mohon bersabar" in page
        assert "Curiga palsu" in page
        assert "Titip ke lurah" in page

    def test_shows_what_was_put_right_and_why(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        desk.perform(case, EDIT, desk.clerk, answers={"name": "Siti Kenari"}, comment="Menurut telepon")
        for query in ("", "?notes=1"):
            page = printed(clerk_at, case, query)
            assert "<del>Siti</del>" in page
            assert "<ins>Siti Kenari</ins>" in page
            assert "Menurut telepon" in page

    def test_is_a_look_that_is_logged(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().case
        printed(clerk_at, case.reference)
        look = Viewing.objects.get()
        assert (look.case, look.user, look.did) == (case, desk.clerk, "viewed")

    def test_is_not_for_whoever_may_not_open_the_case(self, desk: Village, client_on: ClientOn) -> None:
        case = desk.submit().reference
        other = client_on(desk.region, factories.staff("archivist", desk.office, "arsip"))
        assert other.get(f"/desk/cases/{case}/print/page/").status_code == 404
