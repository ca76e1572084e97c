"""Hand a text over to the mail server, under a name that is the same on each attempt."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from runtime.effects import identity
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun


def mail(row: EffectRun, *, to: str, subject: str, body: str) -> EmailMessage:
    """Return the mail that `row` sends. A mail server or reader can drop a repetition by its Message-ID."""
    return EmailMessage(
        subject=one_line(subject),
        body=body,
        to=[to],
        headers={"Message-ID": message_id(row), "Auto-Submitted": "auto-generated"},
    )


def checked(address: str) -> str:
    """Return the address; raise `Hopeless` when nobody can be written to there."""
    try:
        validate_email(address)
    except ValidationError:
        raise Hopeless("the address cannot be written to", reason="mailbox") from None
    return address


def message_id(row: EffectRun) -> str:
    """Return the Message-ID of `row`, telling nothing."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{identity.of(row)}@{domain}>"


def one_line(text: str) -> str:
    """Return `text` without anything that could begin another header line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
