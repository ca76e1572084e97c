"""Icons, texts, dates and times as templates say them."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from runtime.look import icons
from runtime.look.templatetags import look
from schemas.definition import Text

MORNING = dt.datetime(2019, 11, 25, 9, 5, tzinfo=ZoneInfo("Asia/Jakarta"))


class TestIcon:
    def test_is_hidden_from_screen_readers(self) -> None:
        assert 'aria-hidden="true"' in look.icon("home")

    def test_draws_a_sheet_for_a_name_it_does_not_know(self) -> None:
        assert look.icon("no-such") == look.icon("document")

    def test_draws_categories_by_their_own_names(self) -> None:
        assert icons.drawing("complaints") == icons.DRAWINGS["complaint"]

    @pytest.mark.parametrize("name", sorted(icons.DRAWINGS))
    def test_holds_nothing_but_plain_shapes(self, name: str) -> None:
        assert set(re.findall(r"<(\w+)", icons.DRAWINGS[name])) <= {"path", "rect", "circle"}
        assert not re.search(r"style|script|on\w+=|href", icons.DRAWINGS[name])


class TestSay:
    def test_speaks_the_readers_language_and_falls_back_to_the_first(self) -> None:
        words = Text((("id", "Surat"), ("en", "Letter")))
        with translation.override("en"):
            assert look.say(words) == "Letter"
        with translation.override("id"):
            assert look.say(words) == "Surat"
            assert look.say({"en": "Letter"}) == "Letter"
        assert look.say(None) == ""


class TestDay:
    def test_says_time_the_indonesian_way(self) -> None:
        with translation.override("id"), timezone.override("Asia/Jakarta"):
            assert look.day(MORNING) == "Sen 25 Nov 2019, 09.05"

    def test_says_time_the_english_way(self) -> None:
        with translation.override("en"), timezone.override("Asia/Jakarta"):
            assert look.day(MORNING) == "Mon 25 Nov 2019, 09:05"

    def test_uses_the_clock_of_the_region(self) -> None:
        with translation.override("id"), timezone.override("Asia/Makassar"):
            assert look.clock(MORNING) == "10.05"

    def test_leaves_this_year_out_and_a_date_without_time(self) -> None:
        with translation.override("en"):
            assert look.day(timezone.localdate().replace(month=3, day=1)).endswith("1 Mar")

    def test_says_nothing_about_no_date(self) -> None:
        assert look.day(None) == look.clock(None) == look.long_day(None) == look.in_days(None) == ""


class TestInDays:
    @pytest.mark.parametrize(
        ("days", "said"), [(0, "today, "), (1, "tomorrow, "), (3, "in 3 days"), (-1, "1 day ago")]
    )
    def test_counts_calendar_days(self, days: int, said: str) -> None:
        with translation.override("en"):
            noon = timezone.localtime().replace(hour=12) + dt.timedelta(days=days)
            assert look.in_days(noon).startswith(said)


def rendered(source: str, **values: object) -> str:
    """Return what a template draws whose libraries are loaded."""
    return Template("{% load i18n look %}" + source).render(Context(values))


class TestStill:
    def test_draws_again_for_another_language_only(self) -> None:
        template = Template("{% load i18n look %}{% still %}{% translate 'Back' %}{% endstill %}")
        for _time in range(2):
            for language, words in (("id", "Kembali"), ("en", "Back")):
                with translation.override(language):
                    assert template.render(Context()) == words

    def test_keeps_nothing_of_a_reader(self) -> None:
        template = Template("{% load look %}{% still %}{% region_name %}{% endstill %}")
        request = type("Request", (), {"region": type("Region", (), {"name": "Kota Rahasia"})()})()
        assert template.render(Context({"request": request})) == "Rakit"

    @pytest.mark.parametrize(
        "inside",
        ["{{ name }}", "{% if name %}x{% endif %}", "{% for x in name %}x{% endfor %}", "{% csrf_token %}"],
    )
    def test_refuses_what_differs_from_reader_to_reader(self, inside: str) -> None:
        with pytest.raises(TemplateSyntaxError, match="the same for everybody"):
            rendered(f"{{% still %}}<p>{inside}</p>{{% endstill %}}", name="x")
