"""What could not be sent for the host's region, and trying it again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from cms.operators import LookOnly
from runtime.effects import services
from runtime.effects.models import EffectRun
from runtime.modules import site


@admin.register(EffectRun)
class ParkedAdmin(LookOnly):
    """Effects that gave up. What they would send stays unseen: it is about citizens."""

    list_display = ("pk", "type", "case_id", "event_n", "attempts", "last_error", "created_at")
    list_filter = ("type",)
    fields = ("type", "case_id", "event_n", "state", "attempts", "last_error", "created_at", "due_at")
    actions = ("try_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(state=EffectRun.State.FAILED)

    @admin.action(description=gettext_lazy("Try the chosen ones again"))
    def try_again(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        """Put the chosen rows back to the start."""
        ids = chosen.values_list("pk", flat=True)
        count = services.retry(region=site.region(request), ids=ids, now=timezone.now())
        words = ngettext("%(count)s will be tried again.", "%(count)s will be tried again.", count)
        messages.success(request, words % {"count": count})
