"""What could not be delivered: told in words, tried again with one click, counted in the navigation."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from runtime.effects.models import EffectRun
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village

State = EffectRun.State


@pytest.fixture
def chief(tangerang: Region) -> User:
    return factories.staff("administrator", tangerang, "pengelola")


@pytest.fixture
def chief_at(tangerang: Region, chief: User, client_on: ClientOn) -> Client:
    return client_on(tangerang, chief, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def failed(desk: Village) -> list[EffectRun]:
    """Three mails that could not be sent."""
    for _ in range(3):
        desk.submit()
    EffectRun.objects.update(state=State.FAILED, reason="mailbox", attempts=5, last_error="SMTP 550")
    return list(EffectRun.objects.order_by("pk"))


def states() -> list[Any]:
    with scope.everywhere("a test looks"):
        return list(EffectRun.objects.order_by("pk").values_list("state", flat=True))


class TestList:
    def test_says_what_about_which_case_and_why(self, failed: list[EffectRun], chief_at: Client) -> None:
        told = chief_at.get("/desk/deliveries/").content.decode()
        assert told.count("E-mail to the applicant</b>") == 3
        assert "The mail address does not exist or takes no mail." in told
        assert told.count("TNG-") >= 3
        assert "SMTP 550" not in told
        assert "siti@contoh.id" not in told

    def test_is_marked_in_the_navigation_of_whoever_can_help(
        self, failed: list[EffectRun], chief_at: Client, tangerang: Region, desk: Village, client_on: ClientOn
    ) -> None:
        page = chief_at.get("/desk/account/").content.decode()
        assert page.count('href="/desk/deliveries/"') == 3
        assert '<span class="tag tag--late num">3</span>' in page
        other = client_on(tangerang, desk.clerk).get("/desk/").content.decode()
        assert "/desk/deliveries/" not in other
        EffectRun.objects.update(state=State.DONE)
        assert chief_at.get("/desk/account/").content.decode().count('href="/desk/deliveries/"') == 1

    def test_says_when_there_is_nothing(self, chief_at: Client) -> None:
        assert "Everything was delivered" in chief_at.get("/desk/deliveries/").content.decode()


class TestTryAgain:
    def test_takes_one_click(self, failed: list[EffectRun], chief_at: Client) -> None:
        values = {"only": failed[1].pk, "id": failed[0].pk}
        told = chief_at.post("/desk/deliveries/retry/", values, follow=True).content.decode()
        assert "1 delivery is tried again." in told
        assert states() == [State.FAILED, State.NEW, State.FAILED]

    def test_takes_those_that_are_ticked_or_all(self, failed: list[EffectRun], chief_at: Client) -> None:
        chief_at.post("/desk/deliveries/retry/", {"id": [failed[0].pk, failed[2].pk, "x", "-1", "9" * 30]})
        assert states() == [State.NEW, State.FAILED, State.NEW]
        chief_at.post("/desk/deliveries/retry/", {"all": "1"})
        assert states() == [State.NEW] * 3

    def test_says_when_nothing_was_chosen(self, failed: list[EffectRun], chief_at: Client) -> None:
        told = chief_at.post("/desk/deliveries/retry/", follow=True).content.decode()
        assert "Nothing was chosen" in told
        assert states() == [State.FAILED] * 3

    def test_T6_touches_nothing_of_another_region(
        self, failed: list[EffectRun], poso: Region, client_on: ClientOn
    ) -> None:
        there = client_on(poso, factories.staff("administrator", poso, "pengelola.poso"))
        ids = [row.pk for row in failed]
        for path in ("retry", "settle"):
            there.post(f"/desk/deliveries/{path}/", {"id": ids})
            there.post(f"/desk/deliveries/{path}/", {"all": "1"})
        assert states() == [State.FAILED] * 3


class TestMarkAsDone:
    def test_notes_who_did(self, failed: list[EffectRun], chief_at: Client, chief: User) -> None:
        told = chief_at.post("/desk/deliveries/settle/", {"id": failed[0].pk}, follow=True).content.decode()
        assert "1 delivery is marked as done." in told
        failed[0].refresh_from_db()
        assert (failed[0].state, failed[0].settled_by_id, failed[0].payload) == (State.DONE, chief.pk, {})
