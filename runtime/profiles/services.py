"""The only writer of profiles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from runtime.profiles.models import Profile
from runtime.regions.models import Region, User
from schemas.definition import Json


def save(*, region: Region, user: User, facts: Mapping[str, Json], now: datetime) -> None:
    """Keep `facts` in place of what was kept before."""
    Profile.objects.update_or_create(
        region=region, user=user, defaults={"facts": dict(facts), "saved_at": now}
    )


def forget(*, region: Region, user: User) -> None:
    """Delete the profile; forms are filled in from it no longer, also those already begun."""
    Profile.objects.filter(region=region, user=user).delete()
