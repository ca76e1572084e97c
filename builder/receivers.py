"""Joins Wagtail's publishing to ours, whichever way it happens: button, schedule, or bulk action."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.models import Revision
from wagtail.permissions import register_permission_policy
from wagtail.signals import published, unpublished

from builder import services
from builder.models import Module
from builder.permissions import ModulePolicy


def on_published(sender: type[Module], instance: Module, revision: Revision, **_rest: Any) -> None:
    """Release what went live. A service with errors raises, which undoes the publishing."""
    if instance.live:
        services.release(module=instance, revision=revision, user=revision.user, note="", now=timezone.now())


def on_unpublished(sender: type[Module], instance: Module, **_rest: Any) -> None:
    """Stop taking applications; running cases go on."""
    services.close(module=instance)


def connect() -> None:
    """Register the policy and the listeners, once."""
    register_permission_policy(Module, ModulePolicy(Module))
    published.connect(on_published, sender=Module, dispatch_uid="builder.release")
    unpublished.connect(on_unpublished, sender=Module, dispatch_uid="builder.close")
