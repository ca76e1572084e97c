"""A form sent twice begins one service, also where its two copies reach processes that share no cache."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests.builder.test_views import url

pytestmark = pytest.mark.django_db


def titles(region: Region) -> list[str]:
    with scope.use(region):
        return list(Module.objects.order_by("pk").values_list("title", flat=True))


def form(token: str = "token", title: str = "Izin Kedua") -> dict[str, Any]:
    return {"csrfmiddlewaretoken": token, "title": title}


class TestBeginning:
    def test_once_leads_a_second_process_to_what_the_first_has_made(
        self, client_on, tangerang: Region, clerk: User
    ):
        client = client_on(tangerang, clerk)
        first = client.post(url("add"), form())
        cache.clear()
        second = client.post(url("add"), form(), follow=True)
        assert second.redirect_chain[-1][0] == first.url
        assert "Formulir ini sudah dikirim sebelumnya" in second.text
        assert titles(tangerang) == ["Izin Kedua"]

    @pytest.mark.parametrize("other", [form(token="another"), form(title="Izin Ketiga")])
    def test_makes_another_for_another_form(
        self, client_on, tangerang: Region, clerk: User, other: dict[str, Any]
    ):
        client = client_on(tangerang, clerk)
        assert client.post(url("add"), form()).url != client.post(url("add"), other).url
        assert len(titles(tangerang)) == 2

    def test_makes_it_again_when_it_was_deleted(self, client_on, tangerang: Region, clerk: User):
        client = client_on(tangerang, clerk)
        client.post(url("add"), form())
        with scope.use(tangerang):
            Module.objects.get().delete()
        client.post(url("add"), form())
        assert titles(tangerang) == ["Izin Kedua"]

    def test_is_no_use_to_another_region(self, client_on, tangerang: Region, poso: Region, clerk, stranger):
        client_on(tangerang, clerk).post(url("add"), form())
        client_on(poso, stranger).post(url("add"), form())
        assert titles(tangerang) == titles(poso) == ["Izin Kedua"]
