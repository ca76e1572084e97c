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
from django.utils import formats
from django.utils.translation import gettext as _

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.forms import sentences, uploads
from runtime.forms.face import clean_text
from runtime.forms.limits import LONGEST_COMMENT
from runtime.forms.pageform import PageForm, page_form
from runtime.forms.summary import Row, summary
from runtime.forms.uploads import ATTACHMENT, Accepted
from runtime.inbox.access import Officer
from runtime.regions import calendar
from runtime.regions.models import Region
from schemas.definition import Action, Json, Module
from schemas.walk import is_asked

PREFIX = "page"
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


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be chosen for the next task."""

    id: int
    name: str
    chosen: bool


@dataclass(slots=True)
class ActForm:
    """The form of one action. `errors` maps the id of a control to its sentence."""

    comment: str
    key: str
    seen: int
    ticked: tuple[str, ...]
    page: PageForm | None
    people: tuple[Person, ...] = ()
    person: int | None = None
    asks_attachment: str = "none"
    attachment: Accepted | None = None
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
    return asked_form(
        action,
        seen=seen_of(seen, NEVER if data is not None else case.revision),
        page=_page(officer, case, module, action, language, now, data, files),
        people=_people(case, module, action, now, data),
        groups=groups(
            module, case.answers, action, region=officer.region, language=language, ticked=ticked(data)
        ),
        language=language,
        data=data,
        files=files,
    )


def asked_form(
    action: Action,
    *,
    seen: int,
    page: PageForm | None,
    people: tuple[Person, ...],
    groups: tuple[Group, ...],
    language: str,
    data: QueryDict | None,
    files: Mapping[str, Any] | None,
) -> ActForm:
    """Return the form of what `action` asks for, judged when it was posted."""
    form = ActForm(
        comment=clean_text(data.get("comment", "") if data else "").strip(),
        key=key_of(data),
        seen=seen,
        ticked=ticked(data),
        page=page,
        people=people,
        asks_attachment=action.ask.attachment,
        groups=groups,
        bound=data is not None,
    )
    if form.bound:
        form.person = next((person.id for person in form.people if person.chosen), None)
        form.errors = _errors(action, form) | _attach(form, files or {}, language)
    return form


def ticked(data: QueryDict | None) -> tuple[str, ...]:
    """Return the questions that were ticked to be sent back."""
    return tuple(data.getlist("send_back")) if data else ()


def _errors(action: Action, form: ActForm) -> dict[str, str]:
    errors = {}
    if action.ask.corrections and not form.ticked:
        errors[FIRST_TICK] = _("Choose at least one question that the applicant has to answer again.")
    if action.ask.person and form.person is None:
        errors["person"] = (
            _("Choose who gets the next task.")
            if form.people
            else _("Nobody holds the role that the next task needs. Ask the administrator of your region.")
        )
    if not form.comment and (action.ask.comment == "required" or action.ask.corrections):
        errors["comment"] = _("Write the reason, so that the reader knows why.")
    if long := too_long(form.comment):
        errors["comment"] = long
    return errors


def too_long(text: str) -> str:
    """Return the sentence that a text of an officer is too long; empty when it is not."""
    if len(text) <= LONGEST_COMMENT:
        return ""
    counts = {"limit": LONGEST_COMMENT, "length": len(text)}
    told = {name: formats.number_format(count, force_grouping=True) for name, count in counts.items()}
    return _("The text may have at most %(limit)s characters. You wrote %(length)s.") % told


def _attach(form: ActForm, files: Mapping[str, Any], language: str) -> dict[str, str]:
    """Judge the document that is attached to the step itself; return what is wrong with it."""
    upload = files.get("attachment") if form.asks_attachment != "none" else None
    if upload is None:
        missing = form.asks_attachment == "required"
        return {"attachment": _("Attach a document: it belongs to this step.")} if missing else {}
    verdict = uploads.judge(upload, ATTACHMENT)
    if isinstance(verdict, uploads.Refused):
        told = {"name": verdict.name, **verdict.data}
        return {"attachment": sentences.sentence(ATTACHMENT, verdict.code, told, language)}
    form.attachment = verdict
    return {}


def _people(
    case: Case, module: Module, action: Action, now: datetime, data: QueryDict | None
) -> tuple[Person, ...]:
    """Return who can be chosen for the task that opens next."""
    if not action.ask.person:
        return ()
    rule = module.workflow.status(action.target(case.status)).task(action.ask.person)
    assert rule is not None, "the parser lets nobody be chosen for a task that is not there"
    chosen = data.get("person", "") if data else ""
    found = cases.candidates(case, rule, now)
    return tuple(Person(u.pk, u.get_full_name() or u.get_username(), str(u.pk) == chosen) for u in found)


def seen_of(typed: str, otherwise: int) -> int:
    """Return the revision that a form says its reader saw, `otherwise` when it says none."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else otherwise


def key_of(data: QueryDict | None) -> str:
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


def groups(
    module: Module,
    answers: Mapping[str, Json],
    action: Action,
    *,
    region: Region,
    language: str,
    ticked: tuple[str, ...],
) -> tuple[Group, ...]:
    """Return what the action may send back, page by page; nothing where it sends nothing back."""
    if not action.ask.corrections:
        return ()
    filing = module.filing_pages()
    pages = summary(module, answers, language=language, region=region, pages=filing, mask=True)
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
