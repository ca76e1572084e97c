"""The mail effect: one message of the module to one address.

Payload: {"version", "message", "language", "to": address | "user": id, "path", "tokens"}. The text
comes from the version the case is pinned to; tokens carry reference, link and public facts only.
Every attempt bears the same Message-ID, so that a mail server or reader can drop a repetition.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from runtime.effects import composing, identity
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun
from runtime.regions.models import User


def run(row: EffectRun, *, now: datetime) -> None:
    """Send the mail of `row`, then forget the address it went to."""
    address = _address(row)
    if not address:
        return
    mail = compose(row, address)
    mail.send(fail_silently=False)
    row.payload = {key: value for key, value in row.payload.items() if key != "to"}


def compose(row: EffectRun, address: str) -> EmailMessage:
    """Return the mail of `row` to `address`."""
    said = composing.composed(row)
    return EmailMessage(
        subject=one_line(said.subject),
        body=said.body,
        to=[address],
        headers={"Message-ID": message_id(row), "Auto-Submitted": "auto-generated"},
    )


def message_id(row: EffectRun) -> str:
    """Return the Message-ID of `row`: the same on each attempt, telling nothing."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{identity.of(row)}@{domain}>"


def one_line(text: str) -> str:
    """Return `text` without anything that could begin another header line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _address(row: EffectRun) -> str:
    """Return the checked address; empty when the official has left or has none."""
    if "user" in row.payload:
        user = User.objects.filter(pk=row.payload["user"], is_active=True).first()
        address = user.email if user else ""
    else:
        address = row.payload.get("to", "")
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        raise Hopeless("the address cannot be written to", reason="mailbox") from None
    return str(address)
