"""Mail into files, as slow as a server on the network."""

from __future__ import annotations

import time
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends import filebased

PAUSE = 0.02


class EmailBackend(filebased.EmailBackend):
    """Waits before and after writing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        time.sleep(PAUSE)
        sent = super().send_messages(email_messages)
        time.sleep(PAUSE)
        return sent
