"""Puts a posted page into a draft, question by question: last save wins, nothing is overwritten unseen.

Pure. Every question keeps a short log of what was stored for it: [revision, second, digest, window].
A page says at which revision it was drawn and in which window, so one can tell what its writer
changed from what merely stood on an older page.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from schemas.definition import Json

NONE = ""
MOST_ENTRIES = 12
_MARK = re.compile(r"(\d{1,9})\.([0-9a-f]{8})\Z", re.ASCII)
_text = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode
Log = dict[str, list[list[Any]]]


@dataclass(frozen=True, slots=True)
class Seen:
    """The revision a page was drawn at, and the window it stands in."""

    revision: int
    window: str

    @classmethod
    def read(cls, mark: str) -> Seen | None:
        """Read what a page posted; None when it says nothing that can be understood."""
        found = _MARK.match(mark)
        return cls(int(found[1]), found[2]) if found else None

    def __str__(self) -> str:
        return f"{self.revision}.{self.window}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a draft holds: canonical answers, text that could not be taken yet, the log, its revision."""

    answers: Mapping[str, Json]
    typed: Mapping[str, Any]
    log: Log
    revision: int


@dataclass(frozen=True, slots=True)
class Posted:
    """One page as it arrived: what each of `asked` has now; nothing for those that were left empty.

    `files` are the questions whose answer is a list of files: `answers` hold what was added to them,
    `gone` what was taken away, so that two windows may add at once. `defaults` stood on the page
    before anybody typed. `leaving` says that the page has gone and nobody reads what would be said:
    then an answer of another window stays, and what was typed is left to the copy on the phone.
    """

    asked: Collection[str]
    answers: Mapping[str, Json] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)
    gone: Collection[str] = ()
    defaults: Mapping[str, Json] = field(default_factory=dict)
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """A question that another window has changed since the page was drawn.

    `mine` says whose answer stays; `answer` and `typed` are what the other window had stored.
    """

    key: str
    mine: bool
    answer: Json = None
    typed: Any = None


def merged(
    sheet: Sheet, posted: Posted, *, seen: Seen | None, at: datetime
) -> tuple[Sheet, tuple[Clash, ...]]:
    """Return the draft after the page, and which answers another window had changed meanwhile."""
    answers, typed = dict(sheet.answers), dict(sheet.typed)
    clashes, changed = [], []
    for key in posted.asked:
        fresh = _fresh(sheet, posted, key)
        before = (sheet.answers.get(key), sheet.typed.get(key))
        if digest(*fresh) == digest(*before):
            continue
        if seen is not None and key not in posted.files and _changed_elsewhere(sheet.log.get(key), seen):
            mine = not posted.leaving and digest(*fresh) not in _shown(sheet, posted, key, seen)
            clashes.append(Clash(key, mine, *before))
            if not mine:
                continue
        changed.append(key)
        _put(answers, key, fresh[0])
        _put(typed, key, fresh[1])
    if not changed:
        return sheet, tuple(clashes)
    revision = sheet.revision + 1
    log = dict(sheet.log)
    for key in changed:
        old = log.get(key) or [[0, 0, digest(sheet.answers.get(key), sheet.typed.get(key)), ""]]
        entry = [revision, int(at.timestamp()), digest(answers.get(key), typed.get(key))]
        log[key] = [*old, [*entry, seen.window if seen else ""]][-MOST_ENTRIES:]
    return Sheet(answers, typed, log, revision), tuple(clashes)


def last_changes(log: Log, keys: Collection[str]) -> dict[str, list[Any]]:
    """Return for each changed question the revision, second and window of its last change."""
    found = {key: log[key][-1] for key in keys if log.get(key)}
    return {key: [revision, second, window] for key, (revision, second, _digest, window) in found.items()}


def changed_since(log: Log, revision: int) -> tuple[str, ...]:
    """Return the questions that were changed after `revision`."""
    return tuple(sorted(key for key, entries in log.items() if entries[-1][0] > revision))


def digest(answer: Json, typed: Any) -> str:
    """Return what tells one state of a question from another; nothing for a question left empty."""
    if answer is None and typed is None:
        return NONE
    return hashlib.sha256(_text([answer, typed]).encode()).hexdigest()[:12]


def _fresh(sheet: Sheet, posted: Posted, key: str) -> tuple[Json, Any]:
    if key not in posted.files:
        return posted.answers.get(key), posted.typed.get(key)
    added = list(posted.answers.get(key) or [])
    kept = [f for f in sheet.answers.get(key) or [] if f"{key}:{f['id']}" not in posted.gone]
    if added and posted.files[key] == 1:
        kept = []  # a single file is replaced
    return [*kept, *added] or None, None


def _changed_elsewhere(log: list[list[Any]] | None, seen: Seen) -> bool:
    """Say whether another window stored something after this page was drawn and last stored itself."""
    entries = log or []
    mine = max((entry[0] for entry in entries if entry[3] == seen.window), default=0)
    return any(entry[0] > max(seen.revision, mine) for entry in entries)


def _shown(sheet: Sheet, posted: Posted, key: str, seen: Seen) -> set[str]:
    """Return the digests of what stood on the page before its writer touched it."""
    entries = [e for e in sheet.log.get(key, ()) if e[0] <= seen.revision or e[3] == seen.window]
    shown = {entries[-1][2]} if entries else set()
    if NONE in shown and key in posted.defaults:
        shown.add(digest(posted.defaults[key], None))
    return shown


def _put(shelf: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        shelf.pop(key, None)
    else:
        shelf[key] = value
