"""The only writer of links to drafts and of the comments on them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from builder.models import DraftComment, DraftLink, Module
from runtime.regions.models import Region, User

DAYS = (7, 30, 90)
MOST_LINKS = 20  # of a service that count at once
AN_HOUR = 30  # comments by one link
ALTOGETHER = 500  # comments by one link
_SIGNER = signing.Signer(salt="builder.sharing")


class TooMany(Exception):
    """There are as many links of the service, or comments by the link, as there may be."""


@transaction.atomic
def make(*, module: Module, days: int, user: User, now: datetime) -> DraftLink:
    """Let whoever gets the link see the draft for some days. Raises `TooMany`."""
    Module.objects.select_for_update().get(pk=module.pk)
    if counting(module, now=now).count() >= MOST_LINKS:
        raise TooMany
    made: DraftLink = DraftLink.objects.create(
        region=module.region,
        module=module,
        public_id=uuid.uuid4(),
        made_by=user,
        made_at=now,
        ends_at=now + timedelta(days=days),
    )
    return made


def end(*, link: DraftLink, now: datetime) -> None:
    """Let nobody in by the link any more."""
    DraftLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=now)


@transaction.atomic
def comment(*, link: DraftLink, name: str, text: str, page: str, now: datetime) -> DraftComment:
    """Keep what somebody says of the draft. Raises `TooMany`."""
    DraftLink.objects.select_for_update().get(pk=link.pk)
    written = DraftComment.objects.filter(link=link)
    if written.filter(written_at__gt=now - timedelta(hours=1)).count() >= AN_HOUR:
        raise TooMany
    if written.count() >= ALTOGETHER:
        raise TooMany
    made: DraftComment = DraftComment.objects.create(
        region=link.region, link=link, name=name, text=text, page=page, written_at=now
    )
    return made


def settle(*, module: Module, pk: int, user: User, now: datetime) -> None:
    """Note that a comment is dealt with."""
    DraftComment.objects.filter(link__module=module, pk=pk, done_at=None).update(done_at=now, done_by=user)


def counting(module: Module, *, now: datetime) -> QuerySet[DraftLink]:
    """Return the links of a service that let somebody in at `now`."""
    found: QuerySet[DraftLink] = DraftLink.objects.filter(module=module, ended_at=None, ends_at__gt=now)
    return found


def token(link: DraftLink) -> str:
    """Return what stands in the address of a link; nobody can make it without the key of the site."""
    return _SIGNER.sign(link.public_id.hex)


def followed(region: Region, signed: str, *, now: datetime) -> DraftLink | None:
    """Return the link of an address; none where it is forged, another region's, ended or past."""
    try:
        public_id = uuid.UUID(_SIGNER.unsign(signed))
    except (signing.BadSignature, ValueError):
        return None
    found: DraftLink | None = (
        DraftLink.objects.filter(region=region, public_id=public_id, ended_at=None, ends_at__gt=now)
        .select_related("module", "region")
        .first()
    )
    return found


def open_comments(module: Module) -> int:
    """Return how many comments nobody has dealt with."""
    return int(DraftComment.objects.filter(link__module=module, done_at=None).count())
