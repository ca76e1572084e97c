"""A case on paper: its page with nothing to press, and without what only officers read unless wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case, Entry
from runtime.inbox.access import Officer
from runtime.inbox.answers import Section
from runtime.inbox.casepage import CasePage, case_page
from runtime.inbox.documents import File


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed: the page, its history from the beginning, its documents; when and by whom."""

    page: CasePage
    history: tuple[Entry, ...]
    files: tuple[tuple[str, File], ...]
    notes: bool
    at: datetime
    by: str


def paper(officer: Officer, case: Case, *, language: str, now: datetime, notes: bool) -> Paper:
    """Return the case for printing; with `notes` also what officers wrote for one another."""
    page = case_page(officer, case, language=language, now=now, reveal=False)
    history = page.history[::-1]
    if not notes:
        public = {entry.n: entry.note for entry in cases.public_view(case, language).past}
        spoken = (entry for entry in history if entry.comment != "internal")
        history = tuple(replace(entry, note=public.get(entry.n, "")) for entry in spoken)
    files = tuple(_files(page.sections + page.officer_sections))
    return Paper(page, history, files, notes, now, officer.user.get_full_name())


def _files(sections: tuple[Section, ...]) -> list[tuple[str, File]]:
    """Return the documents in the answers with their questions, also those in rows."""
    found: list[tuple[str, File]] = []
    for section in sections:
        for line in section.lines:
            found += [(line.label, file) for file in line.files] + _files(line.entries)
    return found
