"""The installation that faults are brought about in: its site, its people, its servers, and the verdict."""

from __future__ import annotations

import random
import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections
from django.test import Client

from runtime.cases.models import Case, CaseEvent
from runtime.regions import scope
from runtime.regions.models import User
from tests import factories
from tests.faults import count
from tests.faults.citizen import HOST, Browser, Page
from tests.faults.servers import BROKERS, Postgres, Server
from tests.faults.table import Row
from tests.runtime.board import Committee
from tests.stack import Stack

LOGIN = "allauth.account.auth_backends.AuthenticationBackend"
_CASE = re.compile(r"/desk/cases/[^/]+/")
PATIENCE = 120  # seconds to wait for something that ought to come sooner


@dataclass
class World:
    """A city with one service, on one of the two databases. Faults leave the site up and whole."""

    database: str
    stack: Stack
    postgres: Postgres | None
    dice: random.Random
    kills: int
    applicants: int
    servers: dict[str, Server] = field(default_factory=dict)
    committee: Committee | None = None

    def person(self, role: str) -> User:
        """Return somebody new who holds a role in the city."""
        with scope.use(count.city()):
            made = factories.staff(role, count.city(), f"{role}-{uuid.uuid4().hex[:8]}")
        connections.close_all()
        return made

    def browser(self, user: User | None = None) -> Browser:
        """Return a browser, logged in when a person is given."""
        browser = Browser(self.stack.port)
        if user is not None:
            client = Client(headers={"host": HOST})
            client.force_login(user, backend=LOGIN)
            browser.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
            connections.close_all()
        return browser

    def to_sign(self, amount: int, among: str) -> dict[str, str]:
        """File applications and hand them on; return names and references."""
        filed = count.fill(amount, among)
        count.forward(self.person("clerk"), filed.values())
        return filed

    def broker(self, name: str) -> Server:
        """Return a running broker of our own."""
        if name not in self.servers:
            self.servers[name] = BROKERS[name](self.stack.folder.parent / name)
        if self.servers[name].process is None:
            self.servers[name].start()
        return self.servers[name]

    @contextmanager
    def celery(self, name: str) -> Iterator[Server]:
        """Run the site with a worker on a broker; afterwards as before."""
        broker = self.broker(name)
        self.close()
        self.stack.broker = broker.url  # type: ignore[attr-defined]  # both brokers have one
        try:
            self.stack.start()
            yield broker
        finally:
            self.stack.stop()
            self.stack.broker = ""
            broker.kill()
            self.stack.start()

    @contextmanager
    def without_site(self) -> Iterator[None]:
        """Stop web process and worker for a while."""
        self.close()
        try:
            yield
        finally:
            self.stack.stop()
            self.stack.start()

    @contextmanager
    def settings(self, **values: str) -> Iterator[None]:
        """Run the site with other settings for a while."""
        before = dict(self.stack.settings)
        self.close()
        self.stack.settings |= values
        try:
            self.stack.start()
            yield
        finally:
            self.stack.stop()
            self.stack.settings = before
            self.stack.start()

    def close(self) -> None:
        """Stop web process and worker with no mail under way: a stop is no fault of its own."""
        self.drained()
        self.stack.stop()

    def drained(self, seconds: float = PATIENCE) -> float:
        """Wait until the outbox is empty; return how long that took."""
        began = time.monotonic()
        until(lambda: count.effects_open() == 0, seconds)
        return time.monotonic() - began

    def end(self) -> None:
        """End whatever was started."""
        self.stack.end()
        for server in (*self.servers.values(), *([self.postgres] if self.postgres else [])):
            server.kill()

    def judged(
        self,
        fault: str,
        did: str,
        *,
        told: dict[str, str],
        among: str,
        signed: Iterable[str] = (),
        kills: int = 0,
        wrong: Iterable[str] = (),
        notes: Iterable[str] = (),
        **more: Any,
    ) -> Row:
        """Count what became of everybody whose name begins with `among`, and return the line about it."""
        self.drained()
        signed = list(signed)
        found = count.count(self.stack, told, among=among, signed=signed)
        twice, never = count.apart(count.numbers())
        late = found.effects - found.effects_run - found.effects_parked
        found_wrong = {
            "{} histories broken": found.broken_histories,
            "{} effects never ran": late,
            "{} effects parked": found.effects_parked,
            "{} numbers of the register left out": never,
            "{} mails sent twice, more than processes died": max(found.mails_doubled - kills, 0),
        }
        said = [words.format(number) for words, number in found_wrong.items() if number]
        if found.lost + found.acts_lost + found.mails_missing:
            said.append(
                f"lost: {found.lost} cases, {found.acts_lost} signatures, {found.mails_missing} mails"
            )
        again = [f"{found.mails_doubled} mails twice, same Message-ID"] if found.mails_doubled else []
        return Row(
            fault,
            did,
            told=len(told) + len(signed),
            lost=found.lost + found.acts_lost + found.mails_missing,
            doubled=found.doubled_cases + found.acts_doubled + twice,
            wrong=(*wrong, *said),
            notes=(*notes, *again),
            kills=kills,
            database=self.database,
            **more,
        )


def until(holds: Callable[[], Any], seconds: float = PATIENCE) -> bool:
    """Wait until `holds()`, or the time is over; return whether it does."""
    end = time.monotonic() + seconds
    while not (good := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(good)


def sign(browser: Browser, reference: str, *, comment: str = "", follow: bool = True) -> Page:
    """Sign a case at the desk; return what the officer sees then."""
    page = asked(browser, reference)
    return browser.post(page, page.path, comment=comment, follow=follow)


def asked(browser: Browser, reference: str) -> Page:
    """Return the page that asks whether to sign."""
    return browser.get(f"/desk/cases/{reference}/sign/")


def done(page: Page) -> bool:
    """Tell whether the officer is led back to the case, as after a step that was done."""
    back = page.headers.get("Location", page.path) if page.status == 302 else page.path
    return page.status in (200, 302) and bool(_CASE.fullmatch(back))


def status(reference: str) -> tuple[str, int]:
    """Return the status of a case and how many events it has."""
    with scope.use(count.city()):
        case = Case.objects.get(reference=reference)
        events = CaseEvent.objects.filter(case=case).count()
    connections.close_all()
    return case.status, events


def folder_beside(stack: Stack, name: str) -> Path:
    """Return a new folder beside that of the installation."""
    made = stack.folder.parent / name
    made.mkdir(exist_ok=True)
    return made
