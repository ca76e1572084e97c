"""The only writer of published documents and installations."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runtime.modules.models import Installation, ModuleVersion
from runtime.regions.models import Region, Role
from schemas import digest as digests
from schemas import parse


def install(*, region: Region, document: str, number: int, now: datetime) -> Installation:
    """Store `document` as version `number` of its module in `region` and open it to the public.

    Raises `parse.InvalidDocument` when the document has an error; nothing is stored then.
    Roles that the document names and the region lacks are created, still without members.
    """
    module = parse.load(document)
    with transaction.atomic():
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
        for role in module.workflow.roles:
            Role.objects.get_or_create(
                region=region, key=role.key, defaults={"title": dict(role.title.values)}
            )
        installation: Installation
        installation, _created = Installation.objects.update_or_create(
            region=region, key=module.key, defaults={"version": version, "state": Installation.State.OPEN}
        )
    return installation


def close(*, region: Region, key: str) -> None:
    """Take no more applications for module `key` in `region`; running cases go on."""
    Installation.objects.filter(region=region, key=key).update(state=Installation.State.CLOSED)
