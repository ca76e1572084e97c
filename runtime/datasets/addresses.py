"""Addresses under which a script searches a list. Each is signed: only who was shown it can have it.

It names the edition by its content and the columns that may be asked for and are told, nothing else of a
row is given away. So what it answers never changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from runtime.datasets import selectors
from runtime.datasets.models import Edition
from runtime.regions.models import Region

DIGITS = 12
_SIGNER = "runtime.datasets.addresses"


def of(edition: Edition, columns: Iterable[str], language: str) -> str:
    """Return where an edition is searched in a language, with `columns` to narrow it by."""
    return reverse("datasets:search", args=[named(edition, columns), language])


def named(edition: Edition, columns: Iterable[str]) -> str:
    """Return the signed name of an edition with `columns`."""
    parts = [str(edition.pk), edition.digest[:DIGITS], *sorted(set(columns))]
    return Signer(salt=_SIGNER).sign(".".join(parts))


def read(region: Region, name: str) -> tuple[Edition, tuple[str, ...]] | None:
    """Return the edition and columns of a signed name, None for any other and what a region does not see."""
    try:
        pk, digest, *columns = Signer(salt=_SIGNER).unsign(name).split(".")
    except (BadSignature, ValueError):
        return None
    edition = selectors.visible_edition(region, int(pk))
    if edition is None or not edition.digest.startswith(digest):
        return None
    return edition, tuple(columns)
