"""Who acts where: the lanes of a workflow and the lane each status belongs to.

The applicant stands first, then the roles in the order of the document, last the system; a lane
in which nothing happens is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.definition import Module, Status, Workflow
from schemas.diagram import words

APPLICANT, SYSTEM = "applicant", "system"


@dataclass(frozen=True, slots=True)
class Lane:
    """`key` is `applicant`, `system` or `role.<key>`; `note` says at which office the role is found."""

    key: str
    title: str
    note: str = ""


def lane_of(workflow: Workflow, status: Status) -> str:
    """Return the key of the lane in which a case waits for somebody while it is in `status`."""
    if status.kind in ("applicant", "final"):
        return APPLICANT
    if status.kind == "wait":
        return SYSTEM
    roles = [task.role for task in status.tasks]
    roles += [action.who.role for action in workflow.actions_from(status.key) if action.who.kind == "role"]
    return f"role.{roles[0]}" if roles else SYSTEM


def every(module: Module, language: str) -> tuple[Lane, ...]:
    """Return the lanes of everybody `module` knows; the first is always the applicant's."""
    found = [Lane(APPLICANT, words.put(words.APPLICANT, language))]
    for role in module.workflow.roles:
        note = words.put(words.OFFICES[role.where.kind], language)
        found.append(Lane(f"role.{role.key}", role.title.say(language), note))
    return (*found, Lane(SYSTEM, words.put(words.SYSTEM, language)))


def lanes(module: Module, language: str) -> tuple[Lane, ...]:
    """Return the lanes in which a case of `module` can stand, and the applicant's."""
    workflow = module.workflow
    used = {APPLICANT, *(lane_of(workflow, status) for status in workflow.statuses)}
    return tuple(lane for lane in every(module, language) if lane.key in used)
