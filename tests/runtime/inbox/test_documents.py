"""PDFs inside the page of a case: as pictures, drawn once, seen in the log of views, gone with the file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from runtime.cases import attachments, pagepictures
from runtime.cases.models import Attachment, Case
from runtime.forms import paging
from runtime.regions.models import Region
from runtime.viewlog.models import Did, Viewing
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.forms.test_paging import written
from tests.runtime.forms.tiles import TileServer, served
from tests.runtime.inbox.test_files import filed, picture
from tests.visiting import judge, log_in

PDF = "application/pdf"


@pytest.fixture
def paper(desk: Village) -> tuple[str, str]:
    """A case with a PDF of three pages, and the file's address."""
    return filed(desk, "akta.pdf", PDF, written(3))


class TestCasePage:
    def test_offers_a_pdf_inside_the_page_and_asks_for_nothing_until_it_is_opened(
        self, paper: tuple[str, str], clerk_at: Client
    ) -> None:
        case, file = paper
        page = clerk_at.get(f"/desk/cases/{case}/").content.decode()
        assert f'href="{file}pages/"' in page
        assert f'data-document="{file}pages/" hidden' in page
        assert f'src="{file}' not in page
        assert f'href="{file}?download"' in page
        clerk_at.get(f"/desk/cases/{case}/print/page/")
        assert not Viewing.objects.filter(did=Did.OPENED).exists()

    def test_offers_no_pages_of_a_picture(self, desk: Village, clerk_at: Client) -> None:
        case, file = filed(desk, "ktp.jpg", "image/jpeg", picture())
        assert f"{file}pages/" not in clerk_at.get(f"/desk/cases/{case}/").content.decode()
        assert clerk_at.get(f"{file}pages/").status_code == 404
        assert clerk_at.get(f"{file}pages/1/").status_code == 404


