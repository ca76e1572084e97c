"""The names of steps in addresses, and how the parts of a journey look to a person on the way."""

from __future__ import annotations

from runtime.forms.journey import Journey, Step

REVIEW = "review"
TAKEN = frozenset({REVIEW, "saved", "receipt", "autosave"})


def name(step: Step) -> str:
    """Return the address part of a step: its page's key; a hyphen keeps clear of our own names."""
    return f"{step.page.key}-page" if step.page.key in TAKEN else step.page.key


def by_name(walked: Journey) -> dict[str, Step]:
    """Return the steps of a journey by their address part, in order."""
    return {name(step): step for step in walked.steps}


def first_open(walked: Journey) -> str:
    """Return where somebody has to go next: the first incomplete page, else the review."""
    step = walked.first_incomplete()
    return name(step) if step else REVIEW


def may_enter(walked: Journey, wanted: str) -> bool:
    """Say whether a step may be opened: everything before it must be complete."""
    for known, step in by_name(walked).items():
        if known == wanted:
            return True
        if not step.complete:
            return False
    return wanted == REVIEW
