"""Writes the demonstration's regions, people and services; running it again changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from builder import services as builder
from builder.models import Module
from cms.demo.people import INSTALLER, OUTSIDER, PASSWORD, PEOPLE, ROLES, Person
from cms.demo.places import NATION, PROVINCES, TENANTS, Tenant
from runtime.regions import appointing, scope, standins
from runtime.regions.models import Membership, Region, Role, User
from schemas import digest


def write(now: datetime) -> None:
    """Write everything but the cases."""
    nation = _tenant(NATION, None)
    for key, name, code in PROVINCES:
        _region(key, Region.Kind.PROVINCE, name, parent=nation, code=code)
    for tenant in TENANTS:
        region = _tenant(tenant, Region.objects.get(key=tenant.parent))
        _offices(region, tenant)
        with scope.use(region):
            _staff(region, tenant)
            _standin(region, tenant, now)
            _modules(region, now)
    _account(OUTSIDER)
    _account(INSTALLER, is_staff=True, is_superuser=True)


def office(region: Region, place: str, tenant: Tenant) -> Region:
    """Return the office that a post's place names."""
    if not place:
        return region
    return Region.objects.get(key=f"{region.key}-{slugify(tenant.desk) if place == 'desk' else place}")


def _region(key: str, kind: str, name: str, *, parent: Region | None, **more: object) -> Region:
    values = {"kind": kind, "name": name, "parent": parent, **more}
    region, _new = Region.objects.update_or_create(key=key, defaults=values)
    return region


def _tenant(tenant: Tenant, parent: Region | None) -> Region:
    return _region(
        tenant.key,
        tenant.kind,
        tenant.name,
        parent=parent,
        host=tenant.host,
        short_code=tenant.short_code,
        code=tenant.code,
        timezone=tenant.timezone,
        theme=tenant.theme,
        map=tenant.map,
        contact=tenant.contact,
    )


def _offices(region: Region, tenant: Tenant) -> None:
    def below(parent: Region, kind: str, key: str, name: str) -> Region:
        place = f"{region.key}-{key}"
        return _region(place, kind, name, parent=parent, tenant=region, timezone=region.timezone)

    for district in tenant.districts:
        seat = below(
            region,
            Region.Kind.DISTRICT,
            f"kec-{slugify(district.name)}",
            f"Kecamatan {district.name}",
        )
        for village in district.villages:
            below(seat, Region.Kind.VILLAGE, slugify(village), f"{district.village_word} {village}")
    for key, name in tenant.agencies:
        below(region, Region.Kind.AGENCY, key, name)


def _staff(region: Region, tenant: Tenant) -> None:
    roles = {}
    for key, title in ROLES.items():
        roles[key], _new = Role.objects.update_or_create(
            region=region,
            key=key,
            defaults={"title": title, "counter": key == "loket", "heads": key == "lurah"},
        )
    for person in PEOPLE[region.key]:
        user = _account(person)
        for role, place in person.posts:
            Membership.objects.get_or_create(
                region=region, office=office(region, place, tenant), user=user, role=roles[role]
            )


def _standin(region: Region, tenant: Tenant, now: datetime) -> None:
    """Let the secretary of the desk's village stand in for its head for two weeks, once."""
    if standins.everything(region).exists():
        return
    first = standins.today(region, now)
    wanted = appointing.Wanted(
        kind="plh",
        role=Role.objects.get(region=region, key="lurah"),
        office=office(region, "desk", tenant),
        principal=User.objects.get(username=f"lurah.{region.key}"),
        substitute=User.objects.get(username=f"sekretaris.{region.key}"),
        from_on=first,
        until_on=first + timedelta(days=13),
        basis="Surat Perintah Nomor 800.1.11/27/2026",
    )
    by = User.objects.get(username=f"pengelola.{region.key}")
    appointing.appoint(region=region, wanted=wanted, by=by, now=now)


def _account(person: Person, **more: bool) -> User:
    first, _space, last = person.name.partition(" ")
    user, new = User.objects.get_or_create(
        username=person.username,
        defaults={
            "first_name": first,
            "last_name": last,
            "email": f"{person.username}@rakit.example",
            **more,
        },
    )
    if new:
        user.password = _hashed()
        user.save(update_fields=["password"])
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@cache
def _hashed() -> str:
    """Hash the one public password once; hashing is slow on purpose."""
    return make_password(PASSWORD)


def _modules(region: Region, now: datetime) -> None:
    """Import and publish the ready-made modules, each only while the region does not know it."""
    clerk = User.objects.get(username=f"perancang.{region.key}")
    for file in sorted((Path(settings.BASE_DIR) / "builder" / "starters").glob("*.json")):
        text = file.read_text(encoding="utf-8")
        released = Module.objects.filter(region=region, releases__digest=digest.of_text(text))
        if not released.exists():
            builder.import_document(text=text, region=region, user=clerk, now=now, publish_now=True)
