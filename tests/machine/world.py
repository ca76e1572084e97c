"""The region in which random cases live: its offices, its people, and somebody from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from runtime.regions.models import Region, User
from tests import factories

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
ROLES = ("petugas", "kepala", "panitia")
HOLDERS = 5  # of each role for the whole region
LOCAL = 5  # of each role in the village


@dataclass(frozen=True)
class World:
    """A region with its people. `strangers` may do nothing here."""

    region: Region
    village: Region
    officers: tuple[User, ...]
    administrator: User
    strangers: tuple[User, ...]
    citizen: User


def world(region: Region, village: Region, elsewhere: Region) -> World:
    """Make everybody: one officer is away and has a substitute, one has left, one is of another region."""
    here = [
        factories.staff(role, place, f"{role}-{place.pk}-{at}")
        for role in ROLES
        for place, count in ((region, HOLDERS), (village, LOCAL))
        for at in range(count)
    ]
    away, head = here[0], here[HOLDERS + LOCAL]
    factories.standin(
        head,
        ROLES[0],
        region,
        principal=away,
        from_on=date(2026, 11, 1),
        until_on=date(2027, 12, 31),
        appointed_at=MORNING,
    )
    gone = factories.staff(ROLES[0], region, "pensiun")
    gone.is_active = False
    gone.save()
    return World(
        region=region,
        village=village,
        officers=tuple(here),
        administrator=factories.staff("administrator", region, "pengelola"),
        strangers=(gone, factories.staff(ROLES[0], elsewhere, "orang-lain"), factories.person("warga-lain")),
        citizen=factories.person("pemohon"),
    )
