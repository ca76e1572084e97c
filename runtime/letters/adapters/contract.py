"""What a way of signing offers. Each is a module here with a function `adapter(config)`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Config = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Secret:
    """What the signer typed to sign: passed through to whoever signs, kept nowhere, shown nowhere."""

    nik: str = field(repr=False)
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class About:
    """What a signature says of itself: by whom, why and where."""

    name: str
    reason: str
    place: str


class Failed(Exception):
    """It was not signed, or the signature does not hold. `reason` is a word that a sentence belongs to.

    `again`: whether trying later may help without anybody doing anything.
    """

    def __init__(self, reason: str, *, again: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.again = reason, again


class Adapter(Protocol):
    """A way of signing. `asks`: the signer has to type a passphrase, so it waits for them."""

    asks: bool

    def sign(self, pdf: bytes, about: About, secret: Secret | None) -> bytes:
        """Return the signed file; raise `Failed`."""

    def verify(self, pdf: bytes) -> None:
        """Raise `Failed` unless the signed file holds."""
