"""Leaves a trace of every look at personal data: who saw what of which case."""

from __future__ import annotations

import logging

from runtime.cases.selectors import Case
from runtime.inbox.access import Officer

log = logging.getLogger("rakit.views")


def viewed(officer: Officer, case: Case, what: str) -> None:
    """Note that the officer saw `what` ("case", "masked answers", "file …") of the case."""
    log.info(
        "viewed region=%s case=%s officer=%s what=%s",
        officer.region.key,
        case.reference,
        officer.user.pk,
        what,
    )
