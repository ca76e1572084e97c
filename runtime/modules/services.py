"""The only writer of published documents and installations."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runtime.datasets import services as datasets
from runtime.modules.models import Installation, ModuleVersion
from runtime.regions import services as regions
from runtime.regions.models import Region
from schemas import digest as digests
from schemas import parse
from schemas.definition import Module


class ListMissing(Exception):
    """The region sees no edition of this name of the list `key`."""

    def __init__(self, key: str, edition: str) -> None:
        super().__init__(f"{key} {edition}")
        self.key, self.edition = key, edition


def install(*, region: Region, document: str, number: int, now: datetime) -> Installation:
    """Store `document` as version `number` of its module in `region` and open it to the public.

    Raises `parse.InvalidDocument` when the document has an error, `ListMissing` when the region does not see
    a list it chooses from; nothing is stored then. The editions it chooses from stay for good.
    Roles that the document names and the region lacks are created, still without members.
    """
    module = parse.load(document)
    with transaction.atomic():
        for dataset in module.datasets.values():
            named = {"key": dataset.source, "edition": dataset.edition}
            if dataset.source and not datasets.use(region=region, now=now, **named):
                raise ListMissing(dataset.source, dataset.edition)
        version, _created = ModuleVersion.objects.get_or_create(
            region=region,
            key=module.key,
            number=number,
            defaults={
                "digest": digests.of_text(document),
                "document": document,
                "published_at": now,
            },
        )
        provide_roles(region=region, module=module)
        installation: Installation
        installation, _created = Installation.objects.update_or_create(
            region=region, key=module.key, defaults={"version": version, "state": Installation.State.OPEN}
        )
    return installation


def provide_roles(*, region: Region, module: Module) -> None:
    """Create the roles that `module` names and `region` lacks, still without members."""
    titles = {role.key: dict(role.title.values) for role in module.workflow.roles}
    regions.provide_roles(region=region, titles=titles)


def close(*, region: Region, key: str) -> None:
    """Take no more applications for module `key` in `region`; running cases go on."""
    Installation.objects.filter(region=region, key=key).update(state=Installation.State.CLOSED)
