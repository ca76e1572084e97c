"""Files of drafts and cases: stored under their id, claimed by a case when it names them, cleaned up.

The file is written before its row: a process that dies between leaves a file without a row, which
`reconcile` removes; never a row without its file.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Q, Sum

from runtime.cases import pagepictures
from runtime.cases.models import Attachment, Case, CaseEvent
from runtime.forms.uploads import Accepted
from runtime.regions import scope
from runtime.regions.models import Region
from schemas.definition import Field, Json, Module
from schemas.problems import pointer
from schemas.walk import Path, files_in, map_files

DRAFT_LIFE = timedelta(days=30)
GRACE = timedelta(hours=1)
Alive = Callable[[datetime], Collection[str]]
_alive: list[Alive] = []


class UnknownFiles(Exception):
    """Answers name files that are not of this draft or case; `places` are the paths of these answers."""

    def __init__(self, places: tuple[Path, ...]) -> None:
        super().__init__(", ".join(pointer(*path) for path in places))
        self.places = places


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a clean-up found: files without row, drafts' files past their life, rows without file."""

    stray_files: int
    expired: int
    missing: tuple[str, ...]


def store(
    *,
    region: Region,
    draft_token: str,
    field: str,
    name: str,
    type: str,  # noqa: A002 - the word of the answer
    content: File[bytes],
    sha256: str,
    now: datetime,
) -> Attachment:
    """Keep an upload that has been judged by its content, for the draft `draft_token`."""
    row = Attachment(
        pk=uuid.uuid4(),
        region=region,
        draft_token=draft_token,
        field=field,
        name=name[:255],
        type=type,
        size=content.size,
        sha256=sha256,
        stored_at=now,
    )
    row.file.save("", content, save=False)
    row.save(force_insert=True)
    return row


def checked(
    *, module: Module, answers: Mapping[str, Any], region: Region, case: Case | None, draft_token: str
) -> dict[str, Any]:
    """Return `answers` with what we know of each file in place of what was sent.

    Raises `UnknownFiles` for a file of another draft, case, question or region.
    """
    named = list(_named(module, answers))
    if not named:
        return dict(answers)
    mine = Q(case__isnull=True, draft_token=draft_token) if draft_token else Q(pk__in=())
    if case is not None:
        mine |= Q(case=case)
    wanted = [pk for _path, _key, ids in named for pk in ids]
    rows = {row.pk: row for row in Attachment.objects.filter(mine, region=region, pk__in=wanted)}
    wrong = tuple(
        path for path, key, ids in named if any(pk not in rows or rows[pk].field != key for pk in ids)
    )
    if wrong:
        raise UnknownFiles(wrong)

    def stored(_question: Field, files: Json) -> Json:
        return [rows[uuid.UUID(str(item["id"]))].as_answer() for item in files]

    return map_files(questions(module), answers, stored)


def claim(*, module: Module, answers: Mapping[str, Any], case: Case, draft_token: str) -> None:
    """Make the files that `answers` name files of `case`; inside the deciding transaction."""
    ids = [pk for *_, ids in _named(module, answers) for pk in ids]
    if ids and draft_token:
        Attachment.objects.filter(
            region=case.region, pk__in=ids, case__isnull=True, draft_token=draft_token
        ).update(case=case, draft_token="")


def keep_paper(*, region: Region, draft_token: str, file: Accepted, now: datetime) -> Attachment:
    """Store a document that answers no question: it is given along with a step, or shown at the counter."""
    return store(
        region=region,
        draft_token=draft_token,
        field="",
        name=file.name,
        type=file.type,
        content=file.content,
        sha256=file.sha256,
        now=now,
    )


def claim_given(*, ids: Sequence[str], case: Case, draft_token: str) -> bool:
    """Make files that are attached to a step files of `case`; say whether all of them are there."""
    if not ids:
        return True
    try:
        wanted = {uuid.UUID(pk) for pk in ids}
    except ValueError:
        return False
    mine = Attachment.objects.filter(
        region=case.region, pk__in=wanted, case__isnull=True, draft_token=draft_token, field=""
    )
    return bool(draft_token) and mine.update(case=case, draft_token="") == len(wanted)


def alike(case: Case, before: Sequence[str], again: Sequence[str], draft_token: str) -> bool:
    """Tell whether the files `again`, of a draft, are by name and content those of the case `before`."""
    mine = Attachment.objects.filter(region=case.region)
    told = mine.filter(case=case, pk__in=before).values_list("name", "sha256")
    sent = mine.filter(case__isnull=True, draft_token=draft_token, pk__in=again).values_list("name", "sha256")
    return len(before) == len(again) and sorted(told) == sorted(sent)


