"""An officer's signature as a picture: kept by themselves, printed where their letters bear no other one.

It stands in letters of which the officer took the step while it stood, in this region, and in no others.
"""

from __future__ import annotations

from datetime import datetime

from runtime.cases.selectors import CaseEvent
from runtime.letters import drawing, ways
from runtime.letters.images import SVG, Picture
from runtime.letters.models import IssuedLetter, SignatureImage
from runtime.regions.models import Region, User
from schemas.fieldtypes.signature import drawable

LONGEST = 900  # pixels: 48 mm in a letter at 450 dots to the inch


class NotDrawn(Exception):
    """What was sent is no drawing."""


def of(region: Region, user: User) -> SignatureImage | None:
    """Return what `user` keeps in `region`."""
    found: SignatureImage | None = SignatureImage.objects.filter(region=region, user=user).first()
    return found


def draw(*, region: Region, user: User, strokes: str, now: datetime) -> None:
    """Keep what was drawn, in the place of what was there. Raises `NotDrawn`."""
    if not drawable(strokes):
        raise NotDrawn
    _keep(region, user, now, strokes=strokes, picture=b"", type=SVG)


def keep(*, region: Region, user: User, picture: Picture, now: datetime) -> None:
    """Keep a picture that was judged, in the place of what was there."""
    _keep(region, user, now, strokes="", picture=picture.content, type=picture.type)


def switch(*, region: Region, user: User, shown: bool, now: datetime) -> None:
    """Have it printed from now on, or no longer."""
    SignatureImage.objects.filter(region=region, user=user).update(shown=shown, since=now)


def remove(*, region: Region, user: User) -> None:
    """Delete it; letters that were issued keep their file."""
    SignatureImage.objects.filter(region=region, user=user).delete()


def picture(row: SignatureImage) -> Picture:
    """Return the picture itself."""
    return Picture(drawing.svg(row.strokes).encode() if row.strokes else bytes(row.picture), row.type)


def standing(letter: IssuedLetter, event: CaseEvent | None) -> Picture | None:
    """Return what is printed in `letter`, whose signer took the step `event`; None for nothing.

    Nothing where the file itself bears a signature, or where it was kept or switched on only afterwards.
    """
    if event is None or event.actor_id is None or letter.adapter != ways.PLAIN:
        return None
    mine = SignatureImage.objects.filter(region=letter.region, user=event.actor_id, shown=True)
    row: SignatureImage | None = mine.filter(since__lte=event.at).first()
    return picture(row) if row else None


def _keep(region: Region, user: User, now: datetime, **values: object) -> None:
    SignatureImage.objects.update_or_create(
        region=region, user=user, defaults={**values, "since": now, "shown": True}
    )
