"""The document a new service starts from: one empty page, one step of approval, the usual notices.

Also the words that the panel puts into documents by itself. They are content, so each is given in every
language of the product at once.
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

LANGUAGES = ("id", "en")


_SUMMARY = _("Apply for this service online and follow it until it is done.")
_PAGE = _("Your application")
_STEP = _("Document check")
_STEP_PUBLIC = _("Your application is being checked")


def both(words: str | Promise) -> dict[str, str]:
    """Return `words` in each language a new document has, its first language first."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(words)
    return said


def document(
    *, key: str, title: str, role: dict[str, Any], approval: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the starting document of module `key`: with the workflow, messages and pages for officers of
    `approval`, else with a workflow of one step that `role` (key and title) does."""
    way = approval or {"workflow": workflow(role), "messages": messages(), "pages": []}
    return {
        "format": 1,
        "key": key,
        "languages": list(LANGUAGES),
        "title": dict.fromkeys(LANGUAGES, title),
        "summary": both(_SUMMARY),
        "category": "other",
        "icon": "document",
        "pages": [{"key": "page_1", "title": both(_PAGE), "fields": []}, *way["pages"]],
        "workflow": way["workflow"],
        "messages": way["messages"],
        "privacy": privacy(),
    }


def begun() -> list[dict[str, str]]:
    """Return the texts of a new service that only hold a place until somebody writes what is meant."""
    return [both(words) for words in (_SUMMARY, _PAGE, _STEP, _STEP_PUBLIC)]


def first_role() -> dict[str, str]:
    """Return what the officer of the first step is usually called."""
    return both(_("Counter officer"))


def privacy() -> dict[str, Any]:
    """Return what a public service can usually say about personal data. Source: UU 27/2022 art. 20."""
    return {
        "notice": both(_("Your data is used only to handle this application and to tell you about it.")),
        "legal_basis": both(
            _("Performance of a public service (Law 25/2009 and article 20 of Law 27/2022).")
        ),
        "retention": 24,
    }


def workflow(role: dict[str, Any]) -> dict[str, Any]:
    """Return a workflow of one step, from which everything else is a change."""
    return {
        "start": "check",
        "roles": [{**role, "where": "region"}],
        "statuses": [
            {
                "key": "check",
                "title": both(_STEP),
                "public_title": both(_STEP_PUBLIC),
                "kind": "work",
                "due": {"amount": 2, "unit": "working_days"},
            },
            correction_status(),
            {"key": "granted", "title": both(_("Granted")), "kind": "final", "outcome": "granted"},
            refused_status(),
            withdrawn_status(),
            expired_status(),
        ],
        "actions": [
            approve_action("check", role["key"]),
            return_action("check", role["key"]),
            refuse_action("check", role["key"]),
            resubmit_action("check"),
            withdraw_action(["check", "correction"]),
            expire_action("correction"),
        ],
        "filed": [{"mail": "received", "to": "applicant"}],
    }


def correction_status() -> dict[str, Any]:
    return {
        "key": "correction",
        "title": both(_("Waiting for the applicant's correction")),
        "public_title": both(_("Please correct your application")),
        "kind": "applicant",
    }


def refused_status() -> dict[str, Any]:
    return {"key": "refused", "title": both(_("Refused")), "kind": "final", "outcome": "refused"}


def withdrawn_status() -> dict[str, Any]:
    return {"key": "withdrawn", "title": both(_("Withdrawn")), "kind": "final", "outcome": "withdrawn"}


def expired_status() -> dict[str, Any]:
    return {"key": "expired", "title": both(_("Expired")), "kind": "final", "outcome": "expired"}


def withdraw_action(statuses: list[str]) -> dict[str, Any]:
    return {
        "key": "withdraw",
        "title": both(_("Withdraw the application")),
        "from": statuses,
        "to": "withdrawn",
        "who": "applicant",
        "tone": "neutral",
    }


def expire_action(status: str) -> dict[str, Any]:
    return {
        "key": "expire",
        "title": both(_("End without an answer")),
        "from": [status],
        "to": "expired",
        "who": "system",
        "after": {"amount": 30, "unit": "days"},
        "tone": "neutral",
    }


def approve_action(status: str, role: str) -> dict[str, Any]:
    return {
        "key": f"approve_{status}",
        "title": both(_("Approve")),
        "from": [status],
        "to": "granted",
        "who": {"role": role},
        "effects": [{"mail": "granted", "to": "applicant"}],
        "tone": "advance",
    }


def return_action(status: str, role: str) -> dict[str, Any]:
    return {
        "key": f"return_{status}",
        "title": both(_("Return for correction")),
        "from": [status],
        "to": "correction",
        "who": {"role": role},
        "ask": {"comment": "required", "corrections": True},
        "effects": [{"mail": "correction", "to": "applicant"}],
        "tone": "return",
    }


def refuse_action(status: str, role: str) -> dict[str, Any]:
    return {
        "key": f"refuse_{status}",
        "title": both(_("Refuse")),
        "from": [status],
        "to": "refused",
        "who": {"role": role},
        "ask": {"comment": "required"},
        "effects": [{"mail": "refused", "to": "applicant"}],
        "tone": "refuse",
    }


def resubmit_action(status: str) -> dict[str, Any]:
    return {
        "key": "resubmit",
        "title": both(_("Send the correction")),
        "from": ["correction"],
        "to": status,
        "who": "applicant",
        "ask": {"answers": True},
        "tone": "advance",
    }


def register() -> dict[str, Any]:
    return {
        "key": "number",
        "title": both(_("Letter number")),
        "pattern": "{number}/{month_roman}/{year}",
        "scope": "region",
        "reset": "year",
        "digits": 3,
    }


def messages() -> list[dict[str, Any]]:
    """Return the notices to the applicant that every service starts with."""
    texts = {
        "received": (
            _("We have received your application {reference}"),
            _(
                "Your application for {service} has reached us. Its number is {reference}. "
                "You can follow it here: {link}"
            ),
        ),
        "correction": (
            _("Please correct your application {reference}"),
            _("Something in your application for {service} must be corrected: {note} Please open {link}"),
        ),
        "granted": (
            _("Your application {reference} has been granted"),
            _("Your application for {service} has been granted. See {link} for what happens next."),
        ),
        "refused": (
            _("Your application {reference} could not be granted"),
            _("Your application for {service} could not be granted. The reason: {note} See {link}"),
        ),
    }
    return [
        {"key": key, "subject": both(subject), "body": both(body)} for key, (subject, body) in texts.items()
    ]
