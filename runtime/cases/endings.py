"""What a history says of the ends of the cases that this one opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.cases.models import Case, CaseEvent

ENDED = "case:ended"  # no action of a document: their keys have no colon
_LED = "system:case:"  # begins the key of an event that the end of another case led to
SUPERSEDED, NOT_FORESEEN = "not_awaited", "not_foreseen"

OUTCOMES: Mapping[str, Any] = {
    "granted": gettext_lazy("granted"),
    "refused": gettext_lazy("refused"),
    "withdrawn": gettext_lazy("withdrawn"),
    "expired": gettext_lazy("expired"),
}
_WHY: Mapping[str, Any] = {
    SUPERSEDED: gettext_lazy("This case has asked again since, and waits for the newer application."),
    NOT_FORESEEN: gettext_lazy("The service does not say what follows from it, so nothing was changed."),
    "final": gettext_lazy("This case had ended before, so nothing was changed."),
    "wrong_status": gettext_lazy("This case was no longer waiting for it, so nothing was changed."),
}


def notes(case: Case, events: Iterable[CaseEvent]) -> dict[int, str]:
    """Return what is said beside the events that the end of another case led to, by their number."""
    about = [event for event in events if event.action == ENDED or event.key.startswith(_LED)]
    if not about:
        return {}
    opened = Case.objects.filter(parent=case).values_list("public_id", "reference")
    known = {public_id.hex: reference for public_id, reference in opened}
    return {event.n: _note(event, known) for event in about}


def _note(event: CaseEvent, known: Mapping[str, str]) -> str:
    name, outcome = event.key.removeprefix(_LED).split(":")[:2]
    outcome = outcome.partition("~")[0]
    words = _("Application %(reference)s has ended: %(outcome)s.") % {
        "reference": known.get(name, "–"),
        "outcome": OUTCOMES[outcome],
    }
    return f"{words} {why(event.data['why'])}" if event.action == ENDED else words


def why(reason: str) -> str:
    """Say why nothing followed from the end of the other case."""
    return str(_WHY.get(reason) or _("What should follow was not possible here: look at the case."))
