"""Ways of sending a text to a telephone: through the region's gateway, or to a file or the console.

A gateway is spoken to in the plainest way there is (JSON over HTTPS); one that wants another way needs
a translator in between, or a class here with the same call.
"""

from __future__ import annotations

import json
import secrets
import sys
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

from runtime.outside import calling, sealing, selectors
from runtime.outside.calling import Undelivered
from runtime.outside.models import Connection
from runtime.regions.models import Region


class Gateway(Protocol):
    """Something that takes a text for a telephone."""

    def send(self, *, to: str, text: str, delivery: str, now: datetime) -> None:
        """Hand `text` over for the number `to` (E.164), as `delivery` each time. Raises `Undelivered`."""


class JsonGateway:
    """The region's own: `{"id", "channel", "to", "text"}` with a bearer token; any 2xx means taken."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @classmethod
    def of(cls, region: Region, via: str) -> JsonGateway:
        """Return the gateway of the region that is switched on."""
        found = selectors.gateway(region, via)
        if found is None:
            raise Undelivered("missing", again=False)
        return cls(found)

    def send(self, *, to: str, text: str, delivery: str, now: datetime) -> None:
        body = json.dumps(
            {"id": delivery, "channel": self.connection.kind, "to": to, "text": text}, ensure_ascii=False
        )
        headers = {"Idempotency-Key": delivery}
        if self.connection.secret:
            try:
                headers["Authorization"] = f"Bearer {sealing.unseal(self.connection.secret)}"
            except sealing.Unreadable:
                raise Undelivered("secret", again=False) from None
        calling.call(self.connection, body=body.encode(), headers=headers, now=now)


class FileGateway:
    """For trying things out: each message is a file in `RAKIT_MESSAGES_FOLDER`, named by its id."""

    def __init__(self, via: str) -> None:
        self.via = via

    def send(self, *, to: str, text: str, delivery: str, now: datetime) -> None:
        folder = Path(settings.RAKIT_MESSAGES_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{delivery}.txt").write_text(f"{self.via} {to}\n{text}\n", encoding="utf-8")


class ConsoleGateway:
    """For development: the message is printed."""

    def __init__(self, via: str) -> None:
        self.via = via

    def send(self, *, to: str, text: str, delivery: str, now: datetime) -> None:
        sys.stdout.write(f"{self.via} {to}\n{text}\n")


def gateway(region: Region, via: str) -> Gateway:
    """Return what takes messages of `region` to telephones; raise `Undelivered` when there is none."""
    if settings.RAKIT_MESSAGES == "file":
        return FileGateway(via)
    if settings.RAKIT_MESSAGES == "console":
        return ConsoleGateway(via)
    return JsonGateway.of(region, via)


def try_out(connection: Connection, *, to: str, text: str, now: datetime) -> None:
    """Send a test through a gateway; raise `Undelivered`."""
    JsonGateway(connection).send(to=to, text=text, delivery=f"test_{secrets.token_hex(16)}", now=now)
