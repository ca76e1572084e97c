"""The region's colours: contrast, what is derived, what is refused, what is served."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from runtime.look import theme
from runtime.look.validators import readable
from runtime.regions.models import Region


class TestContrast:
    def test_is_21_for_black_on_white(self) -> None:
        assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)

    def test_agrees_with_the_published_value_of_grey_767676(self) -> None:
        assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)

    def test_does_not_depend_on_the_order(self) -> None:
        assert theme.contrast("#0b6b53", "#f6f5f1") == theme.contrast("#f6f5f1", "#0b6b53")


class TestRead:
    def test_accepts_the_products_own_colours(self) -> None:
        assert theme.read({})["brand"] == "#0b6b53"

    def test_chooses_white_ink_on_a_dark_brand_and_dark_ink_on_a_bright_one(self) -> None:
        assert theme.complete({"brand": "#0b6b53"})["on_brand"] == "#ffffff"
        assert theme.complete({"brand": "#ffd400"})["on_brand"] == "#17211e"

    def test_refuses_a_pale_brand_with_its_ratio(self) -> None:
        with pytest.raises(theme.UnreadableTheme) as caught:
            theme.read({"brand": "#ffe98a"})
        pale = {(pair.front, pair.back): pair for pair in caught.value.failing}
        assert pale[("brand", "ground")].ratio < pale[("brand", "ground")].needed == theme.CONTROL

    def test_refuses_what_is_no_colour(self) -> None:
        with pytest.raises(theme.UnreadableTheme) as caught:
            theme.read({"brand": "red;}body{display:none"})
        assert [pair.front for pair in caught.value.failing] == ["brand"]

    @pytest.mark.parametrize("brand", ["#0b6b53", "#7a1f3d", "#1d4f91", "#5b3a8c", "#8a4b08"])
    def test_derives_readable_shades_for_every_usual_brand(self, brand: str) -> None:
        assert theme.failing(theme.complete({"brand": brand})) == ()


class TestCss:
    def test_never_repeats_what_it_was_not_able_to_read(self) -> None:
        sheet = theme.css({"brand": "red;}body{display:none"})
        assert "display" not in sheet
        assert "--brand:#0b6b53" in sheet

    def test_keeps_the_radius_within_bounds(self) -> None:
        assert "--r:24px" in theme.css({"radius": 400})
        assert "--r:14px" in theme.css({"radius": "4px;}"})


class TestReadable:
    def test_says_which_colours_are_too_faint_and_by_how_much(self) -> None:
        with translation.override("id"), pytest.raises(ValidationError) as caught:
            readable({"brand": "#ffe98a"})
        assert caught.value.messages == [
            "Kontras warna utama pada latar belakang hanya 1,1 banding 1; agar terbaca perlu sedikitnya "
            "3,0 banding 1. Pilihlah warna yang lebih tua atau lebih muda."
        ]

    def test_refuses_anything_but_a_mapping(self) -> None:
        with pytest.raises(ValidationError):
            readable(["#0b6b53"])


class TestThemeSheet:
    def test_serves_the_colours_of_the_region_of_the_host(self, tangerang: Region, poso: Region) -> None:
        poso.theme = {"brand": "#1d4f91"}
        poso.save()
        assert b"--brand:#1d4f91" in Client(headers={"host": poso.host}).get("/theme.css").content
        assert b"--brand:#0b6b53" in Client(headers={"host": tangerang.host}).get("/theme.css").content

    def test_is_a_style_sheet_that_browsers_may_keep(self, tangerang: Region) -> None:
        response = Client(headers={"host": tangerang.host}).get("/theme.css")
        assert response["Content-Type"] == "text/css"
        assert "public" in response["Cache-Control"]

    def test_refuses_to_be_posted_to(self, tangerang: Region) -> None:
        assert Client(headers={"host": tangerang.host}).post("/theme.css").status_code == 405
