"""F4–F6: a broker or the database goes away, or comes back with nothing."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import connections

from tests.faults import count, world
from tests.faults.citizen import Browser, Citizens, Page, to_review
from tests.faults.servers import BROKERS, Server
from tests.faults.table import Row
from tests.faults.world import World, until

PEOPLE, USUAL = 10, 4  # without a broker, and before with one
OUTAGE = 15.0  # seconds at least
PROMPT = 1.0  # seconds an applicant or an officer waits at most while the broker is away
DRAINED = 60.0
RESTARTS = 4
DATABASE_GAP = 5.0
Review = tuple[str, Browser, Page]
WAYS: dict[str, tuple[Callable[[Server], None], Callable[[Server], None]]] = {
    "killed": (Server.kill, Server.start),
    "silent": (Server.silence, Server.wake),
}


def broker_down(world_: World) -> Iterator[Row]:
    """F4: the broker is killed, or takes connections and never says a word."""
    for name in BROKERS:
        for way in WAYS:
            yield _broker_down(world_, name, way)


def _broker_down(here: World, name: str, way: str) -> Row:
    among = f"F4{name}{way}"
    cases = here.to_sign(PEOPLE + USUAL, among)
    head = here.person("head")
    stop, start = WAYS[way]
    with here.celery(name) as broker:
        here.drained()
        officer = here.browser(head)
        reviews = []
        for n in range(PEOPLE + USUAL):
            browser = here.browser()
            reviews.append((f"{among} {n}", browser, to_review(browser, f"{among} {n}")))
        pages = [(reference, world.asked(officer, reference)) for reference in cases.values()]
        usual = _at_work(officer, reviews[PEOPLE:], pages[PEOPLE:])
        stop(broker)
        began = time.monotonic()
        away = _at_work(officer, reviews[:PEOPLE], pages[:PEOPLE])
        waiting = count.effects_open()
        time.sleep(max(0.0, OUTAGE - (time.monotonic() - began)))
        start(broker)
        gap = here.drained(DRAINED * 2)
        wrong = [f"an answer took {took:.2f} s" for took in (away.submit, away.act) if took > PROMPT]
        wrong += [] if waiting else ["nothing waited, so the broker was not away"]
        wrong += [] if len(away.signed) == len(away.told) == PEOPLE else ["not everybody got an answer"]
        return here.judged(
            "F4",
            f"{name} {way} for {OUTAGE:.0f} s: {len(away.told)} submits, {len(away.signed)} signatures",
            told=usual.told | away.told | cases,
            among=among,
            signed=usual.signed + away.signed,
            gap=gap,
            most=DRAINED,
            wrong=wrong,
            notes=[
                f"slowest submit {away.submit:.2f} s, signature {away.act:.2f} s (≤ {PROMPT:g}); with the "
                f"broker {usual.submit:.2f} s, {usual.act:.2f} s; {waiting} effects waited"
            ],
        )


@dataclass(frozen=True, slots=True)
class AtWork:
    """Who was told what, and how many seconds the slowest answer took."""

    told: dict[str, str]
    signed: list[str]
    submit: float
    act: float


def _at_work(
    officer: Browser, reviews: list[tuple[str, Browser, Page]], pages: list[tuple[str, Page]]
) -> AtWork:
    told, submits = _submit_all(reviews)
    signed, acts = _sign_all(officer, pages)
    return AtWork(told, signed, max(submits), max(acts))


def _submit_all(reviews: list[Review]) -> tuple[dict[str, str], list[float]]:
    told, times = {}, []
    for name, browser, page in reviews:
        answer = browser.post(page, page.path, follow=False, agree="on")
        times.append(answer.seconds)
        told[name] = browser.get(answer.headers["Location"]).reference if answer.status == 302 else ""
    return told, times


def _sign_all(officer: Browser, pages: list[tuple[str, Page]]) -> tuple[list[str], list[float]]:
    signed, times = [], []
    for reference, page in pages:
        answer = officer.post(page, page.path, follow=False, comment="")
        times.append(answer.seconds)
        signed += [reference] if world.done(answer) else []
    return signed, times


def broker_loses_everything(here: World) -> Iterator[Row]:
    """F5: what the broker held is gone, three times, while citizens apply and mails go out."""
    for name in BROKERS:
        among = f"F5{name}"
        with here.celery(name) as broker:
            citizens = Citizens(here.stack.port, among)
            citizens.begin(3)
            for _ in range(3):
                before = len(citizens.acknowledged)
                until(lambda: len(citizens.acknowledged) > before + 2, 30)  # noqa: B023 - called at once
                _lose(broker)
            citizens.end()
            gap = here.drained()
            yield here.judged(
                "F5",
                f"everything {name} held is gone, three times, while three citizens apply",
                told=citizens.acknowledged,
                among=among,
                gap=gap,
                most=DRAINED,
                notes=["gap: until the outbox was empty"],
            )


def _lose(broker: Server) -> None:
    if type(broker).__name__ == "Redis":
        with socket.create_connection(("127.0.0.1", broker.port), timeout=5) as line:
            line.sendall(b"FLUSHALL\r\n")
            line.recv(16)
    else:
        broker.lose_everything()


@dataclass
class Reader:
    """Somebody who asks for a page again and again, and notes what came back."""

    browser: Browser
    path: str
    gap: float = 0.0
    good: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        assert self._thread is not None
        self._thread.join()

    def _read(self) -> None:
        last = time.monotonic()
        while not self._over.wait(0.05):
            try:
                page = self.browser.get(self.path)
            except (OSError, http.client.HTTPException) as error:
                self.answers[type(error).__name__] += 1
                continue
            honest = page.status == 503 and "Retry-After" in page.headers
            self.answers["503 with Retry-After" if honest else str(page.status)] += 1
            if page.status == 200:
                self.gap, last = max(self.gap, time.monotonic() - last), time.monotonic()
                self.good.append(last)

    def after(self, moment: float) -> float:
        """Return how many seconds after `moment` the page came again."""
        return min((good for good in self.good if good > moment), default=float("inf")) - moment


def database_restarts(here: World) -> Iterator[Row]:
    """F6: PostgreSQL stops at once and starts again, four times, under load."""
    if here.postgres is None:
        why = "SQLite has no server that could restart; F1 kills the one process that has it open"
        yield Row("F6", "the database restarts", foreign=why, database=here.database)
        return
    citizens = Citizens(here.stack.port, "F6")
    reader = Reader(here.browser(), "/services/izin/")
    assert here.stack.web is not None
    process = here.stack.web.pid
    back: list[float] = []
    citizens.begin(4)
    reader.begin()
    for _ in range(RESTARTS):
        before = len(citizens.acknowledged)
        until(lambda: len(citizens.acknowledged) > before + 2, 30)  # noqa: B023 - called at once
        here.postgres.stop_at_once()
        here.postgres.start()
        back.append(time.monotonic())
    citizens.end()
    reader.end()
    answers = dict(reader.answers)
    odd = {*answers} - {"200", "503 with Retry-After"} | {
        word for word in citizens.refusals if word[:3] != "503"
    }
    connections.close_all()  # those of this process died with the server
    restarted = here.stack.web.poll() is not None or here.stack.web.pid != process
    yield here.judged(
        "F6",
        f"PostgreSQL stopped without warning and started again, {RESTARTS} times, while citizens apply",
        told=citizens.acknowledged,
        among="F6",
        gap=max(reader.after(moment) for moment in back),
        most=DATABASE_GAP,
        wrong=[f"answered {word}" for word in sorted(odd)] + ["the site had to restart"] * restarted,
        notes=[
            f"gap: from the server's first answer to a page; {reader.gap:.1f} s without a page at most, "
            f"with the server's own start; a reader saw {answers}; {len(citizens.refusals)} steps got 503"
        ],
    )
