"""What an officer gives with an action: comment, questions to send back, an own page. Read and judged here.

The engine judges again when the action is performed; this only says what is missing beside its field.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from runtime.cases.selectors import Case
from runtime.forms.face import clean_text
from runtime.forms.pageform import PageForm, page_form
from runtime.forms.summary import Row, summary
from runtime.inbox.access import Officer
from runtime.regions import calendar
from schemas.definition import Action, Module
from schemas.walk import is_asked

PREFIX = "page"
LONGEST_COMMENT = 2000
FIRST_TICK = "send_back-1"
NEVER = -1
"""A revision that no case has: what was posted does not say what the officer had seen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that can be sent back, with the answer it has now."""

    key: str
    id: str
    label: str
    answer: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one page of the application."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(slots=True)
class ActForm:
    """The form of one action. `errors` maps the id of a control to its sentence."""

    comment: str
    key: str
    seen: int
    ticked: tuple[str, ...]
    page: PageForm | None
    groups: tuple[Group, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)
    bound: bool = False

    def is_valid(self) -> bool:
        """Say whether everything that is asked was given."""
        own = not self.errors
        return (self.page is None or self.page.is_valid()) and own

    @property
    def send_back_error(self) -> str:
        return self.errors.get(FIRST_TICK, "")

    @property
    def draft_token(self) -> str:
        return f"desk-{self.key}"


def act_form(
    officer: Officer,
    case: Case,
    module: Module,
    action: Action,
    *,
    language: str,
    now: datetime,
    seen: str = "",
    data: QueryDict | None = None,
    files: Mapping[str, Any] | None = None,
) -> ActForm:
    """Return the form of `action`, filled from `data` when it was posted.

    `seen` is the revision of the case that the officer had before their eyes, as text; without it a
    posted form counts as made for another revision.
    """
    ticked = tuple(data.getlist("send_back")) if data else ()
    form = ActForm(
        comment=clean_text(data.get("comment", "") if data else "").strip(),
        key=_key(data),
        seen=_seen(seen, NEVER if data is not None else case.revision),
        ticked=ticked,
        page=_page(officer, case, module, action, language, now, data, files),
        groups=_groups(officer, case, module, language, ticked) if action.ask.corrections else (),
        bound=data is not None,
    )
    if form.bound:
        form.errors = _errors(action, form)
    return form


def _errors(action: Action, form: ActForm) -> dict[str, str]:
    errors = {}
    if action.ask.corrections and not form.ticked:
        errors[FIRST_TICK] = _("Choose at least one question that the applicant has to answer again.")
    if not form.comment and (action.ask.comment == "required" or action.ask.corrections):
        errors["comment"] = _("Write the reason, so that the reader knows why.")
    if len(form.comment) > LONGEST_COMMENT:
        words = _("The text may have at most %(limit)s characters. You wrote %(length)s.")
        errors["comment"] = words % {"limit": LONGEST_COMMENT, "length": len(form.comment)}
    return errors


def _seen(typed: str, otherwise: int) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else otherwise


def _key(data: QueryDict | None) -> str:
    """Return the idempotency key of this form: the same however often it is sent."""
    try:
        return str(uuid.UUID(data.get("key", ""))) if data else str(uuid.uuid4())
    except ValueError:
        return str(uuid.uuid4())


def _page(
    officer: Officer,
    case: Case,
    module: Module,
    action: Action,
    language: str,
    now: datetime,
    data: QueryDict | None,
    files: Mapping[str, Any] | None,
) -> PageForm | None:
    page = module.page(action.ask.page) if action.ask.page else None
    if page is None:
        return None
    return page_form(
        module,
        page,
        answers={**case.answers, **case.officer_answers},
        language=language,
        region=officer.region,
        today=calendar.local(now, officer.region).date(),
        data=data,
        files=files,
        prefix=PREFIX,
    )


def _groups(
    officer: Officer, case: Case, module: Module, language: str, ticked: tuple[str, ...]
) -> tuple[Group, ...]:
    pages = summary(
        module,
        case.answers,
        language=language,
        region=officer.region,
        pages=module.filing_pages(),
        mask=True,
    )
    numbers = itertools.count(1)
    return tuple(
        Group(
            page.title,
            tuple(_choice(row, next(numbers), ticked) for row in page.rows if is_asked(row.field)),
        )
        for page in pages
    )


def _choice(row: Row, number: int, ticked: tuple[str, ...]) -> Choice:
    answer = ", ".join(str(file["name"]) for file in row.files) or row.value
    return Choice(row.field.key, f"send_back-{number}", row.label, answer, row.field.key in ticked)
