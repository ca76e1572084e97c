"""The page where an officer says how they are told."""

from __future__ import annotations

from datetime import time
from typing import Any

from runtime.notices.models import Wish
from tests.runtime.conftest import Village

PAGE = "/desk/account/notices/"
GIVEN = {"rhythm": "daily", "at": "06:30", "quiet_from": "21:00", "quiet_until": "06:00", "language": ""}


class TestThePage:
    def test_keeps_what_was_wished_and_shows_it_again(self, desk: Village, client_on: Any) -> None:
        client = client_on(desk.region, desk.clerk)
        answer = client.post(PAGE, GIVEN | {"gather": "on"})
        assert (answer.status_code, answer["Location"]) == (302, "/desk/account/")
        kept = Wish.objects.get(user=desk.clerk)
        assert (kept.at, kept.gather, kept.quiet_from) == (time(6, 30), True, time(21))
        assert kept.next_at is not None
        page = client.get(PAGE).content.decode()
        assert 'value="06:30"' in page
        assert 'value="21:00"' in page

    def test_says_what_is_wrong_and_keeps_nothing(self, desk: Village, client_on: Any) -> None:
        client = client_on(desk.region, desk.clerk)
        for change in ({"rhythm": "x"}, {"quiet_until": ""}, {"quiet_until": "21:00"}, {"at": "25:00"}):
            assert client.post(PAGE, GIVEN | change).status_code == 422
        assert not Wish.objects.exists()

    def test_is_led_to_from_the_account(self, desk: Village, client_on: Any) -> None:
        page = client_on(desk.region, desk.clerk).get("/desk/account/").content.decode()
        assert f'href="{PAGE}"' in page
