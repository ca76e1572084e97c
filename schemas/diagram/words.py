"""What the pictures of a workflow say in our own words, and how these are put together."""

from __future__ import annotations

from schemas.definition import Action, Duration, Module, Status, Who, Workflow

TITLE = {"en": "The way of a case: {}", "id": "Jalannya permohonan: {}"}
FILED = {"en": "Filed", "id": "Diajukan"}
APPLICANT = {"en": "Applicant", "id": "Pemohon"}
SYSTEM = {"en": "System", "id": "Sistem"}
OFFICES = {
    "region": {"en": "For the whole region", "id": "Untuk seluruh daerah"},
    "office": {"en": "Office that handles the case", "id": "Kantor yang menangani"},
    "answer": {"en": "Office named in an answer", "id": "Kantor sesuai jawaban"},
    "each": {"en": "Each office named in an answer", "id": "Setiap kantor sesuai jawaban"},
}
OUTCOMES = {
    "granted": {"en": "Ends: granted", "id": "Selesai: dikabulkan"},
    "refused": {"en": "Ends: refused", "id": "Selesai: ditolak"},
    "withdrawn": {"en": "Ends: withdrawn", "id": "Selesai: ditarik pemohon"},
    "expired": {"en": "Ends: expired", "id": "Selesai: kedaluwarsa"},
}
NOW = {"en": "The case is here", "id": "Permohonan ada di sini"}
DUE = {"en": "Within {}", "id": "Paling lama {}"}
BY = {"en": "{} – by {}", "id": "{} – oleh {}"}
EDGE = {"en": "{} leads from {} to {}.", "id": "{}: dari {} ke {}."}
CURRENT = {"en": "Now: {}.", "id": "Sekarang: {}."}
AFTER = {
    "entered": {"en": "after {}", "id": "setelah {}"},
    "due": {"en": "{} after the time of the step", "id": "{} setelah batas langkah ini"},
    "deadline": {"en": "{} after the promised time", "id": "{} setelah janji layanan"},
}
BEFORE = {
    "entered": {"en": "{} before", "id": "{} sebelumnya"},
    "due": {"en": "{} before the time of the step", "id": "{} sebelum batas langkah ini"},
    "deadline": {"en": "{} before the promised time", "id": "{} sebelum janji layanan"},
}
UNITS = {
    "minutes": {"en": "{} minutes", "id": "{} menit"},
    "working_hours": {"en": "{} working hours", "id": "{} jam kerja"},
    "working_days": {"en": "{} working days", "id": "{} hari kerja"},
    "days": {"en": "{} days", "id": "{} hari"},
}
ONE = {
    "minutes": {"en": "{} minute", "id": "{} menit"},
    "working_hours": {"en": "{} working hour", "id": "{} jam kerja"},
    "working_days": {"en": "{} working day", "id": "{} hari kerja"},
    "days": {"en": "{} day", "id": "{} hari"},
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


def by(workflow: Workflow, one: Who, said: str, language: str) -> str:
    """Add who acts to what is done."""
    actor = who(workflow, one, language)
    return put(BY, language, said, actor if one.kind == "role" else actor.lower())


def span(duration: Duration, language: str) -> str:
    units = ONE if duration.amount == 1 else UNITS
    return put(units[duration.unit], language, str(duration.amount))


def clock(action: Action, language: str) -> str:
    """Return when the clock takes `action`; empty when no clock does."""
    if action.before:
        return put(BEFORE[action.of], language, span(action.before, language))
    return put(AFTER[action.of], language, span(action.after, language)) if action.after else ""


def describe(module: Module, language: str, current: str) -> str:
    """Tell the whole map in words: every action with its ends."""
    said = {one.key: status(one, language) for one in module.workflow.statuses}
    told = [put(CURRENT, language, said[current])] if current in said else []
    for action in module.workflow.actions:
        origin = ", ".join(said[key] for key in action.from_)
        end = said[action.target(action.from_[0])]
        told.append(put(EDGE, language, action.title.say(language), origin, end))
    return " ".join(told)


def iso(duration: Duration) -> str:
    """Return the span by ISO 8601, which knows no working time: a working day counts as a day."""
    unit = {"minutes": "T{}M", "working_hours": "T{}H"}.get(duration.unit, "{}D")
    return "P" + unit.format(duration.amount)
