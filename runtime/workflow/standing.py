"""In which capacity an actor takes an action: in person or for somebody, and when that may not be."""

from __future__ import annotations

from collections.abc import Iterable

from runtime.regions.capacity import Post, StandIn
from runtime.workflow.values import Actor, Decision, OpenTask, Reason, Snapshot


def posts(actor: Actor, role: str, tasks: Iterable[OpenTask]) -> frozenset[Post]:
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
    return None if usable(actor, held, applicant) else "principals_case"


def usable(actor: Actor, held: frozenset[Post], applicant: int | None) -> frozenset[Post]:
    """Return the posts of `held` in which the actor does not take the applicant's own place."""
    taken = {one.post for one in actor.standins if applicant is not None and applicant in one.replaced}
    return held - taken


def replaced(actor: Actor, post: Post) -> frozenset[int]:
    """Return in whose place the actor holds the post: nobody's in person.

    What is in their hands is in the substitute's, and what they did counts as done by the substitute.
    """
    return frozenset(who for one in actor.standins if one.post == post for who in one.replaced)


def standin(actor: Actor, decision: Decision, snapshot: Snapshot) -> StandIn | None:
    """Return for whom the actor decided; none when it was in person."""
    tasks = (decision.settled.task,) if decision.settled else snapshot.tasks
    if decision.handed and decision.handed.heads:
        return for_whom(actor, decision.handed.heads, snapshot.applicant_id)
    return for_whom(actor, acting(actor, decision.role, tasks, snapshot), snapshot.applicant_id)


def acting(actor: Actor, role: str, tasks: Iterable[OpenTask], snapshot: Snapshot) -> frozenset[Post]:
    """Return the posts an actor has for `role`: by open tasks, else in the case's offices."""
    above = ((role, office) for office in snapshot.offices)
    return posts(actor, role, tasks) or frozenset(post for post in above if post in actor.posts)


def for_whom(actor: Actor, held: frozenset[Post], applicant: int | None) -> StandIn | None:
    """Return for whom somebody acts with the posts `held`; none when one of them is held in person."""
    known = {one.post: one for one in actor.standins}
    free = usable(actor, held, applicant) or held
    if not free or any(post not in known for post in free):
        return None
    return min((known[post] for post in free), key=lambda one: one.id)
