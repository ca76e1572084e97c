"""The only writer of reviews: asking for a draft to be published, and what is answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from builder import permissions, services
from builder.models import Module, PublishingRules, Release, Review, digest_of
from runtime.modules import services as modules
from runtime.regions.models import Region, User

MOST = 2000
"""Letters of a note or an answer."""


class Changed(Exception):
    """The draft is no longer what somebody asked to have published."""


class Settled(Exception):
    """There is nothing to answer: somebody else was quicker, or nobody asked."""


class NotYours(Exception):
    """Somebody may not do this with a review."""


class NoReason(Exception):
    """A draft was sent back without a word."""


def rules(region: Region) -> PublishingRules:
    """Return how the region publishes, also when nobody has chosen yet."""
    found: PublishingRules | None = PublishingRules.objects.filter(region=region).first()
    return found or PublishingRules(region=region)


def waiting(module: Module) -> Review | None:
    """Return the review that waits for an answer."""
    found: Review | None = (
        module.reviews.filter(state=Review.State.WAITING).select_related("asked_by").first()
    )
    return found


def publishers(*, but: User | None = None) -> QuerySet[User]:
    """Return who may publish in the region in scope, without one of them."""
    found = permissions.ModulePolicy(Module).users_with_any_permission(["publish"])
    people = found.filter(is_superuser=False)
    people = people.exclude(pk=but.pk) if but and but.pk else people
    return people.order_by("first_name", "last_name", "username")


@transaction.atomic
def ask(*, module: Module, user: User, note: str, now: datetime) -> Review:
    """Ask for the newest draft to be published; an older question is withdrawn.

    The roles it names can be given to people from now on, so that somebody is there when it is published.
    Raises `services.NotReady` when it could not be published anyway.
    """
    checked, found = services.check(module.document, module.region)
    if found or checked.module is None:
        raise services.NotReady(found)
    modules.provide_roles(region=module.region, module=checked.module)
    module.reviews.filter(state=Review.State.WAITING).update(
        state=Review.State.WITHDRAWN, answered_by=user, answered_at=now
    )
    asked: Review = Review.objects.create(
        region=module.region,
        module=module,
        digest=digest_of(module.document),
        note=note.strip()[:MOST],
        asked_by=user,
        asked_at=now,
    )
    return asked


@transaction.atomic
def approve(
    *, module: Module, user: User, now: datetime, known_vacant: Collection[str] | None = None
) -> tuple[Review, Release | None]:
    """Publish what somebody asked for. Raises what `services.publish` raises, and `Changed`."""
    review = _answered(module, user, Review.State.APPROVED, "", now)
    if digest_of(module.document) != review.digest:
        raise Changed
    made = services.publish(module=module, user=user, note=review.note, now=now, known_vacant=known_vacant)
    return review, made


@transaction.atomic
def send_back(*, module: Module, user: User, answer: str, now: datetime) -> Review:
    """Answer that something has to be changed first, and what."""
    if not answer.strip():
        raise NoReason
    return _answered(module, user, Review.State.RETURNED, answer.strip()[:MOST], now)


@transaction.atomic
def withdraw(*, module: Module, user: User, now: datetime) -> Review:
    """Take a question back; whoever asked may, and whoever could answer it."""
    return _answered(module, user, Review.State.WITHDRAWN, "", now)


def _answered(module: Module, user: User, state: str, answer: str, now: datetime) -> Review:
    """Settle the review that waits. It is locked, so that of two answers one counts."""
    found: Review | None = (
        module.reviews.select_for_update(of=("self",)).filter(state=Review.State.WAITING).first()
    )
    if found is None:
        raise Settled
    own = state == Review.State.WITHDRAWN and found.asked_by_id == user.pk
    if not own and "publish" not in permissions.actions(user):
        raise NotYours
    found.state, found.answer, found.answered_by, found.answered_at = state, answer, user, now
    found.save()
    return found
