"""Answers that officers changed: the rows beside the events, and the same in words for whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from runtime.cases import chain
from runtime.cases.models import Case, CaseEvent, Edit
from runtime.forms.summary import Row, summary
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.regions.models import Region
from runtime.workflow.editing import EDIT
from runtime.workflow.values import Command, Edited
from schemas.definition import NO_TEXT, Json, Module, Page
from schemas.walk import is_empty


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer before and after in words; empty where there was, or is, none. `key` is the question."""

    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """An edit in words: the event it belongs to, when, why, and what changed. No more once it was removed."""

    n: int
    at: datetime
    reason: str = ""
    changes: tuple[Changed, ...] = ()


def write(event: CaseEvent, edited: Edited, salt: str) -> None:
    """Keep what belongs to `event`, whose line holds its digest already."""
    Edit.objects.create(
        region=event.region,
        case=event.case,
        event=event,
        reason=edited.reason,
        before=dict(edited.before),
        after=dict(edited.after),
        salt=salt,
    )


def digest(edited: Edited, salt: str) -> str:
    """Return what the event holds of an edit."""
    return chain.edit_digest(salt, edited.reason, edited.before, edited.after)


def last(case: Case) -> int:
    """Return the revision in which officers changed the answers last, 0 when none did."""
    found = CaseEvent.objects.filter(case=case, action=EDIT).order_by("-n")
    return int(next(iter(found.values_list("n", flat=True)[:1]), 0))


def same(event: CaseEvent, command: Command) -> bool:
    """Tell whether `event` did what `command` asks for."""
    row = Edit.objects.filter(event=event).first()
    if row is None or row.reason != command.comment.strip():
        return False
    touched = {**row.before, **row.after}
    asked = {key: None if is_empty(value) else value for key, value in command.answers.items()}
    return all(key not in touched or row.after.get(key) == value for key, value in asked.items())


def forget(case: Case) -> None:
    """Remove what was changed and why; that something was, and by whom, stays in the history."""
    Edit.objects.filter(case=case).delete()


def of_case(case: Case) -> list[Edit]:
    """Return the edits of the case with their events, oldest first."""
    return list(Edit.objects.filter(case=case).select_related("event").order_by("event__n"))


def told(
    case: Case,
    events: Iterable[CaseEvent],
    version: Mapping[int, ModuleVersion],
    language: str,
    *,
    mask: bool,
) -> dict[int, Told]:
    """Return the edits among `events` in words, by the number of the event.

    `version` says which version each event was written under.
    """
    done = [event for event in events if event.action == EDIT]
    rows = {row.event_id: row for row in Edit.objects.filter(event__in=done)} if done else {}
    found = {}
    for event in done:
        row = rows.get(event.pk)
        if row is None:
            found[event.n] = Told(event.n, event.at)
            continue
        module = modules.definition(version[event.n])
        changes = changed(module, row.before, row.after, language=language, region=case.region, mask=mask)
        found[event.n] = Told(event.n, event.at, row.reason, changes)
    return found


def changed(
    module: Module,
    before: Mapping[str, Json],
    after: Mapping[str, Json],
    *,
    language: str,
    region: Region,
    mask: bool = False,
) -> tuple[Changed, ...]:
    """Return the answers that are another `before` and `after`, in the order of the form."""
    keys = {key for key in {**before, **after} if before.get(key) != after.get(key)}
    every = (field for page in module.filing_pages() for field in page.fields)
    fields = tuple(replace(field, visible=None) for field in every if field.key in keys)
    page = Page(key="changed", title=NO_TEXT, fields=fields)

    def said(answers: Mapping[str, Json]) -> dict[str, str]:
        """Say each answer for itself: whether it was asked is no question any more."""
        told = summary(module, answers, language=language, region=region, pages=[page], mask=mask, noted=True)
        return {row.key: words(row) for one in told for row in one.rows}

    old, new = said(before), said(after)
    return tuple(
        Changed(f.key, f.label.say(language), old.get(f.key, ""), new.get(f.key, "")) for f in fields
    )


def words(row: Row) -> str:
    """Return an answer on one line, the rows of a repeat one after the other."""
    if not row.entries:
        return row.value
    inner = (
        (entry.title, ", ".join(f"{one.label}: {words(one)}" for one in entry.rows if words(one)))
        for entry in row.entries
    )
    return "; ".join(f"{title} ({said})" if said else title for title, said in inner)
