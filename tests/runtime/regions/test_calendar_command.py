"""`manage.py calendar`: what it shows, what it copies and exports, what it says about wrong input."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from runtime.regions import calendar, national, scope
from runtime.regions.models import CalendarDay, Region


def run(*words: str) -> str:
    output = StringIO()
    with override("en"):
        call_command("calendar", *words, stdout=output)
    return output.getvalue()


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as caught:
        run(*words)
    return str(caught.value)


class TestShow:
    def test_lists_hours_days_and_working_days(self, tangerang: Region) -> None:
        said = run("show", "tangerang", "--year", "2027")
        assert "Opening hours (Perpres 21/2023)" in said
        assert "Friday: 07:30–11:30, 13:00–16:30" in said
        assert "2027-01: 19 working days" in said
        assert "2027-03-10  Hari Raya Idul Fitri · National holiday · national list · estimate" in said

    def test_shows_an_office_the_days_of_its_region(self, tangerang: Region, village: Region) -> None:
        run("seed", "tangerang", "2026")
        assert "Hari Raya Natal · National holiday · Kota Tangerang" in run(
            "show", village.key, "--year", "2026"
        )


class TestSeed:
    def test_copies_a_year_once(self, tangerang: Region) -> None:
        days = len(national.days(2027))
        assert f"Added: {days}, changed: 0, dropped: 0, kept as changed: 0." in run(
            "seed", "tangerang", "2027"
        )
        assert "Added: 0," in run("seed", "tangerang", "2027")
        with scope.use(tangerang):
            assert CalendarDay.objects.filter(day__year=2027).count() == days

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("seed", "tangerang", "1999"), "Calendars know the years 2020 to 2050."),
            (("show", "tangerang", "--year", "1999"), "Calendars know the years 2020 to 2050."),
            (("seed", "sukasari", "2027"), "Give the key tangerang."),
            (("seed", "bandung", "2027"), "There is no region or office “bandung”."),
        ],
    )
    def test_refuses_with_a_sentence(self, words: tuple[str, ...], sentence: str, tangerang: Region) -> None:
        assert sentence in refused(*words)
        with scope.use(tangerang):
            assert not CalendarDay.objects.exists()

    def test_needs_a_region_with_a_site(self, db: None) -> None:
        Region.objects.create(key="banten", name="Banten", kind="province")
        assert "has no site" in refused("show", "banten")


class TestExport:
    def test_writes_what_is_counted_with(self, tangerang: Region, village: Region) -> None:
        said = json.loads(run("export", village.key))
        with scope.use(tangerang):
            found = calendar.of(tangerang, village)
        assert said == {"place": village.key, "digest": found.digest, "calendar": found.as_json()}
        assert said["calendar"]["days"][date(2026, 8, 17).isoformat()] is False
