"""What the builder adds to Wagtail's admin, and what of Wagtail's a clerk does not need."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from builder import permissions
from builder.dashboard import ReviewsPanel, ServicesPanel
from builder.models import Module, ModuleLogEntry
from builder.translation.services import CONFIRMED
from builder.urls import urlpatterns
from builder.viewsets import ModuleViewSet

register_snippet(ModuleViewSet)

NOWHERE = {"documents", "images"}  # ADR 0063
OTHERS = {"explorer", "reports", "help", "snippets"}


@hooks.register("register_log_actions")
def own_history(registry: LogActionRegistry) -> None:
    """Keep the history of services where regions do not see each other's."""
    registry.register_model(Module, ModuleLogEntry)
    registry.register_action(CONFIRMED, _("Look at translations"), _("Said that translations still fit"))


@hooks.register("register_admin_urls")
def panel_urls() -> list[URLPattern]:
    """Add the editor's own addresses."""
    return urlpatterns


class ListsItem(MenuItem):
    """The way to the lists, for those who may see services."""

    def is_shown(self, request: HttpRequest) -> bool:
        return "view" in permissions.actions(request.user)


@hooks.register("register_admin_menu_item")
def lists_item() -> MenuItem:
    """Put the lists below the services."""
    return ListsItem(_("Lists"), reverse("builder_lists"), name="lists", icon_name="list-ul", order=60)


class RulesItem(MenuItem):
    """The way to the rules of publishing, for administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.administers(request.user)


@hooks.register("register_admin_menu_item")
def rules_item() -> MenuItem:
    """Put the rules of publishing below the lists."""
    return RulesItem(
        _("Rules of publishing"), reverse("builder_rules"), name="rules", icon_name="check", order=70
    )


@hooks.register("insert_global_admin_css")
def style_sheet() -> str:
    """Dress Wagtail's admin in our colours, and the editor."""
    return format_html('<link rel="stylesheet" href="{}">', static("builder/panel.css"))


@hooks.register("construct_homepage_panels")
def services_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Put what waits for an answer, and the services, before everything else on the front page."""
    panels[:0] = [ReviewsPanel(), ServicesPanel()]


@hooks.register("construct_main_menu")
def only_what_is_used(request: HttpRequest, items: list[Any]) -> None:
    """Leave a clerk's menu with what a clerk works with, and everybody's without what leads nowhere."""
    left_out = NOWHERE if request.user.is_superuser else NOWHERE | OTHERS
    items[:] = [item for item in items if item.name not in left_out]


@hooks.register("construct_search")
def no_search_in_nothing(request: HttpRequest, areas: list[Any]) -> None:
    """Offer no search for what is not kept."""
    areas[:] = [area for area in areas if area.name not in NOWHERE]


@hooks.register("construct_homepage_summary_items")
def no_page_counts(request: HttpRequest, items: list[Any]) -> None:
    """Drop the counts of pages, images and documents."""
    items.clear()
