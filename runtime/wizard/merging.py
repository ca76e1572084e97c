"""Puts a posted page into a draft, question by question: the last save counts, nothing unseen is lost.

Pure. Every question keeps a short log of what was stored for it: [revision, second, digest, window, turn].
A page says at which revision it was drawn and in which window, so one can tell what its writer
changed from what merely stood on an older page. It numbers what it posts, so that posts may arrive in
any order: each turn holds all that the turns before it held. Together with what a page knows of other
windows this is a version vector (Parker et al., 1983): two versions of an answer are both kept exactly
when neither of their writers had seen the other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from schemas.definition import Json

NONE = ""
MOST_ENTRIES = 12
MOST_OTHERS = 5
MOST_WINDOWS = 24
MOST_KNOWN = 8
_MARK = re.compile(r"(\d{1,9})\.([0-9a-f]{8})\Z", re.ASCII)
_TURN = re.compile(r"\d{1,9}\Z", re.ASCII)
_KNOWN = re.compile(r"([0-9a-f]{8})\.(\d{1,9})\Z", re.ASCII)
_text = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode
Log = dict[str, list[list[Any]]]


@dataclass(frozen=True, slots=True)
class Seen:
    """The revision a page was drawn at, the window it stands in, and which of its posts this is.

    `turn` counts what a window posts, from 1; None without a script. `known` are posts of earlier
    windows whose text the page has put back from the phone: window → the last turn it knows.
    """

    revision: int
    window: str
    turn: int | None = None
    known: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, mark: str, turn: str = "", known: Iterable[str] = ()) -> Seen | None:
        """Read what a page posted; None when it says nothing that can be understood."""
        found = _MARK.match(mark)
        if not found:
            return None
        others = filter(None, map(_KNOWN.match, islice(known, MOST_KNOWN)))
        return cls(
            int(found[1]),
            found[2],
            int(turn) if _TURN.match(turn) else None,
            {window: int(last) for window, last in (other.groups() for other in others)},
        )

    def knows(self, window: str, turn: int) -> bool:
        """Say whether the page holds what that window posted in that turn."""
        return 0 < turn <= self.known.get(window, 0)

    def __str__(self) -> str:
        return f"{self.revision}.{self.window}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a draft holds: canonical answers, text that could not be taken yet, the log, its revision.

    `others` are versions of an answer that lost against one whose writer had not seen them, until the
    applicant chooses: question → [answer, typed, window, turn]. `turns` say how far each window has
    come: window → [last turn, revision then].
    """

    answers: Mapping[str, Json]
    typed: Mapping[str, Any]
    log: Log
    revision: int
    others: Mapping[str, list[list[Any]]] = field(default_factory=dict)
    turns: Mapping[str, list[int]] = field(default_factory=dict)

    def is_overtaken(self, seen: Seen | None) -> bool:
        """Say whether a later post of the same page, which held all that this one holds, came first."""
        return seen is not None and seen.turn is not None and seen.turn <= self.last_turn(seen.window)

    def last_turn(self, window: str) -> int:
        """Return the last turn of a window that is stored or known to one that is; 0 for none."""
        return self.turns.get(window, [0])[0]

    def state(self, key: str) -> tuple[Json, Any]:
        """Return what a question holds: its answer, and what could not be taken."""
        return self.answers.get(key), self.typed.get(key)


