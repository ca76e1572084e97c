"""The pages of a document as pictures, kept beside its file for a day so that they are drawn once.

They go with the file: nothing of a document is left when it is deleted.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from runtime.cases.models import Attachment
from runtime.forms import paging
from runtime.forms.paging import Pages, Unshowable

logger = logging.getLogger(__name__)
SUFFIX = ".pages"
KEPT = timedelta(days=1)


def pages(row: Attachment) -> Pages:
    """Return the pages of the document. Raises `Unshowable`, also again when it was so before."""
    path = f"{row.file.name}{SUFFIX}"
    if default_storage.exists(path):
        try:
            return _read(path)
        except (OSError, BadZipFile, ValueError):
            default_storage.delete(path)  # half written: it is drawn anew
    try:
        with row.file.open("rb") as file:
            found = paging.pages(file.read())
    except Unshowable as why:
        if why.code != "busy":
            _keep(path, (), why.code)
        raise
    _keep(path, found.pictures, str(found.count))
    return found


def _read(path: str) -> Pages:
    with default_storage.open(path, "rb") as file, ZipFile(file) as kept:
        said = kept.comment.decode()
        if not said.isdigit():
            raise Unshowable(said)
        return Pages(tuple(kept.read(name) for name in kept.namelist()), int(said))


def _keep(path: str, pictures: tuple[bytes, ...], said: str) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as into:
        into.comment = said.encode()
        for number, picture in enumerate(pictures, start=1):
            into.writestr(f"{number:03}.webp", picture)
    try:
        kept = default_storage.save(path, ContentFile(packed.getvalue()))
    except OSError:  # a full disk: they are drawn again next time
        logger.warning("the pages of a document could not be kept", exc_info=True)
        return
    if kept != path:  # somebody else was quicker
        default_storage.delete(kept)
