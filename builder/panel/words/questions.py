"""What the editor's script says of pages and questions, and of what becomes of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

QUESTIONS: dict[str, Any] = {
    "add_question": _("Add a question"),
    "ready_made": _("Ready-made groups"),
    "add_page": _("Add a page"),
    "added": _("Added: {name}."),
    "untitled": _("Not written yet"),
    "missing_question": _("a question that was removed"),
    "answers_count": _("{count} answers"),
    "optional": _("optional"),
    "sometimes_required": _("required by a rule"),
    "dependents": _("{count} depend on it"),
    "shown_if": _("Shown if {condition}"),
    "shown_if_sentence": _("Citizens see this question only if {condition}."),
    "page_shown_if": _("Citizens see this page only if {condition}."),
    "problems_count": _("{count} to fix"),
    "move_up": _("Move up: {name}"),
    "move_down": _("Move down: {name}"),
    "moved": _("Moved to place {place} on page {page}."),
    "page_number": _("Page {number}"),
    "questions_count": _("{count} questions"),
    "filled_by_officer": _("filled in by an officer"),
    "empty_page": _("This page has no question yet. Choose one from the list."),
    "nothing_selected": _("Nothing selected"),
    "select_hint": _("Choose a question from the list, or add a new one."),
    "question_number": _("Question {number}"),
    "question_words": _("The question"),
    "help_words": _("Hint"),
    "help_hint": _("Shown in small letters under the question."),
    "options": _("Answers to choose from"),
    "options_hint": _("One per line. You can paste a list from Word or Excel."),
    "duplicate": _("Duplicate"),
    "remove": _("Remove"),
    "removed": _("Removed. You can undo this."),
    "page": _("Page"),
    "page_title": _("Title of the page"),
    "page_intro": _("Introduction"),
    "page_intro_hint": _("A sentence or two before the first question. Often not needed."),
    "filled_by": _("Filled in by"),
    "applicant": _("The applicant"),
    "remove_page": _("Remove the page and its {count} questions"),
    "undone": _("Undone."),
    "redone": _("Done again."),
}
