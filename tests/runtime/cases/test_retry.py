"""A transaction the database refused is run again, but nobody waits twice."""

from __future__ import annotations

import pytest
from django.db import OperationalError, transaction

from runtime.cases import retry

LOCKED = "database is locked"


class Refusing:
    """Work that is refused `times` times before it is done."""

    def __init__(self, times: int, words: str = LOCKED) -> None:
        self.left, self.words, self.tries = times, words, 0

    def __call__(self) -> str:
        self.tries += 1
        self.left -= 1
        if self.left >= 0:
            raise OperationalError(self.words)
        return "done"


@pytest.mark.django_db(transaction=True)
class TestOnceMore:
    def test_does_what_was_refused_at_once_again(self) -> None:
        assert retry.once_more(Refusing(2)) == "done"

    def test_gives_up_after_the_third_try(self) -> None:
        work = Refusing(9)
        with pytest.raises(OperationalError):
            retry.once_more(work)
        assert work.tries == 3

    def test_does_not_make_anybody_wait_twice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(retry, "PATIENCE", 0.0)
        work = Refusing(1)
        with pytest.raises(OperationalError):
            retry.once_more(work)
        assert work.tries == 1

    def test_leaves_a_transaction_around_it_and_other_trouble_alone(self) -> None:
        for work, inside in ((Refusing(1), True), (Refusing(1, "no such table"), False)):
            with pytest.raises(OperationalError):
                if inside:
                    with transaction.atomic():
                        retry.once_more(work)
                else:
                    retry.once_more(work)
            assert work.tries == 1
