"""The panel on Wagtail's front page: my services, their state, what is still open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from builder import permissions, selectors
from runtime.modules import site

SHOWN = 8


class ServicesPanel(Component):
    """The services that were worked on last."""

    name = "services"
    template_name = "builder/dashboard.html"
    order = 50

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        request: HttpRequest = parent_context["request"]
        region = site.region(request)
        allowed = permissions.actions(request.user)
        modules = selectors.newest(region, SHOWN) if "view" in allowed else []
        listed = [(module, selectors.state(module)) for module in modules]
        return {
            "region": region,
            "listed": listed,
            "may_see": "view" in allowed,
            "may_add": "add" in allowed,
            "open_problems": sum(state.errors for _module, state in listed),
            "add_url": reverse("wagtailsnippets_builder_module:add"),
            "list_url": reverse("wagtailsnippets_builder_module:list"),
        }
