"""What may be the map of a region: its address ends in a content-security policy."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from runtime.regions import maps
from runtime.regions.models import Region
from tests.conftest import ClientOn

GOOD: dict[str, Any] = {
    "tiles": "https://peta.contoh.go.id:8443/a-1/{z}/{x}/{y}.png?key=1",
    "credit": "© Badan Informasi Geospasial",
    "lat": -6.1783,
    "lon": 106.6319,
}
HOSTILE = [
    "http://peta.contoh.go.id/{z}/{x}/{y}.png",
    "https://{z}.contoh.go.id/{x}/{y}.png",
    "https://contoh.go.id/{z}/{x}.png",
    "https://contoh.go.id/{z}/{x}/{y}/{y}.png",
    "https://contoh.go.id/{z}/{x}/{y}/{s}.png",
    "https://contoh.go.id; script-src */{z}/{x}/{y}.png",
    "https://contoh.go.id,*/{z}/{x}/{y}.png",
    "https://contoh.go.id/{z}/{x}/{y}.png\n",
    "https://user:word@contoh.go.id/{z}/{x}/{y}.png",
    "https://*/{z}/{x}/{y}.png",
    "javascript:alert(1)//{z}/{x}/{y}",
    "data:image/png,{z}{x}{y}",
    "https://" + "a" * 300 + "/{z}/{x}/{y}",
    7,
    None,
]


class TestUsable:
    @pytest.mark.parametrize(
        "value",
        [{}, GOOD, {**GOOD, "tiles": "http://127.0.0.1:9/{z}/{x}/{y}", "zoom": 0, "link": "https://a.id"}],
    )
    def test_accepts(self, value: dict[str, Any]) -> None:
        maps.usable(value)

    @pytest.mark.parametrize("tiles", HOSTILE, ids=range(len(HOSTILE)))
    def test_refuses_an_address_that_is_not_plainly_one(self, tiles: object) -> None:
        with pytest.raises(ValidationError):
            maps.usable({**GOOD, "tiles": tiles})

    @pytest.mark.parametrize(
        "change",
        [
            {"credit": ""},
            {"link": "javascript:alert(1)"},
            {"link": 7},
            {"lat": 91},
            {"lon": "106"},
            {"zoom": True},
            {"zoom": 20},
            {"other": 1},
        ],
        ids=str,
    )
    def test_refuses_what_cannot_be_shown(self, change: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            maps.usable({**GOOD, **change})

    def test_refuses_a_list(self) -> None:
        with pytest.raises(ValidationError):
            maps.usable([])


@pytest.mark.django_db
class TestPolicy:
    def policy(self, client_on: ClientOn, region: Region, path: str = "/") -> str:
        return str(client_on(region).get(path)["Content-Security-Policy"])

    def test_lets_pictures_of_the_map_come_from_that_host_alone(
        self, client_on: ClientOn, tangerang: Region, poso: Region
    ) -> None:
        tangerang.map = GOOD
        tangerang.save()
        images = next(
            part
            for part in self.policy(client_on, tangerang).split(";")
            if part.strip().startswith("img-src")
        )
        assert images.split() == ["img-src", "'self'", "data:", "https://peta.contoh.go.id:8443"]
        assert "peta.contoh" not in self.policy(client_on, poso)
        assert "peta.contoh" not in self.policy(client_on, tangerang, "/django-admin/login/")

    def test_never_takes_over_an_address_that_nobody_judged(
        self, client_on: ClientOn, tangerang: Region
    ) -> None:
        tangerang.map = {**GOOD, "tiles": "https://a.id; script-src */{z}/{x}/{y}"}
        tangerang.save()
        assert "a.id" not in self.policy(client_on, tangerang)
        assert maps.of(tangerang) is None
