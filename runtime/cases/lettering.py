"""What a history says of the letters of its case: that one is issued anew, or was withdrawn, by whom and why.

Letters stand above cases; they have such a line written in their own transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from runtime.cases import noting
from runtime.cases.models import Case, CaseEvent
from runtime.regions.models import User

REISSUED, WITHDRAWN = "letter:reissued", "letter:withdrawn"  # keys of a document have no colon
TITLES: Mapping[str, Any] = {
    REISSUED: gettext_lazy("Letter issued anew"),
    WITHDRAWN: gettext_lazy("Letter withdrawn"),
}


class LostRace(Exception):
    """Somebody acted on the case this very moment."""


def note(
    case: Case, action: str, *, key: str, reason: str, number: str, by: User, now: datetime
) -> CaseEvent:
    """Write the line into the history of `case`, inside the caller's transaction; raise `LostRace`."""
    same = Case.objects.filter(region=case.region, pk=case.pk, revision=case.revision)
    if not same.update(revision=case.revision + 1):
        raise LostRace
    last = CaseEvent.objects.filter(case=case).order_by("n").last()
    assert last is not None, "a case begins with an event"
    case.revision += 1
    data = {**noting.standing(last), "letter": number}
    return noting.note(case, last, action=action, key=key, data=data, now=now, by=by, words=reason)
