"""Reading installed modules. Each function takes the region; a document is parsed once per digest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from runtime.datasets import tables
from runtime.modules.models import Installation, ModuleVersion
from runtime.regions.models import Region
from runtime.regions.prepared import Prepared
from schemas import parse
from schemas.definition import Module

BY_KEY: Prepared[Installation] = Prepared(
    lambda late: Installation.objects.only("state").filter(region=late("region"), key=late("key")).order_by()
)
HEAD: Prepared[ModuleVersion] = Prepared(
    lambda late: (
        ModuleVersion.objects.defer("document").filter(region=late("region"), pk=late("pk")).order_by()
    )
)


class _Source:
    """A published document as the key of a cache: its digest says which it is, its text is read once."""

    __slots__ = ("digest", "version")

    def __init__(self, version: ModuleVersion) -> None:
        self.digest = version.digest
        self.version = version

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source) and self.digest == other.digest


@lru_cache(maxsize=512)
def _parsed(source: _Source) -> Module:
    return parse.load(source.version.document)


@lru_cache(maxsize=1024)
def _in_region(source: _Source, region: int) -> Module:
    """Return the module with the lists of a region; modules that need none are shared by all."""
    return tables.in_region(_parsed(source), region)


def definition(version: ModuleVersion) -> Module:
    """Return the parsed document of `version`; a deferred text is fetched only if it is not yet known."""
    return _in_region(_Source(version), version.region_id)


def forget() -> None:
    """Forget which lists were found for modules; for tests, which begin with an empty database each time."""
    _in_region.cache_clear()


def version(region: Region, pk: int) -> ModuleVersion | None:
    """Return the version `pk` if it is one of `region`."""
    found: ModuleVersion | None = ModuleVersion.objects.filter(region=region, pk=pk).first()
    return found


def head(region: Region, pk: int) -> ModuleVersion | None:
    """Return the version `pk` of `region` without its document, which is fetched when it is needed."""
    return HEAD.first(region=region, pk=pk)


def numbered(region: Region, key: str, number: int) -> ModuleVersion | None:
    """Return version `number` of module `key` in `region`."""
    found: ModuleVersion | None = ModuleVersion.objects.filter(region=region, key=key, number=number).first()
    return found


def by_digest(region: Region, key: str, digest: str) -> ModuleVersion | None:
    """Return a version of module `key` in `region` with that very document."""
    found: ModuleVersion | None = ModuleVersion.objects.filter(region=region, key=key, digest=digest).first()
    return found


def replaced_at(version: ModuleVersion) -> datetime | None:
    """Return when the version that follows `version` was published, None when none has been."""
    later = ModuleVersion.objects.filter(
        region=version.region_id, key=version.key, number__gt=version.number
    ).order_by("number")
    return next(iter(later.values_list("published_at", flat=True)[:1]), None)


def definitions(region: Region, versions: Collection[int]) -> dict[int, Module]:
    """Return the parsed documents of several versions of `region`, by id, with one query."""
    found = ModuleVersion.objects.filter(region=region, pk__in=versions)
    return {version.pk: definition(version) for version in found}


def installations(region: Region) -> QuerySet[Installation]:
    """Return what `region` offers, with versions."""
    found: QuerySet[Installation] = Installation.objects.filter(region=region)
    return found.select_related("version")


def current(region: Region) -> QuerySet[ModuleVersion]:
    """Return the versions that `region` has installed, without their documents: `definition` knows those."""
    found: QuerySet[ModuleVersion] = ModuleVersion.objects.filter(region=region, installations__isnull=False)
    return found.defer("document").distinct()


def installation(region: Region, key: str) -> Installation | None:
    """Return the installation of module `key` in `region`, if there is one."""
    return installations(region).filter(key=key).first()


def state(region: Region, key: str) -> str:
    """Return the state of module `key` in `region`, "" when it is not installed."""
    found = BY_KEY.first(region=region, key=key)
    return found.state if found else ""
