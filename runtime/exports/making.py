"""The job that makes a file of cases: a part is some hundred cases in the order of their rows.

Each part is a file of lines in the job's folder, and in the same transaction that notes it every case of
it gets its row in the log of views. In the end the parts are put together.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.text import slugify

from runtime.cases import readable
from runtime.cases.selectors import Case
from runtime.exports import asking, tables, writing
from runtime.exports.asking import Wanted
from runtime.exports.telling import Teller
from runtime.jobs import folder
from runtime.jobs.kinds import Cannot, Part, Result
from runtime.jobs.models import Job
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.regions import calendar
from runtime.viewlog import services as viewlog
from schemas import exporting
from schemas.exporting import Way

AT_ONCE = 200  # cases in a part
ENDINGS = {"csv": "zip", "xlsx": "xlsx", "json": "json"}
PULSE = 500  # lines between two signs of life


class CaseExport:
    """The kind of job; all its memory is the row of the job."""

    key = asking.KIND
    keep = timedelta(days=3)
    gives_up = True

    def count(self, job: Job, now: datetime) -> int:
        total: int = asking.cases(job).count()
        if total > asking.MOST:
            raise Cannot("many")
        return total

    def part(self, job: Job, now: datetime) -> Part:
        asked, held = asking.wanted(job), asking.held(job)
        found = asking.cases(job).filter(pk__gt=job.place.get("last", 0))
        found = found.select_related("version", "office", "region").defer("version__document")
        batch = list(found[:AT_ONCE])
        opened_as = {} if asked.way == Way.RECAP else readable.opened_as(batch, job.region, held)
        mine = [case for case in batch if asked.way == Way.RECAP or case.pk in opened_as]
        made = self._store(job, _lines(job, mine, asked, now)) if mine else ""
        place = {
            "last": batch[-1].pk if batch else job.place.get("last", 0),
            "parts": [*job.place.get("parts", ()), *([made] if made else [])],
            "versions": sorted({*job.place.get("versions", ()), *(case.version_id for case in mine)}),
        }
        write = partial(
            viewlog.note_export,
            list(opened_as),
            opened_as,
            region=job.region,
            user=job.asker,
            whole=asked.way == Way.WHOLE,
            now=now,
        )
        return Part(len(mine), place, over=len(batch) < AT_ONCE, write=write)

    def finish(self, job: Job, alive: Callable[[], None], now: datetime) -> Result:
        asked = asking.wanted(job)
        asking.held(job)
        name = f"{slugify(asked.service)}-{calendar.local(now, job.region):%Y-%m-%d}.{ENDINGS[asked.form]}"
        with tempfile.TemporaryFile() as made, translation.override(asked.language):
            _put_together(made, job, asked, alive, now)
            size = made.tell()
            made.seek(0)
            file = default_storage.save(folder.path(job, f"file-{job.turn}"), File(made))
        return Result(file=file, name=name, size=size)

    def _store(self, job: Job, lines: Iterator[str]) -> str:
        name = folder.path(job, f"part-{job.done}-{job.turn}")
        return default_storage.save(name, ContentFile("".join(lines).encode()))


def _lines(job: Job, batch: list[Case], asked: Wanted, now: datetime) -> Iterator[str]:
    """Yield each case as a line of JSON, as it will stand in the file."""
    tellers: dict[int, Teller] = {}
    with translation.override(asked.language):
        for case in batch:
            teller = tellers.setdefault(case.version_id, _teller(job, case.version, asked, now))
            keys = [question.key for _page, question in teller.module.fields()]
            given = {**case.answers, **case.officer_answers}
            answers = exporting.exported(teller.module, given, keys, way=asked.way, mask=teller.mask)
            tell = tables.as_json if asked.form == "json" else tables.lines
            yield json.dumps(tell(case, answers, teller), ensure_ascii=False) + "\n"


def _teller(job: Job, version: ModuleVersion, asked: Wanted, now: datetime) -> Teller:
    today = calendar.local(now, job.region).date()
    definition = modules.definition(version)
    return Teller(definition, job.region, way=asked.way, language=asked.language, today=today)


def _put_together(into: Any, job: Job, asked: Wanted, alive: Callable[[], None], now: datetime) -> None:
    versions = ModuleVersion.objects.filter(region=job.region, pk__in=job.place.get("versions", ()))
    newest = versions.order_by("-number")
    tellers = [_teller(job, version, asked, now) for version in newest]
    if not tellers:
        current = modules.installation(job.region, asked.service)
        tellers = [_teller(job, current.version, asked, now)] if current else []
    found = tables.tables(tellers, asked.way)
    records = partial(_records, job.place.get("parts", ()), alive)
    if asked.form == "csv":
        writing.as_csv(into, found, records)
    elif asked.form == "xlsx":
        writing.as_xlsx(into, found, records)
    else:
        about = {
            "service": asked.service,
            "made_at": calendar.local(now, job.region).isoformat(timespec="seconds"),
            "columns": {name: table.columns for name, table in found.items()},
        }
        writing.as_json(into, about, records)


def _records(parts: list[str], alive: Callable[[], None]) -> Iterator[dict[str, Any]]:
    count = 0
    for part in parts:
        with default_storage.open(part, "rb") as lines:
            for line in lines:
                count += 1
                if count % PULSE == 0:
                    alive()
                yield json.loads(line)
