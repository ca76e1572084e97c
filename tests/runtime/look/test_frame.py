"""The frame of every page: landmarks, language switch, no inline script, friendly error pages."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from runtime.regions.models import Region
from tests.conftest import ClientOn

INLINE = re.compile(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|javascript:")


@pytest.fixture
def page(tangerang: Region, client_on: ClientOn) -> str:
    return client_on(tangerang).get("/").content.decode()


class TestFrame:
    def test_lets_keyboards_skip_to_the_one_main_part(self, page: str) -> None:
        assert page.index('href="#main"') < page.index("<header")
        assert page.count('id="main"') == 1

    def test_names_the_region_and_shows_its_crest(self, page: str) -> None:
        assert "Kota Tangerang" in page
        assert re.search(r'class="crest"[^>]*>T<', page)

    def test_links_the_regions_colours_after_the_style_sheet(self, page: str) -> None:
        assert page.index("site.css") < page.index("/theme.css?v=")

    def test_holds_nothing_inline(self, page: str) -> None:
        assert not INLINE.search(page)

    def test_marks_where_the_reader_is(self, page: str) -> None:
        assert len(re.findall(r'href="/" aria-current="page"', page)) == 2


class TestLanguageSwitch:
    def test_changes_the_language_by_a_plain_form(self, tangerang: Region, client_on: ClientOn) -> None:
        client: Client = client_on(tangerang)
        assert '<html lang="id">' in client.get("/").content.decode()
        client.post("/language/", {"language": "en", "next": "/"})
        assert '<html lang="en">' in client.get("/").content.decode()


class TestErrorPages:
    def test_leads_on_from_an_address_that_does_not_exist(
        self, tangerang: Region, client_on: ClientOn
    ) -> None:
        response = client_on(tangerang).get("/tidak-ada/")
        assert response.status_code == 404
        page = response.content.decode()
        assert 'href="/"' in page
        assert "<h1>" in page
        assert not INLINE.search(page)
