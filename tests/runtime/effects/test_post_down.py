"""F24: the mail server is away for an hour or for a night, and somebody gave an address nobody has."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from runtime.effects import services
from runtime.effects.models import EffectRun
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.postoffice import Post

State = EffectRun.State
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOBODY = "tidakada@contoh.id"


def file(desk: Village, *addresses: str) -> None:
    for address in addresses:
        desk.submit(answers=permit.answers(village=desk.office.key, email=address))


def live(desk: Village, since: datetime, hours: float, step: timedelta = MINUTE) -> datetime:
    """Work the outbox off every minute; return when that ends."""
    now, end = since, since + timedelta(hours=hours)
    while now <= end:
        services.run_due(now=now)
        now += step
    return end


def to(post: Post) -> list[str]:
    return sorted(str(one["To"]) for one in post.taken)


@pytest.fixture
def chief_at(desk: Village, client_on: ClientOn) -> Client:
    return client_on(desk.region, factories.staff("administrator", desk.region, "pengelola"))


class TestAServerThatIsAway:
    @pytest.mark.parametrize("hours", [1, 12])
    def test_F24_gets_every_mail_once_when_it_is_back_and_nobody_has_to_do_anything(
        self, desk: Village, post: Post, settings: Any, hours: int
    ) -> None:
        everybody = [f"warga{n}@contoh.id" for n in range(4)]
        settings.EMAIL_PORT = 1  # where nobody listens
        file(desk, *everybody)
        back = live(desk, desk.now, hours, step=5 * MINUTE)
        assert set(EffectRun.objects.values_list("state", "reason")) == {(State.NEW, "mail")}
        assert post.taken == []
        settings.EMAIL_PORT = post.port
        live(desk, back, 2.5, step=5 * MINUTE)
        assert to(post) == everybody
        assert set(EffectRun.objects.values_list("state", flat=True)) == {State.DONE}
        assert len({one["Message-ID"] for one in post.taken}) == len(everybody)

    def test_F24_for_longer_than_two_days_leaves_mails_to_be_sent_by_one_click(
        self, desk: Village, post: Post, settings: Any, chief_at: Client
    ) -> None:
        settings.EMAIL_PORT = 1
        file(desk, "siti@contoh.id", "budi@contoh.id")
        back = live(desk, desk.now, 60, step=HOUR)
        assert set(EffectRun.objects.values_list("state", "reason")) == {(State.FAILED, "mail")}
        told = chief_at.get("/desk/deliveries/").content.decode()
        assert "Server email tidak menjawab" in told
        assert "siti@" not in told
        settings.EMAIL_PORT = post.port
        assert chief_at.post("/desk/deliveries/retry/", {"all": "1"}).status_code == 302
        EffectRun.objects.update(due_at=back, ready_at=back)
        services.run_due(now=back)
        assert to(post) == ["budi@contoh.id", "siti@contoh.id"]

    def test_F24_and_defers_everything_is_asked_again_later(self, desk: Village, post: Post) -> None:
        post.busy = True
        file(desk, "siti@contoh.id")
        back = live(desk, desk.now, 1)
        assert post.taken == []
        post.busy = False
        live(desk, back, 2.5)
        assert to(post) == ["siti@contoh.id"]


class TestAnAddressNobodyHas:
    def test_F24_holds_up_nobody_else_and_is_listed_with_its_reason(
        self, desk: Village, post: Post, chief_at: Client
    ) -> None:
        post.refused.add(NOBODY)
        others = [f"warga{n}@contoh.id" for n in range(5)]
        file(desk, *others[:2], NOBODY, *others[2:])
        services.run_due(now=desk.now)
        assert to(post) == others
        live(desk, desk.now, 4, step=5 * MINUTE)
        parked = EffectRun.objects.get(state=State.FAILED)
        assert parked.reason == "mailbox"
        assert NOBODY not in parked.last_error
        assert to(post) == others
        told = chief_at.get("/desk/deliveries/").content.decode()
        assert "Alamat emailnya tidak ada" in told
        assert NOBODY not in told
        post.refused.clear()
        chief_at.post("/desk/deliveries/retry/", {"only": str(parked.pk)})
        EffectRun.objects.filter(pk=parked.pk).update(due_at=desk.now, ready_at=desk.now)
        services.run_due(now=desk.now)
        assert to(post) == sorted([*others, NOBODY])
