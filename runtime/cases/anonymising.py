"""Remove what is personal from a case that is closed, and keep its history provable.

Events hold answers by digest only, so the chain stays as it is; the removal is an event of its own, with
the digest of what is left. The words of comments go as well, and what officers changed of the answers.
Notes that officers wrote with their steps stay in the history, which nobody can change.
Called by the outbox, and safe to call again: what was removed once is known by the event's key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from runtime.cases import attachments, chain, counter, edits, mentioning, noting, talking, wording
from runtime.cases.models import Case, CaseEvent, Correction, Move, Task, Verification
from runtime.effects import services as effects
from runtime.effects.contract import Needless
from runtime.effects.models import EffectRun
from runtime.modules import selectors as modules
from schemas import exporting
from schemas.definition import Field, Json

ANONYMISED = chain.FORGOTTEN
_beside: list[Callable[[Case], None]] = []


def beside(forget: Callable[[Case], None]) -> None:
    """Have `forget(case)` called as well, in the same transaction, by whoever stands above cases."""
    if forget not in _beside:
        _beside.append(forget)


def remover(row: EffectRun, now: datetime) -> None:
    """Anonymise the case of `row`; raise `Needless` when it is open again."""
    key = f"system:{ANONYMISED}:{row.event_n}"
    with transaction.atomic():
        case = Case.objects.select_for_update().select_related("region", "version").get(pk=row.case_id)
        if CaseEvent.objects.filter(case=case, key=key).exists():
            return
        if case.closed_at is None:
            raise Needless(f"the case was in {case.status}, which is no end")
        _remove(case, key, now)
        effects.forget(region=case.region, case_id=case.pk, keep=row.pk, now=now)


def kept(fields: Iterable[Field], answers: Mapping[str, Json]) -> dict[str, Json]:
    """Return the answers that say nothing about a person: no personal class, no files, also in rows."""
    known = {field.key: field for field in fields}
    left: dict[str, Json] = {}
    for key, value in answers.items():
        field = known.get(key)
        if field is None or exporting.is_personal(field):
            continue
        if field.fields and isinstance(value, list):
            left[key] = [kept(field.fields, row) for row in value if isinstance(row, Mapping)]
        else:
            left[key] = value
    return left


def _remove(case: Case, key: str, now: datetime) -> None:
    module = modules.definition(case.version)
    fields = [field for _page, field in module.fields()]
    before = {*case.answers, *case.officer_answers}
    case.answers, case.officer_answers = kept(fields, case.answers), kept(fields, case.officer_answers)
    case.applicant_name = case.contact_email = case.proof_hash = ""
    case.applicant = None
    case.revision += 1
    case.save()
    wording.renew(case)
    Correction.objects.filter(case=case).update(before={}, note="")
    Move.objects.filter(case=case).update(before={})
    for task in Task.objects.filter(case=case).exclude(answers={}):
        Task.objects.filter(case=case, pk=task.pk).update(answers=kept(fields, task.answers))
    Verification.objects.filter(case=case).delete()
    talking.forget(case)
    mentioning.forget(case)
    edits.forget(case)
    counter.forget(case)
    attachments.discard_of_case(case)
    for forget in _beside:
        forget(case)
    _record(case, key, sorted(before - {*case.answers, *case.officer_answers}), now)


def _record(case: Case, key: str, removed: list[str], now: datetime) -> None:
    last = CaseEvent.objects.filter(case=case).order_by("n").last()
    assert last is not None, "a case begins with an event"
    data: dict[str, Any] = {
        **noting.standing(last),
        "changed": removed,
        "corrections": [],
        "command": chain.digest([ANONYMISED, "", {}, []]),
    }
    noting.note(case, last, action=ANONYMISED, key=key, data=data, now=now)
