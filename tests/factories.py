"""Makes rows for tests, one function per model, with sensible defaults."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.utils import timezone

from runtime.areas import loading
from runtime.areas.models import AreaEdition
from runtime.modules import services as modules
from runtime.modules.models import Installation
from runtime.regions import scope, standins
from runtime.regions.capacity import StandIn
from runtime.regions.models import Membership, Region, Role, Substitution, User

STARTERS = Path(__file__).parents[1] / "builder" / "starters"
PASSWORD = "rahasia-sekali-1"
_numbers = itertools.count(1)


def tenant(key: str = "tangerang", **values: object) -> Region:
    """Make a region with a site of its own."""
    defaults: dict[str, object] = {
        "kind": Region.Kind.CITY,
        "name": f"Kota {key.title()}",
        "short_code": key[:3].upper(),
        "host": f"{key}.localhost",
    }
    return Region.objects.create(key=key, **(defaults | values))


def nation() -> Region:
    """Make the nation, whose site is the national front page."""
    return tenant("nasional", kind=Region.Kind.NATION, name="Indonesia", short_code="NAS", host="localhost")


def office(parent: Region, key: str = "", kind: str = Region.Kind.VILLAGE, **values: object) -> Region:
    """Make an office below `parent`: a village unless told otherwise."""
    key = key or f"kantor-{next(_numbers)}"
    defaults: dict[str, object] = {"name": key.replace("-", " ").title(), "timezone": parent.timezone}
    return Region.objects.create(
        key=key, kind=kind, parent=parent, tenant=parent.tenant or parent, **(defaults | values)
    )


def person(name: str = "", **values: object) -> User:
    """Make somebody who can log in with `PASSWORD` and whose address is confirmed."""
    name = name or f"warga{next(_numbers)}"
    defaults: dict[str, object] = {"email": f"{name}@rakit.example", "first_name": name.title()}
    user = User.objects.create_user(username=name, password=PASSWORD, **(defaults | values))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def member(user: User, role: str, office: Region) -> Membership:
    """Give `user` a role in `office` (a tenant itself, or an office of it)."""
    region = office.tenant or office
    with scope.use(region):
        kind, _new = Role.objects.get_or_create(region=region, key=role, defaults={"title": {"id": role}})
        made: Membership = Membership.objects.create(region=region, office=office, user=user, role=kind)
    return made


def staff(role: str, office: Region, name: str = "") -> User:
    """Make somebody who holds `role` in `office`."""
    user = person(name)
    member(user, role, office)
    return user


def standin(
    substitute: User, role: str, office: Region, principal: User | None = None, **values: object
) -> Substitution:
    """Let `substitute` stand in for a post of `principal` from today on for a week; Plt. without one."""
    region = office.tenant or office
    with scope.use(region):
        kind, _new = Role.objects.get_or_create(region=region, key=role, defaults={"title": {"id": role}})
        now = timezone.now()
        first = standins.today(region, now)
        defaults: dict[str, object] = {
            "kind": "plh" if principal else "plt",
            "from_on": first,
            "until_on": first + timedelta(days=6),
            "basis": "800/1-BKPSDM/2026",
            "appointed_at": now,
        }
        made: Substitution = Substitution.objects.create(
            region=region,
            office=office,
            role=kind,
            principal=principal,
            substitute=substitute,
            **(defaults | values),
        )
    return made


def stood_in(row: Substitution) -> StandIn:
    """Return what the row says, read from the row itself."""
    before = row.through.substitute_id if row.through else None
    return StandIn(
        id=row.pk,
        post=(row.role.key, row.office_id),
        kind="plt" if row.kind == "plt" else "plh",
        principal_id=row.principal_id,
        principal_name=row.principal.get_full_name() if row.principal else "",
        replaced=frozenset({row.principal_id, before} - {None}),
        modules=frozenset(row.module_keys),
    )


def starter(key: str) -> str:
    """Return the document of a ready-made module."""
    return (STARTERS / f"{key}.json").read_text(encoding="utf-8")


AREAS = {
    "36": "Banten",
    "72": "Sulawesi Tengah",
    "36.03": "Kabupaten Tangerang",
    "36.71": "Kota Tangerang",
    "72.02": "Kabupaten Poso",
    "36.71.01": "Tangerang",
    "36.71.09": "Cibodas",
    "72.02.01": "Poso Kota",
    "72.02.09": "Pamona Pusalemba",
    "36.71.01.1001": "Sukarasa",
    "36.71.01.1002": "Sukaasih",
    "36.71.09.1001": "Uwung Jaya",
    "72.02.01.1001": "Sukaasih",
    "72.02.09.2001": "Uelene'e",
}
"""A few areas of the two regions of the tests; one name with an apostrophe and one twice."""


def areas(changes: dict[str, str | None] | None = None, name: str = "areas") -> AreaEdition:
    """Load `AREAS` with `changes` (None takes one out) as the newest edition."""
    wanted = {code: words for code, words in (AREAS | (changes or {})).items() if words}
    return loading.load(loading.Listed(name=name, areas=wanted), now=timezone.now())[0]


def installed(region: Region, document: str = "", number: int = 1) -> Installation:
    """Publish a document in `region` and open it to the public."""
    with scope.use(region):
        return modules.install(
            region=region, document=document or starter("surat-domisili"), number=number, now=timezone.now()
        )
