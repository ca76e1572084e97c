"""What the editor's script says of ways of approval, of several who decide, and of what time brings about."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

WAYS: dict[str, Any] = {
    "ways": _("Start from a usual way of approval"),
    "ways_title": _("Usual ways of approval"),
    "ways_coming": _("One moment …"),
    "ways_away": _("The ways of approval cannot be reached right now. Try again in a moment."),
    "ways_replaced": _(
        "The steps of this service are replaced: {steps}. "
        "Questions, letters and messages stay. You can undo it."
    ),
    "way_step": _("{who}, {time} at most"),
    "way_fills": _("Fills in {pages}."),
    "way_take": _("Use this way"),
    "way_take_name": _("Use this way: {name}"),
    "way_taken": _("The steps are now those of “{name}”."),
    "optional_steps": _("Steps that some offices have"),
    "optional_in": _("Put in: {name}."),
    "optional_out": _("Taken out: {name}."),
    "optional_lost": _(
        "The steps were changed so much that its place cannot be found. Insert a step where you need it."
    ),
    "ask_step": _("Other parts of the service name what you are about to change:"),
    "ask_pages": _(
        "Officers are no longer asked for {pages}. "
        "The questions there were changed, or something uses the answers."
    ),
    "ask_pages_used": _("If these questions are removed:"),
    "ask_pages_stay": _("Go ahead and keep the questions"),
    "ask_pages_go": _("Go ahead and remove the questions"),
    "goes_signer": _("The letter “{name}” is no longer signed by whoever approved this step."),
    "goes_story_whole": _("The story “{name}” no longer fits and is removed."),
    "goes_separate": _("Two things no longer have to be done by different people."),
    "goes_outcome": _("“{name}” no longer follows how an application of another service ends."),
    "goes_while": _("“{name}” is sent without regard to the step the case is at."),
    "goes_again": _("“{name}” can no longer send an application back to an earlier step."),
    "goes_page": _("No officer is asked to fill in the page “{name}” any more."),
}

DECIDERS: dict[str, Any] = {
    "deciders": _("Who decides"),
    "several_decide": _("several people decide this step"),
    "several_decide_hint": _(
        "At the same time, each for themselves, for example a technical recommendation."
    ),
    "add_voice": _("Add somebody who decides"),
    "remove_voice": _("{name} no longer decides"),
    "voice_who": _("Who decides ({number})"),
    "voice_seats": _("How many people"),
    "voice_veto": _("their “no” is enough (veto)"),
    "voice_veto_hint": _("The application is refused whatever the others say."),
    "where_each": _("In each office named in the entries of “{question}”"),
    "each_lacking": _(
        "For one vote per office, add a question with entries (repeat) that asks for an office."
    ),
    "rule": _("It is decided"),
    "rule_all": _("when all agree"),
    "rule_any": _("when one of them agrees"),
    "rule_count": _("when enough of them agree"),
    "rule_heard": _("when all have been heard, whatever they say"),
    "rule_number": _("How many of {count} must agree"),
    "rule_number_open": _("How many must agree"),
    "more_of_step": _("Notes, pages for officers, reminders"),
    "button_words": _("What the button says"),
    "note": _("Note when approving"),
    "note_none": _("no note"),
    "note_optional": _("may write one"),
    "note_required": _("must write one"),
    "officer_page": _("Page the officer fills in"),
    "officer_page_hint": _("For example the result of a check on site."),
    "officer_page_none": _("no page"),
    "officer_page_new": _("A new page …"),
    "officer_page_write": _("Write the questions of this page"),
    "page_made": _("A page for the officer was added. Its questions are still to be written."),
    "apart": _("Must be somebody else than whoever did"),
    "says_apart": _("Whoever did “{name}” may not do this step for the same application."),
    "may_pick": _("choose who does “{name}” (assignment)"),
    "may_pick_hint": _("Only the person who was chosen gets the case then."),
    "only_if": _("When is this step done?"),
    "only_if_add": _("Do it only if …"),
    "says_only_if_short": _("Only done if {condition}."),
    "voice_only_if": _("When is this one asked?"),
    "voice_only_if_add": _("Ask this one only if …"),
    "says_voice_only_if": _("Only asked if {condition}."),
    "only_if_none": _("A condition needs a question that is answered before this step."),
    "ladder": _("When it takes long"),
    "add_remind": _("Remind somebody"),
    "add_escalate": _("Hand it to the office above"),
    "add_decide": _("Decide it because nobody did"),
    "remove_rung": _("Remove this line"),
    "doubt_step_name": _(
        "Step {number} has the same name. Give each its own, so that officers can tell them apart."
    ),
    "doubt_step_moment": _(
        "Two of the lines below happen at the same moment. Give them different times; "
        "until then the service cannot be published."
    ),
    "doubt_step_due": _(
        "Some of the lines below count from the time limit of this step, which is empty. "
        "Say how long it may take."
    ),
    "rung_amount": _("How much time"),
    "rung_moment": _("Counted from"),
    "rung_escalate": _("the task goes to the office above"),
    "rung_remind": _("Who is reminded"),
    "rung_remind_who": _("remind by e-mail: {who}"),
    "rung_decide": _("What silence means"),
    "rung_decide_to": _("it counts as decided: it {goes}"),
    "rung_law": _("The law that says so"),
    "rung_law_hint": _("Silence decides only where a law says it does, for example Law 30/2014 article 53."),
    "when_before_due": _("before its time is over"),
    "when_after_due": _("after its time is over"),
    "when_after_entered": _("after it arrived at this step"),
    "when_before_deadline": _("before the promised end of the whole service"),
    "when_after_deadline": _("after the promised end of the whole service"),
}

SENTENCES: dict[str, Any] = {
    "one_working_days": _("1 working day"),
    "one_working_hours": _("1 working hour"),
    "one_days": _("1 day"),
    "one_minutes": _("1 minute"),
    "many_working_days": _("{count} working days"),
    "many_working_hours": _("{count} working hours"),
    "many_days": _("{count} days"),
    "many_minutes": _("{count} minutes"),
    "goes_granted": _("is granted"),
    "goes_refused": _("is refused"),
    "goes_on": _("goes on to “{name}”"),
    "say_approve": _("approve (it {goes})"),
    "say_return": _("return it for correction"),
    "say_again": _("send it back to “{name}”"),
    "say_refuse": _("refuse it"),
    "says_single": _("{who} has {time} and may {may}."),
    "says_single_ever": _("{who} may {may}."),
    "says_together": _("Within {time} these decide: {who}."),
    "says_together_ever": _("These decide: {who}."),
    "voice_several": _("{who} ({count} people)"),
    "voice_only": _("{who} (only if {condition})"),
    "voice_each": _("{who} (one vote per office)"),
    "rule_says_all": _("When all agree it {goes}; the first “no” refuses it."),
    "rule_says_any": _("When one agrees it {goes}; it is refused when nobody does."),
    "rule_says_count": _(
        "When {count} of {all} agree it {goes}; it is refused when so many can no longer agree."
    ),
    "rule_says_count_open": _(
        "When {count} agree it {goes}; it is refused when so many can no longer agree."
    ),
    "rule_says_heard": _("When all have been heard it {goes}, whatever they said."),
    "says_veto": _("A “no” of {who} refuses it at once."),
    "says_return": _("They may also return it for correction."),
    "says_only_if": _("This step is only done if {condition}; any other application {goes}."),
    "says_only_if_issues": _("Where it is not done, its number and letter are not given either."),
    "says_comment": _("A note must be written when approving."),
    "says_page": _("The page “{page}” is filled in."),
    "says_pick": _("Whoever approves chooses who does “{name}”."),
    "says_number": _("It gets a number."),
    "says_remind": _("{when} {who} is reminded by e-mail."),
    "says_escalate": _("{when} the task goes to the office above."),
    "says_silence": _("{when} it counts as decided by silence and {goes}."),
    "moment_before_due": _("{time} before the time is over,"),
    "moment_after_due": _("{time} after the time is over,"),
    "moment_after_entered": _("{time} after it arrived,"),
    "moment_before_deadline": _("{time} before the promised end of the service,"),
    "moment_after_deadline": _("{time} after the promised end of the service,"),
}
