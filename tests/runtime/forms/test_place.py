"""A place: in words for everybody, by the position of the telephone, or on a map that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from runtime.regions.models import Region
from tests.runtime.forms.asking import Asked
from tests.runtime.forms.tiles import TileServer, served

pytestmark = pytest.mark.browser
PLACE: dict[str, Any] = {
    "key": "lokasi",
    "type": "location",
    "label": {"id": "Di mana kejadiannya?", "en": "Where did it happen?"},
    "required": True,
}
WORDS = {
    "id": {
        "landmark": "Alamat atau patokan terdekat",
        "open": "Pilih di peta",
        "middle": "Taruh penanda di tengah",
        "here": "Pakai posisi saya",
        "map": "Peta",
        "lat": "Lintang",
    },
    "en": {
        "landmark": "Address or nearest landmark",
        "open": "Choose on the map",
        "middle": "Put the pin in the middle",
        "here": "Use my position",
        "map": "Map",
        "lat": "Latitude",
    },
}
HERE = {"latitude": -6.2001, "longitude": 106.6499}


@pytest.fixture
def tile_server(tangerang: Region) -> Iterator[TileServer]:
    """Give the city a map whose pictures come from a real server."""
    with served() as server:
        tangerang.map = server.region_map()
        tangerang.save()
        yield server


def coordinates(page: Page) -> tuple[float, float]:
    """Return what stands in the two inputs."""
    lat, lon = (page.locator(f"[data-place-{part}]").input_value() for part in ("lat", "lon"))
    return float(lat), float(lon)


class TestMap:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_is_loaded_and_pinned_by_everybody(
        self, ask: Callable[..., Asked], tile_server: TileServer, language: str
    ) -> None:
        words = WORDS[language]
        asked = ask([PLACE], language=language)
        page = asked.page
        loaded: list[str] = []
        page.on("request", lambda request: loaded.append(request.url))
        asked.judge()
        assert not [url for url in loaded if "map" in url]
        asked.go_on()
        asked.is_refused(PLACE["label"][language])
        asked.judge()
        page.get_by_role("button", name=words["open"]).click()
        box = page.get_by_role("region", name=words["map"])
        expect(box.locator("img.leaflet-tile-loaded").first).to_be_visible()
        assert all(path.startswith("/13/") for path in tile_server.paths)
        assert tile_server.referrers == {page.url.split("/apply/")[0] + "/"}
        expect(box).to_contain_text("© Peta <Uji>")
        page.get_by_role("button", name=words["middle"]).click()
        assert coordinates(page) == pytest.approx((-6.1783, 106.6319), abs=0.001)
        page.get_by_label(words["landmark"]).fill("Depan pasar")
        asked.judge()
        asked.go_on()
        asked.is_reviewed("Depan pasar")
        place = asked.answers()["lokasi"]
        assert (place["lat"], place["lon"]) == pytest.approx((-6.1783, 106.6319), abs=0.001)

    def test_moves_its_pin_by_touch_by_dragging_and_by_keyboard(
        self, ask: Callable[..., Asked], tile_server: TileServer
    ) -> None:
        page = ask([PLACE]).page
        page.get_by_role("button", name=WORDS["id"]["open"]).click()
        box = page.get_by_role("region", name="Peta")
        expect(box.locator("img.leaflet-tile-loaded").first).to_be_visible()
        box.focus()
        page.keyboard.press("Enter")
        pin = box.get_by_role("button", name="Penanda tempat")
        expect(pin).to_be_focused()
        middle = coordinates(page)
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
        moved = coordinates(page)
        assert moved[0] > middle[0]
        assert moved[1] > middle[1]
        pin.drag_to(box, target_position={"x": 60, "y": 200})
        dragged = coordinates(page)
        assert dragged[0] < moved[0]
        assert dragged[1] < moved[1]
        box.click(position={"x": 250, "y": 40})
        assert coordinates(page)[0] > dragged[0]
        assert coordinates(page)[1] > dragged[1]
        page.locator("[data-place-lat]").fill("-6,2")
        page.locator("[data-place-lon]").fill("106,7")
        page.locator("[data-place-lon]").blur()
        expect(box.locator("img[src*='/17/']").first).to_be_attached()

    def test_takes_pictures_from_no_other_host(
        self, ask: Callable[..., Asked], tile_server: TileServer
    ) -> None:
        page = ask([PLACE]).page
        with served() as other:
            page.evaluate(
                """src => new Promise((done) => {
                  const picture = new Image();
                  picture.onload = picture.onerror = done;
                  picture.src = src;
                })""",
                f"http://127.0.0.1:{other.port}/1/1/1.png",
            )
            assert other.paths == []

    def test_says_so_when_no_picture_comes(self, ask: Callable[..., Asked], tangerang: Region) -> None:
        with served() as server:
            tangerang.map = server.region_map()
            tangerang.save()
        page = ask([PLACE]).page
        page.get_by_role("button", name=WORDS["id"]["open"]).click()
        expect(page.locator("[data-place-status]")).to_contain_text("Peta tidak dapat dimuat")


class TestPosition:
    def test_is_taken_from_the_telephone(self, ask: Callable[..., Asked]) -> None:
        asked = ask([PLACE], geolocation=HERE, permissions=["geolocation"])
        asked.page.get_by_label(WORDS["id"]["landmark"]).fill("Depan pasar")
        expect(asked.page.get_by_role("button", name=WORDS["id"]["open"])).to_be_hidden()
        asked.page.get_by_role("button", name=WORDS["id"]["here"]).click()
        expect(asked.page.get_by_label(WORDS["id"]["lat"])).to_have_value("-6.200100")
        asked.judge()
        asked.go_on()
        assert asked.answers()["lokasi"] == {"landmark": "Depan pasar", "lat": -6.2001, "lon": 106.6499}

    def test_leaves_the_words_when_it_is_not_given(self, ask: Callable[..., Asked]) -> None:
        asked = ask([PLACE])
        asked.page.context.clear_permissions()
        asked.page.get_by_role("button", name=WORDS["id"]["here"]).click()
        expect(asked.page.locator("[data-place-status]")).to_contain_text("Posisi Anda tidak diberikan")


class TestWithoutJavaScript:
    def test_takes_words_and_coordinates(self, ask: Callable[..., Asked], tile_server: TileServer) -> None:
        asked = ask([PLACE], javascript=False)
        expect(asked.page.get_by_role("button", name=WORDS["id"]["open"])).to_be_hidden()
        asked.page.get_by_label(WORDS["id"]["landmark"]).fill("Depan pasar")
        asked.page.locator("summary").click()
        asked.page.locator("[data-place-lat]").fill("-6,1783")
        asked.page.locator("[data-place-lon]").fill("106,6319")
        asked.go_on()
        assert asked.answers()["lokasi"] == {"landmark": "Depan pasar", "lat": -6.1783, "lon": 106.6319}
        assert tile_server.paths == []
