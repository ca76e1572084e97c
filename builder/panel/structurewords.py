"""What the editor's script says of groups, rows, lists and formulas."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

BOXES: dict[str, Any] = {
    "box_words": _("Heading"),
    "box_help_hint": _("Shown in small letters under the heading."),
    "box_shown_when": _("When are these questions shown?"),
    "empty_box": _("No question in it yet. Select it and choose one from the list, or move one here."),
    "moved_in": _("Moved to place {place} in “{name}”."),
    "move_in": _("Put into: {name}"),
    "move_out": _("Take out of: {name}"),
    "stands_in": _("Stands in"),
    "one_of_them_required": _("At least one of these questions must be answered"),
    "one_row_required": _("There must be at least one entry"),
    "row_name": _("What one entry is called"),
    "row_name_hint": _("For example “Child”: it stands above each entry and on the button that adds one."),
    "least_rows": _("Entries at least"),
    "most_rows": _("Entries at most"),
    "rows_style": _("How the entries look"),
    "rows_cards": _("One card per entry"),
    "rows_table": _("A table, one line per entry"),
    "row_rule_kept": _("Each entry is checked by a rule. The rule is kept as it is."),
    "dissolve": _("Remove only the heading"),
    "dissolved": _("The heading is gone, its questions stay. You can undo this."),
    "remove_with": _("Remove with its {count} questions"),
    "worked_out": _("worked out"),
}
