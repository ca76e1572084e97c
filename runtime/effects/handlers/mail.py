"""The mail effect: one message of the module to one address.

Payload: {"version", "message", "language", "to": address | "user": id, "path", "tokens"}. The text
comes from the version the case is pinned to; tokens carry reference, link and public facts only.
Every attempt bears the same Message-ID, so that a mail server or reader can drop a repetition.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from runtime.effects import tokens
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun
from runtime.modules import selectors as modules
from runtime.regions.models import Region, User


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
    payload = row.payload
    version = modules.version(row.region, payload["version"])
    message = modules.definition(version).message(payload["message"]) if version else None
    if message is None:
        raise Hopeless(f"no message {payload.get('message')!r}")
    values = {**payload["tokens"], "link": absolute(row.region, payload["path"])}
    language = payload["language"]
    return EmailMessage(
        subject=one_line(tokens.fill(message.subject.say(language), values)),
        body=tokens.fill(message.body.say(language), values),
        to=[address],
        headers={"Message-ID": message_id(row), "Auto-Submitted": "auto-generated"},
    )


def absolute(region: Region, path: str) -> str:
    """Return the full address of `path` on the site of `region`."""
    port = f":{settings.RAKIT_BASE_PORT}" if settings.RAKIT_BASE_PORT else ""
    return f"{settings.RAKIT_BASE_SCHEME}://{region.host or 'localhost'}{port}{path}"


def message_id(row: EffectRun) -> str:
    """Return the Message-ID of `row`: the same on each attempt, telling nothing."""
    name = hashlib.sha256(row.dedupe.encode()).hexdigest()[:32]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{name}@{domain}>"


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
        raise Hopeless("the address cannot be written to") from None
    return str(address)
