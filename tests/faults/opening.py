"""F17: everybody applies in the minute the service opens."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.db import connections
from django.utils import timezone

from runtime.modules import selectors as modules
from runtime.regions import scope
from runtime.wizard import drafts
from runtime.wizard.models import Draft
from tests.faults import count
from tests.faults.citizen import Browser
from tests.faults.table import Row
from tests.faults.world import World
from tests.runtime import permit

IN_FLIGHT = 100


@dataclass
class Rush:
    """What came of everybody's one press of the button."""

    told: dict[str, str] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def opening(here: World) -> Iterator[Row]:
    """F17: as many as were asked for send at once, a hundred of them at any moment."""
    waiting = _drafts(here.applicants)
    rush = Rush()
    began = time.monotonic()
    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        list(pool.map(lambda one: _send(here, rush, *one), waiting.items()))
    took = time.monotonic() - began
    times = sorted(rush.times) or [0.0]
    yield here.judged(
        "F17",
        f"{here.applicants} applicants send at once, {IN_FLIGHT} at any moment",
        told=rush.told,
        among="F17",
        wrong=[f"{times} answers were {words}" for words, times in rush.odd.items()],
        notes=[
            f"{here.applicants / took:.0f} a second: check page, submit, receipt; the submit: median "
            f"{times[len(times) // 2]:.2f} s, 99 of 100 within {times[int(len(times) * 0.99) - 1]:.2f} s"
        ],
    )


def _drafts(amount: int) -> dict[str, str]:
    """Fill in applications up to their check; return names and addresses."""
    found, now = {}, timezone.now()
    with scope.use(count.city()):
        installation = modules.installation(count.city(), "izin")
        assert installation is not None
        for n in range(amount):
            name = f"F17 {n}"
            draft = drafts.start(
                region=count.city(), version=installation.version, language="id", owner=None, now=now
            )
            answers = permit.answers(name=name, email=f"pelamar{n}@contoh.id")
            Draft.objects.filter(pk=draft.pk).update(answers=answers, step="review")
            found[name] = f"/apply/{draft.token}/review/"
    connections.close_all()
    return found


def _send(here: World, rush: Rush, name: str, address: str) -> None:
    browser = Browser(here.stack.port)
    try:
        page = browser.get(address)
        answer = browser.post(page, page.path, follow=False, agree="on")
        receipt = browser.get(answer.headers.get("Location", address))
    except (OSError, http.client.HTTPException) as error:
        with rush.lock:
            rush.odd[type(error).__name__] += 1
        return
    with rush.lock:
        rush.times.append(answer.seconds)
        if receipt.reference:
            rush.told[name] = receipt.reference
        else:
            rush.odd[f"{answer.status} and {receipt.status} {receipt.step}"] += 1
