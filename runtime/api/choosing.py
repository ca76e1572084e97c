"""What other programs can choose from in a list of the region: searched, and narrowed by answers given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from runtime.api import trouble
from runtime.api.offered import Asked
from runtime.api.trouble import Trouble
from runtime.datasets import asking
from runtime.datasets.tables import RegionTables
from runtime.modules import site
from runtime.regions import calendar
from schemas import listing, openapi
from schemas.definition import Field, Json
from schemas.expressions import COLUMN

GIVEN = "a."
_YES_NO = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The question by its name, the words that a row must hold, and how many rows are wanted at most."""

    field: str
    words: str
    limit: int


def found(request: HttpRequest, asked: Asked, wanted: Wanted, now: datetime) -> dict[str, Json]:
    """Return the rows that a question offers, and how many more there are.

    Raises `Trouble` when no such question chooses from a list of the region, when the region does not see
    the list, and when an answer is missing that decides what is offered.
    """
    question, tables = openapi.list_questions(asked.module).get(wanted.field), asked.module.tables
    if question is None or not isinstance(tables, RegionTables):
        raise Trouble("not-found")
    edition = tables.edition(question.dataset)
    if edition is None:
        raise Trouble("not-found")
    known = _known(question, request.GET)
    today = calendar.local(now, site.region(request)).date()
    cells = listing.narrowed(question, known, today=today, tables=tables)
    if cells is None:
        words = _("What is offered depends on the answer to this question. Send it along.")
        missing = f"{GIVEN}{listing.first(question, known)}"
        raise Trouble("parameters", trouble.parameter(missing, "parameter.missing", words))
    columns = asked.module.datasets[question.dataset].columns
    return asking.answer(
        edition,
        asking.Question(wanted.words, cells),
        columns,
        language=site.language(),
        limit=wanted.limit,
    )


def _known(question: Field, query: QueryDict) -> dict[str, Json]:
    """Return the answers that the filter reads, as far as they were sent along: `a.key=answer`."""
    known: dict[str, Json] = {}
    for node in question.filter.root.walk() if question.filter is not None else ():
        given = query.getlist(f"{GIVEN}{node.name}")
        if node.op != "var" or node.name.startswith(COLUMN) or not given:
            continue
        if node.type == "choices":
            known[node.name] = list(given)
        else:
            known[node.name] = _YES_NO.get(given[-1]) if node.type == "boolean" else given[-1]
    return known
