"""A short walk of the state machine, and that it sees a broken engine. The long one: `make fuzz`."""

from __future__ import annotations

import os
from collections.abc import Callable

import hypothesis
import pytest
from django.db import IntegrityError, connection
from hypothesis.stateful import run_state_machine_as_test

from runtime.regions.models import Region
from tests.machine import breaking
from tests.machine.walk import Figures, machine
from tests.machine.world import World, world

LENGTH = 30
SHORT = 240
SEED = 20261126
MOST = 1_500
LONG = bool(os.environ.get("STEPS"))


@pytest.fixture
def people(tangerang: Region, village: Region, poso: Region) -> World:
    return world(tangerang, village, poso)


def walk(people: World, steps: int, seed: int) -> Figures:
    """Walk so many steps or a few more, the same for the same `seed`; raise what does not hold."""
    figures = Figures()
    while figures.steps < steps:  # a walk may end early, when nothing is left to be done
        run_state_machine_as_test(
            hypothesis.seed(seed)(machine(people, figures)),
            settings=hypothesis.settings(
                max_examples=-(-(steps - figures.steps) // LENGTH),
                stateful_step_count=LENGTH,
                database=None,
                deadline=None,
                suppress_health_check=list(hypothesis.HealthCheck),
                phases=(hypothesis.Phase.generate,),
            ),
        )
        seed += 1
    return figures


class TestCases:
    def test_stay_whole_whatever_anybody_does(self, people: World) -> None:
        steps, seed = int(os.environ.get("STEPS", "") or SHORT), int(os.environ.get("SEED", "") or SEED)
        figures = walk(people, steps, seed)
        print(f"\nOn {connection.vendor}, seed {seed}:\n{figures.told()}")
        assert figures.taken > steps // 10

    @pytest.mark.once
    @pytest.mark.parametrize(
        "broken", breaking.WAYS if LONG else breaking.CHEAP, ids=lambda way: way.__name__
    )
    def test_are_seen_not_to_be_whole_when_the_engine_is_broken(
        self, broken: Callable[[pytest.MonkeyPatch], None], people: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken(monkeypatch)
        with pytest.raises((AssertionError, IntegrityError)):
            walk(people, MOST, SEED)
