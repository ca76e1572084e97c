"""The tables of a file: one line a case, and one table for each repeat with a line for each of its rows.

Columns are called by the keys of the questions, so they stay the same whatever the questions are reworded
to; what is about the case itself begins with `case.`, which no key can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runtime.cases.selectors import Case
from runtime.exports.telling import Cell, Teller, leaving
from runtime.regions import calendar
from schemas.definition import Field, Json
from schemas.exporting import Way

MAIN = "cases"
_CASE = {
    "case.id": _("Number without meaning, the same in every file"),
    "case.reference": _("Reference number"),
    "case.number": _("Number that was given"),
    "case.version": _("Version of the service"),
    "case.status": _("Status"),
    "case.status.title": _("Status in words"),
    "case.outcome": _("Outcome"),
    "case.office": _("Office"),
    "case.filed": _("Filed"),
    "case.closed": _("Closed"),
}
Line = dict[str, Cell]


@dataclass(slots=True)
class Table:
    """A table with its columns: name → what it holds, in words."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)


def case_columns(way: Way) -> dict[str, str]:
    """Return the columns about the case itself."""
    return {name: str(_CASE[name]) for name in _names(way)}


def _names(way: Way) -> tuple[str, ...]:
    """Return what those columns are called. A recap knows a case by a number nobody else uses."""
    hidden = {"case.reference", "case.number"} if way == Way.RECAP else {"case.id"}
    return tuple(name for name in _CASE if name not in hidden)


def tables(tellers: Iterable[Teller], way: Way) -> dict[str, Table]:
    """Return the tables for cases of these versions, the newest first: its columns stand first as well."""
    found = {MAIN: Table(MAIN, case_columns(way))}
    for teller in tellers:
        asked = tuple(question for _page, question in teller.module.fields())
        _add(found, found[MAIN], (), asked, teller, way)
    return found


def _add(
    found: dict[str, Table],
    table: Table,
    path: tuple[str, ...],
    asked: tuple[Field, ...],
    teller: Teller,
    way: Way,
) -> None:
    for question in leaving(asked, way):
        label = question.label.say(teller.language)
        for column in teller.columns(question):
            table.columns.setdefault(column, label)
        if question.fields:
            inner = (*path, question.key)
            name = ".".join(inner)
            begins = dict([next(iter(case_columns(way).items()))])
            begins |= {f"{key}.row": gettext("Which row") for key in inner}
            rows = found.setdefault(name, Table(name, begins))
            _add(found, rows, inner, question.fields, teller, way)


def lines(case: Case, answers: Mapping[str, Json], teller: Teller) -> dict[str, list[Line]]:
    """Return the lines of a case by table; `answers` as they leave."""
    found: dict[str, list[Line]] = {}
    main = _case_line(case, teller)
    asked = tuple(question for _page, question in teller.module.fields())
    begins = {name: main[name] for name in _names(teller.way)[:1]}
    main |= _told(found, begins, (), asked, answers, teller)
    return {MAIN: [main], **found}


def _told(
    found: dict[str, list[Line]],
    begins: Line,
    path: tuple[str, ...],
    asked: tuple[Field, ...],
    answers: Mapping[str, Json],
    teller: Teller,
) -> Line:
    """Return the cells of the answers; the rows of repeats go into `found`."""
    line: Line = {}
    for question in leaving(asked, teller.way):
        value: Any = answers.get(question.key)
        if value is None:
            continue
        line |= teller.cells(question, value)
        inner = (*path, question.key)
        for at, row in enumerate(value if question.fields else (), 1):
            start: Line = {**begins, f"{question.key}.row": ["n", str(at)]}
            told = _told(found, start, inner, question.fields, row, teller)
            found.setdefault(".".join(inner), []).append({**start, **told})
    return line


def _case_line(case: Case, teller: Teller) -> Line:
    known: Line = {
        "case.id": str(case.public_id),
        "case.reference": case.reference,
        "case.number": case.number,
        "case.version": ["n", str(case.version.number)],
        "case.status": case.status,
        "case.status.title": teller.module.workflow.status(case.status).title.say(teller.language),
        "case.outcome": case.outcome,
        "case.office": (case.office or case.region).name,
        "case.filed": _moment(case, "submitted_at"),
        "case.closed": _moment(case, "closed_at"),
    }
    return {name: known[name] for name in _names(teller.way)}


def _moment(case: Case, name: str) -> Cell:
    at = getattr(case, name)
    if at is None:
        return ""
    return ["t", calendar.local(at, case.region).isoformat(timespec="minutes")]


def as_json(case: Case, answers: Mapping[str, Json], teller: Teller) -> dict[str, Json]:
    """Return a case as one object; repeats stand inside, as they were answered."""
    facts = {name.removeprefix("case."): _bare(cell) for name, cell in _case_line(case, teller).items()}
    known = {question.key: question for _page, question in teller.module.fields()}
    told = {key: teller.answer(known[key], value) for key, value in answers.items()}
    return {**facts, "answers": told}


def _bare(cell: Cell) -> Json:
    if isinstance(cell, str):
        return cell or None
    return int(cell[1]) if cell[0] == "n" else cell[1]


def texts(line: Line, columns: Iterable[str]) -> Iterator[str]:
    """Yield the cells of a line as texts, in the order of the columns."""
    for name in columns:
        cell = line.get(name, "")
        yield cell if isinstance(cell, str) else cell[1]
