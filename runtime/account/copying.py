"""A copy of all that is a citizen's own in a region, as a ZIP made piece by piece.

Each application has a folder: a page to read, the same as JSON, the documents and the letters. What was
begun and not sent lies beside. What leaves is decided by `schemas.exporting`, as for every other way out;
what officers say among themselves is not in it.
"""

from __future__ import annotations

import json
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
from runtime.cases.history import PublicView
from runtime.cases.selectors import Attachment, Case, Entry
from runtime.forms.summary import Row, SummaryPage, summary
from runtime.letters import checking, storing
from runtime.letters import selectors as issued
from runtime.modules import selectors as modules
from runtime.profiles import selectors as profiles
from runtime.regions.models import Region, User
from runtime.tracking.seen import Seen, seen
from runtime.wizard import drafts
from runtime.wizard.models import Draft
from schemas import exporting
from schemas.definition import Field, Json, Module
from schemas.exporting import Way
from schemas.walk import files_in

CHUNK = 256 * 1024


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
    """Yield the archive: `profile.json`, a folder for each application named by its reference, and drafts."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as into:
        into.writestr("profile.json", _json(profiles.facts(region, person)))
        own = cases.cases_of_applicant(region, person)
        for pk in list(own.values_list("pk", flat=True)):
            yield from _case(into, pipe, own.get(pk=pk), language, now)
        begun = drafts.of_owner(region=region, owner=person, now=now)
        for n, pk in enumerate(list(begun.values_list("pk", flat=True)), start=1):
            yield from _draft(into, pipe, begun.get(pk=pk), f"drafts/{n:02}", language)
    yield pipe.take()


def _draft(into: ZipFile, pipe: _Pipe, draft: Draft, folder: str, language: str) -> Iterator[bytes]:
    """Yield what was begun and not sent: its answers, and the documents added so far."""
    module = modules.definition(draft.version)
    files: list[dict[str, Json]] = []
    for question, item in _given(module, draft.answers):
        found = cases.draft_upload(draft.region, draft.token, str(item["id"]))
        if found is not None:
            path = f"documents/{len(files) + 1:02}-{_safe(found.name)}"
            there = yield from _file(into, pipe, f"{folder}/{path}", found)
            files.append({"question": question.key, "name": found.name, "path": path if there else ""})
    told = {
        "service": module.title.say(language),
        "saved_at": draft.saved_at,
        "kept_until": draft.expires_at,
        "answers": _answers(module, draft.answers),
        "documents": files,
    }
    into.writestr(f"{folder}/draft.json", _json(told))
    yield pipe.take()


def _case(into: ZipFile, pipe: _Pipe, case: Case, language: str, now: datetime) -> Iterator[bytes]:
    module = modules.definition(case.version)
    answers = _answers(module, case.answers)
    with translation.override(language):
        view, log = cases.public_view(case, language), seen(case, language)
    files: list[dict[str, Json]] = []
    for attachment in _attachments(case, module, view):
        path = f"documents/{len(files) + 1:02}-{_safe(attachment.name)}"
        there = yield from _file(into, pipe, f"{case.reference}/{path}", attachment)
        files.append({"name": attachment.name, "path": path if there else "", "sha256": attachment.sha256})
    with translation.override(language):
        pages, letters = _pages(module, case, language), _letters(into, case, language, now)
        context = {
            "view": view,
            "pages": pages,
            "files": files,
            "letters": letters,
            "seen": log,
            "region": case.region,
        }
        page = render_to_string("runtime/account/copy.html", context)
    into.writestr(f"{case.reference}/application.html", page)
    into.writestr(f"{case.reference}/application.json", _json(_told(view, answers, files, letters, log)))
    yield pipe.take()


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


def _attachments(case: Case, module: Module, view: PublicView) -> Iterator[Attachment]:
    """Yield the documents the applicant gave and those that came with messages to them."""
    for _question, item in _given(module, case.answers):
        found = cases.attachment(case, str(item["id"]))
        if found is not None:
            yield found
    for entry in view.past:
        yield from entry.files


def _given(module: Module, answers: dict[str, Json]) -> Iterator[tuple[Field, Any]]:
    """Yield the files among the answers that may leave, each with its question."""
    fields = [field for _page, field in module.fields() if exporting.leaves(field, Way.OWNER)]
    for _path, question, given in files_in(fields, answers):
        for item in given if exporting.leaves(question, Way.OWNER) else ():
            yield question, item


def _answers(module: Module, answers: dict[str, Json]) -> dict[str, Json]:
    keys = [field.key for page in module.pages if page.for_ == "applicant" for field in page.fields]
    return exporting.exported(module, answers, keys, way=Way.OWNER)


def _letters(into: ZipFile, case: Case, language: str, now: datetime) -> list[dict[str, Any]]:
    """Put the letters of the case into its folder; return what is told of each, also of one that is lost."""
    told = []
    for n, letter in enumerate(issued.of_case(case).order_by("pk"), start=1):
        line = checking.listed(letter, language, now)
        path = f"letters/{n:02}-{_safe(f'{letter.letter}-{letter.number}'.replace('.', '-'))}.pdf"
        try:
            into.writestr(f"{case.reference}/{path}", storing.get(letter.file, letter.sha256))
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


def _pages(module: Module, case: Case, language: str) -> list[SummaryPage]:
    own = [page for page in module.pages if page.for_ == "applicant"]
    pages = summary(module, case.answers, language=language, region=case.region, pages=own, mask=False)
    for page in pages:
        page.rows = _leaving([row for row in page.rows if row.field.key in case.answers])
    return [page for page in pages if page.rows]


def _leaving(rows: list[Row]) -> list[Row]:
    """Return the rows of questions that may leave, inside a repeat as well."""
    left = [row for row in rows if exporting.leaves(row.field, Way.OWNER)]
    for row in left:
        for entry in row.entries:
            entry.rows = _leaving(entry.rows)
    return left


def _told(
    view: PublicView,
    answers: dict[str, Json],
    files: list[dict[str, Json]],
    letters: list[dict[str, Any]],
    log: tuple[Seen, ...],
) -> dict[str, Any]:
    return {
        "reference": view.reference,
        "service": view.service,
        "status": view.status,
        "outcome": view.outcome,
        "number": view.number,
        "submitted_at": view.submitted_at,
        "answers": answers,
        "history": [_event(one) for one in view.past],
        "documents": files,
        "letters": letters,
        "seen_by": [_look(one) for one in log],
    }


def _event(one: Entry) -> dict[str, Any]:
    told = {"at": one.at, "what": one.title, "by": one.by, "status": one.status}
    return {**told, "note": one.note, "read_at": one.read_at}


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
