"""Takes the national list of areas from the files of `idn-area-data` into a new edition: all or nothing.

The data are under the Open Database License: they are loaded and credited, never copied into our tree.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from runtime.areas.models import Area, AreaEdition
from schemas import areacodes

PACKAGE = "idn-area-data"
FILES = {
    "province": "provinces.csv",
    "regency": "regencies.csv",
    "district": "districts.csv",
    "village": "villages.csv",
}
LONGEST_NAME = 100
_APOSTROPHES = str.maketrans(dict.fromkeys('"’‘`´ʼ', "'"))


class Unreadable(Exception):
    """The files do not hold a sound list; `sentence` says where and what to do. Nothing was stored."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Listed:
    """What was read: areas from the provinces down, and the digest of them all."""

    name: str
    areas: dict[str, str]

    @property
    def digest(self) -> str:
        lines = "".join(f"{code}\t{name}\n" for code, name in sorted(self.areas.items()))
        return hashlib.sha256(lines.encode()).hexdigest()


def read(folder: Path) -> Listed:
    """Read the package in `folder`; raise `Unreadable` at the first thing that is not sound."""
    try:
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        name = f"{about['name']} {about['version']}"
    except (OSError, ValueError, KeyError, TypeError):
        words = _("There is no package %(name)s in %(folder)s. Run “make install”, or name its folder.")
        raise Unreadable(words % {"name": PACKAGE, "folder": folder}) from None
    areas: dict[str, str] = {}
    for level, file in FILES.items():
        for place, code, words in _lines(folder / "data" / file):
            trouble = _trouble(code, words, level, areas)
            if trouble:
                raise Unreadable(_("%(place)s: %(trouble)s") % {"place": place, "trouble": trouble})
            areas[code] = words
    return Listed(name=name, areas=areas)


@transaction.atomic
def load(listed: Listed, *, now: datetime) -> tuple[AreaEdition, bool]:
    """Store `listed` as the newest edition; one with the same content is kept as it is (False)."""
    known = AreaEdition.objects.filter(digest=listed.digest).first()
    if known is not None:
        return known, False
    edition = AreaEdition.objects.create(
        name=_free_name(listed.name), digest=listed.digest, count=len(listed.areas), loaded_at=now
    )
    _insert(edition, listed.areas)
    return edition, True


def _insert(edition: AreaEdition, areas: dict[str, str]) -> None:
    """Store the areas as plain rows: a hundred thousand model instances would take five times as long."""
    table = connection.ops.quote_name(Area._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (edition_id, code, parent, name) VALUES (%s, %s, %s, %s)",  # noqa: S608
            [(edition.pk, code, areacodes.parent(code), name) for code, name in areas.items()],
        )


def _lines(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield place, code and name of each line; a quotation mark inside a name stands for an apostrophe."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            for number, row in enumerate(csv.DictReader(source), 2):
                name = " ".join((row.get("name") or "").translate(_APOSTROPHES).split())
                yield f"{path.name}:{number}", row.get("code") or "", name
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        words = _("%(file)s cannot be read: %(error)s.")
        raise Unreadable(words % {"file": path.name, "error": error}) from None


def _trouble(code: str, name: str, level: str, areas: dict[str, str]) -> str:
    if areacodes.level(code) != level:
        return _("“%(code)s” is not the code of this level.") % {"code": code}
    if code in areas:
        return _("The code %(code)s stands there twice.") % {"code": code}
    if level != "province" and areacodes.parent(code) not in areas:
        return _("%(code)s lies in no known area.") % {"code": code}
    if not name or len(name) > LONGEST_NAME:
        return _("%(code)s has no name, or one that is too long.") % {"code": code}
    return ""


def _free_name(name: str) -> str:
    """Return `name`, numbered when another content carries it already."""
    taken = set(AreaEdition.objects.filter(name__startswith=name).values_list("name", flat=True))
    number = 2
    while name in taken:
        head = name.removesuffix(f" ({number - 1})")
        name, number = f"{head} ({number})", number + 1
    return name
