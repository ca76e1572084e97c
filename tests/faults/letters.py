"""Letters: whoever issues them is killed at every step, and in the middle of many."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connections
from django.utils import timezone

from runtime.cases.models import Case, RegisterEntry
from runtime.effects import identity
from runtime.effects.models import EffectRun
from runtime.effects.runner import Runner
from runtime.letters import issuing, storing
from runtime.letters.models import IssuedLetter
from runtime.modules import services as publishing
from runtime.regions import scope
from runtime.regions.models import User
from tests.faults import count, forked, manyletters
from tests.faults.table import Row
from tests.faults.world import World, until
from tests.runtime import lettered

SERVICE = "izin-surat"
KILLS, AT_ONCE = 50, 2
PATIENCE = 900  # seconds for what the killed ones have left


def issued(world: World) -> Iterator[Row]:
    """Kill -9 at each step of issuing a letter, and a runner that issues many; gap: until all are issued."""
    clerk, head = world.person("clerk"), world.person("head")
    with world.without_site(), scope.use(count.city()):
        text = lettered.as_text(key=SERVICE)
        publishing.install(region=count.city(), document=text, number=1, now=timezone.now())
        yield _at_each_step(world, clerk, head)
        yield _in_the_middle(world, clerk, head)
        yield manyletters.issued_anew(world)


def _at_each_step(world: World, clerk: User, head: User) -> Row:
    kills, wanted = 0, _wanted("Surat langkah 1", clerk, head)
    while forked.killed_at(kills + 1, _issuing(wanted)):
        _issuing(wanted)()
        kills += 1
        wanted = _wanted(f"Surat langkah {kills + 1}", clerk, head)
    _run_until_done()
    did = "kill -9 before and after each message to the database of issuing a letter; then again"
    return _judged(world, did, "Surat langkah", told=kills + 1, kills=kills)


def _in_the_middle(world: World, clerk: User, head: User) -> Row:
    told = 0
    for _ in range(KILLS):
        for _ in range(AT_ONCE):
            told += 1
            _wanted(f"Surat deras {told}", clerk, head)
        before = _states()
        runner = forked.Forked(lambda: Runner().work())
        until(lambda: _states() != before, 30)  # noqa: B023 - called at once
        time.sleep(world.dice.uniform(0.0, 0.8))
        runner.kill()
    gap = _run_until_done()
    did = f"kill -9 the effect runner in the middle of letters, {KILLS} times"
    return _judged(world, did, "Surat deras", told=told, kills=KILLS, gap=gap)


def _wanted(name: str, clerk: User, head: User) -> EffectRun:
    """File an application and have it signed; return the effect that wants its letter."""
    with scope.use(count.city()):
        reference = count.signed(name, clerk, head, service=SERVICE)
        return EffectRun.objects.get(type="letter", case_id=Case.objects.get(reference=reference).pk)


def _issuing(row: EffectRun) -> Callable[[], None]:
    def work() -> None:
        with scope.use(count.city()):
            issuing.issue(row, now=timezone.now())

    return work


def _states() -> Counter[str]:
    with scope.use(count.city()):
        found = Counter(IssuedLetter.objects.values_list("state", flat=True))
    connections.close_all()
    return found


def _run_until_done() -> float:
    """Let a runner do what is left; return how long that took, in seconds."""
    began = time.monotonic()
    runner = forked.Forked(lambda: Runner().work())
    until(lambda: count.effects_open() == 0, PATIENCE)
    took = time.monotonic() - began
    runner.kill()
    return took


@dataclass
class _Found:
    """What became of the letters of some cases."""

    lost: int = 0
    doubled: int = 0
    untold: int = 0
    numbers_twice: int = 0
    numbers_never: int = 0
    mails_twice: int = 0


def _judged(
    world: World,
    did: str,
    among: str,
    *,
    told: int,
    kills: int,
    gap: float | None = None,
) -> Row:
    found = _found(world, among)
    wrong = {
        "{} numbers of the register left out": found.numbers_never,
        "{} applicants not told": found.untold,
        "{} effects still open": count.effects_open(),
        "{} mails sent twice, more than processes died": max(found.mails_twice - kills, 0),
    }
    return Row(
        "letters",
        did,
        told=told,
        lost=found.lost + max(told - _cases(among), 0),
        doubled=found.doubled + found.numbers_twice,
        wrong=tuple(words.format(number) for words, number in wrong.items() if number),
        notes=(f"{found.mails_twice} mails twice, same Message-ID",) if found.mails_twice else (),
        kills=kills,
        gap=gap,
        database=world.database,
    )


def _cases(among: str) -> int:
    with scope.use(count.city()):
        return Case.objects.filter(applicant_name__startswith=among).count()


def _found(world: World, among: str) -> _Found:
    """Compare letters, files, register and mailbox with the cases that want a letter each."""
    found, sent = _Found(), count.sent_by_name(world.stack)
    with scope.use(count.city()):
        for case in Case.objects.filter(applicant_name__startswith=among):
            letters = list(IssuedLetter.objects.filter(case=case))
            found.lost += not any(_whole(letter) for letter in letters)
            found.doubled += max(len(letters) - 1, 0)
            told = EffectRun.objects.filter(case_id=case.pk, payload__message=issuing.TOLD)
            found.untold += sum(not sent[identity.of(row)] for row in told) or not told
            found.mails_twice += sum(max(sent[identity.of(row)] - 1, 0) for row in told)
        given: dict[int, list[int]] = defaultdict(list)
        entries = RegisterEntry.objects.filter(case__version__key=SERVICE)
        for counter, n in entries.values_list("counter", "n"):
            given[counter].append(n)
        entered = Counter(entries.values_list("number", flat=True))
        numbered = IssuedLetter.objects.filter(case__version__key=SERVICE)
        entered.subtract(numbered.values_list("number", flat=True))
    for numbers in given.values():
        twice, never = count.apart([0, *numbers])  # the first of a book is 1
        found.numbers_twice += twice
        found.numbers_never += never
    found.numbers_never += sum(times != 0 for times in entered.values())
    return found


def _whole(letter: IssuedLetter) -> bool:
    """Tell whether the letter was issued and its file is the one that was verified."""
    if letter.state != IssuedLetter.State.VERIFIED:
        return False
    try:
        return storing.get(letter.file, letter.sha256).startswith(b"%PDF-")
    except storing.Lost:
        return False
