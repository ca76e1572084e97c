"""Hand a text over to the mail server, under a name that is the same on each attempt.

A server that nobody can connect to is left alone for a while, longer each time: mails wait for it without
losing a try, and what else waits in the queue is not held up by each of them.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPException

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from runtime.effects import identity, trouble
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun
from runtime.outside.calling import Undelivered

logger = logging.getLogger(__name__)
PAUSE, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
REMEMBERED = timedelta(hours=1)  # longer than any pause; then the server counts as never having failed


def mail(row: EffectRun, *, to: str, subject: str, body: str) -> EmailMessage:
    """Return the mail that `row` sends. A mail server or reader can drop a repetition by its Message-ID."""
    return EmailMessage(
        subject=one_line(subject),
        body=body,
        to=[to],
        headers={"Message-ID": message_id(row), "Auto-Submitted": "auto-generated"},
    )


def send(mail: EmailMessage, now: datetime) -> None:
    """Hand the mail over. Raises `Undelivered`, as no try, when the server cannot be reached at all."""
    name = f"mail-server|{settings.EMAIL_HOST}|{settings.EMAIL_PORT}"
    failures, until = cache.get(name, (0, now))
    if until > now:
        raise Undelivered("mail", again=True, wait=until - now, asked=False)
    connection = mail.connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        pause = min(PAUSE * 2 ** min(failures, 10), LONGEST)
        cache.set(name, (failures + 1, now + pause), REMEMBERED.total_seconds())
        logger.warning("the mail server cannot be reached: %s", trouble.told(error))
        raise Undelivered("mail", again=True, wait=pause, asked=False) from None
    try:
        mail.send(fail_silently=False)
    finally:
        connection.close()
    if failures:
        cache.delete(name)


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
