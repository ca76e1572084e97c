"""The ways of approval where a region has no such officers yet, and a service that begins with one."""

from __future__ import annotations

from typing import Any

from builder import blank
from builder.approvals import catalogue, filling

KEYS = [one["key"] for one in catalogue.paths()]
FITS = ["+".join((one["key"], *wanted)) for one in catalogue.paths() for wanted in catalogue.choices(one)]
"""Every way with every choice of its optional steps, as keys with + between."""
EMAIL = {
    "key": "email",
    "type": "email",
    "label": {"id": "Email", "en": "E-mail"},
    "required": True,
    "privacy": "personal",
}


def path(fit: str) -> dict[str, Any]:
    """Return workflow and messages of a way, with the optional steps that stand behind a +."""
    key, *wanted = fit.split("+")
    found = catalogue.path(key)
    assert found is not None
    described = catalogue.fitted(found, wanted)
    workflow = filling.workflow(described, catalogue.posts(described, ()))
    return {"key": fit, "workflow": workflow, "messages": filling.messages(workflow)}


def paths() -> list[dict[str, Any]]:
    """Return all of them."""
    return [path(fit) for fit in FITS]


def service(key: str) -> dict[str, Any]:
    """Return a service of one question that begins with a way."""
    return asking(blank.document(key=key.partition("+")[0], title="Coba", role={}, approval=path(key)))


def asking(made: dict[str, Any]) -> dict[str, Any]:
    """Let a service ask its one question, by which its applicant is reached."""
    made["pages"][0]["fields"] = [EMAIL]
    return {**made, "applicant": {"email": "email"}}
