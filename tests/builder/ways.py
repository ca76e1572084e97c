"""The ways of approval where a region has no such officers yet, and a service that begins with one."""

from __future__ import annotations

from typing import Any

from builder import blank
from builder.approvals import catalogue, filling

KEYS = [one["key"] for one in catalogue.paths()]
EMAIL = {
    "key": "email",
    "type": "email",
    "label": {"id": "Email", "en": "E-mail"},
    "required": True,
    "privacy": "personal",
}


def path(key: str) -> dict[str, Any]:
    """Return workflow and messages of a way."""
    described = catalogue.path(key)
    assert described is not None
    workflow = filling.workflow(described, catalogue.posts(described, ()))
    return {"key": key, "workflow": workflow, "messages": filling.messages(workflow)}


def paths() -> list[dict[str, Any]]:
    """Return all of them."""
    return [path(key) for key in KEYS]


def service(key: str) -> dict[str, Any]:
    """Return a service of one question that begins with a way."""
    return asking(blank.document(key=key, title="Coba", role={}, approval=path(key)))


def asking(made: dict[str, Any]) -> dict[str, Any]:
    """Let a service ask its one question, by which its applicant is reached."""
    made["pages"][0]["fields"] = [EMAIL]
    return {**made, "applicant": {"email": "email"}}
