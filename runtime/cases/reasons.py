"""Why an action was refused, as whole sentences for people. The codes are the engine's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from runtime.workflow.values import ActionRefused
from schemas.definition import Module

SENTENCES: Mapping[str, Any] = {
    "unknown_action": _(
        "This service has no such action. Open the case again and choose one of the buttons."
    ),
    "stale": _(
        "The case has changed since you opened it. Nothing was saved; look at it again and decide anew."
    ),
    "final": _("This case is finished. Nothing more can be done with it."),
    "wrong_status": _("This cannot be done at the stage where the case is now. Open the case again."),
    "wrong_role": _("This step is not yours: it waits for somebody with another role or in another office."),
    "own_case": _("You filed this application yourself, so somebody else has to decide it."),
    "principals_case": _(
        "The person you stand in for filed this application, so somebody else has to decide it."
    ),
    "comment_missing": _("Write a note first: the person who reads this must know why."),
    "corrections_missing": _("Choose at least one question that the applicant has to answer again."),
    "corrections_unknown": _("Only questions of the application itself can be sent back."),
    "answers_invalid": _("Some answers are missing or wrong. Nothing was saved; please look at them again."),
    "guard": _("The rule of this step is not met, so it cannot be taken now."),
    "guard_unknown": _("An answer is still missing to decide whether this step may be taken."),
    "key_reused": _("This form has already been sent with other content. Open the case again."),
    "decided_by_other": _("Somebody else has already decided this. Open the case again to see who and when."),
    "no_task": _("This task is not open now: it has been decided, or its turn has not come."),
    "claimed": _("A colleague has taken this on. Ask them to give it back, or have it handed to you."),
    "voted": _("You have already decided this. Everybody decides once."),
    "separated": _("You did an earlier step of this case, so another person has to do this one."),
    "unknown_outcome": _("This task cannot be decided like that. Open the case again and choose a button."),
    "attachment_missing": _("Attach a document first: it belongs to this step."),
    "person_missing": _("Choose first who gets the next task."),
    "person_unfit": _(
        "This task is not for that person: they do not hold its role, have decided it already, did an "
        "earlier step or filed the application. Choose somebody else."
    ),
    "never_rests": _(
        "This service sends the case round in circles. Nothing was saved; tell those who look after it."
    ),
    "not_revocable": _("This consent cannot be withdrawn, or it has been withdrawn before."),
    "no_part": _("Only officers with a part in this case write to it, and its applicant. It was not saved."),
    "nothing_written": _("Write something first."),
    "too_long": _("The text may have at most %(most)s characters. You wrote %(length)s."),
    "forgotten": _("The personal data of this case were removed, so nothing can be written to it any more."),
    "not_asked": _("The office has not written to you. Please use one of the buttons of your application."),
    "answers_full": _(
        "You have written %(most)s messages since the office wrote last. Please wait until it writes again."
    ),
    "answers_often": _("You can write %(most)s messages a day. Please write again tomorrow."),
    "not_awaited": _("Nothing is waited for here any more. Open the case again."),
    "edit_decided": _(
        "A colleague has already decided on these answers at this stage, so they are not changed any more. "
        "If they are wrong, send the application back."
    ),
    "edit_loses": _(
        "With this change, something that only the applicant can give would no longer count. "
        "Nothing was saved; send the application back for correction instead."
    ),
    "edit_needs": _(
        "With this change, something is needed that only the applicant can give. "
        "Nothing was saved; send the application back for correction instead."
    ),
    "edit_reroutes": _(
        "This answer decides who has to work on the application at this stage. Nothing was saved; "
        "send the application back for correction, so that it goes to the right people."
    ),
    "edit_unchanged": _("No answer is different from before, so nothing was saved."),
    "not_yours": _("Only whoever has taken this task on can give it away."),
    "not_mentionable": _(
        "Only officers who may open this case now can be told of a comment among officers. Nothing was saved."
    ),
    "in_no_hands": _("Nobody has taken this task on, so there is nothing to take back."),
}
COUNTED = frozenset({"too_long", "answers_full", "answers_often"})
"""Reasons whose sentence holds numbers."""

NAMED = frozenset({"edit_loses", "edit_needs"})
"""Reasons that are followed by the questions they are about."""


def sentence(refused: ActionRefused, module: Module | None = None) -> str:
    """Return the reason in the language of the reader; questions are named when `module` is given."""
    fields = [_label(module, key) for key in refused.data.get("fields", ()) if module is not None]
    named = ", ".join(label for label in fields if label)
    if refused.reason == "guard_unknown" and named:
        return gettext("Answer this first: %(questions)s.") % {"questions": named}
    if refused.reason == "answers_invalid" and named:
        return gettext("Look at these answers again: %(questions)s. Nothing was saved.") % {
            "questions": named
        }
    if refused.reason in NAMED and named:
        return f"{SENTENCES[refused.reason]} {gettext('It is about: %(questions)s.') % {'questions': named}}"
    if refused.reason == "corrections_unknown" and named:
        return gettext("These questions cannot be sent back: %(questions)s.") % {"questions": named}
    sentence = str(SENTENCES[refused.reason])
    return sentence % refused.data if refused.reason in COUNTED and refused.data else sentence


def _label(module: Module | None, key: str) -> str:
    question = module.field(key) if module else None
    return question.label.say(get_language()) if question else ""
