"""Addresses as they may be kept and shown: enough for their owner to know them, no more."""

from __future__ import annotations


def mail(address: str) -> str:
    """Return “s•••@contoh.id” of an address."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}"


def telephone(number: str) -> str:
    """Return “+62•••7890” of a number."""
    return f"{number[:3]}•••{number[-4:]}" if len(number) > 9 else "•••"
