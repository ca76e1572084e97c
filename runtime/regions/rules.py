"""What makes a region or an office a sound one. Looks at other regions, writes nothing.

A region with a host is a *tenant*: it has a site. A district, village or agency without a host is an
office of the tenant above it. A country, province, regency or city without a host is a node of the
tree only.
"""

from __future__ import annotations

import re
import zoneinfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from runtime.regions.capacity import ADMINISTRATOR as ADMINISTRATOR  # it is one of the standing roles here
from runtime.regions.models import Region
from runtime.regions.refused import Refused

# The roles every region has from its first day. They are held for the region as a whole.
STANDING: dict[str, dict[str, str]] = {
    ADMINISTRATOR: {"id": "Pengelola daerah", "en": "Regional administrator"},
    "builder": {"id": "Perancang layanan", "en": "Service designer"},
    "publisher": {"id": "Penerbit layanan", "en": "Service publisher"},
}
# Who designs services or manages people reads no applications: these roles have no seat at the desk.
NOT_AT_DESK = frozenset(STANDING)

Kind = Region.Kind
OFFICES = frozenset({Kind.DISTRICT, Kind.VILLAGE, Kind.AGENCY})
ABOVE: dict[str, frozenset[str]] = {
    Kind.NATION: frozenset(),
    Kind.PROVINCE: frozenset({Kind.NATION}),
    Kind.REGENCY: frozenset({Kind.NATION, Kind.PROVINCE}),
    Kind.CITY: frozenset({Kind.NATION, Kind.PROVINCE}),
    Kind.DISTRICT: frozenset({Kind.REGENCY, Kind.CITY}),
    Kind.VILLAGE: frozenset({Kind.REGENCY, Kind.CITY, Kind.DISTRICT}),
    Kind.AGENCY: frozenset(Kind.values),
}
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_LETTERS = re.compile(r"[A-Z]{2,6}")
_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def settle(region: Region) -> Region:
    """Return `region`, not yet saved, with its tenant and clock filled in; raise `Refused` if unsound."""
    for rule in (_key, _name, _kind, _place, _site, _clock, _numbers):
        rule(region)
    return region


def _require(sound: bool, code: str, sentence: str, field: str) -> None:
    if not sound:
        raise Refused(code, sentence, field)


def _key(region: Region) -> None:
    words = _("The key “%(key)s” cannot be used: take small letters a–z, digits and hyphens, at most 60.")
    _require(bool(_KEY.fullmatch(region.key)), "key", words % {"key": region.key}, "key")
    other = _others(region).filter(key=region.key).first()
    if other:
        words = _("The key “%(key)s” is already that of %(name)s.")
        raise Refused("key_in_use", words % {"key": region.key, "name": other.name}, "key")


def _name(region: Region) -> None:
    region.name = " ".join(region.name.replace("\x00", "").split())
    words = _("Give a name of 1 to 120 letters.")
    _require(0 < len(region.name) <= 120, "name", words, "name")


def _kind(region: Region) -> None:
    words = _("There is no kind “%(kind)s”. The kinds are: %(kinds)s.")
    named = {"kind": region.kind, "kinds": ", ".join(Kind.values)}
    _require(region.kind in Kind.values, "kind", words % named, "kind")


def _place(region: Region) -> None:
    """Set the tenant: an office belongs to the tenant above it, a region with a site to nobody."""
    parent, kind = region.parent, Kind(region.kind).label
    if parent and parent.kind not in ABOVE[region.kind]:
        words = _("A region of the kind “%(kind)s” cannot lie below %(name)s (%(above)s).")
        named = {"kind": kind, "name": parent.name, "above": Kind(parent.kind).label}
        raise Refused("parent_kind", words % named, "parent")
    region.tenant = None
    if region.host or region.kind not in OFFICES:
        return
    if parent is None:
        words = _("An office of the kind “%(kind)s” needs a parent; a region with a site needs a host.")
        raise Refused("parent_missing", words % {"kind": kind}, "parent")
    region.tenant = parent.tenant or (parent if parent.host else None)
    words = _("%(name)s has no site of its own, so it cannot have offices. Give a host, or another parent.")
    _require(region.tenant is not None, "parent_without_site", words % {"name": parent.name}, "parent")


def _site(region: Region) -> None:
    if not region.host:
        region.host = None
        words = _("Letters in front of references are for a region with a site. Give a host, or no letters.")
        _require(not region.short_code, "letters_without_site", words, "short_code")
        return
    region.host = region.host.lower().rstrip(".")
    words = _("“%(host)s” is not a host name. Write it without https:// and without a port.")
    _require(bool(_HOST.fullmatch(region.host)), "host", words % {"host": region.host}, "host")
    words = _("Letters in front of references must be 2 to 6 capital letters A–Z, for example TNG.")
    _require(bool(_LETTERS.fullmatch(region.short_code)), "letters", words, "short_code")
    words = _("The host “%(value)s” is already that of %(name)s.")
    _free(region, "host", words, "host_in_use")
    words = _("The letters “%(value)s” are already those of %(name)s.")
    _free(region, "short_code", words, "letters_in_use")


def _free(region: Region, field: str, words: str, code: str) -> None:
    value = getattr(region, field)
    other = _others(region).filter(**{field: value}).first()
    if other:
        raise Refused(code, words % {"value": value, "name": other.name}, field)


def _clock(region: Region) -> None:
    """Check the time zone; an office has the clock of its tenant."""
    if region.tenant:
        words = _("An office has the time zone of its region, %(zone)s.")
        same = region.timezone in {"", region.tenant.timezone}
        _require(same, "zone_of_office", words % {"zone": region.tenant.timezone}, "timezone")
        region.timezone = region.tenant.timezone
        return
    region.timezone = region.timezone or (region.parent.timezone if region.parent else "Asia/Jakarta")
    words = _("There is no time zone “%(zone)s”. In Indonesia: Asia/Jakarta, Asia/Makassar, Asia/Jayapura.")
    known = region.timezone in zoneinfo.available_timezones()
    _require(known, "zone", words % {"zone": region.timezone}, "timezone")


def _numbers(region: Region) -> None:
    words = _("“%(code)s” is not an official code. Write it like 36, 36.71, 36.71.01 or 36.71.01.1001.")
    sound = not region.code or bool(_CODE.fullmatch(region.code))
    _require(sound, "code", words % {"code": region.code}, "code")


def _others(region: Region) -> QuerySet[Region]:
    return Region.objects.exclude(pk=region.pk)
