"""Reading installed modules. Each function takes the region; a definition is parsed once per digest."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from django.db.models import QuerySet

from runtime.modules.models import Installation, ModuleVersion
from runtime.regions.models import Region
from schemas import parse
from schemas.definition import Module


@lru_cache(maxsize=512)
def _parsed(digest: str, document: str) -> Module:
    return parse.load(document)


def definition(version: ModuleVersion) -> Module:
    """Return the parsed document of `version`."""
    return _parsed(version.digest, version.document)


def version(region: Region, pk: int) -> ModuleVersion | None:
    """Return the version `pk` if it is one of `region`."""
    found: ModuleVersion | None = ModuleVersion.objects.filter(region=region, pk=pk).first()
    return found


def definitions(region: Region, versions: Collection[int]) -> dict[int, Module]:
    """Return the parsed documents of several versions of `region`, by id, with one query."""
    found = ModuleVersion.objects.filter(region=region, pk__in=versions)
    return {version.pk: definition(version) for version in found}


def installations(region: Region) -> QuerySet[Installation]:
    """Return what `region` offers, with versions."""
    found: QuerySet[Installation] = Installation.objects.filter(region=region)
    return found.select_related("version")


def installation(region: Region, key: str) -> Installation | None:
    """Return the installation of module `key` in `region`, if there is one."""
    return installations(region).filter(key=key).first()
