"""A test run in sentences: whose turn it is, what comes by the clock, what was never tried."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runtime.tryout.coverage import Tally
from runtime.tryout.desks import Desk, Ending
from runtime.tryout.trial import Trial

MOST_NAMED = 8


def turn(trial: Trial, shown: tuple[Desk, ...]) -> str:
    """Say whose turn it is."""
    if trial.status.kind == "final":
        return _("The case has ended.")
    waiting = [desk.title for desk in shown if desk.tasks]
    if waiting:
        return _("It is the turn of: {who}.").replace("{who}", ", ".join(waiting))
    if trial.status.kind == "applicant":
        return _("It is the applicant's turn.")
    return _("Nobody has a task now; it is the turn of the clock or of another service.")


def coming(trial: Trial) -> dict[str, Any] | None:
    """Return what the clock does next: its title and when."""
    strike = trial.coming
    action = trial.module.workflow.action(strike.action) if strike else None
    if strike is None or action is None:
        return None
    return {"title": action.title.say(trial.language), "at": strike.at.astimezone(trial.now.tzinfo)}


def proposed(trial: Trial) -> str:
    """Return a name for the run as a story: where it ends, and after how many steps."""
    if not trial.steps:
        return trial.status.title.say(trial.language)
    steps = ngettext("after {count} step", "after {count} steps", trial.steps)
    return f"{trial.status.title.say(trial.language)}, {steps.replace('{count}', str(trial.steps))}"


def registers() -> list[tuple[str, str]]:
    """Return what a register can do when it is asked, in words."""
    return [
        ("found", _("know the citizen")),
        ("missing", _("do not know the citizen")),
        ("down", _("cannot be reached")),
    ]


def ending(one: Ending) -> dict[str, str]:
    """Return the button that lets another application end."""
    said = {
        "granted": _("is granted"),
        "refused": _("is refused"),
        "withdrawn": _("is withdrawn"),
        "expired": _("expires"),
    }[one.outcome]
    return {"value": value(one), "service": one.service, "words": said}


def value(one: Ending) -> str:
    """Return what the button posts."""
    return f"{one.service}:{one.outcome}"


def dropped(count: int, *, filed: bool) -> str:
    """Say that steps cannot be taken any more with the draft as it is now."""
    if not filed:
        return _(
            "With the draft as it is now, the application is not taken. "
            "Look at its answers and send it again."
        )
    words = ngettext(
        "The last step cannot be taken any more with the draft as it is now; the run ends before.",
        "The last {count} steps cannot be taken any more with the draft as it is now; the run ends before.",
        count,
    )
    return words.replace("{count}", str(count))


def tried(tally: Tally) -> str:
    """Say how many of a kind were never tried, and which."""
    if not tally.untried:
        words = {
            "actions": _("All {count} actions were tried."),
            "decisions": _("All {count} decisions of tasks were tried."),
            "statuses": _("All {count} stages were reached."),
            "edits": _("Answers were put right in all {count} stages and posts that may."),
            "opened": _("All {count} tasks with a condition have come up."),
            "spared": _("All {count} tasks with a condition have been left out."),
            "shown": _("All {count} questions and pages with a condition have come up."),
            "hidden": _("All {count} questions and pages with a condition have been left out."),
        }[tally.kind]
        return words.replace("{count}", str(tally.count))
    words = {
        "actions": _("{untried} of {count} actions were never tried: {names}."),
        "decisions": _("{untried} of {count} decisions of tasks were never tried: {names}."),
        "statuses": _("{untried} of {count} stages were never reached: {names}."),
        "edits": _("In {untried} of {count} stages and posts answers were never put right: {names}."),
        "opened": _("{untried} of {count} tasks with a condition never came up: {names}."),
        "spared": _("{untried} of {count} tasks with a condition always came up: {names}."),
        "shown": _("{untried} of {count} questions and pages with a condition never came up: {names}."),
        "hidden": _("{untried} of {count} questions and pages with a condition always came up: {names}."),
    }[tally.kind]
    said = words.replace("{untried}", str(len(tally.untried))).replace("{count}", str(tally.count))
    return said.replace("{names}", _named(tally.untried))


def _named(titles: tuple[str, ...]) -> str:
    """Return the first of the titles, and how many more there are."""
    more = len(titles) - MOST_NAMED
    rest = [_("and {count} more").replace("{count}", str(more))] if more > 0 else []
    return "; ".join([*titles[:MOST_NAMED], *rest])
