"""What the editor's script says before an edit takes rules along, and of what went."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

EDITS: dict[str, Any] = {
    "ask_title": _("Other parts need this"),
    "ask_named": _("They use the answer to {names}. After this change it would be missing or come too late:"),
    "ask_letter": _("Steps issue {names}. After this change:"),
    "ask_undo": _("If you go ahead, all of this is one step, and you can undo it."),
    "ask_go": _("Go ahead and change these parts too"),
    "ask_leave": _("Leave everything as it is"),
    "leave": _("Cancel"),
    "and_more": _("and {count} more"),
    "goes_words": _("The words “{name}” get a gap (…) where the answer stood."),
    "goes_entry_words": _("What an entry of “{name}” is called gets a gap (…) where the answer stood."),
    "goes_visible": _("“{name}” will always be shown."),
    "goes_required": _("“{name}” may be left empty."),
    "goes_check": _("“{name}” loses the rule that checks it."),
    "goes_row": _("“{name}” loses the rule that checks each entry."),
    "goes_calculate": _("“{name}” is not worked out any more: the applicant answers it."),
    "goes_filter": _("“{name}” offers its whole list."),
    "goes_default": _("“{name}” begins without an answer."),
    "goes_prefill": _("“{name}” is not filled in from a register any more."),
    "goes_applicant_name": _("Officers no longer see who the applicant is by name."),
    "goes_applicant_email": _("The applicant gets no e-mails about the application."),
    "goes_applicant_phone": _("The applicant gets no messages on the phone about the application."),
    "goes_applicant_proof": _("The tracking page no longer asks the applicant for a second fact."),
    "goes_office": _("No answer decides any more which office handles the application."),
    "goes_where": _("“{name}” no longer goes to the office that the answer names."),
    "goes_task_when": _("“{name}” opens its task for every application."),
    "goes_complete_when": _("“{name}” ends in the same way for every application."),
    "goes_only_if": _("The step “{name}” is done with every application."),
    "goes_action_when": _("“{name}” can be done with every application."),
    "goes_asked": _("“{name}” no longer asks an officer to fill in a page."),
    "goes_set": _("“{name}” no longer writes an answer."),
    "goes_sent": _("One answer less is sent to the other system."),
    "goes_carried": _("One answer less is taken along to the other service."),
    "goes_chip": _("The letter “{name}” gets a gap (…) where the answer stood."),
    "goes_detail": _("The letter “{name}” loses a line."),
    "goes_table": _("The letter “{name}” loses a table."),
    "goes_each": _("The letter “{name}” loses the part for each entry."),
    "goes_block_when": _("The letter “{name}” always prints a part that was printed for some only."),
    "goes_issued": _("“{name}” no longer issues the letter."),
    "goes_issued_filed": _("The letter is no longer issued when an application arrives."),
    "goes_story": _("The story “{name}” no longer gives this answer."),
}

SEVERAL: dict[str, Any] = {
    "pick_several": _("Choose several questions"),
    "pick": _("Choose: {name}"),
    "picked": _("{count} chosen"),
    "pick_done": _("Done choosing"),
    "move_to": _("Move to …"),
    "moved_several": _("{count} questions moved."),
    "doubled_several": _("{count} questions duplicated."),
    "removed_several": _("{count} questions removed. You can undo this."),
    "copy": _("Copy"),
    "copied": _("{count} questions copied. Choose Paste here or in another service."),
    "paste": _("Paste questions"),
    "pasted": _("{count} questions put in."),
    "pasted_apart": _("Some rules name questions that did not come along, so they went:"),
    "paste_nothing": _(
        "There is nothing to paste. Choose questions and copy them first, in this or another service."
    ),
    "paste_long": _("What was copied is too long. Copy fewer questions at once."),
    "paste_other": _(
        "What was copied are no questions. Choose questions in this or another service and copy them."
    ),
    "paste_broken": _("What was copied is damaged, so nothing was put in. Copy the questions once more."),
    "paste_many": _("More than 100 questions cannot be put in at once. Copy fewer."),
}
