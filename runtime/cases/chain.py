"""The hash chain of a case's events, and the comparison of a case with its history.

Answers and notes are in the chain by digest only; each event also carries the digest of the answers
as they stood after it, so that a change of the case row beside its history is found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from typing import Any

from runtime.cases import origins, replaying, wording
from runtime.cases.models import Case, CaseEvent, Edit, Message, Stated

SAID = "said"  # where a comment's event holds the digest of its words
STATED = "stated"  # where the first event holds the digest of what a clerk stated at the counter
EDITED = "edited"  # where an event holds the digest of what an officer changed of the answers, and why
FORGOTTEN = "anonymised"  # the event with which the words of comments go
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a case and its history do not agree. `n` is the event, 0 the case row itself."""

    reference: str
    n: int
    what: str


def digest(value: Any) -> str:
    """Return the SHA-256 of a JSON value in canonical form."""
    return hashlib.sha256(_canonical(value).encode()).hexdigest()


@lru_cache(maxsize=1024)
def text_digest(text: str) -> str:
    """Return the digest of a text that comes again and again: a name, no note at all."""
    return digest(text)


def answers_digest(answers: Mapping[str, Any], officer_answers: Mapping[str, Any]) -> str:
    """Return the digest of everything answered in a case."""
    return digest({"answers": dict(answers), "officer_answers": dict(officer_answers)})


def seal(event: CaseEvent) -> str:
    """Return the hash that belongs to `event`; `prev_hash` must be set."""
    return digest(
        {
            "case": str(event.case.public_id),
            "n": event.n,
            "key": event.key,
            "at": event.at.astimezone(UTC).isoformat(),
            "by": event.by,
            "actor": event.actor_id,
            "actor_name": text_digest(event.actor_name),
            "role": event.role,
            "action": event.action,
            "from": event.from_status,
            "to": event.to_status,
            "note": digest(event.note) if event.note else text_digest(""),
            "data": event.data,
            "prev": event.prev_hash,
            **_capacity(event),
        }
    )


def _capacity(event: CaseEvent) -> dict[str, Any]:
    """Return what a stand-in adds; nothing for whoever acts in person, so that older lines stay sealed."""
    if not (event.as_kind or event.on_behalf_of_id or event.on_behalf_name):
        return {}
    name = digest(event.on_behalf_name)
    return {"as": event.as_kind, "on_behalf_of": event.on_behalf_of_id, "on_behalf_name": name}


def verify(case: Case) -> list[Broken]:
    """Return what is wrong with `case`: a gap, a changed event, a row that left its history."""
    broken: list[Broken] = []
    previous, last = "", None
    events = list(CaseEvent.objects.filter(case=case).order_by("n"))
    for n, event in enumerate(events, start=1):
        event.case = case
        if event.n != n:
            return [*broken, Broken(case.reference, n, "gap")]
        if event.prev_hash != previous or event.hash != seal(event):
            broken.append(Broken(case.reference, n, "hash"))
        previous, last = event.hash, event
    if last is None:
        return [Broken(case.reference, 0, "no history")]
    broken += [Broken(case.reference, 0, what) for what in _apart(case, last)]
    if not origins.agrees(case, events[0]):
        broken.append(Broken(case.reference, 0, "parent"))
    broken += [Broken(case.reference, 0, what) for what in _arrival_apart(case, events)]
    broken += [Broken(case.reference, n, "words") for n in _words_apart(case, events)]
    broken += [Broken(case.reference, n, "edited answers") for n in _edits_apart(case, events)]
    if replaying.apart(case, events):
        broken.append(Broken(case.reference, 0, "tasks"))
    return broken if wording.agrees(case) else [*broken, Broken(case.reference, 0, "words of the search")]


def stated_digest(row: Stated) -> str:
    """Return the digest of what a clerk stated at the counter."""
    return digest([row.salt, row.name, row.identity, row.agent])


def _arrival_apart(case: Case, events: Sequence[CaseEvent]) -> list[str]:
    """Return what the case says otherwise than its first event of how it came in; older ones do not say."""
    first, row = events[0], Stated.objects.filter(case=case).first()
    forgotten = any(event.action == FORGOTTEN for event in events)
    told = "" if forgotten else first.data.get(STATED, "")
    facts = {
        "channel": case.channel == first.data.get("channel", case.channel),
        "filed_by": case.filed_by_id == (first.actor_id if first.data.get(STATED) else None),
        "stated": told == (stated_digest(row) if row else ""),
    }
    return [what for what, agrees in facts.items() if not agrees]


def edit_digest(salt: str, reason: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return the digest of what an officer changed of the answers, and why."""
    return digest([salt, reason, dict(before), dict(after)])


def _words_apart(case: Case, events: Sequence[CaseEvent]) -> list[int]:
    """Return the comments whose words are not those that were written."""
    said = {row.event_id: digest([row.salt, row.text]) for row in Message.objects.filter(case=case)}
    return _beside_apart(events, SAID, said)


def _edits_apart(case: Case, events: Sequence[CaseEvent]) -> list[int]:
    """Return the edits of which something else is kept than was changed."""
    rows = Edit.objects.filter(case=case)
    kept = {row.event_id: edit_digest(row.salt, row.reason, row.before, row.after) for row in rows}
    return _beside_apart(events, EDITED, kept)


def _beside_apart(events: Sequence[CaseEvent], name: str, kept: Mapping[int, str]) -> list[int]:
    """Return the events beside which lies another thing than their digest says; what was removed is none."""
    forgotten = max((event.n for event in events if event.action == FORGOTTEN), default=0)
    wrong = []
    for event in events:
        if kept.get(event.pk, "") != ("" if event.n < forgotten else event.data.get(name, "")):
            wrong.append(event.n)
    return wrong


def _apart(case: Case, last: CaseEvent) -> list[str]:
    facts = {
        "revision": case.revision == last.n,
        "status": case.status == last.to_status,
        "answers": last.data.get("answers") == answers_digest(case.answers, case.officer_answers),
        "number": last.data.get("number", "") == case.number,
        "version": last.data.get("version", case.version.digest) == case.version.digest,
    }
    return [what for what, agrees in facts.items() if not agrees]
