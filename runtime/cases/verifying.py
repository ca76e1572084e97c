"""What outside registers say about the answers of cases: noted at filing, asked for again later.

The mark is ours: it follows from what a register said to the server, never from what a page posted.
A register in trouble is asked again until `LONGEST` after the answer was given; then the mark stays.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal

from django.db import transaction

from runtime.cases.models import Case, Verification
from runtime.modules import selectors as modules
from runtime.regions import scope
from runtime.registers import services as registers
from runtime.registers.compare import same
from runtime.registers.contract import Answer
from schemas.definition import Field, Json, Module
from schemas.lookups import Lookup, lookup, lookups

logger = logging.getLogger(__name__)

Finding = Literal["taken", "different", "absent"]
State = Verification.State

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
USUAL_WAIT = timedelta(hours=6)
LONGEST = timedelta(days=7)
LEASE = timedelta(minutes=2)
AT_ONCE = 4  # a round of the clock waits for so many registers at most


def begin(case: Case, module: Module, findings: Mapping[str, Finding], *, now: datetime) -> None:
    """Note for each answer that a register can confirm what is known, inside the filing transaction."""
    served = [field for fields in lookups(module.filing_pages()).values() for field in fields]
    rows = [_row(case, field, findings.get(field.key), now) for field in served if field.key in case.answers]
    if rows:
        Verification.objects.bulk_create(rows)


def reopen(case: Case, module: Module, changed: Iterable[str], *, now: datetime) -> None:
    """Have answers compared anew that were changed, or were given about somebody who is another now."""
    touched = set(changed)
    if not touched:
        return
    for asked, fields in lookups(module.filing_pages()).items():
        about = touched & {key for _parameter, key in asked.by}
        for field in fields if about else [field for field in fields if field.key in touched]:
            Verification.objects.filter(case=case, field=field.key).delete()
            if field.key in case.answers:
                _row(case, field, None, now).save(force_insert=True)


def verify_due(now: datetime) -> int:
    """Ask registers about what waits in all regions, a few at a time; return how much was compared."""
    with scope.everywhere("answers of all regions wait for registers"):
        rows = Verification.objects.filter(state=State.PENDING, due_at__lte=now)
        rows = rows.select_related("case", "case__region", "case__version").order_by("due_at", "case_id")
        waiting = list(rows[:100])
    done, asked = 0, 0
    for _case, group in groupby(waiting, key=lambda row: row.case_id):
        rows_of_case = list(group)
        with scope.use(rows_of_case[0].case.region):
            for asked_by, part in _by_lookup(rows_of_case).items():
                if asked == AT_ONCE:
                    return done
                asked += 1
                done += _verify(part, asked_by, now)
    return done


def _by_lookup(rows: list[Verification]) -> dict[Lookup | None, list[Verification]]:
    module = modules.definition(rows[0].case.version)
    found: dict[Lookup | None, list[Verification]] = {}
    for row in rows:
        field = module.field(row.field)
        found.setdefault(lookup(field) if field else None, []).append(row)
    return found


def _verify(rows: list[Verification], asked: Lookup | None, now: datetime) -> int:
    """Ask once for all `rows` of one case and lookup, and note what came of it."""
    ids, case = [row.pk for row in rows], rows[0].case
    mine = Verification.objects.filter(pk__in=ids, state=State.PENDING, due_at__lte=now)
    if not mine.update(due_at=now + LEASE):
        return 0  # another process has taken them
    facts = asked.facts(case.answers) if asked else None
    if asked is None or facts is None:
        Verification.objects.filter(pk__in=ids).update(state=State.ABSENT, due_at=None, checked_at=now)
        return 0
    answer = registers.ask(region=case.region, key=asked.register, by=facts, now=now)
    with transaction.atomic():
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        if asked.facts(fresh.answers) != facts:
            return 0  # corrected while the register was asked; `reopen` has made new rows
        module = modules.definition(case.version)
        return sum(_note(row, module, fresh.answers, answer, now) for row in _locked(ids))


def _locked(ids: list[int]) -> list[Verification]:
    return list(Verification.objects.select_for_update().filter(pk__in=ids, state=State.PENDING))


def _note(
    row: Verification, module: Module, answers: Mapping[str, Json], answer: Answer, now: datetime
) -> int:
    row.attempts += 1
    if answer.state == "down":
        wait = WAITS[row.attempts - 1] if row.attempts <= len(WAITS) else USUAL_WAIT
        row.due_at = now + wait if now + wait < row.since + LONGEST else None
        row.save(update_fields=["attempts", "due_at"])
        return 0
    field = module.field(row.field)
    assert field is not None, "rows are made for questions of the module"
    value = answer.values.get((field.prefill or {})["value"])
    row.state = _judged(answers.get(row.field), value)
    row.due_at, row.checked_at = None, now
    row.save(update_fields=["attempts", "due_at", "checked_at", "state"])
    return 1


def _judged(answer: Json, value: Json) -> str:
    if value is None:
        return State.ABSENT
    return State.SAME if same(answer, value) else State.DIFFERENT


def _row(case: Case, field: Field, finding: Finding | None, now: datetime) -> Verification:
    asked = lookup(field)
    assert asked is not None, "only questions with a register are compared"
    return Verification(
        region=case.region,
        case=case,
        field=field.key,
        register=asked.register,
        state=finding or State.PENDING,
        since=now,
        checked_at=now if finding else None,
        due_at=None if finding else now + WAITS[0],
    )
