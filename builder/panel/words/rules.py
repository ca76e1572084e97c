"""What the editor's script says of rules that answers have to meet, and of the words people read then."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

RULES: dict[str, Any] = {
    "required": _("Must be answered"),
    "must_be_ticked": _("Must be ticked before going on"),
    "one_of_them_required": _("At least one of these questions must be answered"),
    "one_row_required": _("There must be at least one entry"),
    "required_only_if": _("Must be answered only if …"),
    "required_if": _("When must it be answered?"),
    "one_of_them_required_if": _("When must one of these be answered?"),
    "one_row_required_if": _("When must there be an entry?"),
    "required_if_sentence": _("It must be answered if {condition}."),
    "checked": _("What must the answer meet?"),
    "checked_together": _("What must the answers meet together?"),
    "checked_row": _("What must each entry meet?"),
    "checked_page": _("What must the answers of this page meet together?"),
    "add_check": _("Accept only if …"),
    "accepted_if": _("It is accepted only if {condition}."),
    "row_accepted_if": _("An entry is accepted only if {condition}."),
    "no_question_to_check": _("Nothing yet. A rule needs a question that is answered."),
    "check_message": _("What people read when it is not accepted"),
    "check_message_hint": _("Say what to do, for example “Choose a day after today”."),
    "own_words": _("Own words for what people read"),
    "own_words_hint": _("Empty: the usual words."),
    "message_required": _("When the answer is missing"),
    "message_format": _("When the answer is not understood"),
    "message_minimum": _("When it is too small, too short or too few"),
    "message_maximum": _("When it is too large, too long or too many"),
}
