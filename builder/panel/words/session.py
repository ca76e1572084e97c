"""What the editor's script says of writing that is not saved yet, and of a login that has ended."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SESSION: dict[str, Any] = {
    "unsaved": _("What you wrote on {when} was not saved."),
    "unsaved_newer": _(
        "After that, {by} saved this draft, on {when}. If you bring your writing back it takes the place "
        "of that version, which stays in the history."
    ),
    "unsaved_newer_own": _(
        "After that, the draft was saved in another window, on {when}. If you bring your writing back it "
        "takes the place of that version, which stays in the history."
    ),
    "unsaved_take": _("Bring back my writing"),
    "unsaved_drop": _("Not needed, discard it"),
    "unsaved_taken": _("Your writing is back and is being saved."),
    "note_back": _("You wrote this on an earlier visit; it was not sent yet."),
    "session_out": _(
        "You are no longer logged in, so nothing was saved. What you wrote is still here: "
        "log in, come back to this page and save again."
    ),
    "session_other": _(
        "{name} is logged in in this browser now, so nothing was saved. What you wrote is still here: "
        "log in as yourself, come back to this page and save again."
    ),
    "session_away": _(
        "The server cannot be reached, so nothing was saved. What you wrote is still here: "
        "save again when the connection is back."
    ),
    "session_login": _("Log in (new tab)"),
    "session_logout": _("Log in as somebody else (new tab)"),
    "session_back": _("You are logged in again. What you wrote is being saved."),
}
