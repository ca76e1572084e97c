"""The emblem in the letterhead of a region: kept by its administrators, printed at the left of the names."""

from __future__ import annotations

from datetime import datetime

from runtime.letters.images import Picture
from runtime.letters.models import Logo
from runtime.regions.models import Region

LONGEST = 1200  # pixels: 24 mm in a letter, sharp also on a large printer


def of(region: Region) -> Logo | None:
    """Return the emblem of the region, None without one."""
    found: Logo | None = Logo.objects.filter(region=region).first()
    return found


def picture(region: Region) -> Picture | None:
    """Return it as a picture."""
    logo = of(region)
    return Picture(bytes(logo.picture), logo.type) if logo else None


def keep(*, region: Region, picture: Picture, now: datetime) -> None:
    """Keep a picture that was judged, in the place of what was there; letters that were issued stay."""
    values = {"picture": picture.content, "type": picture.type, "changed_at": now}
    Logo.objects.update_or_create(region=region, defaults=values)


def remove(region: Region) -> None:
    """Have letters without an emblem from now on."""
    Logo.objects.filter(region=region).delete()
