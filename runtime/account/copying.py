"""A copy of all that is a citizen's own in a region, as a ZIP made piece by piece.

Each application has a folder: a page to read, the same as JSON, and the documents. What leaves is decided by
`schemas.exporting`, as for every other way out; what officers say among themselves is not in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify

from runtime.cases import selectors as cases
from runtime.cases.history import PublicView
from runtime.cases.selectors import Attachment, Case
from runtime.forms.summary import Row, SummaryPage, summary
from runtime.modules import selectors as modules
from runtime.profiles import selectors as profiles
from runtime.regions.models import Region, User
from runtime.tracking.seen import Seen, seen
from schemas import exporting
from schemas.definition import Json, Module
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


def archive(region: Region, person: User, *, language: str) -> Iterator[bytes]:
    """Yield the archive: `profile.json`, and a folder for each application named by its reference."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as into:
        into.writestr("profile.json", _json(profiles.facts(region, person)))
        own = cases.cases_of_applicant(region, person)
        for pk in list(own.values_list("pk", flat=True)):
            yield from _case(into, pipe, own.get(pk=pk), language)
    yield pipe.take()


def _case(into: ZipFile, pipe: _Pipe, case: Case, language: str) -> Iterator[bytes]:
    module = modules.definition(case.version)
    keys = [field.key for page in module.pages if page.for_ == "applicant" for field in page.fields]
    answers = exporting.exported(module, case.answers, keys)
    with translation.override(language):
        view, log = cases.public_view(case, language), seen(case, language)
    files: list[dict[str, Json]] = []
    for attachment in _attachments(case, module, view):
        path = f"documents/{len(files) + 1:02}-{_safe(attachment)}"
        there = yield from _file(into, pipe, f"{case.reference}/{path}", attachment)
        files.append({"name": attachment.name, "path": path if there else "", "sha256": attachment.sha256})
    with translation.override(language):
        pages = _pages(module, case, language)
        context = {"view": view, "pages": pages, "files": files, "seen": log, "region": case.region}
        page = render_to_string("runtime/account/copy.html", context)
    into.writestr(f"{case.reference}/application.html", page)
    into.writestr(f"{case.reference}/application.json", _json(_told(view, answers, files, log)))
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
    fields = [field for _page, field in module.fields() if field.privacy != "never_export"]
    for _path, question, given in files_in(fields, case.answers):
        for item in given if question.privacy != "never_export" else ():
            found = cases.attachment(case, str(item["id"]))
            if found is not None:
                yield found
    for entry in view.past:
        yield from entry.files


def _pages(module: Module, case: Case, language: str) -> list[SummaryPage]:
    own = [page for page in module.pages if page.for_ == "applicant"]
    pages = summary(module, case.answers, language=language, region=case.region, pages=own, mask=False)
    for page in pages:
        page.rows = _leaving([row for row in page.rows if row.field.key in case.answers])
    return [page for page in pages if page.rows]


def _leaving(rows: list[Row]) -> list[Row]:
    """Return the rows of questions that may leave, inside a repeat as well."""
    left = [row for row in rows if row.field.privacy != "never_export"]
    for row in left:
        for entry in row.entries:
            entry.rows = _leaving(entry.rows)
    return left


def _told(
    view: PublicView, answers: dict[str, Json], files: list[dict[str, Json]], log: tuple[Seen, ...]
) -> dict[str, Any]:
    return {
        "reference": view.reference,
        "service": view.service,
        "status": view.status,
        "outcome": view.outcome,
        "number": view.number,
        "submitted_at": view.submitted_at,
        "answers": answers,
        "history": [
            {"at": one.at, "what": one.title, "by": one.by, "status": one.status, "note": one.note}
            for one in view.past
        ],
        "documents": files,
        "seen_by": [
            {
                "day": one.day,
                "post": one.post,
                "office": one.office,
                "name": one.name,
                "what": one.did,
                "purpose": one.why,
            }
            for one in log
        ],
    }


def _safe(attachment: Attachment) -> str:
    """Return a name that no program takes for a path: letters, digits and dashes, with its ending."""
    name = PurePosixPath(attachment.name)
    ending = slugify(name.suffix.lstrip("."))[:8]
    stem = slugify(name.stem)[:60] or "document"
    return f"{stem}.{ending}" if ending else stem


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
