"""What steps are made of beyond one officer's decision: several who decide, reminders, what follows a delay.

As in `blank`, these words are content of documents, so they come in every language of the product.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from builder.blank import both

Piece = dict[str, Any]


def voice(key: str, role: str, title: dict[str, str], *, seats: int = 1, page: str = "") -> Piece:
    """Return the task of those of a role who decide a step together with others, and fill in `page`."""
    made: Piece = {"key": key, "title": title, "role": role}
    if seats > 1:
        made["seats"] = seats
    agree = {"key": "agree", "title": both(_("Agree")), "counts": "for", "tone": "advance"}
    disagree = {
        "key": "disagree",
        "title": both(_("Do not agree")),
        "counts": "against",
        "comment": "required",
        "tone": "refuse",
    }
    asked = {"page": page} if page else {}
    return {**made, "outcomes": [{**agree, **asked}, {**disagree, **asked}]}


def agreed_action(status: str) -> Piece:
    """Return what follows when those who decide a step have agreed."""
    return {
        "key": f"agreed_{status}",
        "title": both(_("Agreed together")),
        "from": [status],
        "to": "granted",
        "who": "system",
        "effects": [{"mail": "granted", "to": "applicant"}],
        "tone": "advance",
    }


def declined_action(status: str) -> Piece:
    """Return what follows when they have not."""
    return {
        "key": f"declined_{status}",
        "title": both(_("Not agreed")),
        "from": [status],
        "to": "refused",
        "who": "system",
        "effects": [{"mail": "declined", "to": "applicant"}],
        "tone": "refuse",
    }


def again_action(status: str, role: str, before: str) -> Piece:
    """Return the way back to colleagues who have worked on the case before."""
    return {
        "key": f"again_{status}",
        "title": both(_("Send back to an earlier step")),
        "from": [status],
        "to": before,
        "who": {"role": role},
        "ask": {"comment": "required"},
        "tone": "return",
    }


def remind_action(status: str, role: str, *, days: int = 1) -> Piece:
    """Return the reminder of those who work on a case, before its time is over."""
    return {
        "key": f"remind_{status}",
        "title": both(_("Remind")),
        "from": [status],
        "who": "system",
        "before": {"amount": days, "unit": "working_days"},
        "of": "due",
        "effects": [{"mail": "reminder", "to": {"role": role}}],
        "tone": "neutral",
    }


def escalate_action(status: str, *, days: int = 1) -> Piece:
    """Return what hands a case to the office above, once its time is over."""
    return {
        "key": f"escalate_{status}",
        "title": both(_("Hand to the office above")),
        "from": [status],
        "who": "system",
        "after": {"amount": days, "unit": "working_days"},
        "of": "due",
        "changes": [{"escalate": True}],
        "tone": "neutral",
    }


def silence_action(status: str) -> Piece:
    """Return what decides a case when nobody has; which law says so is for the clerk to name."""
    return {
        "key": f"silence_{status}",
        "title": both(_("Decided because nobody answered in time")),
        "from": [status],
        "to": "granted",
        "who": "system",
        "after": {"amount": 5, "unit": "working_days"},
        "of": "due",
        "tone": "neutral",
    }


def skip_action(status: str) -> Piece:
    """Return what leads past a step that some applications skip; the condition is for the clerk to name."""
    return {
        "key": f"skip_{status}",
        "title": both(_("One step is not needed")),
        "from": [status],
        "to": "granted",
        "who": "system",
        "tone": "neutral",
    }


def messages() -> list[Piece]:
    """Return the notices that these need beside the usual ones."""
    texts = {
        "declined": (
            _("Your application {reference} could not be granted"),
            _(
                "Your application for {service} could not be granted. "
                "What you can do now is said here: {link}"
            ),
        ),
        "reminder": (
            _("Application {reference} waits for you"),
            _("The time for application {reference}, {service}, is nearly over. Please work on it: {link}"),
        ),
    }
    return [
        {"key": key, "subject": both(subject), "body": both(body)} for key, (subject, body) in texts.items()
    ]
