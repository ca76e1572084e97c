"""Write a comment to a case, with the document that comes along: the one door for desk and status page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from runtime.cases import services
from runtime.cases.models import Case
from runtime.cases.outcomes import Performed
from runtime.forms.uploads import Accepted
from runtime.regions.models import User


def comment(
    case: Case,
    verb: str,
    text: str,
    *,
    key: str,
    now: datetime,
    officer: User | None = None,
    applicant: User | bool = False,
    file: Accepted | None = None,
    mentioned: Sequence[int] = (),
) -> Performed:
    """Write `text` to the case as `verb` says (`workflow.commenting`); raises as `services.perform` does.

    `mentioned` are the colleagues who are told of it, see `mentioning.colleagues`.

    Whoever says `applicant` has made sure that it is the applicant who writes.
    """
    token = f"comment-{key}"
    kept = services.keep_paper(region=case.region, draft_token=token, file=file, now=now) if file else None
    attached = (str(kept.pk),) if kept else ()
    done = services.perform(
        region=case.region,
        case_reference=case.reference,
        action=verb,
        comment=text,
        attached=attached,
        mentioned=mentioned,
        draft_token=token,
        key=f"comment:{key}",
        now=now,
        actor_user=officer,
        applicant=applicant,
    )
    if file and done.repeated:
        services.discard_uploads(region=case.region, draft_token=token)
    return done
