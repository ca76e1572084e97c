"""Joins Wagtail's publishing to ours, whichever way it happens: button, schedule, or bulk action."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.models import Revision
from wagtail.permissions import register_permission_policy
from wagtail.signals import published, unpublished

from builder import services
from builder.models import Module, ModuleLogEntry
from builder.permissions import ModulePolicy
from runtime.regions.models import User


def on_published(sender: type[Module], instance: Module, revision: Revision, **_rest: Any) -> None:
    """Release what went live. A service with errors raises, which undoes the publishing."""
    if instance.live:
        services.release(
            module=instance,
            revision=revision,
            user=publisher(instance, revision),
            note="",
            now=timezone.now(),
        )


def publisher(module: Module, revision: Revision) -> User | None:
    """Return who publishes now, or who has scheduled it; only where neither is known, the author."""
    now: User | None = getattr(revision, "publisher", None)
    if now is not None:
        return now
    lines = ModuleLogEntry.objects.filter(object_id=str(module.pk), revision=revision)
    scheduled = lines.filter(action="wagtail.publish.schedule").order_by("-timestamp").first()
    found: User | None = scheduled.user if scheduled else revision.user
    return found


def on_unpublished(sender: type[Module], instance: Module, **_rest: Any) -> None:
    """Stop taking applications; running cases go on."""
    services.close(module=instance)


def connect() -> None:
    """Register the policy and the listeners, once."""
    register_permission_policy(Module, ModulePolicy(Module))
    published.connect(on_published, sender=Module, dispatch_uid="builder.release")
    unpublished.connect(on_unpublished, sender=Module, dispatch_uid="builder.close")
