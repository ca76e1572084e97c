"""Typed readers of environment variables; a value that does not fit stops the start with a sentence."""

from __future__ import annotations

import os
from ipaddress import ip_network


class BadSetting(Exception):
    """An environment variable is missing or does not have the expected form."""


def text(name: str, default: str | None = None) -> str:
    """Return the variable; without a default it must be set."""
    value = os.environ.get(name, default)
    if value is None:
        raise BadSetting(f"Set the environment variable {name}.")
    return value


def flag(name: str, default: bool) -> bool:
    """Return a yes or no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """Return a whole number."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str | None = "") -> list[str]:
    """Return a comma-separated list without its empty parts."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Return one of `allowed`."""
    value = text(name, default)
    if value not in allowed:
        raise BadSetting(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def networks(name: str) -> list[str]:
    """Return a comma-separated list of networks such as 10.20.0.0/16."""
    found = words(name)
    for network in found:
        try:
            ip_network(network)
        except ValueError:
            raise BadSetting(f"{name} must name networks such as 10.20.0.0/16, not {network!r}.") from None
    return found
