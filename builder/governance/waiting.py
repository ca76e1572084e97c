"""Which reviews wait for somebody, for the first page they see. Everything within the region in scope."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from builder import permissions
from builder.governance import reviewing
from builder.models import Release, Review
from runtime.regions.models import Region, User

MOST = 20
"""Reviews of a kind that are read at once."""


def to_answer(user: User, region: Region) -> list[Review]:
    """Return what waits for `user`, oldest first: they may publish it, and did not ask for it themselves."""
    if "publish" not in permissions.actions(user):
        return []
    found = list(_newest(Review.State.WAITING).exclude(asked_by=user).order_by("asked_at", "pk")[:MOST])
    if not reviewing.rules(region).two_people:
        return found
    return [review for review in found if not _worked_on(review, user)]


def asked(user: User) -> list[Review]:
    """Return what `user` has asked for and nobody has answered, oldest first."""
    return list(_newest(Review.State.WAITING).filter(asked_by=user).order_by("asked_at", "pk")[:MOST])


def sent_back(user: User) -> list[Review]:
    """Return what was sent back to `user`, newest first, until they ask anew or somebody publishes."""
    later = Release.objects.filter(module=OuterRef("module"), published_at__gt=OuterRef("answered_at"))
    found = _newest(Review.State.RETURNED).filter(~Exists(later), asked_by=user)
    return list(found.order_by("-answered_at", "-pk")[:MOST])


def _newest(state: str) -> QuerySet[Review]:
    """Return the newest review of each service, where that is in `state`."""
    latest = Review.objects.filter(module=OuterRef("module")).order_by("-pk").values("pk")[:1]
    found: QuerySet[Review] = Review.objects.filter(pk=Subquery(latest), state=state)
    return found.select_related("module__latest_revision", "asked_by", "answered_by")


def _worked_on(review: Review, user: User) -> bool:
    newest = review.module.latest_revision
    return newest is not None and review.module.worked_on_by(user, newest)