class TestPages:
    def test_are_shown_one_below_the_other_and_each_is_a_picture(
        self, paper: tuple[str, str], clerk_at: Client
    ) -> None:
        _case, file = paper
        page = clerk_at.get(f"{file}pages/").content.decode()
        assert re.findall(rf'src="{file}pages/(\d)/"', page) == ["1", "2", "3"]
        answer = clerk_at.get(f"{file}pages/3/")
        assert answer["Content-Type"] == "image/webp"
        assert Image.open(io.BytesIO(answer.content)).format == "WEBP"
        for number in ("0", "4", "99999999999999999999"):
            assert clerk_at.get(f"{file}pages/{number}/").status_code == 404

    def test_T4_have_no_power_and_stay_in_no_cache(self, paper: tuple[str, str], clerk_at: Client) -> None:
        answer = clerk_at.get(f"{paper[1]}pages/1/")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert "no-store" in answer["Cache-Control"]

    def test_are_drawn_once(
        self, paper: tuple[str, str], clerk_at: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = clerk_at.get(f"{paper[1]}pages/1/").content

        def never(_content: bytes) -> Any:
            pytest.fail("drawn again")

        monkeypatch.setattr(paging, "pages", never)
        assert clerk_at.get(f"{paper[1]}pages/1/").content == first

    @pytest.mark.parametrize(
        ("content", "said"),
        [(written(1, password="x"), "dikunci dengan kata sandi"), (b"%PDF-1.7\n%%EOF", "Dokumen ini rusak")],
        ids=["locked", "broken"],
    )
    def test_say_why_there_are_none_and_keep_the_file_to_be_saved(
        self, desk: Village, clerk_at: Client, content: bytes, said: str
    ) -> None:
        _case, file = filed(desk, "akta.pdf", PDF, content)
        for _again in range(2):
            page = clerk_at.get(f"{file}pages/")
            assert page.status_code == 200
            assert said in page.content.decode()
            assert f'href="{file}?download"' in page.content.decode()
        assert clerk_at.get(f"{file}pages/1/").status_code == 404

    def test_say_how_many_are_left_out(
        self, desk: Village, clerk_at: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paging.pages, "__kwdefaults__", {"seconds": 20.0, "most": 2})
        _case, file = filed(desk, "akta.pdf", PDF, written(5))
        assert "3 halaman lagi tidak ditampilkan di sini" in clerk_at.get(f"{file}pages/").content.decode()

    def test_T5_are_for_who_may_open_the_case(
        self, paper: tuple[str, str], desk: Village, client_on: ClientOn
    ) -> None:
        office = factories.office(desk.region, "sukarasa")
        other = client_on(desk.region, factories.staff("clerk", office, "tetangga"))
        for path in (f"{paper[1]}pages/", f"{paper[1]}pages/1/"):
            assert other.get(path).status_code == 404
            assert client_on(desk.region).get(path).status_code == 302
        assert not Viewing.objects.exists()


class TestLog:
    def test_has_one_row_for_one_look_at_a_document(
        self, paper: tuple[str, str], clerk_at: Client, head_at: Client, desk: Village
    ) -> None:
        for path in ("", "1/", "2/", "3/"):
            clerk_at.get(f"{paper[1]}pages/{path}")
        (row,) = Viewing.objects.all()
        assert (row.did, row.user, str(row.file) in paper[1]) == (Did.OPENED, desk.clerk, True)
        desk.forward(paper[0])
        head_at.get(f"{paper[1]}pages/1/")
        assert Viewing.objects.count() == 2

    def test_has_another_row_later(self, paper: tuple[str, str], clerk_at: Client) -> None:
        clerk_at.get(f"{paper[1]}pages/1/")
        first = Viewing.objects.get()
        assert timezone.now() - first.at < timedelta(minutes=5)
        clerk_at.get(f"/desk/cases/{paper[0]}/")
        clerk_at.get(f"{paper[1]}?download")
        assert Viewing.objects.count() == 3


class TestKept:
    def kept(self) -> str:
        return f"{Attachment.objects.get().file.name}{pagepictures.SUFFIX}"

    def test_goes_with_the_file(
        self, paper: tuple[str, str], clerk_at: Client, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        clerk_at.get(f"{paper[1]}pages/1/")
        path = self.kept()
        assert default_storage.exists(path)
        with django_capture_on_commit_callbacks(execute=True):
            attachments.discard_of_case(Case.objects.get())
        assert not default_storage.exists(path)

    def test_goes_after_a_day_and_is_no_stray_file(self, paper: tuple[str, str], clerk_at: Client) -> None:
        clerk_at.get(f"{paper[1]}pages/1/")
        path, now = self.kept(), timezone.now()
        assert attachments.reconcile(now=now + timedelta(hours=20)).stray_files == 0
        assert default_storage.exists(path)
        assert attachments.reconcile(now=now + timedelta(hours=25)).stray_files == 0
        assert not default_storage.exists(path)
        assert clerk_at.get(f"{paper[1]}pages/1/").status_code == 200

    def test_that_is_damaged_is_drawn_anew(self, paper: tuple[str, str], clerk_at: Client) -> None:
        first = clerk_at.get(f"{paper[1]}pages/1/").content
        with default_storage.open(self.kept(), "wb") as file:
            file.write(b"PK half")
        assert clerk_at.get(f"{paper[1]}pages/1/").content == first


@pytest.fixture
def tile_server(tangerang: Region) -> Any:
    """Give the city a map whose pictures come from a real server."""
    with served() as server:
        tangerang.map = server.region_map()
        tangerang.save()
        yield server


def placed(desk: Village) -> str:
    """File an application that names a place, and return its reference."""
    document = permit.document(key="tempat")
    document["pages"][0]["fields"].append({"key": "lokasi", "type": "location", "label": {"id": "Lokasi"}})
    version = factories.installed(desk.region, permit.json.dumps(document)).version
    place = {"landmark": "Depan pasar", "lat": -6.1783, "lon": 106.6319}
    given = permit.answers(village=desk.office.key, lokasi=place)
    return desk.submit(version=version, answers=given).reference


class TestPlace:
    def test_is_told_in_words_with_a_link_and_on_paper_in_words_alone(
        self, desk: Village, clerk_at: Client, tile_server: TileServer
    ) -> None:
        case = placed(desk)
        page = clerk_at.get(f"/desk/cases/{case}/").content.decode()
        assert "Depan pasar (-6.1783, 106.6319)" in page
        assert "openstreetmap.org/?mlat=-6.1783&amp;mlon=106.6319#map=17/-6.1783/106.6319" in page
        assert tile_server.paths == []
        printed = clerk_at.get(f"/desk/cases/{case}/print/page/").content.decode()
        assert "Depan pasar (-6.1783, 106.6319)" in printed


@pytest.mark.browser
class TestInTheBrowser:
    def test_opens_inside_the_page_of_the_case(
        self, desk: Village, site: Callable[..., str], open_page: Callable[..., Page]
    ) -> None:
        case, _file = filed(desk, "akta.pdf", PDF, written(3))
        page = open_page()
        log_in(page, site(desk.region, "/desk/"), desk.clerk.username)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site(desk.region, f"/desk/cases/{case}/"))
        assert not [url for url in asked if "/pages/" in url]
        page.get_by_text("Tampilkan di sini").click()
        pictures = page.locator("[data-document-pages] img")
        expect(pictures).to_have_count(3)
        pictures.first.scroll_into_view_if_needed()
        expect(pictures.first).to_have_js_property("complete", True)
        assert pictures.first.evaluate("picture => picture.naturalWidth") > 900
        judge(page)

    def test_is_a_page_of_its_own_without_a_script(
        self, desk: Village, site: Callable[..., str], open_page: Callable[..., Page]
    ) -> None:
        case, _file = filed(desk, "akta.pdf", PDF, written(3))
        page = open_page(javascript=False)
        log_in(page, site(desk.region, "/desk/"), desk.clerk.username)
        page.goto(site(desk.region, f"/desk/cases/{case}/"))
        expect(page.get_by_text("Tampilkan di sini")).to_be_hidden()
        page.get_by_role("link", name="Buka semua halaman").click()
        expect(page.get_by_role("heading", name="akta.pdf")).to_be_visible()
        expect(page.locator("[data-document-pages] img")).to_have_count(3)

    def test_shows_the_place_on_the_regions_map_when_asked(
        self,
        desk: Village,
        site: Callable[..., str],
        open_page: Callable[..., Page],
        tile_server: TileServer,
    ) -> None:
        case = placed(desk)
        page = open_page()
        log_in(page, site(desk.region, "/desk/"), desk.clerk.username)
        page.goto(site(desk.region, f"/desk/cases/{case}/"))
        assert tile_server.paths == []
        page.get_by_role("button", name="Tampilkan di peta").click()
        expect(page.locator(".place__pin")).to_be_visible()
        expect(page.get_by_role("region", name="Peta")).to_be_visible()
        page.wait_for_timeout(300)
        assert tile_server.paths
        shown = page.locator(".place__pin").get_attribute("style")
        page.get_by_role("region", name="Peta").click(position={"x": 30, "y": 90})
        assert page.locator(".place__pin").get_attribute("style") == shown, "nothing is changed here"
        judge(page)
