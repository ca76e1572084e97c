"""The wizard's side of first answers: what stands on a page, and asking registers when a page is posted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest

from runtime.forms.face import Circumstances
from runtime.forms.given import NOTHING, Given
from runtime.forms.journey import Journey
from runtime.forms.pageform import PageForm
from runtime.forms.posted import FETCH
from runtime.modules import site
from runtime.wizard import counter, filing, lookups, offers
from runtime.wizard.models import Draft
from schemas.definition import Field, Module


class FetchMixin:
    """Fills pages from what is offered and from registers; knows when a page has to be seen once more."""

    draft: Draft
    module: Module
    walked: Journey
    now: datetime
    request: HttpRequest

    def given(self, fields: Iterable[Field]) -> dict[str, Given]:
        """Return what stands in the questions of a page before anybody types."""
        today = filing.today(self.draft, now=self.now)
        around = Circumstances(
            language=site.language(), today=today, region=self.draft.region, tables=self.module.tables
        )
        asked = tuple(fields)
        offered = {
            field.key: Given(value=offer["value"], words=offers.words(offer))
            for field in asked
            if (offer := self.draft.offered.get(field.key)) and field.key not in self.draft.answers
        }
        found = {**offered, **lookups.given(self.draft, asked, around)}
        for key, excuse in counter.excuses(self.draft, asked).items():
            found[key] = replace(found.get(key, NOTHING), excuse=excuse)
        return found

    def settle(self) -> None:
        """Let go of answers that were taken about somebody whom the answers no longer describe."""
        if lookups.settle(self.draft, self.module, now=self.now):
            self.walked = filing.walk(self.draft, now=self.now)

    def look_up(self, form: PageForm) -> bool:
        """Ask the registers a stored page leads to; say whether the page must be shown once more.

        That is so when somebody pressed its button, and when it now holds answers nobody has seen.
        """
        pressed = self.request.POST.get(FETCH, "")
        if not pressed and self.request.POST.get("_do") == "save":
            return False
        self.settle()
        asked = {question.key for step in self.walked.steps for question in step.fields}
        filled = False
        for wanted in lookups.wanted(self.draft, self.module, pressed, asked):
            told = lookups.ask(self.draft, self.module, wanted, now=self.now)
            words = lookups.sentence(self.draft, wanted, told, self.module, site.language())
            fresh = bool(told) and self._unseen(form)
            if pressed or fresh:
                level = messages.SUCCESS if told and told["state"] == "found" else messages.WARNING
                messages.add_message(self.request, level, words)
            filled = filled or fresh
        self.walked = filing.walk(self.draft, now=self.now)
        form.given = self.given(form.candidates)
        return bool(pressed) or filled

    def _unseen(self, form: PageForm) -> bool:
        """Say whether a register has an answer to a question of the page that has none yet."""
        given = self.given(form.candidates)
        return any(
            given[key].value is not None and self.draft.answers.get(key) is None
            for key in form.asked
            if key in given and key not in self.draft.offered
        )
