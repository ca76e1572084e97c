"""Asking a register (F23): what it knows, and that its troubles are never the citizen's."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from runtime.regions import scope
from runtime.regions.models import Region
from runtime.registers import breaker, catalogue, services
from runtime.registers.adapters import jsonhttps
from runtime.registers.contract import DOWN, MISSING, Answer, Failed
from runtime.registers.models import Circuit
from tests.runtime.registers.registry import SITI, Registry

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BY = {"nik": SITI["NIK"], "tgl_lahir": "1990-05-05"}


@pytest.fixture
def region(tangerang: Region) -> Iterator[Region]:
    with scope.use(tangerang):
        yield tangerang


def ask(region: Region, now: datetime = NOW, **by: str) -> Answer:
    return services.ask(region=region, key="dukcapil", by=BY | by, now=now)


DEEP = b'{"a":' * 60 + b"1" + b"}" * 60


class Sulky:
    """An adapter of somebody else's that breaks."""

    def __init__(self, config: Any) -> None:
        self.config = config

    def ask(self, by: Any) -> Answer:
        raise KeyError(by["nik"])


class TestAsk:
    def test_brings_canonical_values_by_name(self, region: Region, registry: Registry) -> None:
        answer = ask(region)
        assert answer.state == "found"
        assert answer.values == {"nama": "SITI AMINAH", "tempat_lahir": "TANGERANG", "jenis_kelamin": "P"}
        assert registry.asked == [BY]
        assert registry.tokens == ["Bearer kunci-rahasia"]

    def test_says_when_nobody_is_known_by_those_facts(self, region: Region, registry: Registry) -> None:
        assert ask(region, nik="3671014505900007") == MISSING

    @pytest.mark.parametrize("mode", ["error", "quota", "garbage", "wrong", "redirect", "large", "hang_up"])
    def test_F23_takes_every_trouble_for_no_answer(
        self, region: Region, registry: Registry, mode: str
    ) -> None:
        registry.mode = mode
        assert ask(region) == DOWN
        assert len(registry.asked) == 1

    def test_F23_does_not_wait_for_a_register_that_is_slow(
        self, region: Region, registry: Registry, settings: Any
    ) -> None:
        settings.RAKIT_REGISTERS = {"dukcapil": registry.entry(seconds=0.4)}
        registry.mode = "slow"
        began = time.monotonic()
        assert ask(region) == DOWN
        assert time.monotonic() - began < 2  # what the register would have taken
        assert jsonhttps.SECONDS == 5

    def test_takes_an_answer_about_somebody_else_for_none(self, region: Region, registry: Registry) -> None:
        assert ask(region, tgl_lahir="1991-05-05") == DOWN  # the number is Siti's, the birthday is not

    def test_does_not_know_a_register_that_the_region_is_not_connected_to(
        self, region: Region, poso: Region, registry: Registry, settings: Any
    ) -> None:
        settings.RAKIT_REGISTERS = {"dukcapil": registry.entry(only=["tangerang"])}
        assert [r.key for r in catalogue.registers(region)] == ["dukcapil"]
        with scope.use(poso):
            assert catalogue.registers(poso) == ()
            assert services.ask(region=poso, key="dukcapil", by=BY, now=NOW) == DOWN
        assert catalogue.name(poso, "data_pbb", "id") == "Data Pbb"
        assert registry.asked == []

    def test_lets_a_region_have_an_address_and_a_token_of_its_own(
        self, region: Region, poso: Region, registry: Registry, settings: Any
    ) -> None:
        own = {"poso": {"credential": "kunci-poso"}}
        settings.RAKIT_REGISTERS = {"dukcapil": registry.entry(regions=own)}
        assert ask(region).state == "found"
        with scope.use(poso):
            assert services.ask(region=poso, key="dukcapil", by=BY, now=NOW).state == "found"
        assert registry.tokens == ["Bearer kunci-rahasia", "Bearer kunci-poso"]

    def test_logs_which_register_failed_and_nothing_about_anybody(
        self, region: Region, registry: Registry, settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            for mode in ("ok", "error", "wrong"):
                registry.mode = mode
                ask(region)
            settings.RAKIT_REGISTERS = {"dukcapil": registry.entry(adapter=f"{__name__}.Sulky")}
            assert ask(region) == DOWN
        told = " ".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
        assert "register dukcapil of tangerang gave no usable answer: 500" in told
        assert "KeyError" in told
        for fact in (SITI["NIK"], "SITI", "AMINAH", "1990", "kunci-rahasia"):
            assert fact not in told


class TestBreaker:
    def test_F23_opens_after_three_failures_and_closes_again(
        self, region: Region, registry: Registry
    ) -> None:
        registry.mode = "error"
        for _ in range(5):
            assert ask(region) == DOWN
        assert len(registry.asked) == breaker.FAILURES
        registry.mode = "ok"
        assert ask(region, NOW + breaker.PAUSE - timedelta(seconds=1)) == DOWN
        assert ask(region, NOW + breaker.PAUSE).state == "found"
        assert ask(region, NOW + breaker.PAUSE).state == "found"
        assert Circuit.objects.get().failures == 0

    def test_lets_one_of_many_try_after_the_pause(self, region: Region, registry: Registry) -> None:
        registry.mode = "error"
        for _ in range(3):
            ask(region)
        later = NOW + breaker.PAUSE
        assert [breaker.allows(region, "dukcapil", now=later) for _ in range(4)] == [
            True,
            False,
            False,
            False,
        ]
        assert breaker.allows(region, "dukcapil", now=later + breaker.PROBE)

    def test_stays_open_longer_each_time_the_trial_fails(self, region: Region, registry: Registry) -> None:
        registry.mode = "error"
        now = NOW
        for count in range(12):
            assert ask(region, now) == DOWN
            row = Circuit.objects.get()
            if count >= breaker.FAILURES - 1:
                assert row.open_until is not None
                assert row.open_until - now == min(breaker.PAUSE * 2 ** (count - 2), breaker.LONGEST)
                now = row.open_until
        assert len(registry.asked) == 12

    def test_leaves_a_register_alone_as_long_as_it_asks_for(self, region: Region, registry: Registry) -> None:
        registry.mode = "quota"
        assert ask(region) == DOWN
        registry.mode = "ok"
        assert ask(region, NOW + timedelta(seconds=119)) == DOWN
        assert len(registry.asked) == 1
        assert ask(region, NOW + timedelta(seconds=120)).state == "found"

    def test_never_waits_longer_than_some_hours(self, region: Region) -> None:
        breaker.failed(region, "dukcapil", now=NOW, wait=timedelta(days=400))
        assert Circuit.objects.get().open_until == NOW + breaker.MOST_WANTED

    def test_of_one_region_does_not_close_the_other_off(
        self, region: Region, poso: Region, registry: Registry
    ) -> None:
        registry.mode = "error"
        for _ in range(3):
            ask(region)
        registry.mode = "ok"
        with scope.use(poso):
            assert services.ask(region=poso, key="dukcapil", by=BY, now=NOW).state == "found"


class TestTakenFrom:
    @pytest.mark.parametrize(
        ("value", "how", "taken"),
        [
            ("  SITI\u00a0 AMINAH\x00 ", "/v", "SITI AMINAH"),
            ("", "/v", None),
            (7, "/v", 7),
            (True, "/v", True),
            (1.5, "/v", None),
            ({"a": 1}, "/v", None),
            ("x" * 900, "/v", "x" * 500),
            ("laki-LAKI", {"at": "/v", "words": {"Laki-Laki": "L"}}, "L"),
            (1, {"at": "/v", "words": {"1": "L"}}, "L"),
            ("lain", {"at": "/v", "words": {"Laki-Laki": "L"}}, None),
            ("05-05-1990", {"at": "/v", "date": "%d-%m-%Y"}, "1990-05-05"),
            ("31-02-1990", {"at": "/v", "date": "%d-%m-%Y"}, None),
            ("x", "/nowhere/0", None),
            (["a", "b"], "/v/1", "b"),
            (["a", "b"], "/v/2", None),
        ],
    )
    def test_makes_what_it_finds_canonical(self, value: Any, how: Any, taken: Any) -> None:
        assert jsonhttps.taken_from({"v": value}, how) == taken

    @pytest.mark.parametrize(
        "body", [b"", b"[]", b"1", b"NaN", b"[" * 90_000, b'{"a":' * 60 + b"1" + b"}" * 60]
    )
    def test_takes_no_json_that_is_no_answer(self, body: bytes) -> None:
        with pytest.raises(Failed, match="garbage"):
            jsonhttps._read(body)
