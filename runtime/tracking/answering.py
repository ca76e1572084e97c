"""One action of the applicant, from its page to its performance."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from runtime.cases import kin, reasons, services
from runtime.cases.selectors import Case
from runtime.forms.face import clean_text
from runtime.forms.limits import LONGEST_COMMENT
from runtime.forms.pageform import PageForm, page_form
from runtime.forms.uploads import Accepted
from runtime.modules import selectors as modules
from runtime.modules import site
from runtime.regions import calendar
from runtime.tracking import correction, unfinished
from schemas.definition import Action, Field, Json, Page


class Answering:
    """Holds the form of an action and what went wrong with it; nothing typed is lost on the way."""

    def __init__(self, request: HttpRequest, case: Case, action: Action) -> None:
        self.request, self.case, self.action = request, case, action
        self.module = modules.definition(case.version)
        self.now = timezone.now()
        self.asked = correction.asked(case) if action.ask.answers else None
        self.answers = correction.answers_when_asked(case, self.asked)
        self.page = self._page()
        self.name = f"{case.reference}:{action.key}"
        self.left = unfinished.load(request, self.name)
        self.comment = clean_text(request.POST.get("_comment", "")).strip()
        self.trouble = ""
        self.form = self._form()

    @property
    def unknown(self) -> bool:
        return bool(self.form and self.form.unknown)

    @property
    def draft_token(self) -> str:
        return f"case-{self.case.public_id.hex}"

    def again(self) -> HttpResponse | None:
        """Answer a post that was performed already the way it was answered then; None when it was not.

        For actions no longer offered: nothing is stored, and only what has the same key is repeated.
        """
        if unfinished.sent(self.request, self.name):
            return self._done()
        if self.unknown or (self.form is not None and not self.form.is_valid()):
            return None
        try:
            if self.form is not None:
                self.form.store_uploads(self._already_given)
            performed = self._command()
        except (services.Refused, services.Conflict, LookupError):
            return None
        return self._done() if performed.repeated else self._sent()

    def post(self) -> HttpResponse | None:
        """Perform the action; None when its page has to be shown again."""
        if unfinished.sent(self.request, self.name):
            return self._done()
        if self.unknown:
            self.trouble = _("This page contained answers it does not ask for. Nothing was changed.")
            return None
        valid = self._keep()
        if "_remove" in self.request.POST or (self.form and self.form.command):
            return redirect(self.request.path)
        if len(self.comment) > LONGEST_COMMENT:
            self.trouble = _("Your note may have at most %(limit)s characters. You wrote %(length)s.") % {
                "limit": formats.number_format(LONGEST_COMMENT, force_grouping=True),
                "length": formats.number_format(len(self.comment), force_grouping=True),
            }
            return None
        if self.action.ask.comment == "required" and not self.comment:
            self.trouble = _("Please write a few words first.")
            return None
        if not valid:
            return None
        if self._same_again():
            self.trouble = _(
                "You have not changed anything yet. Change what the office asks for, "
                "or write in the note why it stays as it is."
            )
            return None
        return self._perform()

    def context(self) -> dict[str, Any]:
        """Return what the page draws."""
        return {
            "case": self.case,
            "module": self.module,
            "action": self.action,
            "page": self.page,
            "form": self.form,
            "comment": self.comment,
            "trouble": self.trouble,
            "goes_on": kin.go_on(self.case, self.module, self.action),
            "target": self.module.workflow.status(self.action.target(self.case.status)),
            "revision": self.case.revision,
        }

    def _same_again(self) -> bool:
        """Say whether a correction changes nothing and does not say why: a press too early."""
        if self.form is None or not self.action.ask.answers or self.comment:
            return False
        given = self.form.answers()
        return self.action.ask.comment != "none" and all(
            self.answers.get(key) == answer for key, answer in given.items()
        )

    def _perform(self) -> HttpResponse | None:
        try:
            self._command()
        except services.Refused as refused:
            self.trouble = reasons.sentence(refused.refused, self.module)
            return None
        except services.Conflict:
            messages.warning(
                self.request, _("Your application has changed in the meantime. This is how it stands now.")
            )
            return redirect("tracking:case", reference=self.case.reference)
        return self._sent()

    def _command(self) -> services.Performed:
        answers = self.form.answers() if self.form else {}
        person = site.person(self.request)
        revision = self._seen()
        return services.perform(
            region=self.case.region,
            case_reference=self.case.reference,
            action=self.action.key,
            key=self._key(answers, revision),
            now=self.now,
            applicant=person if person and person.pk == self.case.applicant_id else True,
            comment=self.comment,
            answers=answers,
            seen_revision=revision,
            draft_token=self.draft_token,
        )

    def _sent(self) -> HttpResponse:
        unfinished.forget(self.request, self.name)
        return self._done()

    def _done(self) -> HttpResponse:
        words = _("Thank you. It has been sent.") if self.form else _("It has been done.")
        messages.success(self.request, words)
        return redirect("tracking:case", reference=self.case.reference)

    def _page(self) -> Page | None:
        if self.action.ask.answers:
            return correction.page(self.module, self.answers, self.asked.fields if self.asked else ())
        return self.module.page(self.action.ask.page) if self.action.ask.page else None

    def _form(self) -> PageForm | None:
        if self.page is None:
            return None
        own = {question.key for question in self.page.fields}
        known = {**self.answers, **self.case.officer_answers}
        if self.left["begun"]:
            known = {key: value for key, value in known.items() if key not in own} | self.left["answers"]
        posted = self.request.method == "POST"
        return page_form(
            self.module,
            self.page,
            answers=known,
            language=site.language(),
            region=self.case.region,
            today=calendar.local(self.now, self.case.region).date(),
            data=self.request.POST if posted else None,
            files=self.request.FILES if posted else None,
            typed=self.left["typed"],
        )

    def _keep(self) -> bool:
        """Store files and remember what was typed; say whether the page is right."""
        if self.form is None:
            return True
        valid = self.form.is_valid()
        self.form.store_uploads(self._store)
        answers = self.form.merged(self.form.stored)
        unfinished.save(self.request, self.name, answers=answers, typed=self.form.typed())
        return valid

    def _store(self, question: Field, file: Accepted) -> Mapping[str, Json]:
        return services.store_upload(
            region=self.case.region,
            draft_token=self.draft_token,
            field=question.key,
            name=file.name,
            type=file.type,
            content=file.content,
            sha256=file.sha256,
            now=self.now,
        ).as_answer()

    def _already_given(self, question: Field, file: Accepted) -> Mapping[str, Json]:
        """Return the file of the case with this content; raise `LookupError` when there is none."""
        given: list[dict[str, Json]] = self.case.answers.get(question.key) or []
        same = [item for item in given if (item["sha256"], item["name"]) == (file.sha256, file.name)]
        return same[-1]

    def _seen(self) -> int:
        """Return the revision the applicant looked at; a forged one is simply stale."""
        text = self.request.POST.get("_revision", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else self.case.revision

    def _key(self, answers: Mapping[str, Json], revision: int) -> str:
        """Return the same key for the same post, so that a second press of the button changes nothing."""
        content = json.dumps([self.comment, answers], sort_keys=True)
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        return f"applicant:{self.action.key}:{revision}:{digest}"
