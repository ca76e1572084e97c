"""The pages around the editor: the list, starting a service, editing, copying, deleting.

Wagtail's views do the work; what is said here is only where a service differs from a snippet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Revision
from wagtail.snippets.views import snippets

from builder import colleagues, once, permissions, selectors, services, xlsform
from builder.governance import reviewing
from builder.governance.actions import ANSWERING, ASKING, PublishingActions
from builder.models import Module, digest_of
from builder.panel.comparing import running
from builder.panel.forms import TitleForm
from builder.panel.writing import TOLD, WINDOW
from runtime.modules import site
from runtime.regions.models import User

WRITER = "builder.writer."
DAY = 86_400


class StateColumn(Column):
    """Draft, live, or to be put right, with the number of problems."""

    cell_template_name = "builder/module/_state_cell.html"

    def get_value(self, instance: Module) -> selectors.State:
        return selectors.state(instance)


class IndexView(snippets.IndexView):
    """The services of the region. Nothing is done to many of them at once."""

    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if column.name not in {"bulk_actions", "status"}]

    @cached_property
    def list_display(self) -> list[Any]:
        return ["__str__", StateColumn("state", label=_("State")), UpdatedAtColumn()]

    @cached_property
    def add_item_label(self) -> str:
        return _("New service")

    def get_delete_url(self, instance: Module) -> str | None:
        return None if instance.releases.exists() else super().get_delete_url(instance)


class TitleView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView[TitleForm]):
    """One field, then straight into the editor."""

    model = Module
    permission_required = "add"
    index_url_name = ""
    edit_url_name = ""
    schema_url_name = ""
    workbook_url_name = ""
    template_name = "builder/module/start.html"
    form_class = TitleForm
    header_icon = "form"
    page_title = gettext_lazy("New service")
    intro = gettext_lazy(
        "Give the service a title. Next you add questions, say who approves, and publish it when it is ready."
    )

    def form_valid(self, form: TitleForm) -> HttpResponse:
        return once.begun(self, lambda: self.made(form.cleaned_data["title"]))

    def made(self, title: str) -> Module:
        return services.create_module(region=site.region(self.request), title=title, user=self.person)

    @property
    def person(self) -> User | None:
        return self.request.user if isinstance(self.request.user, User) else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        urls = {"back": reverse(self.index_url_name)}
        for name in ("schema", "workbook"):
            if route := getattr(self, f"{name}_url_name"):
                urls[f"{name}_url"] = reverse(route)
        return super().get_context_data(intro=self.intro, installed=xlsform.installed(), **urls, **kwargs)


class CopyView(TitleView):
    """A new draft with the content of another service."""

    page_title = gettext_lazy("Copy of a service")
    intro = gettext_lazy("Give the copy a title of its own. Everything else is taken over as a draft.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.source = get_object_or_404(Module, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"title": _("Copy of {title}").replace("{title}", str(self.source))[:200]}

    def form_valid(self, form: TitleForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except services.NotADraft:
            words = _("The draft of “{title}” cannot be read, so it cannot be copied. Put it right first.")
            form.add_error("title", words.replace("{title}", str(self.source)))
            return self.form_invalid(form)

    def made(self, title: str) -> Module:
        return services.copy(module=self.source, title=title, user=self.person)


class EditView(PublishingActions, snippets.EditView):
    """The editor. Publishing goes through our own service; when it is refused, the draft is kept.

    Wagtail's autosave stops once another window has saved; its buttons would go on, so they ask first.
    """

    def get_usage_url(self) -> None:
        """Count no references: nothing points at a service."""

    def is_valid(self, form: Any) -> bool:
        if not self.expects_json_response and self.is_out_of_date and self.is_news() and self.differs():
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = colleagues.newer(self.latest_revision, self.request.user)
            return False
        valid: bool = super().is_valid(form)
        if not valid and self.produced_error_code == "locked":
            self.produced_error_message = colleagues.locked(self.object)
            self.locked_for_user = False  # so that the page has a button to try again
        if not valid and self.produced_error_code == "invalid_revision":
            self.produced_error_message = colleagues.paused(self.latest_revision, self.request.user)
        if self.expects_json_response and not valid and self.produced_error_code == "validation_error":
            # Beside the sign of autosave there is room for one sentence.
            wrong = [*form.errors.get("document", []), *form.errors.get("put_away", [])]
            said = next(iter(wrong), self.produced_error_message)
            self.produced_error_message = str(said)
        return valid

    def save_instance(self) -> Any:
        """Save as Wagtail does, and remember for a day which window wrote the version.

        A button of a review that finds everything as it is writes no version: whoever writes meanwhile would
        read of a conflict that is none.
        """
        if self.action in (*ASKING, *ANSWERING) and self.as_it_is():
            self.new_revision = self.latest_revision
            return self.form.instance
        saved = super().save_instance()
        if self.new_revision is not None:
            cache.set(f"{WRITER}{self.new_revision.pk}", self.window(), DAY)
        if self.action == "edit" and not self.expects_json_response and (said := self.overtaken()):
            messages.warning(self.request, said)
        return saved

    def get_success_json(self) -> dict[str, Any]:
        """Tell autosave, which has no messages, whose request it has written past."""
        told: dict[str, Any] = super().get_success_json()
        return {**told, "overtaken": self.overtaken()}

    def as_it_is(self) -> bool:
        """Say whether the newest version is what was sent, with all that belongs to it."""
        if not self.latest_revision or {"go_live_at", "expire_at"} & set(self.form.changed_data):
            return False
        away = self.latest_revision.content.get("put_away") or []
        return self.form.cleaned_data["put_away"] == away and not self.differs()

    def overtaken(self) -> str:
        """Return what to say when somebody's request was written past, else ""."""
        review = reviewing.waiting(self.object)
        if review is None or review.asked_by_id == self.request.user.pk:
            return ""
        changed = digest_of(self.form.instance.document) != review.digest
        return colleagues.overtaken(review) if changed else ""

    def is_news(self) -> bool:
        """Say whether the newest version is another window's, and its author does not know of it yet."""
        return not self.is_own() and self.request.POST.get(TOLD) != str(self.latest_revision.pk)

    def is_own(self) -> bool:
        """Say whether this window wrote the newest version: its autosave was still under way."""
        return bool(self.window() and cache.get(f"{WRITER}{self.latest_revision.pk}") == self.window())

    def window(self) -> str:
        """Return what tells one opened page from another, "" where it does not say."""
        return str(self.request.POST.get(WINDOW, ""))[:40]

    def differs(self) -> bool:
        """Say whether the newest version is not what was sent; autosave may have been quicker."""
        try:
            held = services.read_draft(self.latest_revision.content.get("document", ""))
            return held != services.read_draft(self.request.POST.get("document", ""))
        except services.NotADraft:
            return True

    def get_success_url(self) -> str:
        url: str = self.get_edit_url()
        return url if self.action == "edit" else f"{url}#b-publish"

    def get_success_message(self, instance: Module | None = None) -> Any:
        return self.said_of_review() or super().get_success_message(instance)

    def said_of_review(self) -> str | None:
        """Return what a button of a review has done, None of any other."""
        said = {
            "ask-review": _("The service was handed in for review. Whoever may publish it has been told."),
            "approve-review": _("The service is approved and published."),
            "return-review": _("The service was sent back. Whoever asked has been told."),
            "withdraw-review": _("The request is withdrawn."),
        }
        return said.get(self.action)


