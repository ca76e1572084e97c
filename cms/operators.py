"""The door of Django's admin, and the manners of what is only looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from runtime.modules import site
from runtime.regions.models import User


class OperatorsSite(admin.AdminSite):
    """Django's admin for superusers alone; `is_staff` opens nothing."""

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and user.is_active and user.is_superuser


class LookOnly(admin.ModelAdmin[Any]):
    """Rows that are shown and not changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Own(admin.ModelAdmin[Any]):
    """Rows of the host's region: a new one gets that region, nobody chooses it."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.region = site.region(request)
        super().save_model(request, obj, form, change)
