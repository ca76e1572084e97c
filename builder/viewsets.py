"""Where services stand in Wagtail's admin, and which of its views show them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from builder import views
from builder.models import Module
from builder.panel.editor import edit_handler


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
    inspect_view_fields = ["title", "key", "live", "first_published_at", "last_published_at"]
    search_fields = ["title", "key"]
    ordering = ["title"]
    list_per_page = 25
    add_to_reference_index = False
    edit_handler = edit_handler
    index_view_class = views.IndexView
    add_view_class = views.TitleView
    copy_view_class = views.CopyView
    edit_view_class = views.EditView
    delete_view_class = views.DeleteView
    edit_template_name = "builder/module/edit.html"

    def register_chooser_viewset(self) -> None:
        """Offer no chooser: nothing points at a service, and a service is begun from its title alone."""

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return kwargs

    def get_copy_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return kwargs
