"""What an applicant may take along of a case: what they answered and gave, its way, letters, who saw it.

What leaves is decided by `schemas.exporting`, as for every other way out; what officers say among
themselves is not in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import translation

from runtime.cases import selectors as cases
from runtime.cases.history import PublicView
from runtime.cases.selectors import Attachment, Case, Entry
from runtime.forms.summary import Row, SummaryPage, summary
from runtime.letters import checking
from runtime.letters import selectors as issued
from runtime.letters.checking import Listed
from runtime.modules import selectors as modules
from runtime.tracking.seen import Seen, seen
from schemas import exporting
from schemas.definition import Field, Json, Module, with_rows
from schemas.exporting import Way
from schemas.walk import files_in


@dataclass(frozen=True, slots=True)
class Owned:
    """A case as its applicant takes it along, in the words of `language`."""

    case: Case
    module: Module
    language: str
    view: PublicView
    pages: tuple[SummaryPage, ...]
    documents: tuple[Attachment, ...]
    letters: tuple[Listed, ...]
    seen: tuple[Seen, ...]


def owned(case: Case, language: str, now: datetime, *, mask: bool = False) -> Owned:
    """Return the case; with `mask` numbers that identify a person are covered but for their last digits."""
    module = modules.definition(case.version)
    with translation.override(language):
        view = _view(case, module, language)
        return Owned(
            case=case,
            module=module,
            language=language,
            view=view,
            pages=tuple(_pages(module, case, language, mask)),
            documents=tuple(_documents(case, module, view)),
            letters=tuple(checking.listed(one, language, now) for one in issued.of_case(case).order_by("pk")),
            seen=seen(case, language),
        )


def given(module: Module, answers: dict[str, Json]) -> Iterator[tuple[Field, Any]]:
    """Yield the files among the answers that may leave, each with its question."""
    fields = [field for _page, field in module.fields() if exporting.leaves(field, Way.OWNER)]
    for _path, question, files in files_in(fields, answers):
        for item in files if exporting.leaves(question, Way.OWNER) else ():
            yield question, item


def answers(module: Module, said: dict[str, Json]) -> dict[str, Json]:
    """Return the applicant's own answers that may leave."""
    keys = [field.key for page in module.pages if page.for_ == "applicant" for field in page.fields]
    return exporting.exported(module, said, keys, way=Way.OWNER)


def _view(case: Case, module: Module, language: str) -> PublicView:
    """Return the case as its applicant sees it, without changes of answers that may not leave."""
    every = (field for page in module.filing_pages() for field in page.fields)
    leaving = {f.key for f in every if all(exporting.leaves(inner, Way.OWNER) for inner in with_rows(f))}
    view = cases.public_view(case, language)
    return replace(view, past=tuple(_edited(entry, leaving) for entry in view.past))


def _edited(entry: Entry, leaving: Collection[str]) -> Entry:
    if entry.edit is None:
        return entry
    changes = tuple(one for one in entry.edit.changes if one.key in leaving)
    return replace(entry, edit=replace(entry.edit, changes=changes))


def _documents(case: Case, module: Module, view: PublicView) -> Iterator[Attachment]:
    """Yield the documents the applicant gave and those that came with messages to them."""
    for _question, item in given(module, case.answers):
        found = cases.attachment(case, str(item["id"]))
        if found is not None:
            yield found
    for entry in view.past:
        yield from entry.files


def _pages(module: Module, case: Case, language: str, mask: bool) -> Iterator[SummaryPage]:
    own = [page for page in module.pages if page.for_ == "applicant"]
    for page in summary(module, case.answers, language=language, region=case.region, pages=own, mask=mask):
        page.rows = _leaving([row for row in page.rows if row.field.key in case.answers])
        if page.rows:
            yield page


def _leaving(rows: list[Row]) -> list[Row]:
    """Return the rows of questions that may leave, inside a repeat as well."""
    left = [row for row in rows if exporting.leaves(row.field, Way.OWNER)]
    for row in left:
        for entry in row.entries:
            entry.rows = _leaving(entry.rows)
    return left
