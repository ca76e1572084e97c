"""The emblem of a region: uploaded by its administrators, on the letters of its offices from then on."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from runtime.letters import gathering, logos, storing
from runtime.letters.models import IssuedLetter, Logo
from runtime.regions import scope
from runtime.regions import selectors as regions
from runtime.regions.models import Region
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import lettered
from tests.runtime.conftest import Village
from tests.runtime.letters.test_signature_images import png, upload
from tests.visiting import follow, judge, log_in_reading

ADDRESS = "/desk/letters/head/"


@pytest.fixture
def chief_at(desk: Village, client_on: ClientOn) -> Client:
    chief = factories.staff("administrator", desk.region, "pengelola")
    return client_on(desk.region, chief, HTTP_ACCEPT_LANGUAGE="en")


class TestLetterhead:
    def test_stands_on_letters_of_all_offices_from_then_on(self, desk: Village, chief_at: Client) -> None:
        lettered.sign(desk)
        lettered.work_off(desk)
        (before,) = lettered.letters()
        assert chief_at.post(ADDRESS, {"logo": upload(png((2000, 2400)))}).status_code == 302
        head = gathering.letterhead(desk.office)
        assert (head.logo_type, Image.open(io.BytesIO(head.logo)).size) == ("image/png", (1000, 1200))
        lettered.sign(desk)
        lettered.work_off(desk)
        after = lettered.letters()[-1]
        assert storing.get(before.file, before.sha256).count(b"/Subtype/Image") == 0
        assert storing.get(after.file, after.sha256).count(b"/Subtype/Image") > 0

    def test_takes_a_jpg_and_shows_it_to_administrators_alone(
        self, desk: Village, chief_at: Client, client_on: ClientOn
    ) -> None:
        chief_at.post(ADDRESS, {"logo": upload(png(form="JPEG"))})
        shown = chief_at.get(f"{ADDRESS}logo/")
        assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
        assert client_on(desk.region, desk.head).get(f"{ADDRESS}logo/").status_code == 403
        assert client_on(desk.region, desk.head).post(ADDRESS, {"do": "remove"}).status_code == 403

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (
                b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg/>",
                "An SVG",
            ),
            (b"<html><img onerror=x>", "no picture in PNG or JPG"),
            (png()[:70], "cannot be opened as a picture"),
        ],
    )
    def test_refuses_what_is_no_picture(self, chief_at: Client, content: bytes, said: str) -> None:
        answer = chief_at.post(ADDRESS, {"logo": upload(content)})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Logo.objects.exists()

    def test_is_shown_as_it_is_printed_and_marked_as_a_draft(
        self, desk: Village, chief_at: Client, client_on: ClientOn
    ) -> None:
        chief_at.post(ADDRESS, {"logo": upload(png())})
        assert f"{ADDRESS}sample/" in chief_at.get(ADDRESS).content.decode()
        answer = chief_at.get(f"{ADDRESS}sample/")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.count(b"/Subtype/Image") > 0
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        head = gathering.letterhead(regions.offices(desk.region).first() or desk.region)
        for said in (head.government.upper(), head.office.upper(), "SAMPLE LETTER", "DRAFT"):
            assert said in text
        assert not IssuedLetter.objects.exists()
        assert client_on(desk.region, desk.head).get(f"{ADDRESS}sample/").status_code == 403
        assert chief_at.post(f"{ADDRESS}sample/").status_code == 405

    def test_says_which_characters_no_font_has(self, desk: Village, chief_at: Client) -> None:
        office = regions.offices(desk.region).first() or desk.region
        Region.objects.filter(pk=office.pk).update(name=f"{office.name} 漢")
        answer = chief_at.get(f"{ADDRESS}sample/", follow=True)
        assert "these characters of the letterhead: 漢" in answer.content.decode()

    def test_wants_a_picture(self, chief_at: Client) -> None:
        assert "Choose a picture of the emblem." in chief_at.post(ADDRESS).content.decode()

    def test_is_removed(self, desk: Village, chief_at: Client) -> None:
        chief_at.post(ADDRESS, {"logo": upload(png())})
        chief_at.post(ADDRESS, {"do": "remove"})
        assert gathering.letterhead(desk.office).logo == b""
        assert chief_at.get(f"{ADDRESS}logo/").status_code == 404

    def test_is_no_other_regions(self, desk: Village, chief_at: Client, poso: Region) -> None:
        chief_at.post(ADDRESS, {"logo": upload(png())})
        with scope.use(poso):
            assert logos.of(poso) is None
            assert gathering.letterhead(poso).logo == b""


@pytest.mark.browser
class TestInABrowser:
    @pytest.mark.parametrize(("language", "heading"), [("id", "Kop surat"), ("en", "Letterhead")])
    def test_an_administrator_uploads_it_without_javascript(
        self,
        desk: Village,
        site: Callable[..., str],
        open_page: Callable[..., Page],
        language: str,
        heading: str,
    ) -> None:
        factories.staff("administrator", desk.region, "pengelola")
        page = open_page(javascript=False)
        log_in_reading(page, site(desk.region, ADDRESS), "pengelola", language, heading)
        file = {"name": "lambang.png", "mimeType": "image/png", "buffer": png()}
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        follow(page, page.locator("form[method=post] button.btn:not([name])").last)
        expect(page.locator(f"img[src^='{ADDRESS}logo/']")).to_be_visible()
        judged = open_page()
        log_in_reading(judged, site(desk.region, ADDRESS), "pengelola", language, heading)
        judge(judged)
