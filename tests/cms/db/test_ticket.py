"""The queue of writers."""

from __future__ import annotations

import threading
import time

import pytest

from cms.db.sqlite3.versions import has_wal_reset_bug
from cms.db.ticket import Ticket, ticket_for


class TestTicket:
    def test_serves_those_who_wait_in_the_order_they_came(self) -> None:
        ticket = Ticket()
        assert ticket.acquire(1)
        served: list[int] = []

        def wait(number: int) -> None:
            assert ticket.acquire(5)
            served.append(number)
            ticket.release()

        threads = []
        for number in range(8):
            thread = threading.Thread(target=wait, args=(number,))
            thread.start()
            threads.append(thread)
            while len(ticket._waiting) <= number:
                time.sleep(0.001)
        ticket.release()
        for thread in threads:
            thread.join(5)
        assert served == list(range(8))

    def test_gives_up_after_the_time_and_leaves_the_queue_usable(self) -> None:
        ticket = Ticket()
        assert ticket.acquire(1)
        assert not ticket.acquire(0.01)
        ticket.release()
        assert ticket.acquire(0.01)

    def test_lets_only_one_in_at_a_time(self) -> None:
        ticket, inside, most = Ticket(), 0, 0

        def work() -> None:
            nonlocal inside, most
            for _ in range(200):
                assert ticket.acquire(5)
                inside += 1
                most = max(most, inside)
                inside -= 1
                ticket.release()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert most == 1

    def test_is_the_same_for_the_same_file(self) -> None:
        assert ticket_for("one") is ticket_for("one")
        assert ticket_for("one") is not ticket_for("two")


class TestHasWalResetBug:
    @pytest.mark.parametrize(
        ("version", "expected"),
        [
            ((3, 6, 23), False),
            ((3, 7, 0), True),
            ((3, 40, 1), True),
            ((3, 44, 5), True),
            ((3, 44, 6), False),
            ((3, 45, 0), True),
            ((3, 50, 6), True),
            ((3, 50, 7), False),
            ((3, 51, 2), True),
            ((3, 51, 3), False),
            ((3, 53, 0), False),
        ],
    )
    def test_knows_the_repaired_versions(self, version: tuple[int, ...], expected: bool) -> None:
        assert has_wal_reset_bug(version) is expected
