"""The message effect: one message of the module to one telephone, by SMS or WhatsApp.

Payload: {"version", "message", "via", "to": number, "language", "path", "tokens"}; the tokens are
public facts of the case. What is too long for a telephone loses its end, never its link.
"""

from __future__ import annotations

from datetime import datetime

from runtime.effects import composing, telling
from runtime.effects.models import EffectRun
from runtime.notices import masks

MOST = {"sms": 459, "whatsapp": 1600}  # an SMS in three parts; what gateways commonly take


def run(row: EffectRun, *, now: datetime) -> None:
    """Send the message of `row`, then forget the number it went to."""
    via, number = row.payload["via"], str(row.payload["to"])
    telling.not_in_quiet_hours(telling.wish(row), now)
    telling.telephone(row, via=via, number=number, text=text(row), now=now)
    telling.noted(row, via=via, masked=masks.telephone(number))


def text(row: EffectRun) -> str:
    """Return what is said, on one line and short enough: the short words of the message, if it has any."""
    said = composing.composed(row)
    return composing.own(said) if said.short else composing.shortened(said, MOST[row.payload["via"]])
