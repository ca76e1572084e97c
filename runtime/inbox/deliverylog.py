"""What was told to whom, for the administrator: each notice with its way, time and outcome. Reads only.

An address stands here masked, and a message by its subject with nothing filled in but reference and titles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from runtime.cases import selectors as cases
from runtime.effects import composing, trouble
from runtime.effects import selectors as effects
from runtime.effects.models import EffectRun
from runtime.look import words
from runtime.look.words import language
from runtime.modules import selectors as modules
from runtime.notices import masks
from runtime.notices.selectors import Channel
from runtime.regions import selectors as regions
from runtime.regions.models import Region

PER_PAGE = 50
MOST_PAGES = 200
State = EffectRun.State


@dataclass(frozen=True, slots=True)
class Told:
    """One notice: of what, to whom (role or the applicant, masked address), which way, what came of it."""

    event: str
    reference: str
    whom: str
    address: str
    channel: str
    tongue: str
    wanted_at: datetime
    done_at: datetime | None
    attempts: int
    outcome: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True)
class Log:
    """All that the page shows; `asked` is the reference that was looked for."""

    rows: tuple[Told, ...]
    number: int
    more: bool
    asked: str = ""

    @property
    def before(self) -> str:
        return self._page(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        return self._page(self.number + 1) if self.more and self.number < MOST_PAGES else ""

    def _page(self, number: int) -> str:
        return f"?show=all&page={number}" + (f"&{urlencode({'q': self.asked})}" if self.asked else "")


def log(region: Region, query: Mapping[str, str]) -> Log:
    """Return the page of notices that `query` (`page`, `q` for a reference) asks for, the newest first."""
    typed = query.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
    number = min(max(number, 1), MOST_PAGES)
    asked = " ".join(query.get("q", "")[:40].split())
    found = effects.notices(region)
    if asked:
        known = cases.of_region(region).filter(reference=cases.normalised(asked) or "")
        found = found.filter(case_id__in=known.values("pk"))
    start = (number - 1) * PER_PAGE
    rows = list(found[start : start + PER_PAGE + 1])
    references = cases.references(region, {row.case_id for row in rows})
    titles = _titles(region)
    told = tuple(_told(row, references.get(row.case_id, ""), titles) for row in rows[:PER_PAGE])
    return Log(told, number, len(rows) > PER_PAGE, asked)


def _titles(region: Region) -> dict[str, str]:
    return {role.key: str(words.say(role.title)) for role in regions.roles(region)}


def _told(row: EffectRun, reference: str, titles: Mapping[str, str]) -> Told:
    payload = row.payload
    role = str(payload.get("role", ""))
    officer = "user" in payload or bool(role) or row.type == "digest"
    return Told(
        event=_event(row),
        reference=reference,
        whom=(titles.get(role) or _("Officer")) if officer else _("Applicant"),
        address=_address(row),
        channel=str(Channel(payload.get("via") or ("sms" if row.type == "message" else "mail")).label),
        tongue=str(payload.get("language", "")).upper(),
        wanted_at=row.created_at,
        done_at=row.done_at,
        attempts=row.attempts,
        outcome=_outcome(row),
        tone={State.DONE: "ok", State.FAILED: "late", State.DROPPED: "grey"}.get(State(row.state), "warn"),
        why=_why(row),
    )


def _event(row: EffectRun) -> str:
    """Return the subject of the message, without what somebody wrote."""
    if row.type == "digest":
        return _("What is new")
    version = modules.version(row.region, row.payload["version"]) if "version" in row.payload else None
    if version is None:
        return _("Removed with the personal data")
    told = composing.named(modules.definition(version), str(row.payload.get("message", "")))
    return composing.titled(told, row.payload, language()) if told else ""


def _address(row: EffectRun) -> str:
    masked, to = str(row.payload.get("masked", "")), str(row.payload.get("to", ""))
    if masked or not to:
        return masked
    return masks.mail(to) if "@" in to else masks.telephone(to)


def _outcome(row: EffectRun) -> str:
    if row.settled_by_id:
        return _("Seen to otherwise")
    return {
        State.NEW: _("Waits"),
        State.LEASED: _("Is being sent"),
        State.DONE: _("Sent"),
        State.FAILED: _("Failed"),
        State.DROPPED: _("Not sent"),
    }[State(row.state)]


def _why(row: EffectRun) -> str:
    """Return why it is not sent, or went another way than was wished."""
    if instead := row.payload.get("instead"):
        return _("%(way)s failed, so an e-mail was written. %(why)s") % {
            "way": {"sms": "SMS", "whatsapp": "WhatsApp"}[str(instead)],
            "why": trouble.sentence(str(row.payload.get("why", ""))),
        }
    return trouble.sentence(row.reason) if row.reason and row.state != State.DONE else ""
