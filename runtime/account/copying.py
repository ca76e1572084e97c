"""A copy of all that is a citizen's own in a region, as a ZIP made piece by piece.

Each application has a folder: a page to read, the same as PDF and as JSON, the documents and the letters.
What was begun and not sent lies beside. What of a case leaves is `runtime.tracking.owned`'s.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify

from runtime.cases import selectors as cases
from runtime.cases.selectors import Attachment, Case, Entry
from runtime.letters import selectors as issued
from runtime.letters import storing
from runtime.modules import selectors as modules
from runtime.notices import selectors as notices
from runtime.profiles import selectors as profiles
from runtime.regions.models import Region, User
from runtime.tracking import owned, paper
from runtime.tracking.owned import Owned
from runtime.tracking.seen import Seen
from runtime.wizard import drafts
from runtime.wizard.models import Draft
from schemas.definition import Json

logger = logging.getLogger(__name__)
CHUNK = 256 * 1024
PAPER = "application.pdf"


class _Pipe:
    """Where the archive writes to; it cannot be wound back, so nothing of it has to be kept."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: Any, /) -> int:
        self.parts.append(bytes(data))
        return len(self.parts[-1])

    def flush(self) -> None:
        """Nothing is held back here."""

    def close(self) -> None:
        """There is nothing to close."""

    def take(self) -> bytes:
        taken, self.parts = b"".join(self.parts), []
        return taken


def archive(region: Region, person: User, *, language: str, now: datetime) -> Iterator[bytes]:
    """Yield the archive: profile, wishes of notices, a folder for each application, drafts."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as into:
        into.writestr("profile.json", _json(profiles.facts(region, person)))
        into.writestr("notices.json", _json(_notices(region, person)))
        own = cases.cases_of_applicant(region, person)
        for pk in list(own.values_list("pk", flat=True)):
            yield from _case(into, pipe, own.get(pk=pk), language, now)
        begun = drafts.of_owner(region=region, owner=person, now=now)
        for n, pk in enumerate(list(begun.values_list("pk", flat=True)), start=1):
            yield from _draft(into, pipe, begun.get(pk=pk), f"drafts/{n:02}", language)
    yield pipe.take()


def _notices(region: Region, person: User) -> dict[str, Any]:
    """Return how the person wants to be told; what they never chose is as it is for everybody."""
    wish = notices.wish(region, person)
    return {
        "channel": wish.channel,
        "number": wish.number,
        "else_by_mail": wish.fallback,
        "quiet_from": wish.quiet_from,
        "quiet_until": wish.quiet_until,
        "language": wish.language,
    }


def _draft(into: ZipFile, pipe: _Pipe, draft: Draft, folder: str, language: str) -> Iterator[bytes]:
    """Yield what was begun and not sent: its answers, and the documents added so far."""
    module = modules.definition(draft.version)
    files: list[dict[str, Json]] = []
    for question, item in owned.given(module, draft.answers):
        found = cases.draft_upload(draft.region, draft.token, str(item["id"]))
        if found is not None:
            path = f"documents/{len(files) + 1:02}-{_safe(found.name)}"
            there = yield from _file(into, pipe, f"{folder}/{path}", found)
            files.append({"question": question.key, "name": found.name, "path": path if there else ""})
    told = {
        "service": module.title.say(language),
        "saved_at": draft.saved_at,
        "kept_until": draft.expires_at,
        "answers": owned.answers(module, draft.answers),
        "documents": files,
    }
    into.writestr(f"{folder}/draft.json", _json(told))
    yield pipe.take()


def _case(into: ZipFile, pipe: _Pipe, case: Case, language: str, now: datetime) -> Iterator[bytes]:
    own = owned.owned(case, language, now)
    files: list[dict[str, Json]] = []
    for attachment in own.documents:
        path = f"documents/{len(files) + 1:02}-{_safe(attachment.name)}"
        there = yield from _file(into, pipe, f"{case.reference}/{path}", attachment)
        files.append({"name": attachment.name, "path": path if there else "", "sha256": attachment.sha256})
    letters = _letters(into, own)
    paper_there = _paper(into, own, now)
    with translation.override(language):
        context = {
            "view": own.view,
            "pages": own.pages,
            "files": files,
            "letters": letters,
            "seen": own.seen,
            "region": case.region,
            "paper": PAPER if paper_there else "",
        }
        page = render_to_string("runtime/account/copy.html", context)
    into.writestr(f"{case.reference}/application.html", page)
    into.writestr(f"{case.reference}/application.json", _json(_told(own, files, letters)))
    yield pipe.take()


def _paper(into: ZipFile, own: Owned, now: datetime) -> bool:
    """Put the application as PDF into its folder; one that cannot be printed must not end the copy."""
    try:
        into.writestr(f"{own.case.reference}/{PAPER}", paper.pdf(own, now))
    except paper.Unprintable:
        logger.exception("the copy of case %s could not be printed", own.case.reference)
        return False
    return True


def _file(into: ZipFile, pipe: _Pipe, path: str, attachment: Attachment) -> Any:
    """Yield a document in pieces; return whether it was there: one that is lost must not end the copy."""
    try:
        source = attachment.file.open("rb")
    except FileNotFoundError:
        return False
    with source, into.open(path, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
            yield pipe.take()
    return True


def _letters(into: ZipFile, own: Owned) -> list[dict[str, Any]]:
    """Put the letters of the case into its folder; return what is told of each, also of one that is lost."""
    told = []
    rows = issued.of_case(own.case).order_by("pk")
    for n, (letter, line) in enumerate(zip(rows, own.letters, strict=True), start=1):
        path = f"letters/{n:02}-{_safe(f'{letter.letter}-{letter.number}'.replace('.', '-'))}.pdf"
        try:
            into.writestr(f"{own.case.reference}/{path}", storing.get(letter.file, letter.sha256))
        except storing.Lost:
            path = ""
        told.append(
            {
                "title": line.title,
                "number": line.number,
                "issued_on": line.issued_on,
                "valid_until": line.valid_until,
                "state": line.verdict,
                "why": line.why,
                "code": line.code,
                "sha256": letter.sha256,
                "path": path,
            }
        )
    return told


def _told(own: Owned, files: list[dict[str, Json]], letters: list[dict[str, Any]]) -> dict[str, Any]:
    view = own.view
    return {
        "reference": view.reference,
        "service": view.service,
        "status": view.status,
        "outcome": view.outcome,
        "number": view.number,
        "submitted_at": view.submitted_at,
        "answers": owned.answers(own.module, own.case.answers),
        "history": [_event(one) for one in view.past],
        "documents": files,
        "letters": letters,
        "seen_by": [_look(one) for one in own.seen],
    }


def _event(one: Entry) -> dict[str, Any]:
    told = {"at": one.at, "what": one.title, "by": one.by, "status": one.status}
    found: dict[str, Any] = {**told, "note": one.note, "read_at": one.read_at}
    if one.edit is not None:
        found["reason"] = one.edit.reason
        found["changes"] = [
            {"question": each.label, "before": each.before, "after": each.after} for each in one.edit.changes
        ]
    return found


def _look(one: Seen) -> dict[str, Any]:
    who = {"day": one.day, "post": one.post, "office": one.office, "name": one.name}
    return {**who, "sent_to": one.to, "what": one.did, "purpose": one.why}


def _safe(given: str) -> str:
    """Return a name that no program takes for a path: letters, digits and dashes, with its ending."""
    name = PurePosixPath(given)
    ending = slugify(name.suffix.lstrip("."))[:8]
    stem = slugify(name.stem)[:60] or "document"
    return f"{stem}.{ending}" if ending else stem


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
