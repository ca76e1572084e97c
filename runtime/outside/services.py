"""The only writer of connections: add, change, give a new secret, switch on and off."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from django.db import IntegrityError, transaction

from runtime.outside import sealing, selectors, signing
from runtime.outside.models import Connection
from runtime.regions.models import Region

Kind = Connection.Kind


class AlreadyOne(Exception):
    """The region has a gateway of this kind that is switched on, and can have one only."""


def add(
    *, region: Region, name: str, kind: str, address: str, token: str, now: datetime
) -> tuple[Connection, str]:
    """Add a connection, switched on; return it and the secret to be shown once (none for a gateway).

    Another system is given a secret of ours to check signatures by; a gateway has given us its `token`.
    """
    secret = signing.new_secret() if kind == Kind.WEBHOOK else token
    row = Connection(
        region=region,
        key=_free_key(region, name),
        name=name,
        kind=kind,
        address=address,
        secret=sealing.seal(secret) if secret else "",
        created_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise AlreadyOne from None
    return row, secret if kind == Kind.WEBHOOK else ""


def renew_secret(connection: Connection) -> str:
    """Replace the secret of another system and return the new one; the old one signs nothing from now on."""
    secret = signing.new_secret()
    connection.secret = sealing.seal(secret)
    connection.save(update_fields=["secret"])
    return secret


def change(connection: Connection, *, name: str, address: str, token: str = "") -> None:
    """Change name and address, and the token of a gateway when one is given; begin anew after failures."""
    connection.name, connection.address = name, address
    if token and connection.kind != Kind.WEBHOOK:
        connection.secret = sealing.seal(token)
    connection.failures, connection.paused_until = 0, None
    connection.save(update_fields=["name", "address", "secret", "failures", "paused_until"])


def switch(connection: Connection, *, on: bool) -> None:
    """Switch a connection on or off; raise `AlreadyOne` when another gateway of its kind is on."""
    connection.on = on
    connection.failures, connection.paused_until = 0, None
    try:
        with transaction.atomic():
            connection.save(update_fields=["on", "failures", "paused_until"])
    except IntegrityError:
        connection.on = not on
        raise AlreadyOne from None


def _free_key(region: Region, name: str) -> str:
    """Return the key documents name the connection by, made from its name once and never changed."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    wanted = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:34].strip("_")
    wanted = wanted if wanted[:1].isalpha() else f"sistem_{wanted}".strip("_")[:34]
    taken = set(selectors.connections(region).values_list("key", flat=True))
    return next(key for n in range(1, 1000) if (key := wanted if n == 1 else f"{wanted}_{n}") not in taken)
