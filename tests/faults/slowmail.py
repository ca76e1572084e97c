"""Mail into files, as slow as a server on the network; and mail that kills whoever sends it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import filebased

PAUSE = 0.02
POISON = "racun"


class EmailBackend(filebased.EmailBackend):
    """Waits before and after writing.

    While there is a file `poison` in the installation's folder, a mail to somebody called so ends the
    process as the system does when its memory is full.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        poisoned = any(to.startswith(POISON) for message in email_messages for to in message.to)
        if poisoned and (settings.VAR_DIR / "poison").exists():
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(PAUSE)
        sent = super().send_messages(email_messages)
        time.sleep(PAUSE)
        return sent
