"""In which capacity an actor takes an action: in person or for somebody, and when that may not be."""

from __future__ import annotations

from runtime.regions.capacity import Post, StandIn
from runtime.workflow.values import Actor, OpenTask, Reason, Snapshot


def posts(actor: Actor, role: str, tasks: tuple[OpenTask, ...]) -> frozenset[Post]:
    """Return the posts of open tasks of `role` that the actor may act for."""
    found = ((task.role, task.office_id) for task in tasks if task.role == role)
    return frozenset(post for post in found if post in actor.posts)


def barred(actor: Actor, held: frozenset[Post], applicant: int | None) -> Reason | None:
    """Return why the actor may not decide this applicant's case with the posts `held`, if so.

    Nobody decides their own case, in person or standing in; and nobody decides the case of the very
    person whose place they take: that would be deciding it themselves by another's hand.
    """
    if applicant is None:
        return None
    if actor.id == applicant:
        return "own_case"
    return None if _free(actor, held, applicant) else "principals_case"


def standin(actor: Actor, role: str, snapshot: Snapshot) -> StandIn | None:
    """Return for whom the actor acts; none when a post of the task is held in person."""
    held = posts(actor, role, snapshot.tasks)
    usable = _free(actor, held, snapshot.applicant_id) or held
    known = {one.post: one for one in actor.standins}
    if not usable or any(post not in known for post in usable):
        return None
    return min((known[post] for post in usable), key=lambda one: one.id)


def _free(actor: Actor, held: frozenset[Post], applicant: int | None) -> frozenset[Post]:
    """Return the posts of `held` in which the actor does not take the applicant's own place."""
    taken = {one.post for one in actor.standins if applicant is not None and applicant in one.replaced}
    return held - taken
