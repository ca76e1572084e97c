"""The letter effect: a letter of the module is issued by whoever registered for it.

Payload: {"version", "letter", "case", "event"}. Letters stand above effects, so they register here; as
long as nobody has, the type cannot be carried out and documents that want it are not published.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun


class Issuer(Protocol):
    """Makes letters, numbers and keeps them; asked for the same one again it makes no second."""

    def issue(self, row: EffectRun, *, now: datetime) -> None:
        """Issue the letter of `row`; raise to have it tried again later."""


_issuers: list[Issuer] = []


def register(issuer: Issuer) -> None:
    """Have `issuer` issue the letters from now on."""
    _issuers[:] = [issuer]


def ready() -> bool:
    """Tell whether letters can be issued."""
    return bool(_issuers)


def run(row: EffectRun, *, now: datetime) -> None:
    """Have the letter of `row` issued."""
    if not _issuers:
        raise Hopeless("nobody issues letters", reason="letters")
    _issuers[0].issue(row, now=now)
