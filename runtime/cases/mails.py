"""What a message may say of a case, and which officers it goes to.

Tokens carry the reference, a link and public facts of the case; never an answer.
"""

from __future__ import annotations

from datetime import datetime

from runtime.cases import offices
from runtime.cases.models import Case, Task
from schemas.definition import Module


def tokens(case: Case, module: Module, note: str, language: str) -> dict[str, str]:
    """Return what a message may say of a case; the link is added when it is sent."""
    status = module.workflow.status(case.status)
    office = case.office or case.region
    return {
        "reference": case.reference,
        "service": module.title.say(language),
        "status": (status.public_title or status.title).say(language),
        "note": note,
        "number": case.number,
        "office": office.name,
    }


def person(case: Case) -> dict[str, int]:
    """Return who the applicant is, for their wishes; nothing of somebody without an account."""
    return {"person": case.applicant_id} if case.applicant_id else {}


def applicant(case: Case) -> dict[str, str | int]:
    """Return whom a mail to the applicant goes to."""
    return {"to": case.contact_email, **person(case)}


def holders(case: Case, role: str, tasks: list[Task], now: datetime) -> list[int]:
    """Return who attends to `role` where it was just asked, else nearest to the case's office.

    A substitute is told; an officer who is replaced by a Plh. is away and is not.
    """
    places = {task.office_id for task in tasks if task.role == role}
    if not places:
        nearest = offices.nearest(case, role, case.office or case.region, now)
        places = {nearest.pk} if nearest else set()
    return offices.attending(case, role, places, now)