class Reverted:
    """Says in our words which version is opened from the history, and what a button did with it."""

    revision: Revision
    said_of_review: Callable[[], str | None]

    def get_warning_message(self) -> str:
        return colleagues.earlier(self.revision)

    def get_success_message(self, instance: Module | None = None) -> Any:
        return self.said_of_review() or super().get_success_message()  # type: ignore[misc]  # of the view beside it


class DeleteView(snippets.DeleteView):
    """Only what was never published can be deleted; cases may hang on the rest."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.object.releases.exists():
            if "view" not in permissions.actions(request.user):
                raise PermissionDenied
            messages.error(request, _("A service that has been published cannot be deleted."))
            return redirect(self.index_url_name)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_usage_url(self) -> None:
        """Count no references: nothing points at a service."""


class UnpublishView(snippets.UnpublishView):
    """Asks before no more applications are taken, and says what goes on."""

    template_name = "builder/module/unpublish.html"

    def get_usage_url(self) -> None:
        """Count no references: nothing points at a service."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        going_on = running.described(self.object, now=timezone.now())
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "running": going_on, "region": self.object.region}


class InspectView(snippets.InspectView):
    """What is known of a service beside its content."""

    def get_live_display_value(self) -> str:
        return _("Yes") if self.object.live else _("No")

    def get_first_published_at_display_value(self) -> str:
        return self._when(self.object.first_published_at)

    def get_last_published_at_display_value(self) -> str:
        return self._when(self.object.last_published_at)

    @staticmethod
    def _when(moment: datetime | None) -> str:
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else "–"
