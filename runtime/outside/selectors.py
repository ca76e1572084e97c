"""Which connections a region has."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from runtime.outside.models import Connection
from runtime.regions.models import Region


def connections(region: Region) -> QuerySet[Connection]:
    """Return all connections of `region`, by name."""
    found: QuerySet[Connection] = Connection.objects.filter(region=region)
    return found


def connection(region: Region, key: str) -> Connection | None:
    """Return the connection `key` of `region`."""
    return connections(region).filter(key=key).first()


def webhook(region: Region, key: str) -> Connection | None:
    """Return the connection `key`, if it leads to another system."""
    return connections(region).filter(key=key, kind=Connection.Kind.WEBHOOK).first()


def gateway(region: Region, via: str) -> Connection | None:
    """Return the gateway for `via` that is switched on."""
    return connections(region).filter(kind=via, on=True).first()


def reaches_telephones(region: Region, via: str) -> bool:
    """Tell whether messages to telephones go anywhere."""
    return settings.RAKIT_MESSAGES != "gateway" or gateway(region, via) is not None
