"""The applicant's questions on one page, for an officer who puts answers right: drawn and judged as theirs.

Only what differs from the answers of the case leaves the form; the engine judges it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.cases.edits import Changed, changed
from runtime.forms import marks, sentences
from runtime.forms.face import clean_text
from runtime.forms.journey import journey
from runtime.forms.pageform import PageForm, page_form
from runtime.inbox.actform import NEVER, PREFIX, key_of, seen_of, too_long
from runtime.regions import calendar
from runtime.regions.models import Region
from runtime.workflow import editing
from schemas import expressions
from schemas.definition import Field, Json, Module, Page, with_rows
from schemas.problems import Problem
from schemas.same import Same
from schemas.walk import is_asked

TITLE = gettext_lazy("Edit answers")
FILES = ("file", "photo")
HEADING = "_"
"""What the key of a page's heading begins with; no key of a document begins so."""


class Stood(Protocol):
    """What is read of a case, be it a row or in memory: its answers as they stand, and in which region."""

    @property
    def answers(self) -> Any: ...

    @property
    def officer_answers(self) -> Any: ...

    @property
    def region(self) -> Region: ...

    @property
    def revision(self) -> int: ...


@dataclass
class EditForm:
    """The form of one edit. `errors` maps the id of a control to its sentence; `page` holds the questions."""

    case: Stood
    module: Module
    page: PageForm
    begun: PageForm
    comment: str
    key: str
    seen: int
    bound: bool
    errors: dict[str, str] = field(default_factory=dict)

    def is_valid(self) -> bool:
        """Say whether the form may be sent on; what only days have made wrong holds nothing up."""
        page = self.page
        pending = page.unknown or page.more or page.command
        wrong = {name.partition(".")[0] for name in (*page.errors, *page.marks)} - self._outdated
        return not (self.errors or pending or wrong)

    @cached_property
    def given(self) -> dict[str, Json]:
        """Return the answers that differ from those of the case; None empties one."""
        self.page.errors  # noqa: B018 (judging fills the answers)
        answers, found = self.page.answers(), {}
        for question in editing.editable(self.module):
            key, asked = question.key, self.page.judged.asked.get((question.key,))
            value = asked.value if asked and key in self._stale else answers.get(key)
            if asked and not _same(value, self.case.answers.get(key)):
                found[key] = value
        return found

    def differences(self, language: str) -> tuple[Changed, ...]:
        """Return what would change if the form were saved now, in words."""
        after = {**self.case.answers, **self.given}
        return changed(
            self.module,
            {key: value for key, value in self.case.answers.items() if key in self.given},
            {key: value for key, value in after.items() if key in self.given and value is not None},
            language=language,
            region=self.case.region,
        )

    def mark(self, problems: tuple[Problem, ...]) -> str:
        """Put what the engine found where it belongs; return what belongs to no place of this page."""
        self.page.errors  # noqa: B018 (nothing is marked before it was judged)
        left = [problem for problem in problems if not self._marked(problem)]
        pages = (self.module.page(str(problem.data.get("page", ""))) for problem in left)
        return " ".join(dict.fromkeys(_words(page, self.page.around.language) for page in pages if page))

    def _marked(self, problem: Problem) -> bool:
        path = tuple(int(part) if part.isdigit() else part for part in problem.pointer.split("/")[1:])
        if not path or self.page.spot(path) is None:
            return False
        if "group" not in problem.data and not problem.data.get("row"):
            marks.mark(self.page, path, problem)
        return True

    @cached_property
    def _stale(self) -> frozenset[str]:
        """The questions whose stored answers are wrong today."""
        return frozenset(str(path[0]) for path, _problem in self.begun.judged.problems if path)

    @cached_property
    def _outdated(self) -> frozenset[str]:
        return self._stale - self.given.keys()


