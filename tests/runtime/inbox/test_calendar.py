"""The pages of the working calendar: who may change it, what is asked back, what is shown before."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from runtime.regions import calendar, scope
from runtime.regions.models import CalendarDay, Region, User, WorkingHours
from runtime.regions.worktime import Calendar
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village

TUESDAY = date(2026, 11, 24)
FORMS = ("/desk/calendar/day/", "/desk/calendar/hours/", "/desk/calendar/period/")
DAY = {"day": "2026-11-24", "kind": "local", "name": "Hari Jadi Kota", "source": "Perwali 9/2026"}
OPEN = {"d0_opens": "08:00", "d0_pause": "12:00", "d0_resumes": "13:00", "d0_closes": "15:00"}
RAMADAN = {"name": "Ramadan 1448 H", "first": "2027-02-08", "last": "2027-03-09", **OPEN}


@pytest.fixture
def chief(tangerang: Region) -> User:
    """The administrator of the city."""
    return factories.staff("administrator", tangerang, "pengelola")


@pytest.fixture
def chief_at(tangerang: Region, chief: User, client_on: ClientOn) -> Client:
    return client_on(tangerang, chief, HTTP_ACCEPT_LANGUAGE="en")


def now(region: Region, office: Region | None = None) -> Calendar:
    """Return the calendar as the next request finds it."""
    with scope.use(region):
        return calendar.of(Region.objects.get(pk=region.pk), office)


def hidden(answer: Any) -> dict[str, str]:
    """Return what the page that asks for a confirmation sends along."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def confirmed(client: Client, path: str, values: dict[str, Any]) -> Any:
    """Send a form, look at its consequences, and confirm them."""
    asked = client.post(path, values)
    assert asked.status_code == 200, asked.content.decode()
    return client.post(path, hidden(asked))


class TestAdministrators:
    def test_find_the_way_from_their_account(
        self, tangerang: Region, chief_at: Client, head: User, client_on: ClientOn
    ) -> None:
        assert b'href="/desk/calendar/"' in chief_at.get("/desk/account/").content
        assert b'href="/desk/calendar/"' not in client_on(tangerang, head).get("/desk/account/").content

    @pytest.mark.parametrize("path", ["/desk/calendar/", *FORMS])
    def test_alone_may_open_it(
        self, path: str, tangerang: Region, poso: Region, chief: User, head: User, client_on: ClientOn
    ) -> None:
        assert client_on(tangerang, chief).get(path).status_code == 200
        assert client_on(tangerang, head).get(path).status_code == 403
        assert client_on(poso, chief).get(path).status_code == 403
        assert client_on(tangerang, chief).put(path).status_code == 405

    @pytest.mark.parametrize("path", ["/desk/calendar/", *FORMS])
    @pytest.mark.parametrize("office", ["poso", "999999", "x", "9" * 40, "²"])
    def test_find_no_office_of_another_region(
        self, path: str, office: str, poso: Region, chief_at: Client
    ) -> None:
        given = str(poso.pk) if office == "poso" else office
        assert chief_at.get(path, {"office": given}).status_code == 404


class TestCalendar:
    @pytest.mark.parametrize("year", ["2027", "1", "99999", "x", ""])
    def test_shows_a_year_or_this_one(self, year: str, chief_at: Client) -> None:
        page = chief_at.get("/desk/calendar/", {"year": year})
        assert page.status_code == 200
        assert b"Copy the holidays of" in page.content
        assert ("estimate" in page.content.decode()) or year != "2027"

    def test_shows_an_office_what_comes_from_above_without_links(
        self, tangerang: Region, village: Region, chief_at: Client
    ) -> None:
        confirmed(chief_at, "/desk/calendar/day/", DAY)
        page = chief_at.get("/desk/calendar/", {"year": 2026, "office": village.pk}).content.decode()
        assert "Hari Jadi Kota" in page
        assert "was=2026-11-24" not in page
        assert "was=2026-11-24" in chief_at.get("/desk/calendar/", {"year": 2026}).content.decode()

    def test_speaks_indonesian(self, tangerang: Region, chief: User, client_on: ClientOn) -> None:
        page = client_on(tangerang, chief).get("/desk/calendar/", {"year": 2027}).content.decode()
        assert "Kalender kerja" in page
        assert "Senin–Kamis" in page
        assert "07.30–12.00, 13.00–16.00" in page
        assert "perkiraan" in page


