"""Why a task of a batch was left as it was, as a sentence; the engine's reasons are those of `cases`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from runtime.cases import reasons
from runtime.workflow.values import ActionRefused
from schemas.definition import Module

OWN: Mapping[str, Any] = {
    "no_such_task": _("There is no such task in this region. Nothing was done."),
    "other_service": _("This case is of another service, which has an action of its own. Nothing was done."),
    "one_by_one": _("In this case the step is done by itself, not together with others. Open the case."),
    "failed": _("Something went wrong inside. Nothing was changed; do this case by itself."),
}


def sentence(reason: str, data: Mapping[str, Any], module: Module | None = None) -> str:
    """Return the reason in the language of the reader."""
    if reason in OWN:
        return str(OWN[reason])
    refused = ActionRefused(reason, data)  # type: ignore[arg-type]  # the engine's, kept as a word
    return reasons.sentence(refused, module)
