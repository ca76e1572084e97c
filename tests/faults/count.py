"""Set the scene in the installation's own database, and count there what became of it."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connections
from django.db.models import Count
from django.utils import timezone

from runtime.cases import chain, services
from runtime.cases.models import Case, CaseEvent
from runtime.effects import identity
from runtime.effects.models import EffectRun
from runtime.modules import selectors as modules
from runtime.modules import services as publishing
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests.runtime import permit
from tests.stack import Stack

OPEN = ("new", "leased")
WHY = "a fault run counts"


@dataclass
class Result:
    """What the database, the outbox and the mailbox hold of some applications."""

    stored: int = 0
    lost: int = 0
    doubled_cases: int = 0
    acts_lost: int = 0
    acts_doubled: int = 0
    effects: int = 0
    effects_run: int = 0
    effects_parked: int = 0
    mails: int = 0
    mails_missing: int = 0
    mails_doubled: int = 0
    broken_histories: int = 0


def city() -> Region:
    """Return the region all of this happens in."""
    found: Region = Region.objects.get(key="tangerang")
    return found


def install(number: int = 1, **changes: object) -> None:
    """Offer the test service in the city."""
    with scope.use(city()):
        document = permit.as_text(**changes)
        publishing.install(region=city(), document=document, number=number, now=timezone.now())


def fill(count: int, among: str = "Uji", *, now: datetime | None = None) -> dict[str, str]:
    """File `count` applications in this process, so that their mails wait; return names and references."""
    filed = {}
    with scope.use(city()):
        for _ in range(count):
            name = f"{among} {uuid.uuid4().hex[:12]}"
            filed[name] = file(name, now=now)
    connections.close_all()
    return filed


def file(
    name: str, *, now: datetime | None = None, key: str = "", email: str = "", service: str = "izin"
) -> str:
    """File one application in the scope of the city; return its reference."""
    installation = modules.installation(city(), service)
    assert installation is not None
    receipt = services.submit_case(
        region=city(),
        version=installation.version,
        answers=permit.answers(name=name, email=email or f"{uuid.uuid4().hex}@contoh.id"),
        language="id",
        submit_key=key or uuid.uuid4().hex,
        draft_token="",
        now=now or timezone.now(),
    )
    return str(receipt.reference)


def signed(name: str, clerk: User, head: User, *, service: str) -> str:
    """File an application in the scope of the city and have it signed; return its reference."""
    reference = file(name, service=service)
    forward(clerk, [reference])
    services.perform(
        region=city(),
        case_reference=reference,
        action="sign",
        key=f"sign-{reference}",
        actor_user=head,
        now=timezone.now(),
    )
    return reference


def forward(clerk: User, references: Iterable[str], *, now: datetime | None = None) -> None:
    """Hand cases on, so that they wait for a signature."""
    with scope.use(city()):
        for reference in references:
            services.perform(
                region=city(),
                case_reference=reference,
                action="forward",
                key=f"forward-{reference}",
                actor_user=clerk,
                answers={"complete": True},
                now=now or timezone.now(),
            )
    connections.close_all()


def effects_run() -> int:
    """Return how many effects are done."""
    return _effects(("done",))


def effects_open() -> int:
    """Return how many effects still wait or are under way."""
    return _effects(OPEN)


def _effects(states: Sequence[str]) -> int:
    with scope.everywhere(WHY):
        found: int = EffectRun.objects.filter(state__in=states).count()
    connections.close_all()
    return found


def count(
    stack: Stack, acknowledged: dict[str, str], *, among: str = "", signed: Iterable[str] = ()
) -> Result:
    """Compare what people were told with what is there.

    `acknowledged` names applicants and their references, `among` is how the names of all applicants begin
    that are looked at, `signed` are the references of the cases somebody was told to have signed.
    """
    result = Result()
    with scope.everywhere(WHY):
        cases = Case.objects.filter(version__key="izin", applicant_name__startswith=among)
        stored = dict(cases.values_list("applicant_name", "reference"))
        result.stored = cases.count()
        result.lost = sum(stored.get(name) != reference for name, reference in acknowledged.items())
        names = cases.values("applicant_name").annotate(times=Count("pk"))
        result.doubled_cases = sum(row["times"] - 1 for row in names)
        result.broken_histories = sum(bool(chain.verify(case)) for case in cases)
        acts = Counter(
            CaseEvent.objects.filter(case__in=cases, action="sign").values_list("case__reference", flat=True)
        )
        rows = list(EffectRun.objects.filter(case_id__in=list(cases.values_list("pk", flat=True))))
    connections.close_all()
    result.acts_lost = sum(not acts[reference] for reference in signed)
    result.acts_doubled = sum(times - 1 for times in acts.values())
    _count_effects(stack, result, rows)
    return result


def _count_effects(stack: Stack, result: Result, rows: list[EffectRun]) -> None:
    states = Counter(row.state for row in rows)
    result.effects = len(rows)
    result.effects_run = states["done"]
    result.effects_parked = states["failed"]
    wanted = {identity.of(row) for row in rows if row.state not in ("failed", "dropped")}
    sent = sent_by_name(stack)
    result.mails = sum(name in sent for name in wanted)
    result.mails_missing = len(wanted) - result.mails
    result.mails_doubled = sum(max(sent[identity.of(row)] - 1, 0) for row in rows)


def sent_by_name(stack: Stack) -> Counter[str]:
    """Return how often each mail went out, by the name it bears in its Message-ID."""
    return Counter(str(mail["Message-ID"]).strip("<>").partition("@")[0] for mail in stack.mails())


def numbers() -> list[int]:
    """Return every number of the city's register that a signature was given, as often as it was."""
    with scope.everywhere(WHY):
        found = CaseEvent.objects.filter(region=city(), action="sign", case__version__key="izin")
        texts = [str(event.data.get("number", "")) for event in found]
    connections.close_all()
    return sorted(int(re.split("/", text)[1]) for text in texts)


def apart(given: Sequence[int]) -> tuple[int, int]:
    """Return how many numbers were given twice, and how many between the first and the last never."""
    once = set(given)
    return len(given) - len(once), (max(once) - min(once) + 1 - len(once)) if once else 0
