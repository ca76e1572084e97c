"""The negative control of the fault runs: what is planted as lost, doubled, late or left out must be seen."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.utils import timezone

from runtime.cases import services
from runtime.cases.models import Case, CaseEvent
from runtime.effects import identity
from runtime.effects.models import EffectRun
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.faults import clocks, count, table
from tests.faults.away import Reader
from tests.faults.citizen import Browser
from tests.faults.table import Row
from tests.faults.world import until
from tests.stack import Stack

MAIL = "Subject: received\nFrom: a@contoh.id\nTo: b@contoh.id\nMessage-ID: <{}@rakit>\n\nIsi\n"
GOOD = Row("F0", "nothing", told=1, gap=1.0, most=2.0)


@pytest.fixture
def head(tangerang: Region) -> User:
    count.install()
    return factories.staff("head", tangerang, "kepala")


def signed(head: User) -> str:
    """Return a case that was signed."""
    (reference,) = count.fill(1).values()
    clerk = factories.staff("clerk", count.city())
    count.forward(clerk, [reference])
    with scope.use(count.city()):
        services.perform(
            region=count.city(),
            case_reference=reference,
            action="sign",
            key="sign",
            actor_user=head,
            now=timezone.now(),
        )
    return reference


def again(reference: str, action: str) -> None:
    """Write an event of a case a second time, past everything that forbids it."""
    with scope.use(count.city()):
        case = Case.objects.get(reference=reference)
        event = CaseEvent.objects.filter(case=case).latest("n")
        event.pk, event.n, event.key, event.action = None, event.n + 1, uuid.uuid4().hex, action
        event.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
class TestCount:
    def test_finds_nothing_wrong_when_all_that_was_told_is_there(self, head: User, tmp_path: Path) -> None:
        result = count.count(Stack(tmp_path), count.fill(3))
        assert (result.stored, result.lost, result.doubled_cases, result.broken_histories) == (3, 0, 0, 0)
        assert result.effects == result.mails_missing > 0

    def test_sees_a_receipt_without_a_case(self, head: User, tmp_path: Path) -> None:
        told = {**count.fill(2), "Uji hilang": "TNG-0000-0000-0000"}
        assert count.count(Stack(tmp_path), told).lost == 1

    def test_sees_a_case_that_was_filed_twice(self, head: User, tmp_path: Path) -> None:
        told = count.fill(2)
        with scope.use(count.city()):
            first = min(told)
            Case.objects.exclude(applicant_name=first).update(applicant_name=first)
        assert count.count(Stack(tmp_path), {first: told[first]}).doubled_cases == 1

    def test_sees_a_mail_that_went_out_twice_and_one_that_never_did(self, head: User, tmp_path: Path) -> None:
        stack = Stack(tmp_path)
        stack.mail_folder.mkdir()
        told = count.fill(2)
        with scope.use(count.city()):
            row = EffectRun.objects.earliest("pk")
        for number in range(2):
            (stack.mail_folder / f"{number}.log").write_text(MAIL.format(identity.of(row)), encoding="utf-8")
        result = count.count(stack, told)
        assert (result.mails, result.mails_doubled, result.mails_missing) == (1, 1, 1)

    def test_sees_a_signature_that_is_not_there_and_one_given_twice(self, head: User, tmp_path: Path) -> None:
        reference, stack = signed(head), Stack(tmp_path)
        (unsigned,) = count.fill(1).values()
        result = count.count(stack, {}, signed=[reference, unsigned])
        assert (result.acts_lost, result.acts_doubled, result.broken_histories) == (1, 0, 0)
        assert count.numbers() == [1]
        again(reference, "sign")
        result = count.count(stack, {}, signed=[reference])
        assert (result.acts_lost, result.acts_doubled, result.broken_histories) == (0, 1, 1)
        assert count.apart(count.numbers()) == (1, 0)

    def test_sees_a_reminder_that_was_fired_twice(self, head: User) -> None:
        filed = count.fill(2)
        for reference in (min(filed.values()), max(filed.values()), max(filed.values())):
            again(reference, "remind")
        assert sorted(clocks.reminded(filed).values()) == [1, 2]


class TestApart:
    def test_sees_numbers_given_twice_and_numbers_left_out(self) -> None:
        assert count.apart([1, 2, 3]) == (0, 0)
        assert count.apart([1, 2, 2, 5]) == (1, 2)
        assert count.apart([]) == (0, 0)


class TestRow:
    @pytest.mark.parametrize(
        "planted",
        [{"lost": 1}, {"doubled": 1}, {"gap": 2.1}, {"wrong": ("odd",)}, {"left_out": "why"}, {"told": 0}],
        ids=lambda planted: next(iter(planted)),
    )
    def test_is_no_success_with_what_was_planted(self, planted: dict[str, object]) -> None:
        assert GOOD.good
        bad = replace(GOOD, **planted)
        assert not bad.good
        assert bad.verdict != "ok"

    def test_comes_back_from_the_process_that_wrote_it(self, tmp_path: Path) -> None:
        rows = [replace(GOOD, wrong=("a", "b"), notes=("c",))]
        table.keep(rows, tmp_path / "rows")
        assert table.kept(tmp_path / "rows") == rows
        assert "wrong: a" in table.say(rows[0])


class Moody(BaseHTTPRequestHandler):
    """Answers as it is told to."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(type(self).status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class TestReader:
    @pytest.fixture
    def port(self) -> Iterator[int]:
        with ThreadingHTTPServer(("127.0.0.1", 0), Moody) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            yield server.server_port
            server.shutdown()

    def test_sees_a_dishonest_answer_and_how_long_it_went_without_a_page(self, port: int) -> None:
        reader = Reader(Browser(port), "/")
        reader.begin()
        for status, answer in ((200, "200"), (503, "503"), (200, "200")):
            Moody.status = status
            before = reader.answers[answer]
            assert until(lambda: reader.answers[answer] > before + 2, 30)  # noqa: B023 - called at once
        reader.end()
        assert set(reader.answers) == {"200", "503"}
        assert reader.gap > 0.1
