"""Reading batches: only whoever began one sees what came of it."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet

from runtime.batches.models import Batch, Item
from runtime.regions.models import Region, User

__all__ = ["Batch", "Item", "batch_of", "items"]


def batch_of(region: Region, user: User, key: uuid.UUID) -> Batch | None:
    """Return the batch `key` if `user` began it in `region`."""
    found: QuerySet[Batch] = Batch.objects.filter(region=region, user=user, public_id=key)
    return found.select_related("person", "user", "job").first()


def items(batch: Batch) -> QuerySet[Item]:
    """Return what was ticked, in the order of the page."""
    found: QuerySet[Item] = Item.objects.filter(batch=batch)
    return found.order_by("n")
