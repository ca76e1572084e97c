"""The work list: who sees what, in which order, with how many queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runtime.cases import searching
from runtime.cases.models import Case
from runtime.inbox import worklist
from runtime.regions.models import Region, User
from runtime.regions.rules import NOT_AT_DESK
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village

QUERIES = 12


def references(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/desk/{query}")
    assert response.status_code == 200
    return [row.reference for row in response.context["work"].rows]


def named(desk: Village, name: str, **more: object) -> str:
    given = permit.answers(village=desk.office.key, name=name)
    return str(desk.submit(answers=given, **more).reference)


class TestWork:
    def test_shows_what_waits_for_the_officers_post(
        self, desk: Village, clerk_at: Client, head_at: Client
    ) -> None:
        case = desk.submit().reference
        assert references(clerk_at) == [case]
        assert references(head_at) == []

    def test_shows_on_the_units_tab_whosever_turn_it_is(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        desk.forward(case)
        assert references(clerk_at) == []
        assert references(clerk_at, "?tab=unit") == [case]

    def test_shows_no_row_that_cannot_be_opened(
        self, desk: Village, head_at: Client, client_on: ClientOn
    ) -> None:
        case = desk.submit().reference
        other = client_on(desk.region, factories.staff("archivist", desk.office, "arsip"))
        for client in (head_at, other):
            assert references(client, "?tab=unit") == []
            assert client.get(f"/desk/cases/{case}/").status_code == 404
        desk.forward(case)
        assert references(head_at, "?tab=unit") == [case]
        assert head_at.get(f"/desk/cases/{case}/").status_code == 200
        assert references(other, "?tab=unit") == []

    def test_keeps_other_offices_out(self, desk: Village, client_on: ClientOn) -> None:
        desk.submit()
        elsewhere = factories.office(desk.office.parent or desk.region, "lain")
        stranger = factories.staff("clerk", elsewhere, "loket-lain")
        client = client_on(desk.region, stranger)
        assert references(client) == references(client, "?tab=unit") == []

    def test_puts_the_most_urgent_first_and_the_newest_when_asked(
        self, desk: Village, clerk_at: Client
    ) -> None:
        now = timezone.now()
        later = named(desk, "Baru", now=now)
        earlier = named(desk, "Lama", now=now - timedelta(days=9))
        assert references(clerk_at) == [earlier, later]
        assert references(clerk_at, "?sort=new") == [later, earlier]

    def test_lists_overdue_cases_apart_and_counts_them(self, desk: Village, clerk_at: Client) -> None:
        late = named(desk, "Lama", now=timezone.now() - timedelta(days=9))
        named(desk, "Baru", now=timezone.now())
        response = clerk_at.get("/desk/?tab=late")
        assert [row.reference for row in response.context["work"].rows] == [late]
        assert [tab.count for tab in response.context["work"].tabs] == [2, 2, 1, 0, None]
        assert "hari kerja" in response.content.decode()

    @pytest.mark.parametrize("words", ["maria", "ULFAH"])
    def test_finds_by_name(self, desk: Village, clerk_at: Client, words: str) -> None:
        case = named(desk, "Maria Ulfah")
        named(desk, "Budi")
        assert references(clerk_at, f"?q={words}") == [case]

    def test_finds_by_reference_and_survives_any_search(self, desk: Village, clerk_at: Client) -> None:
        case = named(desk, "Maria")
        named(desk, "Budi")
        assert references(clerk_at, f"?q={case[4:].lower()}") == [case]
        assert references(clerk_at, "?q=%00%25_'&page=x&tab=y&sort=z&service=%F0%9F%98%80") == []

    def test_hands_no_nul_byte_to_the_database(self, desk: Village, clerk_at: Client) -> None:
        filters = clerk_at.get("/desk/?service=a%00b&q=c%00d").context["work"].filters
        assert (filters.service, filters.search) == ("ab", "cd")

    def test_filters_by_service(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        assert references(clerk_at, "?service=izin") == [case]
        assert references(clerk_at, "?service=lain") == []

    @pytest.mark.parametrize("few", [2_000, 1, 0])
    def test_filters_alike_whether_many_or_few_cases_fit(
        self, desk: Village, clerk_at: Client, monkeypatch: pytest.MonkeyPatch, few: int
    ) -> None:
        monkeypatch.setattr(searching, "FEW", few)
        other = factories.installed(desk.region, permit.as_text(key="lain")).version
        web, ended = named(desk, "Sri"), named(desk, "Sri")
        desk.perform(ended, "withdraw")
        given = permit.answers(village=desk.office.key, name="Sri Lain")
        elsewhere = desk.submit(version=other, answers=given).reference
        walked_in = desk.submit(version=other, answers=given).reference
        Case.objects.filter(reference=walked_in).update(channel="desk")
        both = sorted([elsewhere, walked_in])
        for tab in ("mine", "unit"):
            found = {
                query: sorted(references(clerk_at, f"?tab={tab}&{query}"))
                for query in (
                    *("service=izin", "service=lain", "service=tiada", "via=desk", "via=web", "via=api"),
                    *(
                        "service=lain&via=desk",
                        "service=izin&via=desk",
                        "service=lain&q=sri",
                        "via=web&q=lain",
                    ),
                    *("service=lain&via=desk&q=sri+lain", "service=lain&q=tiada", "service=lain&q=%21"),
                )
            }
            assert found == {
                "service=izin": [web],
                "service=lain": both,
                "service=tiada": [],
                "via=desk": [walked_in],
                "via=web": sorted([web, elsewhere]),
                "via=api": [],
                "service=lain&via=desk": [walked_in],
                "service=izin&via=desk": [],
                "service=lain&q=sri": both,
                "via=web&q=lain": [elsewhere],
                "service=lain&via=desk&q=sri+lain": [walked_in],
                "service=lain&q=tiada": [],
                "service=lain&q=%21": [],
            }, tab

    def test_marks_what_the_applicant_has_corrected(self, desk: Village, clerk_at: Client) -> None:
        case = desk.submit().reference
        desk.send_back(case, "name")
        desk.perform(case, "answer", answers={"name": "Siti Aminah"})
        named(desk, "Budi")
        rows = {row.reference: row.corrected for row in clerk_at.get("/desk/").context["work"].rows}
        assert rows.pop(case) is True
        assert list(rows.values()) == [False]

    def test_turns_pages_of_25(self, desk: Village, clerk_at: Client) -> None:
        for number in range(26):
            named(desk, f"Warga {number}")
        assert len(references(clerk_at)) == 25
        assert len(references(clerk_at, "?page=2")) == 1
        assert "?tab=mine&amp;page=2" in clerk_at.get("/desk/").content.decode()

    def test_counts_and_pages_no_further_than_the_most(
        self, desk: Village, clerk_at: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("Satu", "Dua", "Tiga"):
            named(desk, f"Warga {name}")
        monkeypatch.setattr(worklist, "PER_PAGE", 1)
        monkeypatch.setattr(worklist, "MOST", 2)
        page = clerk_at.get("/desk/?page=2")
        assert [(tab.count, tab.more) for tab in page.context["work"].tabs][:3] == [(2, True)] * 3
        assert ">2+<" in page.content.decode()
        assert "Selebihnya tidak ditampilkan" in page.content.decode()
        assert "page=3" not in page.content.decode()
        assert references(clerk_at, "?page=3") == references(clerk_at, "?page=2")
        assert references(clerk_at, "?page=2&q=Warga+Dua") == references(clerk_at, "?q=Warga+Dua")

    def test_offers_the_services_that_ask_something_of_the_officer(
        self, desk: Village, clerk_at: Client, client_on: ClientOn
    ) -> None:
        assert clerk_at.get("/desk/").context["work"].services == (("izin", "Surat Izin"),)
        other = client_on(desk.region, factories.staff("archivist", desk.office, "arsip"))
        assert other.get("/desk/").context["work"].services == ()

    @pytest.mark.parametrize("query", ["", "?service=izin", "?via=web", "?service=izin&via=web", "?q=warga"])
    def test_asks_the_database_the_same_few_questions_however_many_cases(
        self, desk: Village, clerk_at: Client, query: str
    ) -> None:
        counts = []
        for more in (2, 10):
            for number in range(more):
                named(desk, f"Warga {number}")
            with CaptureQueriesContext(connection) as queries:
                clerk_at.get(f"/desk/{query}")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= QUERIES

    def test_says_kindly_that_nothing_waits(self, clerk_at: Client) -> None:
        assert "Tidak ada yang menunggu" in clerk_at.get("/desk/").content.decode()


class TestDoor:
    @pytest.mark.parametrize("path", ["/desk/", "/desk/account/", "/desk/cases/TNG-X/"])
    def test_leads_strangers_to_the_login(self, desk: Village, client_on: ClientOn, path: str) -> None:
        response = client_on(desk.region).get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")

    def test_tells_people_without_a_post_that_the_desk_is_for_officers(
        self, desk: Village, citizen: User, client_on: ClientOn
    ) -> None:
        response = client_on(desk.region, citizen).get("/desk/")
        assert response.status_code == 403
        assert "Meja kerja ini untuk petugas" in response.content.decode()

    @pytest.mark.parametrize("role", sorted(NOT_AT_DESK))
    def test_is_shut_for_those_who_only_design_or_administer(
        self, desk: Village, client_on: ClientOn, role: str
    ) -> None:
        case = desk.submit(answers=permit.answers(name="Maria Ulfah")).reference
        user = factories.staff(role, desk.region)
        client = client_on(desk.region, user)
        lists = () if role == "administrator" else ("/desk/", "/desk/?tab=unit")
        for path in (*lists, f"/desk/cases/{case}/"):
            response = client.get(path)
            assert response.status_code == 403
            assert "Meja kerja ini untuk petugas" in response.content.decode()
            assert "Maria Ulfah" not in response.content.decode()
        assert client.get("/desk/staff/").status_code == (200 if role == "administrator" else 403)
        assert "Buka meja kerja" not in client.get("/desk/account/").content.decode()
        factories.member(user, "clerk", desk.office)
        assert client.get("/desk/").status_code == 200
        assert "Buka meja kerja" in client.get("/desk/account/").content.decode()

    def test_leads_an_administrator_to_what_administrators_do(
        self, desk: Village, client_on: ClientOn
    ) -> None:
        client = client_on(desk.region, factories.staff("administrator", desk.region))
        page = client.get("/desk/", follow=True)
        assert page.redirect_chain == [("/desk/account/", 302)]
        assert 'href="/desk/staff/"' in page.content.decode()

    def test_knows_no_post_held_in_another_region(
        self, desk: Village, poso: Region, client_on: ClientOn
    ) -> None:
        assert client_on(poso, desk.clerk).get("/desk/").status_code == 403

    def test_refuses_to_be_posted_to(self, clerk_at: Client) -> None:
        assert clerk_at.post("/desk/").status_code == 405


class TestAccount:
    def test_shows_the_posts_of_an_officer(self, desk: Village, clerk_at: Client) -> None:
        page = clerk_at.get("/desk/account/").content.decode()
        assert desk.office.name in page
        assert 'href="/desk/"' in page

    def test_leads_a_citizen_to_the_services(self, desk: Village, citizen: User, client_on: ClientOn) -> None:
        response = client_on(desk.region, citizen).get("/desk/account/")
        assert response.status_code == 200
        assert "mengajukan layanan" in response.content.decode()