class TestDay:
    def test_is_saved_after_its_consequences_were_confirmed(
        self, tangerang: Region, chief_at: Client
    ) -> None:
        asked = chief_at.post("/desk/calendar/day/", DAY)
        assert b"No open case gets another deadline." in asked.content
        assert now(tangerang).is_working_day(TUESDAY)
        done = chief_at.post("/desk/calendar/day/", hidden(asked), follow=True)
        assert b"Hari Jadi Kota, is in the calendar of Kota Tangerang" in done.content
        assert not now(tangerang).is_working_day(TUESDAY)

    def test_tells_how_many_open_cases_get_another_deadline(self, desk: Village, client_on: ClientOn) -> None:
        chief = factories.staff("administrator", desk.region, "pengelola")
        client = client_on(desk.region, chief, HTTP_ACCEPT_LANGUAGE="en")
        desk.submit()  # on Monday, due on Tuesday
        asked = client.post("/desk/calendar/day/", DAY)
        assert b"1 open case gets another deadline." in asked.content
        desk.submit()
        asked = client.post("/desk/calendar/day/", DAY)
        assert b"2 open cases get another deadline." in asked.content
        asked = client.post("/desk/calendar/day/", DAY | {"day": "2026-12-01"})
        assert b"No open case gets another deadline." in asked.content

    def test_of_one_office_is_a_day_of_that_office(
        self, tangerang: Region, village: Region, chief_at: Client
    ) -> None:
        confirmed(chief_at, "/desk/calendar/day/", DAY | {"office": village.pk})
        assert now(tangerang).is_working_day(TUESDAY)
        assert not now(tangerang, village).is_working_day(TUESDAY)

    def test_can_be_moved_and_taken_away(self, tangerang: Region, chief_at: Client) -> None:
        page = chief_at.get("/desk/calendar/", {"year": 2026})
        assert b"was=2026-12-24" not in page.content, "nobody has copied the national days yet"
        confirmed(chief_at, "/desk/calendar/national/", {"year": "2026"})
        leave = {"was": "2026-12-24", "day": "2026-12-23", "kind": "leave", "name": "Cuti", "source": "SKB"}
        confirmed(chief_at, "/desk/calendar/day/", leave)
        assert now(tangerang).is_working_day(date(2026, 12, 24))
        assert not now(tangerang).is_working_day(date(2026, 12, 23))
        confirmed(chief_at, "/desk/calendar/day/", {"was": "2026-12-23", "do": "remove"})
        assert now(tangerang).is_working_day(date(2026, 12, 23))

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"day": ""}, "Choose the date."),
            ({"day": "31-02-2027"}, "Write the date as day, month and year"),
            ({"day": "2060-01-01"}, "Calendars know the years 2020 to 2050."),
            ({"kind": ""}, "Choose the kind of day."),
            ({"kind": "working"}, "is a working day anyhow"),
            ({"name": " "}, "Write what the day is called."),
            ({"name": "x" * 121}, "at most 120"),
            ({"day": "2026-12-25"}, "has an entry already"),
        ],
    )
    def test_is_refused_with_a_sentence(
        self, changed: dict[str, str], sentence: str, tangerang: Region, chief_at: Client
    ) -> None:
        answer = chief_at.post("/desk/calendar/day/", DAY | changed)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        with scope.use(tangerang):
            assert not CalendarDay.objects.exists()

    def test_that_is_gone_meanwhile_leads_back_to_the_calendar(self, chief_at: Client) -> None:
        for method in (chief_at.get, chief_at.post):
            answer = method("/desk/calendar/day/", {"was": "2026-11-24", "do": "remove"}, follow=True)
            assert b"Somebody has changed the calendar meanwhile." in answer.content
        assert chief_at.get("/desk/calendar/day/", {"was": "yesterday"}).status_code == 404

    def test_says_what_was_typed_without_obeying_it(self, chief_at: Client) -> None:
        asked = chief_at.post("/desk/calendar/day/", DAY | {"name": '"><script>alert(1)</script>'})
        assert b"<script>alert" not in asked.content


