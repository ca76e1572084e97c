"""Which way of signing a region has chosen, read from the settings of the installation (`RAKIT_SIGNING`)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from django.conf import settings

from runtime.letters.adapters.contract import Adapter, Config
from runtime.regions.models import Region

PLAIN = "plain"
ELECTRONIC = frozenset({"pdf", "bsre"})
"""Ways that put a signature into the file, which a program for PDF can verify by itself."""


def name(region: Region) -> str:
    """Return the way `region` has chosen for its letters."""
    return str(_config(region).get("adapter", PLAIN))


def adapter(region: Region, name: str) -> Adapter:
    """Return the way called `name` as `region` has set it up."""
    made: Adapter = import_module(f"runtime.letters.adapters.{name}").adapter(_config(region))
    return made


def _config(region: Region) -> Config:
    chosen: Mapping[str, Config] = settings.RAKIT_SIGNING
    return chosen.get(region.key, {})
