"""The history of a service's cases as an event log, for process mining: XES (IEEE 1849) and CSV.

A log tells how the work went, not whose it was: a case is its random public number, an actor a role
and an office. No name, no answer, no note and no reference leaves here, nor that officers wrote to each
other. Whole cases, in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from typing import Literal
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from runtime.cases import history, readable, versions
from runtime.cases.models import Case, CaseEvent, Task
from runtime.datasets.writing import spreadsheet
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.regions.models import Region
from runtime.workflow.commenting import INTERNAL
from runtime.workflow.handing import HANDED_ON
from schemas.definition import Module

Form = Literal["xes", "csv"]

BATCH = 200
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Organizational", "org"),
    ("Lifecycle", "lifecycle"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One event. `outcome` is how the case ended, empty while it is open; `channel` how it came in."""

    case: str
    activity: str
    timestamp: str
    role: str
    office: str
    action: str
    from_status: str
    to_status: str
    version: int
    outcome: str
    channel: str


def pieces(
    region: Region,
    key: str,
    form: Form,
    *,
    language: str,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[str]:
    """Yield the log of the cases of service `key` filed from `since` to `until`, both days included."""
    cases = readable.filed(region, key, since, until).order_by("pk")
    traces = _traces(cases, ZoneInfo(region.timezone), language)
    return _xes(key, traces) if form == "xes" else _csv(traces)


def _traces(cases: QuerySet[Case], zone: ZoneInfo, language: str) -> Iterator[list[Line]]:
    """Yield the events of each case in order, a batch of cases at a time."""
    last, cases = 0, cases.select_related("version", "office", "region").defer("answers", "officer_answers")
    while batch := list(cases.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        events: dict[int, list[CaseEvent]] = {case.pk: [] for case in batch}
        told = CaseEvent.objects.filter(case__in=batch).exclude(action=INTERNAL).defer("note")
        for event in told.order_by("case_id", "n"):
            events[event.case_id].append(event)
        done = Task.objects.filter(case__in=batch, closed_at__isnull=False).select_related("office")
        offices = {(task.case_id, task.role, task.closed_at): task.office.name for task in done}
        for case in batch:
            told = versions.of(case, events[case.pk])
            yield [_line(case, event, told[event.n], offices, zone, language) for event in events[case.pk]]


def _line(
    case: Case,
    event: CaseEvent,
    version: ModuleVersion,
    offices: dict[tuple[int, str, datetime | None], str],
    zone: ZoneInfo,
    language: str,
) -> Line:
    module = modules.definition(version)
    role, office = _("Applicant"), ""
    if event.by == CaseEvent.By.SYSTEM:
        role = _("System")
    elif event.by == CaseEvent.By.PERSON:
        known = next((one for one in module.workflow.roles if one.key == event.role), None)
        role = known.title.say(language) if known else event.role
        own = case.office.name if case.office else case.region.name
        office = offices.get((case.pk, event.role, event.at), own)
    return Line(
        case=str(case.public_id),
        activity=_activity(event, module, language),
        timestamp=event.at.astimezone(zone).isoformat(timespec="milliseconds"),
        role=role,
        office=office,
        action=event.action,
        from_status=event.from_status,
        to_status=event.to_status,
        version=version.number,
        outcome=case.outcome,
        channel=case.channel,
    )


def _activity(event: CaseEvent, module: Module, language: str) -> str:
    """Return what was done, without the name of anybody it was handed to."""
    with translation.override(language):
        if event.action in HANDED_ON:
            return _("Task handed to a colleague")
        return history.event_title(module, event, language)


def _csv(traces: Iterable[list[Line]]) -> Iterator[str]:
    rows = (map(str, astuple(line)) for trace in traces for line in trace)
    return spreadsheet([field.name for field in fields(Line)], rows)


def _xes(key: str, traces: Iterable[list[Line]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n'
    for name, prefix in _EXTENSIONS:
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        yield f'  <extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n'
    yield f'  <global scope="trace">{_string("concept:name", "")}</global>\n'
    never = _date("1970-01-01T00:00:00.000+00:00")
    yield f'  <global scope="event">{_string("concept:name", "")}{never}</global>\n'
    yield '  <classifier name="Activity" scope="event" keys="concept:name"/>\n'
    yield f"  {_string('concept:name', key)}\n"
    for trace in traces:
        yield _trace(trace)
    yield "</log>\n"


def _trace(lines: list[Line]) -> str:
    """Return one case; an empty one has no history and is left out."""
    if not lines:
        return ""
    known = _string("concept:name", lines[0].case) + _string("outcome", lines[0].outcome)
    known += _string("channel", lines[0].channel)
    known += f'<int key="version" value="{lines[-1].version}"/>'
    return f"  <trace>{known}\n{''.join(map(_event, lines))}  </trace>\n"


def _event(line: Line) -> str:
    told = [
        ("concept:name", line.activity),
        ("lifecycle:transition", "complete"),
        ("org:role", line.role),
        ("org:group", line.office),
        ("action", line.action),
        ("fromStatus", line.from_status),
        ("toStatus", line.to_status),
    ]
    inner = "".join(_string(key, value) for key, value in told if value)
    return f"    <event>{inner}{_date(line.timestamp)}</event>\n"


def _string(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(_UNWRITABLE.sub("", value))}/>'


def _date(value: str) -> str:
    return f'<date key="time:timestamp" value="{value}"/>'
