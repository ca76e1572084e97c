"""The citizen's pages of a draft, judged by the code of the wizard; what is kept is plain data."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from runtime.datasets import tables
from runtime.forms import posted
from runtime.forms.journey import Journey, journey
from runtime.forms.noted import noted
from runtime.forms.pageform import PageForm, page_form
from runtime.forms.summary import SummaryPage, summary
from runtime.forms.uploads import Accepted
from runtime.regions.models import Region
from runtime.tryout import citizen as citizens
from runtime.tryout import guessing
from runtime.tryout.citizen import ANYBODY, Citizen, Known
from runtime.tryout.coverage import Gone
from runtime.wizard import steps
from runtime.wizard.reviewform import ReviewForm
from runtime.workflow import example
from schemas.definition import Field, Json, Module
from schemas.walk import without_blank_rows

REVIEW, REMOVE = steps.REVIEW, posted.REMOVE
first_open, may_enter = steps.first_open, steps.may_enter

Kept = Mapping[str, Any]
"""The answers so far and what was typed and is none: `answers` and `typed`."""


class Filling:
    """An application of a draft that is being filled in."""

    def __init__(
        self,
        module: Module,
        region: Region,
        kept: Kept,
        *,
        today: date,
        language: str,
        citizen: Citizen = ANYBODY,
    ) -> None:
        self.module, self.region = tables.in_region(module, region.pk), region
        self.answers: dict[str, Json] = dict(kept.get("answers") or {})
        self.typed: dict[str, Any] = dict(kept.get("typed") or {})
        self.today, self.language, self.citizen = today, language, citizen

    @cached_property
    def known(self) -> Known:
        """Return what is known of the citizen by the answers so far."""
        return Known(
            self.module,
            self.region,
            self.citizen,
            self.answers,
            today=self.today,
            language=self.language,
        )

    @cached_property
    def walked(self) -> Journey:
        """Return the steps there are for the answers so far."""
        return self._walk(self.answers)

    @property
    def names(self) -> list[str]:
        """Return the steps by the names they have in addresses, the check last."""
        return [*steps.by_name(self.walked), REVIEW]

    def form(self, name: str, data: Any = None, files: Any = None) -> PageForm | ReviewForm:
        """Return the form of a step; `name` is one of `names`."""
        step = steps.by_name(self.walked).get(name)
        if step is None:
            return ReviewForm(data=data)
        own = {question.key for question in step.page.fields}
        kept = {key: value for key, value in self.answers.items() if key in own}
        return page_form(
            self.module,
            step.page,
            answers={**self.walked.answers, **kept},
            language=self.language,
            region=self.region,
            today=self.today,
            data=data,
            files=files,
            typed={key: typed for key, typed in self.typed.items() if key in own},
            given=self.known.given(step.page.fields),
        )

    def keep(self, form: PageForm) -> Kept:
        """Return what is kept once a page was posted: right answers as answers, the rest as it was typed."""
        form.is_valid()
        form.store_uploads(described)
        own = {question.key for question in form.page.fields}
        typed = {key: value for key, value in self.typed.items() if key not in own}
        return {"answers": form.merged(self.answers), "typed": typed | form.typed()}

    def review(self) -> list[SummaryPage]:
        """Return all answers in words; each row says in `change` the step on which it is answered."""
        names = {step.page.key: name for name, step in steps.by_name(self.walked).items()}
        pages = summary(
            self.module, self.walked.answers, language=self.language, region=self.region, doubts=True
        )
        for page in pages:
            for row in page.rows:
                if not row.field.shown_only:
                    row.change = f"?step={names[page.page.key]}#id_{row.place}"
        return pages

    def examples(self, tried: Gone | None = None) -> tuple[dict[str, Json], bool]:
        """Return right answers to everything, and whether all that was answered before is among them.

        With `tried` they lead where nothing has been yet, if anything does. Returns no answers where none
        could be made up.
        """
        given = self.walked.answers
        for way in (*self._untried(given, tried), *self._untried({}, tried), given, {}):
            made = example.filed(self.module, way, today=self.today)
            made = self._placed(made, given)
            if self._walk(made).complete:
                return made, all(made.get(key) == value for key, value in given.items())
        return {}, False

    def _placed(self, made: Mapping[str, Json], given: Mapping[str, Json]) -> dict[str, Json]:
        """Return examples that name offices of the region; what was given stays as it is."""
        fields = (question for page in self.module.filing_pages() for question in page.fields)
        placed = citizens.placed(self.module, fields, made, self.region, self.citizen)
        return {**placed, **{key: made[key] for key in given if key in made}}

    def _untried(self, fixed: Mapping[str, Json], tried: Gone | None) -> Iterator[dict[str, Json]]:
        if tried is not None:
            pages = self.module.filing_pages()
            yield from guessing.ways(self.module, pages, tried, fixed=fixed, around={}, today=self.today)

    def _walk(self, answers: Mapping[str, Json]) -> Journey:
        fields = [question for _page, question in self.module.fields()]
        facts = noted(self.module, today=self.today, language=self.language, channel="web")
        given = {**facts, **without_blank_rows(fields, answers)}
        return journey(self.module, given, today=self.today, fresh=True)


def described(_question: Field, file: Accepted) -> dict[str, Json]:
    """Return a file the way an answer describes it; the file itself is let go."""
    return {**file.described(), "id": str(uuid.uuid4())}
