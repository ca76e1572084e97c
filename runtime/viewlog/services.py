"""The only writer of the log of views, and of what applicants may read of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from runtime.cases.readers import Reader
from runtime.cases.selectors import Case
from runtime.regions.capacity import Capacity
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
    within: timedelta | None = None,
) -> None:
    """Write down that `user` is about to be shown personal data of the case.

    Call it before anything is sent: what cannot be written down is not shown. `moving` says that it is for
    the plan of a move between versions, `filing` that the officer has just filed it at the counter.
    With `within`, the same look by the same person is one row for so long: a document is shown page by page.
    """
    if within is not None:
        same = Viewing.objects.filter(region=case.region_id, case=case, user=user, did=did, file=file)
        if same.filter(at__gt=now - within, at__lte=now).exists():
            return
    looked_up = Purpose.MOVE if moving else Purpose.FILING if filing else Purpose.SEARCH
    task = "" if moving or filing else reader.task
    Viewing.objects.create(
        region_id=case.region_id,
        case=case,
        at=now,
        user=user,
        did=did,
        purpose=Purpose.TASK if task else looked_up,
        task=task,
        file=file,
        **_as_whom(user, reader.capacity),
    )


def note_export(
    cases: Iterable[int],
    opened_as: Mapping[int, Capacity],
    *,
    region: Region,
    user: User,
    whole: bool,
    now: datetime,
) -> None:
    """Write down that the answers of each of the `cases` go into a file for `user`: each is a look at it.

    With `whole` numbers are in it that are hidden otherwise. Inside the transaction that notes the part.
    """
    dids = (Did.EXPORTED, Did.REVEALED) if whole else (Did.EXPORTED,)
    Viewing.objects.bulk_create(
        [
            Viewing(
                region=region,
                case_id=case,
                at=now,
                user=user,
                did=did,
                purpose=Purpose.EXPORT,
                **_as_whom(user, opened_as[case]),
            )
            for case in cases
            for did in dids
        ],
        batch_size=500,
    )


def _as_whom(user: User, capacity: Capacity) -> dict[str, Any]:
    return {
        "name": user.get_full_name()[:200],
        "role": capacity.post[0],
        "title": capacity.title,
        "office_id": capacity.post[1],
        "as_kind": capacity.standin.kind if capacity.standin else "",
    }


def name_officers(*, region: Region, names: bool) -> None:
    """Have applicants of `region` read the names of those who saw their data, or their posts only."""
    Openness.objects.update_or_create(region=region, defaults={"names": names})
