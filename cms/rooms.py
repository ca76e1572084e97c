"""What Wagtail's own rooms are here: none that keeps files (ADR 0063)."""

from __future__ import annotations

from typing import Any, NoReturn

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class Account(AccountView):
    """The account of somebody who designs services, without a picture: none could be shown."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


account = require_admin_access(Account.as_view())


def nothing(request: HttpRequest, rest: str = "") -> NoReturn:
    """Answer that there is no such page."""
    raise Http404


def shut(*rooms: str) -> list[URLPattern]:
    """Return addresses that stand before those of each room, and of all that lies in it."""
    view = require_admin_access(nothing)
    return [path(f"{room}{rest}", view) for room in rooms for rest in ("", "<path:rest>")]
