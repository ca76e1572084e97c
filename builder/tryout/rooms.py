"""What the page of a test run and its frame have in common: who may enter, the draft, the run so far."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views import View

from builder import permissions
from builder.models import Module
from builder.tryout import runs
from builder.tryout.runs import Run
from runtime.tryout import coverage
from runtime.tryout import trial as trials
from runtime.tryout.citizen import Citizen
from runtime.tryout.coverage import Gone
from runtime.tryout.filling import Filling
from runtime.tryout.trial import Trial
from schemas import digest as digests
from schemas import parse


class Room(View):
    """A view of the test run of one draft."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "change" not in permissions.actions(request.user):
            raise PermissionDenied
        self.module = get_object_or_404(Module.objects.select_related("region"), pk=kwargs["pk"])
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        return response

    @cached_property
    def draft(self) -> Module:
        """Return the newest draft that was saved."""
        newest: Module = self.module.get_latest_revision_as_object()
        return newest

    @cached_property
    def checked(self) -> parse.Checked:
        return parse.check(self.draft.document)

    @cached_property
    def digest(self) -> str:
        """Return what names the content of the draft; only of one that can be read."""
        return digests.of_text(self.draft.document)

    @cached_property
    def run(self) -> Run:
        """Return the run so far, else a new one that begins now."""
        return runs.load(self.request.session, self.module.pk) or self.fresh()

    def fresh(self) -> Run:
        """Return a run that begins now."""
        return Run(self.digest, trials.begun(self.module.region, timezone.now()))

    @property
    def changed(self) -> bool:
        """Whether the draft is not that any more of which the run was begun."""
        return self.run.digest != self.digest

    @property
    def language(self) -> str:
        return (get_language() or "id")[:2]

    @property
    def today(self) -> date:
        return datetime.fromisoformat(self.run.at).date()

    def keep(self) -> None:
        runs.save(self.request.session, self.module.pk, self.run)

    @cached_property
    def filling(self) -> Filling:
        """Return the application that is being filled in."""
        assert self.checked.module is not None, "only what can be read is tried"
        return Filling(
            self.checked.module,
            self.module.region,
            self.run.filling,
            today=self.today,
            language=self.language,
            citizen=Citizen(**self.run.citizen),
        )

    def tried(self, trial: Trial | None) -> Gone:
        """Return what the stories, earlier runs of the same content and this run have gone through."""
        found = coverage.of_stories(self.filling.module, self.module.region)
        found.add(coverage.again(self.run.been))
        if trial is not None:
            found.add(coverage.gone(trial.player))
        return found

    def trial(self, told: dict[str, Any]) -> Trial:
        """Return where a story has led to."""
        assert self.checked.module is not None, "only what can be read is tried"
        return Trial(self.checked.module, self.module.region, told, language=self.language)
