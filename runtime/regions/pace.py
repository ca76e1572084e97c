"""How often one network address, or somebody, may ask: counted in windows of a minute or an hour.

With a shared cache (`RAKIT_CACHE_URL`) all processes count together, else each for itself.
"""

from __future__ import annotations

import hashlib
import ipaddress
import time

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MINUTE, HOUR = 60, 3600


def within(request: HttpRequest, name: str, window: int, *, whose: str = "") -> bool:
    """Count the request and tell whether it is within `settings.RAKIT_LIMITS[name]` of this window.

    `whose` names what is counted instead of the network address, which a whole village may share.
    """
    limit: int = settings.RAKIT_LIMITS[name]
    parts = (name, str(int(time.time() // window)), whose or _neighbourhood(request))
    key = "api:" + hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return _counted(key, window) <= limit


def wait(window: int) -> float:
    """Return the seconds until the next window begins."""
    return window - time.time() % window


def _counted(key: str, window: int) -> int:
    if cache.add(key, 1, timeout=window):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # the window ended between the two
        return 1


def _neighbourhood(request: HttpRequest) -> str:
    """Return the address that is counted; of IPv6 the network that one household or server has."""
    text = str(get_client_ip_address(request) or "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 4:
        return text
    return str(ipaddress.ip_network((address, 64), strict=False))
