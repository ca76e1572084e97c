"""The services of the host's region: what is offered in which version, and whether it is open."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from cms.operators import LookOnly
from runtime.modules.models import Installation, ModuleVersion


@admin.register(ModuleVersion)
class ModuleVersionAdmin(LookOnly):
    """Published documents; they never change."""

    list_display = ("key", "number", "published_at", "digest")
    search_fields = ("key",)
    fields = ("key", "number", "published_at", "digest", "document")


@admin.register(Installation)
class InstallationAdmin(LookOnly):
    """What is offered; only its state may be changed."""

    list_display = ("key", "version", "state")
    list_filter = ("state",)
    list_select_related = ("version",)
    fields = ("key", "version", "state")
    readonly_fields = ("key", "version")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True
