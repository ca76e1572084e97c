"""Two versions of an answer, typed where neither writer saw the other: shown in words, and one is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from runtime.forms import cascade
from runtime.forms import fields as registry
from runtime.forms.face import Circumstances
from runtime.forms.journey import Journey
from runtime.forms.pageform import PageForm
from runtime.wizard import drafts, filing, posting
from runtime.wizard.merging import digest, discarded, taken
from runtime.wizard.models import Draft
from schemas.areacodes import LEVELS
from schemas.definition import Field, Json

TAKE = "_take"
DROP = "_drop"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of an answer; `value` is what its buttons post."""

    label: str
    words: str
    value: str


class ChoosingMixin:
    """Offers what lost against another window, and does what the buttons beside it say."""

    draft: Draft
    walked: Journey
    now: datetime
    request: HttpRequest

    def versions(self, form: PageForm) -> list[Version]:
        """Return the other versions of answers of a page."""
        questions = {question.key: question for question in form.page.fields}
        return [
            Version(
                label=questions[key].label.say(form.around.language),
                words=_words(questions[key], answer, typed, form.around),
                value=f"{key}:{digest(answer, typed)}",
            )
            for key, others in self.draft.others.items()
            if key in questions
            for answer, typed, *_writer in others
        ]

    def choose(self) -> bool:
        """Do what a button beside another version asks for; say whether one was pressed."""
        take, drop = self.request.POST.get(TAKE, ""), self.request.POST.get(DROP, "")
        key, _colon, mark = (take or drop).partition(":")
        if not mark:
            return False
        seen = posting.seen(self.request)
        change = partial(discarded, key=key, mark=mark)
        if take:
            change = partial(taken, key=key, mark=mark, seen=seen, at=self.now)
        drafts.choose(draft=self.draft, change=change)
        self.walked = filing.walk(self.draft, now=self.now)
        return True


def _words(question: Field, answer: Json, typed: Any, around: Circumstances) -> str:
    """Return a version in words; of an answer of a special kind only that there is one."""
    if posting.is_private(question):
        return _("not shown here, because it is private")
    said = "" if answer is None else registry.face(question.type).say(question, answer, around)
    texts = [said, *_texts(typed)]
    words = ", ".join(text for text in texts if text)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _texts(typed: Any) -> list[str]:
    """Return what was typed but could not be taken, part by part; chosen areas by their names."""
    if isinstance(typed, Mapping):
        areas = [str(typed[level]) for level in LEVELS if typed.get(level)]
        rest = [value for part, value in typed.items() if part not in LEVELS]
        return [*(text for value in rest for text in _texts(value)), *map(cascade.said, areas[-1:])]
    if isinstance(typed, list):
        return [text for value in typed for text in _texts(value)]
    return [str(typed)] if typed not in (None, "", False) else []
