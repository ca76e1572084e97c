"""Reading installed modules. Each function takes the region; a definition is parsed once per digest."""

from __future__ import annotations

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


def installations(region: Region) -> QuerySet[Installation]:
    """Return what `region` offers, with versions."""
    found: QuerySet[Installation] = Installation.objects.filter(region=region)
    return found.select_related("version")


def installation(region: Region, key: str) -> Installation | None:
    """Return the installation of module `key` in `region`, if there is one."""
    return installations(region).filter(key=key).first()
