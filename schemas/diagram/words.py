"""What the pictures of a workflow say in our own words, and how these are put together."""

from __future__ import annotations

from schemas.definition import Action, Duration, Status, Who, Workflow

TITLE = {"en": "The way of a case: {}", "id": "Jalannya permohonan: {}"}
FILED = {"en": "Filed", "id": "Diajukan"}
APPLICANT = {"en": "Applicant", "id": "Pemohon"}
SYSTEM = {"en": "System", "id": "Sistem"}
AFTER = {"en": "after {}", "id": "setelah {}"}
UNITS = {
    "minutes": {"en": "{} minutes", "id": "{} menit"},
    "working_hours": {"en": "{} working hours", "id": "{} jam kerja"},
    "working_days": {"en": "{} working days", "id": "{} hari kerja"},
    "days": {"en": "{} days", "id": "{} hari"},
}


def put(sentences: dict[str, str], language: str, *parts: str) -> str:
    """Fill the places of one of our own sentences; the parts are never read as templates."""
    pieces = sentences.get(language, sentences["en"]).split("{}")
    return "".join(piece + part for piece, part in zip(pieces, (*parts, ""), strict=True))


def status(one: Status, language: str) -> str:
    """Return what the status is called in public."""
    return (one.public_title or one.title).say(language) or one.key


def who(workflow: Workflow, one: Who, language: str) -> str:
    """Return who acts, as a person would say it."""
    if one.kind == "role":
        return workflow.role(one.role).title.say(language)
    return put(APPLICANT if one.kind == "applicant" else SYSTEM, language)


def span(duration: Duration, language: str) -> str:
    return put(UNITS[duration.unit], language, str(duration.amount))


def clock(action: Action, language: str) -> str:
    """Return when the clock takes `action`; empty when no clock does."""
    return put(AFTER, language, span(action.after, language)) if action.after else ""