def given(case: Case, events: Iterable[CaseEvent]) -> dict[int, tuple[Attachment, ...]]:
    """Return the files that were given along with each of the events of `case`, by the event's id."""
    named = {event.pk: event.data.get("attachments", ()) for event in events}
    wanted = [pk for ids in named.values() for pk in ids]
    rows = {str(row.pk): row for row in Attachment.objects.filter(case=case, pk__in=wanted)} if wanted else {}
    return {event: tuple(rows[pk] for pk in ids if pk in rows) for event, ids in named.items()}


def discard(*, region: Region, draft_token: str, keep: tuple[str, ...] = ()) -> int:
    """Delete the unclaimed files of a draft, except the ids in `keep`; return how many."""
    rows = Attachment.objects.filter(region=region, case__isnull=True, draft_token=draft_token)
    count = 0
    for row in rows.exclude(pk__in=keep):
        _delete(row)
        count += 1
    return count


def discard_dropped(
    *,
    module: Module,
    region: Region,
    draft_token: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> int:
    """Delete the unclaimed files that a draft's answers named `before` and no longer do; return how many."""
    old, new = ({pk for *_, ids in _named(module, answers) for pk in ids} for answers in (before, after))
    if not (dropped := old - new) or not draft_token:
        return 0
    rows = Attachment.objects.filter(region=region, case__isnull=True, draft_token=draft_token)
    found = list(rows.filter(pk__in=dropped))
    for row in found:
        _delete(row)
    return len(found)


def held(*, region: Region, draft_token: str) -> tuple[int, int]:
    """Return how many unclaimed files a draft holds, and their bytes."""
    rows = Attachment.objects.filter(region=region, case__isnull=True, draft_token=draft_token)
    sums = rows.aggregate(count=Count("pk"), size=Sum("size"))
    return sums["count"], sums["size"] or 0


def keep_for(alive: Alive) -> None:
    """Have `alive(day)` name the drafts begun before that day that still hold files: they stand above."""
    _alive[:] = [alive]


def reconcile(*, now: datetime, life: timedelta = DRAFT_LIFE) -> Reconciled:
    """Compare rows and storage both ways; delete what no draft and no case holds."""
    with scope.everywhere("files of all regions are compared with their rows"):
        old = Attachment.objects.filter(case__isnull=True, stored_at__lt=now - life)
        held = {token for alive in _alive for token in alive(now - life)}
        expired = [row for row in old if row.draft_token not in held]
        for row in expired:
            _delete(row)
        known = dict(Attachment.objects.values_list("file", "pk"))
    stray, present = 0, set()
    for path in _stored("attachments"):
        if path in known:
            present.add(path)
        elif path.removesuffix(pagepictures.SUFFIX) in known:
            if default_storage.get_modified_time(path) < now - pagepictures.KEPT:
                default_storage.delete(path)
        elif default_storage.get_modified_time(path) < now - GRACE:
            default_storage.delete(path)
            stray += 1
    missing = tuple(sorted(str(pk) for path, pk in known.items() if path not in present))
    return Reconciled(stray, len(expired), missing)


def discard_of_case(case: Case) -> None:
    """Delete all files of a case, after commit."""
    for row in Attachment.objects.filter(region=case.region, case=case):
        _delete(row)


def _delete(row: Attachment) -> None:
    """Delete the row first and its file after commit: a crash leaves a stray file, not a dead link."""
    path = str(row.file.name)
    with transaction.atomic():
        row.delete()
        for one in (path, f"{path}{pagepictures.SUFFIX}"):
            transaction.on_commit(partial(default_storage.delete, one), robust=True)


def _stored(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    yield from (str(PurePosixPath(folder, name)) for name in files)
    for name in folders:
        yield from _stored(str(PurePosixPath(folder, name)))


def _named(module: Module, answers: Mapping[str, Any]) -> Iterator[tuple[Path, str, list[uuid.UUID]]]:
    """Yield where files are answered, the key of the question, and the ids named there."""
    for path, question, files in files_in(questions(module), answers) if answers else ():
        try:
            ids = [uuid.UUID(str(item["id"])) for item in files]
        except (TypeError, KeyError, ValueError):
            raise UnknownFiles((path,)) from None
        yield path, question.key, ids


def questions(module: Module) -> list[Field]:
    return [question for _page, question in module.fields()]
