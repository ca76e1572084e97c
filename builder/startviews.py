"""Starting a service: its title, and the way of approval it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from builder import services, staffing
from builder.approvals import catalogue
from builder.models import Module
from builder.panel.forms import StartForm
from builder.views import TitleView
from runtime.modules import site


class StartView(TitleView):
    """A new draft. The way of approval is a start: everything of it can be changed in the editor."""

    form_class = StartForm
    chosen = ""
    wanted: Sequence[str] = ()

    def form_valid(self, form: Any) -> HttpResponse:
        self.chosen, self.wanted = form.cleaned_data["approval"], form.wanted()
        return super().form_valid(form)

    def made(self, title: str) -> Module:
        region = site.region(self.request)
        path = catalogue.path(self.chosen)
        approval = catalogue.made(path, region, self.wanted) if path else None
        return services.create_module(region=region, title=title, user=self.person, approval=approval)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "ways": [
                (radio, self.told(radio.data["value"]), _ticks(context["form"], radio.data["value"]))
                for radio in context["form"]["approval"]
            ],
        }

    def told(self, key: str) -> dict[str, Any]:
        """Return what is said of a way: its sentence, and who does what in it."""
        language = (get_language() or "id")[:2]
        path = catalogue.path(key)
        if path is None:
            return {"summary": _("One officer checks and decides. Further steps can be added."), "steps": []}
        steps = catalogue.steps(catalogue.fitted(path), staffing.roles(site.region(self.request)))
        return {
            "summary": path["summary"].get(language) or path["summary"]["id"],
            "steps": [
                " + ".join(who.get(language) or next(iter(who.values())) for who in step["who"])
                for step in steps
            ],
        }


def _ticks(form: Any, way: str) -> list[Any]:
    """Return the ticks for the optional steps of a way."""
    return [tick for tick in form["steps"] if tick.data["value"].startswith(f"{way}:")]
