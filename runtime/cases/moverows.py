"""The rows of a case that a move touches: kept before it, written, put back. Called inside a transaction
that holds the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from runtime.cases import statements, wording
from runtime.cases.models import Attachment, Case, CaseEvent, Correction, Task, Verification
from runtime.cases.writing import LostRace
from runtime.modules import selectors as modules
from runtime.regions import selectors as regions

PLAIN = ("status", "answers", "officer_answers", "applicant_name", "contact_email", "proof_hash")
MOMENTS = ("due_at", "deadline_at", "timer_at")
"""The columns of a case that a move may change, beside its version and its office."""


def events(case: Case) -> list[CaseEvent]:
    """Return the history of the case."""
    return list(CaseEvent.objects.filter(case=case).order_by("n"))


def change(case: Case, values: Mapping[str, Any]) -> None:
    """Write columns of the case if it is still as it was read; raise `LostRace` otherwise."""
    revision, changed = case.revision, [n for n, value in values.items() if getattr(case, n) != value]
    for name in changed:
        setattr(case, name, values[name])
    case.revision += 1
    (updated,) = statements.together(statements.changing(case, [*changed, "revision"], revision=revision))
    if not updated.touched:
        raise LostRace
    wording.renew(case)


def standing(case: Case) -> dict[str, Any]:
    """Return what each event says of the case, not of its doing."""
    return {
        "number": case.number,
        "version": case.version.digest,
        "due_at": said(case.due_at),
        "deadline_at": said(case.deadline_at) or "",
    }


def kept(case: Case, corrections: Iterable[str]) -> dict[str, Any]:
    """Return the case as it is, for putting it back."""
    return {
        "version": case.version_id,
        "office": case.office.key if case.office else "",
        "plain": {name: getattr(case, name) for name in PLAIN},
        "moments": {name: said(getattr(case, name)) for name in MOMENTS},
        "corrections": list(corrections),
    }


def put_back(case: Case, before: Mapping[str, Any]) -> None:
    """Write the case as it was; raise `LostRace`."""
    version = modules.version(case.region, before["version"])
    assert version is not None, "versions are never deleted"
    office = regions.office_by_key(case.region, before["office"]) if before["office"] else None
    moments = {name: moment(before["moments"][name]) for name in MOMENTS}
    change(case, {**before["plain"], **moments, "version": version, "office": office})
    if before["corrections"]:
        correct(case, before["corrections"])


def put_tasks_back(case: Case, rows: Mapping[str, Any]) -> tuple[list[Task], list[Task]]:
    """Open the tasks again that were closed, take those away that were opened; return both."""
    mine = Task.objects.filter(case=case)
    opened = list(mine.filter(pk__in=rows["closed"]).order_by("pk"))
    closed = list(mine.filter(pk__in=rows["opened"]).order_by("pk"))
    mine.filter(pk__in=rows["opened"]).delete()
    mine.filter(pk__in=rows["closed"]).update(closed_at=None, closed_by=None)
    for pk, status, due in rows["kept"]:
        mine.filter(pk=pk).update(status=status, due_at=moment(due))
    return opened, closed


def correct(case: Case, fields: Iterable[str]) -> None:
    """Let the open correction ask for other questions."""
    open_ = Correction.objects.filter(case=case, answered_at__isnull=True, withdrawn_at__isnull=True)
    open_.update(fields=list(fields))


def follow(case: Case, questions: Mapping[str, str]) -> None:
    """Put files and marks of registers under the new keys of their questions."""
    for key, to in questions.items():
        Attachment.objects.filter(case=case, field=key).update(field=to)
        Verification.objects.filter(case=case, field=key).update(field=to)


def said(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
