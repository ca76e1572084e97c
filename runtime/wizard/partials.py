"""Files that arrive in pieces, so that a cut connection costs one piece and not the whole file.

Each piece is a file of its own in storage, written before the row names it: a process that dies between
leaves a stray piece, which `tidy` removes. What has arrived whole is judged like any other upload.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction

from runtime.cases import services as cases
from runtime.forms import spots, uploads
from runtime.forms.spots import Spot
from runtime.regions import scope
from runtime.wizard import filing
from runtime.wizard.models import Draft, PartialUpload
from schemas.definition import Field

FOLDER = "partials"
PIECE_BYTES = 300_000  # the server holds a hundred pieces at once while they arrive
MOST_OPEN = 10
LIFE = timedelta(days=1)
GRACE = timedelta(hours=1)


class Elsewhere(Exception):
    """The piece does not continue what has arrived; `offset` says where to go on."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Refused(Exception):
    """The file may not be sent, or not be kept: the reason is `refused`, judged as for any upload."""

    def __init__(self, refused: uploads.Refused) -> None:
        super().__init__(refused.code)
        self.refused = refused


def begin(*, draft: Draft, spot: Spot, name: str, size: int, sha256: str, now: datetime) -> PartialUpload:
    """Make room for a file at its place, or find the one of the same content that was cut off.

    Raises `Refused` by the announced size and count, before a byte is read. A file under way counts.
    """
    name, question = uploads.clean_name(name), spot.question
    if not 0 < size <= uploads.most_bytes(question):
        code = "file.large" if size > 0 else "file.empty"
        raise Refused(uploads.Refused(code, name, {"limit": uploads.most_bytes(question)}))
    with transaction.atomic():
        row: Draft = Draft.objects.select_for_update().get(pk=draft.pk)
        open_ones = list(PartialUpload.objects.filter(draft=draft, finished=False))
        for known in open_ones:
            if sha256 and (known.field, known.sha256, known.size) == (spot.name, sha256, size):
                found: PartialUpload = known
                return found
        _refuse_excess(row, spot, open_ones, name, size)
        made: PartialUpload = PartialUpload.objects.create(
            region=draft.region,
            draft=draft,
            field=spot.name,
            name=name,
            size=size,
            sha256=sha256,
            touched_at=now,
        )
    return made


def append(partial: PartialUpload, *, offset: int, content: bytes, now: datetime) -> None:
    """Keep one piece; raise `Elsewhere` unless it begins exactly where the last one ended."""
    if offset != partial.received or partial.received + len(content) > partial.size:
        raise Elsewhere(partial.received)
    path = default_storage.save(f"{FOLDER}/{partial.pk}/{offset:012d}", ContentFile(content))
    pieces, received = [*partial.pieces, path], offset + len(content)
    mine = PartialUpload.objects.filter(pk=partial.pk, received=offset, finished=False)
    if not mine.update(pieces=pieces, received=received, touched_at=now):
        default_storage.delete(path)
        partial.refresh_from_db()
        raise Elsewhere(partial.received)
    partial.pieces, partial.received = pieces, received


def judged(partial: PartialUpload, question: Field) -> uploads.Accepted:
    """Return what has arrived whole as it may be kept; raise `Refused` for what may not.

    The pieces are put together on disk, so that a hundred files at once cost no memory.
    """
    whole = TemporaryUploadedFile(partial.name, "application/octet-stream", partial.size, None)
    verdict = _verdict(whole, partial, question)
    if isinstance(verdict, uploads.Refused):
        whole.close()
        raise Refused(verdict)
    if verdict.content is not whole:
        whole.close()
    return verdict


def _verdict(
    whole: TemporaryUploadedFile, partial: PartialUpload, question: Field
) -> uploads.Accepted | uploads.Refused:
    """Put the pieces together in `whole` and judge it."""
    for path in partial.pieces:
        whole.write(_read(path))
    whole.flush()
    if partial.sha256 and uploads.digest(whole) != partial.sha256:
        return uploads.Refused("file.damaged", partial.name)
    return uploads.judge(whole, question)


def finish(partial: PartialUpload) -> bool:
    """Mark a file as kept and delete its pieces after commit; say no if another request was first.

    The row stays for a day and answers whoever asks again.
    """
    mine = PartialUpload.objects.filter(pk=partial.pk, finished=False)
    if not mine.update(finished=True, pieces=[]):
        return False
    pieces, partial.pieces, partial.finished = partial.pieces, [], True
    transaction.on_commit(lambda: _delete(pieces), robust=True)
    return True


def cancel(partial: PartialUpload) -> None:
    """Forget a file on its way."""
    partial.delete()
    _delete(partial.pieces)


def tidy(now: datetime) -> int:
    """Delete what was given up and pieces that no row names; return how many files and pieces."""
    count = 0
    with scope.everywhere("files on their way to drafts of all regions are given up"):
        for partial in PartialUpload.objects.filter(touched_at__lt=now - LIFE):
            cancel(partial)
            count += 1
        known = {path for pieces in PartialUpload.objects.values_list("pieces", flat=True) for path in pieces}
    for folder in default_storage.listdir(FOLDER)[0] if default_storage.exists(FOLDER) else ():
        for piece in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            path = f"{FOLDER}/{folder}/{piece}"
            if path not in known and default_storage.get_modified_time(path) < now - GRACE:
                default_storage.delete(path)
                count += 1
        _drop_empty(f"{FOLDER}/{folder}")
    return count


def by_id(draft: Draft, pk: uuid.UUID) -> PartialUpload | None:
    """Return a file on its way to this draft."""
    found: PartialUpload | None = PartialUpload.objects.filter(draft=draft, pk=pk).first()
    return found


def _refuse_excess(draft: Draft, spot: Spot, open_ones: list[PartialUpload], name: str, size: int) -> None:
    most = uploads.most_items(spot.question)
    there = len(spots.dig(draft.answers, spot.path) or [])
    coming = sum(1 for known in open_ones if known.field == spot.name)
    if most > 1 and there + coming >= most:
        raise Refused(uploads.Refused("file.many", name, {"limit": most}))
    count, held = cases.held_uploads(region=draft.region, draft_token=draft.token)
    count, held = count + len(open_ones), held + sum(known.size for known in open_ones)
    if len(open_ones) >= MOST_OPEN or count >= filing.MOST_FILES or held + size > filing.MOST_BYTES:
        raise Refused(uploads.Refused("file.excess", name))


def _read(path: str) -> bytes:
    with default_storage.open(path) as piece:
        return bytes(piece.read())


def _delete(pieces: list[str]) -> None:
    for path in pieces:
        default_storage.delete(path)
    if pieces:
        _drop_empty(pieces[0].rpartition("/")[0])


def _drop_empty(folder: str) -> None:
    """Drop the folder of a file once it is empty; storages without folders have nothing to drop."""
    if default_storage.exists(folder) and not any(default_storage.listdir(folder)):
        default_storage.delete(folder)
