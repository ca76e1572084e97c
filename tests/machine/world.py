"""The region in which random cases live: its offices, its people, and somebody from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from runtime.regions import scope
from runtime.regions.models import Region, Role, User
from tests import factories

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
ROLES = ("petugas", "kepala", "panitia")
HOLDERS = 5  # of each role for the whole region
LOCAL = 5  # of each role in the village
HEAD = "pimpinan"
"""The role that heads an office and acts in no service."""


@dataclass(frozen=True)
class World:
    """A region with its people. `strangers` may do nothing here."""

    region: Region
    village: Region
    officers: tuple[User, ...]
    administrator: User
    strangers: tuple[User, ...]
    citizen: User
    heads: tuple[User, ...]  # of the whole region, of the village, and a deputy of the former

    @property
    def everybody(self) -> tuple[User, ...]:
        """Whoever might try something."""
        return (*self.officers, self.administrator, *self.strangers, *self.heads)

    def led(self, head: User) -> frozenset[int]:
        """Return the offices that somebody leads: the village lies in the region, and nothing else does."""
        whole, local, deputy = self.heads
        known = {whole: {self.region.pk, self.village.pk}, local: {self.village.pk}}
        known[deputy] = known[whole]
        return frozenset(known.get(head, ()))


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
    heads = _heads(region, village, elsewhere)
    return World(
        region=region,
        village=village,
        officers=tuple(here),
        administrator=factories.staff("administrator", region, "pengelola"),
        strangers=(gone, factories.staff(ROLES[0], elsewhere, "orang-lain"), factories.person("warga-lain")),
        citizen=factories.person("pemohon"),
        heads=heads,
    )


def _heads(region: Region, village: Region, elsewhere: Region) -> tuple[User, ...]:
    """Make who leads: the whole region, the village, in place of the first; and a head of another region."""
    whole, local = (factories.staff(HEAD, place, f"{HEAD}-{place.pk}") for place in (region, village))
    deputy = factories.person(f"wakil-{region.pk}")
    factories.member(deputy, "arsip", village)
    span = {"from_on": date(2026, 11, 1), "until_on": date(2027, 12, 31), "appointed_at": MORNING}
    factories.standin(deputy, HEAD, region, principal=whole, **span)
    factories.staff(HEAD, elsewhere, f"{HEAD}-lain")
    for place in (region, elsewhere):
        with scope.use(place):
            Role.objects.filter(region=place, key=HEAD).update(heads=True)
    return whole, local, deputy
