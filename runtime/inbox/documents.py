"""The documents of a case: how each is told on its page, and a PDF page by page, or why it is not shown."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from runtime.cases import pagepictures
from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.forms.paging import Unshowable

PDF = "application/pdf"
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
WHY: Mapping[str, Promise] = {
    "locked": _("The document is locked with a password, so it cannot be shown here. Ask for one without."),
    "broken": _("The document is damaged, so it cannot be shown here. Save it and try another program."),
    "slow": _("The document takes too long to draw, so it cannot be shown here. Save it to read it."),
    "busy": _("Other documents are being drawn at this moment. Open the page again in a minute."),
}


@dataclass(frozen=True, slots=True)
class File:
    """A document of the case; `picture` may be shown in the page, `pages` is where its pages are shown."""

    name: str
    size: int
    url: str
    picture: bool
    fresh: bool
    pages: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document with the pictures of its first pages, and how many pages it has in all.

    Where there are none, `why` says why not.
    """

    pk: uuid.UUID
    name: str
    size: int
    pictures: tuple[bytes, ...] = ()
    count: int = 0
    why: Promise | str = ""

    @property
    def numbers(self) -> range:
        return range(1, len(self.pictures) + 1)

    @property
    def missing(self) -> int:
        """How many pages are not shown."""
        return self.count - len(self.pictures)


def told(case: Case, item: Mapping[str, Any], before: Any) -> File:
    """Return a file of an answer; it is fresh when it is not among those the answer had `before`."""
    known = {old["id"] for old in before or [] if isinstance(old, dict)}
    where = [case.reference, item["id"]]
    return File(
        name=str(item["name"]),
        size=int(item["size"]),
        url=reverse("inbox:file", args=where),
        picture=item["type"] in PICTURES,
        fresh=before is not None and item["id"] not in known,
        pages=reverse("inbox:pages", args=where) if item["type"] == PDF else "",
    )


def document_pages(case: Case, pk: uuid.UUID) -> Document | None:
    """Return the document of the case with its pages; None when there is none, or it has no pages to draw."""
    row = cases.attachment(case, str(pk))
    if row is None or row.type != PDF:
        return None
    try:
        found = pagepictures.pages(row)
    except Unshowable as unshowable:
        return Document(row.pk, row.name, row.size, why=WHY[unshowable.code])
    return Document(row.pk, row.name, row.size, found.pictures, found.count)
