"""Where a clerk makes links to a draft, ends them, and reads what people wrote."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from builder import permissions
from builder.models import DraftComment, DraftLink, Module
from builder.sharing import services
from builder.sharing.forms import LinkForm
from runtime.regions.models import User

PER_PAGE = 50


class SharingView(WagtailAdminTemplateMixin, View):
    """Links and comments of one service."""

    template_name = "builder/sharing/page.html"
    header_icon = "link"
    page_title = gettext_lazy("Share the draft")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "change" not in permissions.actions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def module(self) -> Module:
        return get_object_or_404(Module, pk=self.kwargs["pk"])

    @property
    def person(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        now = timezone.now()
        links = [(link, self.address(link)) for link in services.counting(self.module, now=now)]
        written = DraftComment.objects.filter(link__module=self.module).select_related("done_by")
        everything = request.GET.get("show") == "all"
        shown = written if everything else written.filter(done_at=None)
        context = {
            "module": self.module,
            "links": links,
            "form": LinkForm(),
            "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("p")),
            "everything": everything,
            "edit_url": reverse("wagtailsnippets_builder_module:edit", args=[pk]) + "#b-publish",
        }
        answer: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return answer

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        now, do = timezone.now(), request.POST.get("do", "")
        number = request.POST.get("which", "")
        which = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
        if do == "make":
            self.make()
        elif do == "end":
            services.end(link=get_object_or_404(DraftLink, module=self.module, pk=which), now=now)
            messages.success(request, _("The link lets nobody in any more."))
        elif do == "done":
            get_object_or_404(DraftComment, link__module=self.module, pk=which)
            services.settle(module=self.module, pk=which, user=self.person, now=now)
        return redirect("builder_sharing", self.module.pk)

    def make(self) -> None:
        form = LinkForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("Choose how long the link works."))
            return
        days = form.cleaned_data["days"]
        try:
            services.make(module=self.module, days=days, user=self.person, now=timezone.now())
        except services.TooMany:
            messages.error(self.request, _("There are 20 links already. End one of them first."))
        else:
            messages.success(self.request, _("The link is made. Copy it and send it to whom you like."))

    def address(self, link: DraftLink) -> str:
        return self.request.build_absolute_uri(reverse("sharing:draft", args=[services.token(link)]))
