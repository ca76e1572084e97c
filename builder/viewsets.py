"""Where services stand in Wagtail's admin, and which of its views show them."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from builder import borders, gone, schemaviews, startviews, views, xlsviews
from builder.importviews import ImportView
from builder.models import Module
from builder.panel.editor import edit_handler

IMPORT_URLS = ("add_url_name", "edit_url_name")


class ModuleViewSet(SnippetViewSet):
    """The list “Services” and what can be done with one of them."""

    model = Module
    icon = "form"
    menu_label = _("Services")
    menu_order = 50
    add_to_admin_menu = True
    base_url_path = "services"
    copy_view_enabled = True
    inspect_view_enabled = True
    inspect_view_fields = ["title", "live", "first_published_at", "last_published_at"]
    search_fields = ["title", "key"]
    ordering = ["title"]
    list_per_page = 25
    add_to_reference_index = False
    edit_handler = edit_handler
    index_view_class = views.IndexView
    add_view_class = startviews.StartView
    copy_view_class = views.CopyView
    edit_view_class = views.EditView
    delete_view_class = views.DeleteView
    unpublish_view_class = views.UnpublishView
    inspect_view_class = views.InspectView
    history_view_class = borders.HistoryView
    lock_view_class = borders.LockView
    unlock_view_class = borders.UnlockView
    revisions_unschedule_view_class = borders.RevisionsUnscheduleView
    edit_template_name = "builder/module/edit.html"

    def register_chooser_viewset(self) -> None:
        """Offer no chooser: nothing points at a service, and a service is begun from its title alone."""

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {name: self.get_url_name(f"from_{name}") for name in ("schema", "workbook")}
        return {**{f"{name}_url_name": route for name, route in names.items()}, **kwargs}

    def import_view(self, view: type[ImportView]) -> Any:
        """Return a view that starts a service from a file."""
        names = {name: self.get_url_name(name.removesuffix("_url_name")) for name in IMPORT_URLS}
        return self.construct_view(view, **names, index_url_name=self.get_url_name("list"))

    @property
    def revisions_revert_view_class(self) -> Any:
        return type("RevertView", (views.Reverted, super().revisions_revert_view_class), {})

    @property
    def edit_view(self) -> Any:
        return gone.kept(super().edit_view)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("from-schema/", self.import_view(schemaviews.SchemaView), name="from_schema"),
            path("from-workbook/", self.import_view(xlsviews.WorkbookView), name="from_workbook"),
        ]

    def get_copy_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return kwargs
