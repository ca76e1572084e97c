"""Which registers a region is connected to, read from the settings of the installation.

`RAKIT_REGISTERS` maps a register's key to its entry; an entry may be for some regions `only`, and
`regions` may say otherwise for one of them. `cms.settings.registers` reads it from a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from runtime.regions.models import Region
from runtime.registers.contract import Adapter, Config
from schemas.definition import Json

ADAPTERS = {"json": "runtime.registers.adapters.jsonhttps.JsonRegister"}


@dataclass(frozen=True, slots=True)
class Register:
    """A register as a region is connected to it."""

    key: str
    title: Mapping[str, str]
    config: Config

    def name(self, language: str) -> str:
        """Return what people call the register."""
        return self.title.get(language) or next(iter(self.title.values()), self.key)

    @property
    def values(self) -> list[str]:
        """Return the names of what it can tell."""
        return list(self.config.get("take", {}))

    @property
    def asked(self) -> list[str]:
        """Return the names of the facts it is asked by."""
        return list(self.config.get("echo", {}))

    def adapter(self) -> Adapter:
        """Return what speaks with it."""
        path = str(self.config.get("adapter", "json"))
        made: Adapter = import_string(ADAPTERS.get(path, path))(self.config)
        return made


def registers(region: Region) -> tuple[Register, ...]:
    """Return the registers `region` is connected to, in the order of the settings."""
    entries: Mapping[str, Mapping[str, Json]] = getattr(settings, "RAKIT_REGISTERS", {})
    return tuple(
        Register(key, entry["title"], _of_region(entry, region))
        for key, entry in entries.items()
        if region.key in entry.get("only", [region.key])
    )


def find(region: Region, key: str) -> Register | None:
    """Return the register called `key` in module documents, if `region` is connected to it."""
    return next((register for register in registers(region) if register.key == key), None)


def name(region: Region, key: str, language: str) -> str:
    """Return what people call the register; of one that is not connected, its key in plain words."""
    found = find(region, key)
    return found.name(language) if found else key.replace("_", " ").title()


def _of_region(entry: Mapping[str, Json], region: Region) -> Config:
    own: dict[str, Any] = entry.get("regions", {}).get(region.key, {})
    return {**{k: v for k, v in entry.items() if k not in {"regions", "only", "title"}}, **own}
