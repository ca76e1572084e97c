"""The rules of a move, as a form: what no key decides is asked, in the words of the two versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runtime.cases import selectors as cases
from runtime.forms.pageform import PageForm, page_form
from runtime.look import words
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.workflow.moving import offering
from runtime.workflow.moving.offering import Offer
from runtime.workflow.moving.values import Rules
from schemas.definition import Field, Module, Page, Text

STATUS, QUESTION, ANSWER = "status", "question", "answer"


class _Keys(forms.Form):
    """Where statuses and questions lead that the newer version does not have."""

    def ask(
        self, name: str, label: str, kept: str, targets: Iterable[tuple[str, str]], hint: str = ""
    ) -> None:
        """Ask where something leads; without an answer it is `kept`."""
        choices = [("", kept), *targets]
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, help_text=hint)

    def under(self, kind: str) -> list[forms.BoundField]:
        """Return the questions of one kind, for drawing."""
        return [self[name] for name in self.fields if name.startswith(f"{kind}-")]

    @property
    def statuses(self) -> list[forms.BoundField]:
        return self.under(STATUS)

    @property
    def questions(self) -> list[forms.BoundField]:
        return self.under(QUESTION)


@dataclass(frozen=True)
class RulesForm:
    """All that is asked about a move: keys, and answers for questions that the newer version asks."""

    keys: _Keys
    answers: PageForm | None

    @property
    def asks(self) -> bool:
        """Tell whether anything is asked at all."""
        return bool(self.keys.fields) or self.answers is not None

    def is_valid(self) -> bool:
        """Say whether every rule is possible."""
        keys = self.keys.is_valid()
        return (self.answers is None or self.answers.is_valid()) and keys

    def rules(self) -> Rules:
        """Return what was said."""
        said = {name: value for name, value in self.keys.cleaned_data.items() if value}
        return Rules(
            statuses=_under(STATUS, said),
            questions=_under(QUESTION, said),
            answers=self.answers.answers() if self.answers else {},
        )


def rules_form(old: ModuleVersion, new: ModuleVersion, *, today: date, data: Any = None) -> RulesForm:
    """Return the form for a move from `old` to `new`, filled from `data` when it was posted."""
    before, after = modules.definition(old), modules.definition(new)
    offer = offering.offered(before, after)
    keys = _Keys(data)
    _ask_statuses(keys, offer, cases.open_by_status(old))
    for question, targets in offer.questions:
        keys.ask(
            f"{QUESTION}-{question.key}",
            words.say(question.label),
            _("It has no place any more"),
            [(one.key, words.say(one.label)) for one in targets],
        )
    return RulesForm(keys, _answers(after, offer, old, today, data))


def _ask_statuses(keys: _Keys, offer: Offer, there: dict[str, int]) -> None:
    """Ask only about stages in which a case stands."""
    for status, targets in offer.statuses:
        count = there.get(status.key, 0)
        if count:
            hint = ngettext("%(count)s open case stands there.", "%(count)s open cases stand there.", count)
            keys.ask(
                f"{STATUS}-{status.key}",
                words.say(status.title),
                _("No stage: these cases stay where they are"),
                [(one.key, words.say(one.title)) for one in targets],
                hint % {"count": count},
            )


def _answers(module: Module, offer: Offer, old: ModuleVersion, today: date, data: Any) -> PageForm | None:
    """Return the questions to which cases may have no answer, none of them required here."""
    fields = tuple(_plain(question) for _page, question in offer.asked if question.required is not False)
    if not fields:
        return None
    page = Page("rules", Text(()), fields)
    return page_form(
        module,
        page,
        answers={},
        language=words.language(),
        region=old.region,
        today=today,
        data=data,
        prefix=ANSWER,
    )


def _plain(question: Field) -> Field:
    """Return the question as it stands alone: always shown, never required."""
    return replace(
        question,
        required=False,
        visible=None,
        own_visible=None,
        filter=None,
        prefill=None,
        default=None,
        read_only=False,
        group="",
        check=None,
    )


def _under(kind: str, said: dict[str, str]) -> dict[str, str]:
    return {name.partition("-")[2]: value for name, value in said.items() if name.startswith(f"{kind}-")}
