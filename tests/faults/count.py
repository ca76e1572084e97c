"""Set the scene in the installation's own database, and count there what became of it."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field

from django.db import connections
from django.db.models import Count
from django.utils import timezone

from runtime.cases import chain, services
from runtime.cases.models import Case
from runtime.effects.models import EffectRun
from runtime.modules import selectors as modules
from runtime.modules import services as publishing
from runtime.regions import scope
from runtime.regions.models import Region
from tests.runtime import permit
from tests.stack import Stack


@dataclass
class Result:
    """The figures of a run."""

    stored: int = 0
    lost: int = 0
    doubled_cases: int = 0
    effects: int = 0
    effects_run: int = 0
    effects_parked: int = 0
    mails: int = 0
    mails_missing: int = 0
    mails_doubled: int = 0
    broken_histories: int = 0
    odd: list[str] = field(default_factory=list)


def install() -> None:
    """Offer the test service in the city."""
    region = Region.objects.get(key="tangerang")
    with scope.use(region):
        publishing.install(region=region, document=permit.as_text(), number=1, now=timezone.now())


def fill(count: int) -> dict[str, str]:
    """File `count` applications in this process, so that their mails wait; return names and references."""
    region = Region.objects.get(key="tangerang")
    filed = {}
    with scope.use(region):
        installation = modules.installation(region, "izin")
        assert installation is not None
        for _ in range(count):
            key = uuid.uuid4().hex
            name = f"Uji {key}"
            receipt = services.submit_case(
                region=region,
                version=installation.version,
                answers=permit.answers(name=name, email=f"{key}@contoh.id"),
                language="id",
                submit_key=key,
                draft_token="",
                now=timezone.now(),
            )
            filed[name] = receipt.reference
    connections.close_all()
    return filed


def effects_run() -> int:
    """Return how many effects are done."""
    with scope.everywhere("a fault run counts"):
        done: int = EffectRun.objects.filter(state="done").count()
    connections.close_all()
    return done


def effects_open() -> int:
    """Return how many effects still wait or are under way."""
    with scope.everywhere("a fault run counts"):
        waiting: int = EffectRun.objects.filter(state__in=("new", "leased")).count()
    connections.close_all()
    return waiting


def count(stack: Stack, acknowledged: dict[str, str]) -> Result:
    """Compare what citizens were told with what the database, the outbox and the mailbox hold."""
    result = Result()
    with scope.everywhere("a fault run counts"):
        cases = Case.objects.filter(version__key="izin")
        stored = dict(cases.values_list("applicant_name", "reference"))
        result.stored = cases.count()
        result.lost = sum(stored.get(name) != reference for name, reference in acknowledged.items())
        names = cases.values("applicant_name").annotate(times=Count("pk"))
        result.doubled_cases = sum(row["times"] - 1 for row in names)
        result.broken_histories = sum(bool(chain.verify(case)) for case in cases)
        runs = EffectRun.objects.filter(case_id__in=cases.values("pk"))
        states = Counter(runs.values_list("state", flat=True))
    result.effects = sum(states.values())
    result.effects_run = states["done"]
    result.effects_parked = states["failed"]
    sent = Counter(
        str(mail["Message-ID"]) for mail in stack.mails() if str(mail["Subject"]).startswith("received")
    )
    result.mails = len(sent)
    result.mails_missing = result.effects - len(sent)
    result.mails_doubled = sum(times - 1 for times in sent.values())
    connections.close_all()
    return result
