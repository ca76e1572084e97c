"""The page where a service is translated, its files, and one more language."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import ngettext as count
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from builder import permissions
from builder.models import Module
from builder.panel.editor import NAMES
from builder.services import Locked, NotADraft
from builder.translation import files, forms, services
from builder.translation.lines import Line, written
from builder.translation.services import Kept, Refused
from runtime.regions.models import User
from schemas import parse

PER_PAGE = 50
SHOWN = 20  # refused translations that are told one by one


class TranslationView(WagtailAdminTemplateMixin, View):
    """The texts side by side: those that need somebody, or all."""

    template_name = "builder/translation/page.html"
    header_icon = "globe"
    page_title = gettext_lazy("Translation")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "change" not in permissions.actions(request.user):
            raise PermissionDenied
        self.typed: dict[str, str] = {}  # by what is written for it: to show what is not kept
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.draw()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.language is None:
            raise Http404
        return self.after(partial(services.keep, wanted=self.wanted()))

    def wanted(self) -> list[services.Wanted]:
        """Return what was written on the page, with what it fills in named as the document names it."""
        sent = forms.wanted(self.request.POST)
        made = [replace(one, target=written(self.document, one.path, one.target)) for one in sent]
        self.typed = {one.target: typed.target for one, typed in zip(made, sent, strict=True)}
        return made

    @cached_property
    def module(self) -> Module:
        return get_object_or_404(Module, pk=self.kwargs["pk"])

    @cached_property
    def document(self) -> dict[str, Any] | None:
        try:
            return services.draft_of(self.module)[1]
        except NotADraft:
            return None

    @cached_property
    def languages(self) -> list[str]:
        return services.languages_of(self.document) if self.document else []

    @cached_property
    def language(self) -> str | None:
        asked = self.request.GET.get("language", "")
        return asked if asked in self.languages else next(iter(self.languages), None)

    @cached_property
    def lines(self) -> list[Line]:
        if self.document is None or self.language is None:
            return []
        return services.lines_of(self.module, self.document, self.language)

    @property
    def person(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def after(self, write: Any) -> HttpResponse:
        """Write, say what became of it, and show the page anew; what was refused stays to be read."""
        try:
            kept: Kept = write(module=self.module, language=self.language, user=self.person)
        except NotADraft:
            words = _("The service would become too large with this. Shorten some of its texts first.")
            messages.error(self.request, words)
            return self.draw(status=422)
        except Locked:
            words = _(
                "The service is locked, so nothing was kept. Ask whoever locked it; what you wrote is below."
            )
            messages.error(self.request, words)
            return self.draw(status=423, refused=self.unkept())
        if kept.written:
            words = count("One text was translated.", "{number} texts were translated.", kept.written)
            messages.success(self.request, words.replace("{number}", str(kept.written)))
        if not kept.refused:
            if not kept.written:
                messages.info(self.request, _("Nothing was changed."))
            return redirect(self.here())
        for name in ("document", "lines"):
            self.__dict__.pop(name, None)
        shown = [replace(one, target=self.typed.get(one.target, one.target)) for one in kept.refused[:SHOWN]]
        return self.draw(status=409, refused=shown, more=len(kept.refused) - SHOWN)

    def unkept(self) -> list[Refused]:
        """Return what was written on the page and differs from what is there."""
        there = {line.path: line for line in self.lines}
        sent = ((there.get(one.path), one.target) for one in self.wanted())
        reason = _("The service is locked.")
        return [Refused(line.where, text, reason) for line, text in sent if line and text != line.target]

    def here(self) -> str:
        show = "&show=all" if self.everything else ""
        return f"{reverse('builder_translation', args=[self.module.pk])}?language={self.language}{show}"

    @property
    def everything(self) -> bool:
        return self.request.GET.get("show") == "all"

    def draw(self, status: int = 200, **context: Any) -> HttpResponse:
        shown = (
            self.lines
            if self.everything
            else [line for line in self.lines if line.state != "done" or line.lost]
        )
        first = self.document["languages"][0] if self.document and self.languages else ""
        done = sum(line.state == "done" for line in self.lines)
        filled = {
            "module": self.module,
            "readable": self.document is not None and parse.understood(self.document) is not None,
            "first": NAMES.get(first, first),
            "language": self.language,
            "name": NAMES.get(self.language or "", self.language),
            "languages": [(code, NAMES.get(code, code)) for code in self.languages],
            "others": self.others(),
            "page": Paginator(shown, PER_PAGE).get_page(self.request.GET.get("p")),
            "everything": self.everything,
            "done": done,
            "all": len(self.lines),
            "missing": sum(line.state == "missing" for line in self.lines),
            "stale": sum(line.state == "stale" for line in self.lines),
            "form": forms.FileForm(),
            "here": self.here(),
            "edit_url": reverse("wagtailsnippets_builder_module:edit", args=[self.module.pk]),
            **context,
        }
        answer: HttpResponse = self.render_to_response(self.get_context_data(**filled), status=status)
        return answer

    def others(self) -> list[tuple[str, Any]]:
        """Return the languages of the product that the service is not in yet."""
        known = services.named_languages(self.document) if self.document else []
        return [
            (code, NAMES.get(code, name)) for code, name in settings.LANGUAGES if known and code not in known
        ]


class FileView(TranslationView):
    """The texts as a file, and with POST a file of translations back."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        kind = request.GET.get("form", "")
        if self.language is None or not self.document or kind not in ("csv", "xlf"):
            raise Http404
        key, first = self.module.key, self.document["languages"][0]
        if kind == "csv":
            response = HttpResponse(files.as_csv(self.lines), content_type="text/csv; charset=utf-8")
        else:
            content = files.as_xliff(self.lines, key=key, first=first, language=self.language)
            response = HttpResponse(content, content_type="application/xliff+xml")
        response["Content-Disposition"] = f'attachment; filename="{key}-{self.language}.{kind}"'
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.language is None:
            raise Http404
        form = forms.FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.draw(status=422, form=form)
        try:
            given = files.read(form.cleaned_data["file"].read(), key=self.module.key, language=self.language)
        except files.NotRead as reason:
            form.add_error("file", str(reason))
            return self.draw(status=422, form=form)
        return self.after(partial(services.take, given=given))


class LanguageView(TranslationView):
    """One more language, with POST."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        code = request.POST.get("code", "")
        if code not in dict(self.others()):
            raise Http404
        try:
            services.add_language(module=self.module, language=code, user=self.person)
        except Locked:
            messages.error(self.request, _("The service is locked. Ask whoever locked it."))
        return redirect(f"{reverse('builder_translation', args=[pk])}?language={code}")
