"""How much one address may ask: counted in the cache, in windows of a minute or an hour.

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
from ninja.throttling import BaseThrottle

MINUTE, HOUR = 60, 3600


class PerAddress(BaseThrottle):
    """At most `settings.RAKIT_API_LIMITS[name]` requests of one address in each window."""

    def __init__(self, name: str, window: int) -> None:
        self.name = name
        self.window = window

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request and tell whether it is still within the limit."""
        limit: int = settings.RAKIT_API_LIMITS[self.name]
        parts = (self.name, str(int(time.time() // self.window)), _neighbourhood(request))
        key = "api:" + hashlib.sha256("\0".join(parts).encode()).hexdigest()
        return _counted(key, self.window) <= limit

    def wait(self) -> float:
        """Return the seconds until the next window begins."""
        return self.window - time.time() % self.window


READS = PerAddress("reads", MINUTE)
CHECKS = PerAddress("checks", MINUTE)
SUBMISSIONS = PerAddress("submissions", HOUR)
FILES = PerAddress("files", HOUR)


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
