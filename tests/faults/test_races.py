"""The race of `make faults`, small: one wins, and without the guard the same race shows doubles."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.core import mail

from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.faults import races
from tests.faults.races import Outcome, Race
from tests.runtime import board
from tests.runtime.together import together

WORKERS = 8
Cases = Callable[[int], Race]


def signing(region: Region) -> Cases:
    heads = [factories.staff("head", region) for _ in range(WORKERS)]
    clerk = factories.staff("clerk", region)
    return lambda count: races.approvals(region, heads, clerk, count)


def voting(region: Region) -> Cases:
    sitting = board.assemble(region, races.ballot(), members=WORKERS + 1)
    return lambda count: races.votes(sitting, count)


@pytest.fixture(params=[signing, voting], ids=["one-approval", "last-vote"])
def cases(request: pytest.FixtureRequest, transactional_db: None, tangerang: Region) -> Iterator[Cases]:
    with scope.use(tangerang):
        yield request.param(tangerang)


def raced(race: Race) -> Outcome:
    outcome = races.run(race, workers=WORKERS, together=together, gate=threading.Barrier(WORKERS))
    sent = Counter(
        message.extra_headers["Message-ID"].strip("<>").partition("@")[0] for message in mail.outbox
    )
    races.count_mails(race, outcome, sent)
    return outcome


class TestRace:
    def test_has_one_winner_and_one_of_everything_that_follows(self, cases: Cases) -> None:
        outcome = raced(cases(10))
        assert (outcome.lost, outcome.doubled, outcome.numbers_left_out, outcome.broken) == (0, 0, 0, 0)
        assert 10 <= outcome.told <= 20
        assert outcome.told + outcome.refused == 80
        assert outcome.odd == []

    def test_shows_doubles_once_the_guard_is_off(self, cases: Cases) -> None:
        race = cases(2)
        with races.unguarded(threading.Barrier(WORKERS)):
            outcome = raced(race)
        assert outcome.decided_twice > 0
        assert outcome.effects_doubled > 0
        assert outcome.broken == 0 or outcome.lost_votes > 0
