"""Many people decide one case at the same moment: one approval, or the last vote of a committee.

Of those who try, exactly one wins; nobody's accepted vote is lost; what follows happens once. The same race
with the guard switched off must show doubles, or it would prove nothing (`unguarded`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Protocol
from unittest.mock import patch

from django.db import DatabaseError, transaction
from django.utils import timezone

from runtime.cases import chain, performing, services, writing
from runtime.cases.models import Case, CaseEvent, Task
from runtime.cases.outcomes import Conflict, Refused
from runtime.effects import identity
from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.runtime import board, committee, permit

Together = Callable[[int, Callable[[int], Any]], list[Any]]
_NUMBER = re.compile(r"(?:470/)?(\d+)/")


class Gate(Protocol):
    """Where all wait until the last one has come."""

    def wait(self, timeout: float | None = None) -> int: ...


@dataclass(frozen=True, slots=True)
class Race:
    """Cases that wait for one more decision, and how worker `n` tries to make it."""

    region: Region
    references: tuple[str, ...]
    attempt: Callable[[int, str], Any]
    deciding: tuple[str, ...]  # the actions that end the race


@dataclass(slots=True)
class Outcome:
    """What became of a race. `told` are the decisions that somebody was told had counted."""

    cases: int = 0
    attempts: int = 0
    told: int = 0
    refused: int = 0
    busy: int = 0
    undecided: int = 0
    decided_twice: int = 0
    lost_votes: int = 0
    effects_doubled: int = 0
    numbers_doubled: int = 0
    numbers_left_out: int = 0
    mails_missing: int = 0
    mails_doubled: int = 0
    broken: int = 0
    odd: list[str] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """Return how much is not there that should be."""
        return self.undecided + self.lost_votes + self.mails_missing

    @property
    def doubled(self) -> int:
        """Return how much is there more than once."""
        return self.decided_twice + self.effects_doubled + self.numbers_doubled + self.mails_doubled


def approvals(region: Region, heads: Sequence[User], clerk: User, count: int) -> Race:
    """Return `count` cases of the permit that wait for the signature of any of `heads`."""
    version, now = factories.installed(region, permit.as_text()).version, timezone.now()
    references = []
    for n in range(count):
        key = f"race-{n}-{now.timestamp()}"
        given = permit.answers(name=f"Lomba {n}", email=f"lomba{n}@contoh.id")
        filed = services.submit_case(
            region=region,
            version=version,
            answers=given,
            language="id",
            submit_key=key,
            draft_token="",
            now=now,
        )
        act = {"action": "forward", "key": key, "answers": {"complete": True}}
        services.perform(
            region=region, case_reference=filed.reference, actor_user=clerk, now=now, **act
        )  # fmt: skip
        references.append(filed.reference)

    def sign(n: int, reference: str) -> None:
        services.perform(
            region=region,
            case_reference=reference,
            action="sign",
            key=f"sign-{n}",
            actor_user=heads[n],
            now=timezone.now(),
        )

    return Race(region, tuple(references), sign, ("sign",))


def votes(sitting: board.Committee, count: int) -> Race:
    """Return `count` cases whose committee of three has one vote against, so that one more refuses them.

    Refusing ends a case, so no task follows: that one is never opened twice is a guard of the database, and
    no race must lean on it.
    """
    sitting.now = timezone.now()
    references = [sitting.sitting(nama=f"Suara {n}", email=f"suara{n}@contoh.id") for n in range(count)]
    against = {"outcome": "tolak", "comment": "Tidak"}
    for reference in references:
        sitting.do(reference, "suara", sitting.members[-1], **against)

    def vote(n: int, reference: str) -> None:
        cast = {"outcome": "abstain"} if n % 4 == 3 else against
        sitting.do(reference, "suara", sitting.members[n], key=f"vote-{n}", now=timezone.now(), **cast)

    return Race(sitting.region, tuple(references), vote, ("siap", "gugur"))


def ballot() -> str:
    """Return the service of the committee, whose refusal takes a number and is told by mail."""
    document = json.loads(committee.as_text())
    for action in document["workflow"]["actions"]:
        if action["key"] == "gugur":
            action["changes"] = [{"number": "keluar"}]
    return json.dumps(document)


def run(race: Race, *, workers: int, together: Together, gate: Gate) -> Outcome:
    """Let all workers decide each case at once, deliver what follows, and count."""

    def compete(n: int) -> tuple[list[str], int, list[str]]:
        told, refused, busy = [], 0, []
        with scope.use(race.region):
            for reference in race.references:
                gate.wait(60)
                try:
                    race.attempt(n, reference)
                    told.append(reference)
                except (Refused, Conflict):
                    refused += 1
                except DatabaseError as error:
                    busy.append(f"{type(error).__name__}: {error}"[:100])
        return told, refused, busy

    found = together(workers, compete)
    together(workers, lambda _: effects.run_due(now=timezone.now(), limit=10_000))
    outcome = judge(race, [reference for told, _, _ in found for reference in told])
    outcome.attempts = workers * len(race.references)
    outcome.refused = sum(refused for _, refused, _ in found)
    outcome.odd = sorted({words for _, _, busy in found for words in busy})
    outcome.busy = sum(len(busy) for _, _, busy in found)
    return outcome


def judge(race: Race, told: Sequence[str]) -> Outcome:
    """Compare what the workers were told with what is stored; mails are for `count_mails`."""
    outcome = Outcome(cases=len(race.references), told=len(told))
    with scope.use(race.region):
        for reference, times in Counter({**dict.fromkeys(race.references, 0), **Counter(told)}).items():
            case = Case.objects.get(reference=reference)
            events = CaseEvent.objects.filter(case=case)
            ends = list(events.filter(action__in=race.deciding))
            outcome.undecided += not ends
            outcome.decided_twice += max(len(ends) - 1, 0)
            outcome.lost_votes += max(times - _accepted(case, race), 0)
            follows = EffectRun.objects.filter(case_id=case.pk, event_n__in=[end.n for end in ends])
            outcome.effects_doubled += max(follows.count() - 1, 0)
            outcome.broken += bool(chain.verify(case))
        numbers = _numbers(race)
    outcome.numbers_doubled = len(numbers) - len(set(numbers))
    outcome.numbers_left_out = max(numbers, default=0) - min(numbers, default=1) + 1 - len(set(numbers))
    return outcome


def count_mails(race: Race, outcome: Outcome, sent: Counter[str]) -> None:
    """Count in `outcome` the mails about a decision; `sent` is how often each Message-ID went out."""
    with scope.use(race.region):
        ends = CaseEvent.objects.filter(case__reference__in=race.references, action__in=race.deciding)
        decided = set(ends.values_list("case_id", "n"))
        rows = EffectRun.objects.filter(case_id__in={case for case, _ in decided})
        names = [identity.of(row) for row in rows if (row.case_id, row.event_n) in decided]
    outcome.mails_missing = sum(not sent[name] for name in names)
    outcome.mails_doubled = sum(max(sent[name] - 1, 0) for name in names)


@contextmanager
def unguarded(gate: Gate) -> Iterator[None]:
    """Switch off what lets one of several win, and let all read before the first of them writes.

    What was read is decided upon outside of the transaction and without a lock, and what was decided is
    written whatever the case has become since: as a program does that never heard of the question.
    """
    guarded = writing.write

    def write(case: Case, act: writing.Act, snapshot: Any, *, previous: str) -> CaseEvent:
        if act.actor.kind == "person":
            gate.wait(60)
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=case.pk)
            last = CaseEvent.objects.filter(case=case).latest("n")
            case.revision = last.n
            return guarded(case, act, snapshot, previous=last.hash)

    without = SimpleNamespace(atomic=nullcontext)
    with patch.object(performing, "transaction", without), patch.object(writing, "write", write):
        yield


def _accepted(case: Case, race: Race) -> int:
    """Return how many decisions of persons the case keeps: votes that count, or the signature."""
    if race.deciding == ("sign",):
        return CaseEvent.objects.filter(case=case, action="sign").count()
    voted = Task.objects.filter(case=case, key="suara").exclude(outcome="").count()
    return voted - 1  # the first was given before the race


def _numbers(race: Race) -> list[int]:
    """Return the numbers that events of the race say were given, each as often as it was."""
    ends = CaseEvent.objects.filter(case__reference__in=race.references, action__in=race.deciding)
    texts = [str(event.data.get("number", "")) for event in ends]
    return [int(found[1]) for text in texts if (found := _NUMBER.match(text))]
