"""How much one address may ask of the API, as its library wants to be told."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from runtime.regions import pace
from runtime.regions.pace import HOUR, MINUTE


class PerAddress(BaseThrottle):
    """At most `settings.RAKIT_LIMITS[name]` requests of one address in each window."""

    def __init__(self, name: str, window: int) -> None:
        self.name = name
        self.window = window

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request and tell whether it is still within the limit."""
        return pace.within(request, self.name, self.window)

    def wait(self) -> float:
        """Return the seconds until the next window begins."""
        return pace.wait(self.window)


READS = PerAddress("reads", MINUTE)
CHECKS = PerAddress("checks", MINUTE)
LISTS = PerAddress("lists", MINUTE)
SUBMISSIONS = PerAddress("submissions", HOUR)
FILES = PerAddress("files", HOUR)
