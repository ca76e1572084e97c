"""The panels on Wagtail's front page: what waits for me, my services, their state, what is still open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from builder import permissions, selectors
from builder.governance import waiting
from runtime.modules import site
from runtime.regions.models import User

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


class ReviewsPanel(Component):
    """What waits for my answer, what was sent back to me, what I have handed in; nothing where nothing is."""

    name = "reviews"
    template_name = "builder/governance/waiting.html"
    order = 40

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        request: HttpRequest = parent_context["request"]
        user = request.user
        if not isinstance(user, User) or "view" not in permissions.actions(user):
            return {}
        return {
            "to_answer": waiting.to_answer(user, site.region(request)),
            "sent_back": waiting.sent_back(user),
            "asked": waiting.asked(user),
        }
