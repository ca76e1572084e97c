"""What the editor's script says of the question bank of a region."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

BANK: dict[str, Any] = {
    "bank": _("Question bank"),
    "bank_hint": _("Questions that colleagues of your region have kept. They go where new questions go."),
    "bank_search": _("Look for a name"),
    "bank_empty": _(
        "Nothing is kept yet. Choose questions in the list, then “Save to the question bank”, "
        "and every service of your region can use them."
    ),
    "bank_no_match": _("No name holds these words."),
    "bank_about": _("{count} questions · kept by {by}"),
    "bank_take": _("Put in"),
    "bank_take_name": _("Put in: {name}"),
    "bank_put": _("“{name}” is put in."),
    "bank_remove": _("Take out of the question bank: {name}"),
    "bank_remove_sure": _(
        "Take “{name}” out of the question bank? Nobody in your region finds it there any more."
    ),
    "bank_remove_do": _("Take out"),
    "bank_remove_keep": _("Keep it"),
    "bank_removed": _(
        "“{name}” is no longer in the question bank. Services that use it keep their questions."
    ),
    "bank_save": _("Save to the question bank"),
    "bank_save_hint": _("Colleagues of your region then find these questions under “Question bank”."),
    "bank_name": _("Name in the question bank"),
    "bank_apart": _("Some rules name questions that are not saved with these, so they are left out there:"),
    "bank_keep": _("Save"),
    "bank_saved": _("“{name}” is in the question bank."),
    "bank_away": _("The server did not answer. Check the connection and try again."),
}