def edit_form(
    case: Stood, module: Module, *, language: str, now: datetime, data: QueryDict | None = None
) -> EditForm:
    """Return the form, filled from `data` when it was posted."""
    begun = _page_form(case, module, language, now, None)
    form = EditForm(
        case=case,
        module=module,
        page=begun if data is None else _page_form(case, module, language, now, data),
        begun=begun,
        comment=clean_text(data.get("comment", "") if data else "").strip(),
        key=key_of(data),
        seen=seen_of(data.get("seen", "") if data else "", case.revision if data is None else NEVER),
        bound=data is not None,
    )
    if form.bound and not form.comment:
        form.errors["comment"] = _("Write why you change it, so that the applicant understands.")
    if long := too_long(form.comment):
        form.errors["comment"] = long
    return form


@dataclass(frozen=True, slots=True)
class Kept:
    """What only the applicant can answer otherwise: questions for `files`, and `others`."""

    files: tuple[str, ...]
    others: tuple[str, ...]


def kept(case: Stood, module: Module, language: str, now: datetime) -> Kept:
    """Return what of the application stays as the applicant gave it."""
    today, pages = calendar.local(now, case.region).date(), module.filing_pages()
    walked = journey(module, case.answers, today=today, pages=pages)
    mine = {question.key for question in editing.editable(module)}
    asked = (question for step in walked.steps for question in step.fields)
    theirs = [one for one in asked if is_asked(one) and one.key not in mine]
    files = [one for one in theirs if any(inner.type in FILES for inner in with_rows(one))]
    others = [one for one in theirs if one not in files]
    return Kept(tuple(f.label.say(language) for f in files), tuple(o.label.say(language) for o in others))


def consequences(module: Module, status: str, *, told: bool, language: str) -> Iterator[str]:
    """Yield what happens when answers are put right in `status`; `told`: whether the applicant is reached."""
    yield _("The case stays in “%(status)s”.") % {
        "status": module.workflow.status(status).title.say(language)
    }
    if told:
        yield _("The applicant is told, and reads on the status page what was changed and why.")
    else:
        yield _(
            "No address or number of the applicant is known. Tell them yourself; what was changed and why is "
            "on their status page."
        )
    yield _("What the answers were, your reason and your name stay in the history.")
    yield _("Colleagues who have this case open have to look at it again before they decide.")
    proof = module.field(module.applicant.proof) if module.applicant.proof else None
    if proof is not None and proof in editing.editable(module):
        words = _("“%(question)s” opens the status page: once you change it, only the new answer does.")
        yield words % {"question": proof.label.say(language)}


def _page_form(case: Stood, module: Module, language: str, now: datetime, data: QueryDict | None) -> PageForm:
    return page_form(
        module,
        _page(Same(module)),
        answers={**case.officer_answers, **case.answers},
        language=language,
        region=case.region,
        today=calendar.local(now, case.region).date(),
        data=data,
        prefix=PREFIX,
    )


@lru_cache(maxsize=64)
def _page(same: Same[Module]) -> Page:
    """Return all questions that officers may change as one page, each page of the form under its heading.

    What is worked out from them is shown along. No question begins with an answer that nobody gave.
    """
    module: Module = same.thing
    open_ = {question.key for question in editing.editable(module)}
    fields: list[Field] = []
    groups = []
    for page in module.filing_pages():
        shown = [one for one in page.fields if one.key in open_ or one.calculate is not None]
        if not any(one.key in open_ for one in shown):
            continue
        shown = [
            replace(one, default=None, visible=expressions.both(page.visible, one.visible)) for one in shown
        ]
        rule = expressions.either(one.visible for one in shown if one.key in open_)
        fields += [Field(f"{HEADING}{page.key}", "heading", page.title, visible=rule), *shown]
        groups += [group for group in page.groups if open_.issuperset(group.keys)]
    return Page(key="edit", title=module.title, fields=tuple(fields), groups=tuple(groups))


def _same(first: Json, second: Json) -> bool:
    """Compare two answers; spaces around a text, which no form keeps, are no difference."""
    if isinstance(first, str) and isinstance(second, str):
        return first.strip() == second.strip()
    return bool(first == second)


def _words(page: Page, language: str) -> str:
    return sentences.together("page", page, language)