@dataclass(frozen=True, slots=True)
class Posted:
    """One page as it arrived: what each of `asked` has now; nothing for those that were left empty.

    `files` are the questions whose answer is a list of files: `answers` hold what was added to them,
    `gone` what was taken away, so that two windows may add at once. `defaults` stood on the page
    before anybody typed. `leaving` says that the page has gone and nobody reads what would be said:
    then an answer of another window stays, and what was typed is set aside beside it.
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

    `mine` says whose answer counts; `answer` and `typed` are what the other window had stored. What
    loses, and was typed, is kept among the draft's `others`.
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
    others = _without_known(sheet, seen)
    clashes, changed = [], []
    overtaken = sheet.is_overtaken(seen)
    for key in posted.asked:
        if overtaken and key not in posted.files:
            continue
        fresh, before = _fresh(sheet, posted, key), sheet.state(key)
        if digest(*fresh) == digest(*before):
            continue
        mine = True
        if seen is not None and key not in posted.files and unseen(sheet.log.get(key), seen):
            touched = digest(*fresh) not in _shown(sheet, posted, key, seen)
            mine = touched and not posted.leaving
            clashes.append(Clash(key, mine, *before))
            if touched:
                loser = [*before, *_writer(sheet, key)] if mine else [*fresh, seen.window, seen.turn or 0]
                _set_aside(others, key, loser, seen)
        if mine:
            changed.append(key)
            _put(answers, key, fresh[0])
            _put(typed, key, fresh[1])
    after = Sheet(answers, typed, sheet.log, sheet.revision, others, sheet.turns)
    return _settled(sheet, after, changed, seen=seen, at=at), tuple(clashes)


def taken(sheet: Sheet, key: str, mark: str, *, seen: Seen | None, at: datetime) -> Sheet:
    """Return the draft with the other version `mark` in place of the answer, which is set aside instead."""
    chosen = next((other for other in sheet.others.get(key, ()) if digest(*other[:2]) == mark), None)
    if chosen is None:
        return sheet
    answers, typed, others = dict(sheet.answers), dict(sheet.typed), _copied(sheet.others)
    _set_aside(others, key, [*sheet.state(key), *_writer(sheet, key)], None)
    _put(answers, key, chosen[0])
    _put(typed, key, chosen[1])
    after = Sheet(answers, typed, sheet.log, sheet.revision, others, sheet.turns)
    return _settled(sheet, after, [key], seen=seen, at=at)


def discarded(sheet: Sheet, key: str, mark: str) -> Sheet:
    """Return the draft without the other version `mark` of an answer."""
    others = _copied(sheet.others)
    others[key] = [other for other in others.get(key, []) if digest(*other[:2]) != mark]
    return replace(sheet, others={name: kept for name, kept in others.items() if kept})


def last_changes(log: Log, keys: Collection[str]) -> dict[str, list[Any]]:
    """Return for each changed question the revision and window of its last change."""
    return {key: [log[key][-1][0], log[key][-1][3]] for key in keys if log.get(key)}


def last_turns(turns: Mapping[str, list[int]]) -> dict[str, int]:
    """Return how far each window has come: what it posted up to then is with the draft."""
    return {window: turn for window, (turn, _revision) in turns.items()}


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


def unseen(log: list[list[Any]] | None, seen: Seen) -> bool:
    """Say whether another window stored something this page does not know, after it last stored itself."""
    entries = log or []
    mine = max((entry[0] for entry in entries if entry[3] == seen.window), default=0)
    later = (entry for entry in entries if entry[0] > max(seen.revision, mine))
    return any(not seen.knows(entry[3], _turn(entry)) for entry in later)


def _turn(entry: list[Any]) -> int:
    """Return the turn of an entry of the log; drafts begun long ago have none."""
    return int(entry[4]) if len(entry) > 4 else 0


def _writer(sheet: Sheet, key: str) -> tuple[str, int]:
    """Return the window and turn that stored what a question holds now."""
    entries = sheet.log.get(key)
    return (str(entries[-1][3]), _turn(entries[-1])) if entries else ("", 0)


def _set_aside(others: dict[str, list[list[Any]]], key: str, loser: list[Any], seen: Seen | None) -> None:
    """Keep the version that lost. A window's newer text takes the place of its older."""
    gone = {loser[2], *([seen.window] if seen else [])} - {""}
    kept = [other for other in others.get(key, ()) if other[2] not in gone]
    if digest(*loser[:2]) != NONE:
        kept.append(loser)
    others[key] = kept[-MOST_OTHERS:]


def _without_known(sheet: Sheet, seen: Seen | None) -> dict[str, list[list[Any]]]:
    """Return the versions set aside but those the page holds itself, put back from the phone."""
    return {
        key: [other for other in kept if seen is None or not seen.knows(other[2], other[3])]
        for key, kept in sheet.others.items()
    }


def _copied(others: Mapping[str, list[list[Any]]]) -> dict[str, list[list[Any]]]:
    return {key: list(kept) for key, kept in others.items()}


def _settled(
    before: Sheet, after: Sheet, changed: Collection[str], *, seen: Seen | None, at: datetime
) -> Sheet:
    """Return the draft with its log, turns and revision brought up to what was changed."""
    revision = before.revision + 1 if changed else before.revision
    log, window, turn = dict(before.log), seen.window if seen else "", (seen.turn if seen else None) or 0
    for key in changed:
        old = log.get(key) or [[0, 0, digest(*before.state(key)), "", 0]]
        entry = [revision, int(at.timestamp()), digest(*after.state(key)), window, turn]
        log[key] = [*old, entry][-MOST_ENTRIES:]
    others = {
        key: left
        for key, kept in after.others.items()
        if (left := [other for other in kept if digest(*other[:2]) != digest(*after.state(key))])
    }
    return Sheet(after.answers, after.typed, log, revision, others, _turns(before, seen, revision))


def _turns(sheet: Sheet, seen: Seen | None, revision: int) -> Mapping[str, list[int]]:
    """Return how far each window has come once the page is stored, the latest windows only."""
    if seen is None or seen.turn is None:
        return sheet.turns
    turns = {window: list(state) for window, state in sheet.turns.items()}
    for window, turn in {**seen.known, seen.window: seen.turn}.items():
        turns[window] = [max(turn, sheet.last_turn(window)), revision]
    latest = sorted(turns, key=lambda window: turns[window][1])[-MOST_WINDOWS:]
    return {window: turns[window] for window in latest}


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
