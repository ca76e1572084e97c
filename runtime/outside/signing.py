"""Signatures of webhooks, so that a receiver knows who sent them and that nothing was changed or replayed.

Source: Standard Webhooks (standardwebhooks.com), for which receivers find libraries in most languages.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

PREFIX = "whsec_"


def new_secret() -> str:
    """Return a fresh secret: 32 random bytes, as receivers' libraries take it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def headers(secret: str, *, delivery: str, body: bytes, now: datetime) -> dict[str, str]:
    """Return the headers of one attempt; `delivery` is the same for every attempt, the time is not."""
    moment = str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.new(key, b".".join([delivery.encode(), moment.encode(), body]), hashlib.sha256).digest()
    return {
        "webhook-id": delivery,
        "webhook-timestamp": moment,
        "webhook-signature": "v1," + base64.b64encode(signed).decode(),
    }
