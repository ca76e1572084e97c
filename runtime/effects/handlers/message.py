"""The message effect: one message of the module to one telephone, by SMS or WhatsApp.

Payload: {"version", "message", "via", "to": number, "language", "path", "tokens"}; the tokens are
public facts of the case. What is too long for a telephone loses its end, never its link.
"""

from __future__ import annotations

import re
from datetime import datetime

from runtime.effects import composing, identity
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun
from runtime.outside import gateways
from schemas.fieldtypes.phone import E164

MOST = {"sms": 459, "whatsapp": 1600}  # an SMS in three parts; what gateways commonly take


def run(row: EffectRun, *, now: datetime) -> None:
    """Send the message of `row`, then forget the number it went to."""
    number = str(row.payload["to"])
    if re.fullmatch(E164, number) is None:
        raise Hopeless("the number cannot be written to", reason="number")
    gateway = gateways.gateway(row.region, row.payload["via"])
    gateway.send(to=number, text=text(row), delivery=identity.of(row), now=now)
    row.payload = {key: value for key, value in row.payload.items() if key != "to"}


def text(row: EffectRun) -> str:
    """Return what is said, on one line and short enough."""
    said = composing.composed(row)
    words, most = " ".join(said.body.split()), MOST[row.payload["via"]]
    if len(words) <= most:
        return words
    ending = f"… {said.link}" if said.link in words else "…"
    return words[: most - len(ending)].rstrip() + ending