class TestHours:
    def test_are_saved_for_the_office_and_given_up_again(
        self, tangerang: Region, village: Region, chief_at: Client
    ) -> None:
        confirmed(chief_at, "/desk/calendar/hours/", OPEN | {"office": village.pk})
        assert [len(hours) for hours in now(tangerang, village).week] == [2, 0, 0, 0, 0, 0, 0]
        assert now(tangerang).is_working_day(TUESDAY)
        assert b"Give up own hours" in chief_at.get(f"/desk/calendar/hours/?office={village.pk}").content
        confirmed(chief_at, "/desk/calendar/hours/", {"office": village.pk, "do": "drop"})
        assert now(tangerang, village).is_working_day(TUESDAY)

    def test_can_be_taken_over_from_the_state(self, tangerang: Region, chief_at: Client) -> None:
        confirmed(chief_at, "/desk/calendar/hours/", OPEN)
        page = chief_at.get("/desk/calendar/hours/", {"fill": "state"}).content.decode()
        assert 'name="d4_closes" value="16:30"' in page

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            (dict.fromkeys(OPEN, ""), "At least one day of the week must be open."),
            ({"d0_closes": ""}, "Monday: write when it opens and closes."),
            ({"d0_closes": "07:00"}, "Monday: it must close after it opens."),
            ({"d0_pause": ""}, "Monday: write both ends of the break."),
            ({"d0_pause": "14:00"}, "Monday: the break must lie between opening and closing"),
            ({"d6_opens": "25:00"}, "Write the time of day like 07:30."),
        ],
    )
    def test_are_refused_with_a_sentence(
        self, changed: dict[str, str], sentence: str, tangerang: Region, chief_at: Client
    ) -> None:
        answer = chief_at.post("/desk/calendar/hours/", OPEN | changed)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        with scope.use(tangerang):
            assert not WorkingHours.objects.exists()


class TestPeriod:
    def test_suggests_the_hours_and_days_of_ramadan(self, chief_at: Client) -> None:
        page = chief_at.get("/desk/calendar/period/", {"year": "2027"}).content.decode()
        assert 'value="2027-02-08"' in page
        assert 'name="d0_opens" value="08:00"' in page
        for year in ("x", "²", "99999", "0000"):
            assert chief_at.get("/desk/calendar/period/", {"year": year}).status_code == 200

    def test_is_saved_changed_and_taken_away(self, tangerang: Region, chief_at: Client) -> None:
        confirmed(chief_at, "/desk/calendar/period/", RAMADAN)
        with scope.use(tangerang):
            pk = WorkingHours.objects.get().pk
        assert len(now(tangerang).hours(date(2027, 2, 8))) == 2
        confirmed(chief_at, "/desk/calendar/period/", RAMADAN | {"was": pk, "last": "2027-03-08"})
        assert now(tangerang).is_working_day(date(2027, 3, 9)) is False, "the eve of the feast is leave"
        confirmed(chief_at, "/desk/calendar/period/", {"was": pk, "do": "remove"})
        with scope.use(tangerang):
            assert not WorkingHours.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"last": "2027-02-01"}, "The last day is before the first."),
            ({"last": "2029-02-01"}, "A period is at most one year long."),
            ({"name": ""}, "Write what the period is called"),
            ({"d0_opens": ""}, "Monday: write when it opens and closes."),
        ],
    )
    def test_is_refused_with_a_sentence(
        self, changed: dict[str, str], sentence: str, chief_at: Client
    ) -> None:
        answer = chief_at.post("/desk/calendar/period/", RAMADAN | changed)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()

    def test_is_not_put_over_another(self, chief_at: Client) -> None:
        confirmed(chief_at, "/desk/calendar/period/", RAMADAN)
        answer = chief_at.post("/desk/calendar/period/", RAMADAN)
        assert answer.status_code == 422
        assert "the hours of “Ramadan 1448 H” apply" in answer.content.decode()


class TestNational:
    def test_copies_the_days_of_a_year(self, tangerang: Region, chief_at: Client) -> None:
        done = confirmed(chief_at, "/desk/calendar/national/", {"year": "2027"})
        assert done.status_code == 302
        page = chief_at.get(done["Location"]).content.decode()
        assert "Compare with the national list" in page
        assert "was=2027-08-17" in page

    @pytest.mark.parametrize("year", ["", "x", "2019", "2051", "²027", "9" * 30])
    def test_knows_no_other_years(self, year: str, chief_at: Client) -> None:
        assert chief_at.post("/desk/calendar/national/", {"year": year}).status_code == 404

    def test_is_for_administrators_and_by_post_only(
        self, tangerang: Region, chief_at: Client, head: User, client_on: ClientOn
    ) -> None:
        assert chief_at.get("/desk/calendar/national/").status_code == 405
        refused = client_on(tangerang, head).post("/desk/calendar/national/", {"year": "2027"})
        assert refused.status_code == 403
