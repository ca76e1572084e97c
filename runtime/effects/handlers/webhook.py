"""The webhook effect: another system is told what happened in a case.

Payload: {"connection": key, "body": what is said}. The body was put together when it happened; once it
has arrived it is forgotten here, but for `told`: the keys of the answers that were in it.
"""

from __future__ import annotations

from datetime import datetime

from runtime.effects import identity
from runtime.effects.models import EffectRun
from runtime.outside import selectors as outside
from runtime.outside import webhooks
from runtime.outside.calling import Undelivered


def run(row: EffectRun, *, now: datetime) -> None:
    """Tell the connection of `row`."""
    connection = outside.webhook(row.region, row.payload["connection"])
    if connection is None:
        raise Undelivered("missing", again=False)
    webhooks.send(connection, delivery=identity.of(row), body=row.payload["body"], now=now)
    told = sorted(row.payload["body"].get("data") or ())
    row.payload = {"connection": row.payload["connection"], "told": told}
