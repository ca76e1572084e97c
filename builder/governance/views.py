"""The page on which the administrator says who publishes services in the region."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from builder import permissions
from builder.governance import reviewing
from builder.models import PublishingRules
from runtime.modules import site
from runtime.regions.models import Region, User


class RulesForm(forms.ModelForm[PublishingRules]):
    """The switches."""

    class Meta:
        model = PublishingRules
        fields = ("review", "two_people", "translated")
        labels = {
            "review": gettext_lazy("Only publishers and administrators publish"),
            "two_people": gettext_lazy("Two people: whoever edits a service does not publish it"),
            "translated": gettext_lazy("Only with every translation"),
        }
        help_texts = {
            "review": gettext_lazy("Whoever designs a service hands it in for review instead."),
            "two_people": gettext_lazy(
                "This holds for everybody, also administrators, and for each way of publishing."
            ),
            "translated": gettext_lazy(
                "A service is published once every text is there in each of its languages."
            ),
        }


class RulesView(WagtailAdminTemplateMixin, FormView[RulesForm]):
    """The rules of publishing of the region, for its administrators."""

    form_class = RulesForm
    template_name = "builder/governance/rules.html"
    header_icon = "check"
    page_title: Any = gettext_lazy("Rules of publishing")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (permissions.administers(request.user) or getattr(request.user, "is_superuser", False)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def region(self) -> Region:
        return site.region(self.request)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": reviewing.rules(self.region)}

    def form_valid(self, form: RulesForm) -> HttpResponse:
        rules = form.save(commit=False)
        rules.changed_by = self.request.user if isinstance(self.request.user, User) else None
        rules.changed_at = timezone.now()
        rules.save()
        messages.success(self.request, _("The rules of publishing are saved."))
        return redirect(reverse("builder_rules"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = list(reviewing.publishers())
        return super().get_context_data(people=people, alone=len(people) < 2, region=self.region, **kwargs)
