"""The only writer of the log of views, and of what applicants may read of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runtime.cases.readers import Reader
from runtime.cases.selectors import Case
from runtime.regions.models import Region, User
from runtime.viewlog.models import Did, Openness, Purpose, Viewing

__all__ = ["Did", "name_officers", "note"]


def note(
    case: Case,
    *,
    user: User,
    reader: Reader,
    did: Did,
    now: datetime,
    file: UUID | None = None,
    moving: bool = False,
    filing: bool = False,
) -> None:
    """Write down that `user` is about to be shown personal data of the case.

    Call it before anything is sent: what cannot be written down is not shown. `moving` says that it is for
    the plan of a move between versions, `filing` that the officer has just filed it at the counter.
    """
    standin = reader.capacity.standin
    looked_up = Purpose.MOVE if moving else Purpose.FILING if filing else Purpose.SEARCH
    task = "" if moving or filing else reader.task
    Viewing.objects.create(
        region_id=case.region_id,
        case=case,
        at=now,
        user=user,
        name=user.get_full_name()[:200],
        role=reader.capacity.post[0],
        title=reader.capacity.title,
        office_id=reader.capacity.post[1],
        as_kind=standin.kind if standin else "",
        did=did,
        purpose=Purpose.TASK if task else looked_up,
        task=task,
        file=file,
    )


def name_officers(*, region: Region, names: bool) -> None:
    """Have applicants of `region` read the names of those who saw their data, or their posts only."""
    Openness.objects.update_or_create(region=region, defaults={"names": names})
