"""The permit with questions of every class of privacy, a repeat in a repeat and a list, and files of it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.files.storage import default_storage

from runtime.cases.models import Case, Task
from runtime.exports import asking
from runtime.exports.asking import Wanted
from runtime.jobs import services, working
from runtime.jobs.models import Job
from runtime.regions.models import User
from schemas.exporting import Way
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village

KEY = "izin-berkas"
NIK = "3671010101900001"
SECRET, ILLNESS = "NEVER-LEAVES", "SPECIAL-ILLNESS"


def _question(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": permit.text(key.title()), **more}


def document(key: str = KEY) -> str:
    found = permit.document(key=key)
    vaccines = [_question("name", "text"), _question("given", "date")]
    child = [
        _question("child", "text", privacy="personal"),
        _question("weak", "text", privacy="special"),
        _question("vaccines", "repeat", fields=vaccines, maxItems=5),
    ]
    found["pages"][0]["fields"] += [
        _question("nik", "nik", privacy="personal"),
        _question("illness", "text", privacy="special"),
        _question("secret", "text", privacy="never_export"),
        _question("born", "date", privacy="personal"),
        _question("fee", "money"),
        _question("children", "repeat", fields=child, maxItems=5),
    ]
    flow = found["workflow"]
    flow["statuses"].insert(1, {"key": "parked", "title": permit.text("Menunggu"), "kind": "wait"})
    flow["actions"] += [
        _action("park", "clerk", "review", "parked"),
        _action("resume", "head", "parked", "sign"),
    ]
    return json.dumps(found)


def _action(key: str, role: str, since: str, then: str) -> dict[str, Any]:
    """Return an action; where it waits, nobody has a task."""
    return {"key": key, "title": permit.text(key), "from": [since], "to": then, "who": {"role": role}}


def answers(filing: Village, /, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "village": filing.office.key,
        "nik": NIK,
        "illness": ILLNESS,
        "secret": SECRET,
        "born": "1990-01-01",
        "fee": 15000,
        "children": [
            {"child": "Adi", "weak": ILLNESS, "vaccines": [{"name": "Polio", "given": "2020-02-03"}]},
            {"child": "Budi"},
        ],
    }
    return permit.answers(**(given | changes))


@pytest.fixture
def filing(desk: Village, settings: Any, tmp_path: Path) -> Village:
    """The village that offers that permit, with files of its own."""
    settings.MEDIA_ROOT = tmp_path
    desk.version = factories.installed(desk.region, document()).version
    return desk


def file_one(filing: Village, /, **changes: Any) -> Case:
    return filing.submit(answers=answers(filing, **changes)).case


def crowd(filing: Village, count: int) -> None:
    """Write so many cases with a task of the clerk, past the engine."""
    first = file_one(filing)
    task = Task.objects.get(case=first)
    cases = []
    for number in range(1, count):
        case = Case.objects.get(pk=first.pk) if number == 1 else Case(**_values(first))
        case.pk, case.public_id = None, uuid.uuid4()
        case.reference, case.submit_key = f"CROWD-{number:06}", f"crowd-{number}"
        cases.append(case)
    made = Case.objects.bulk_create(cases, batch_size=400)
    tasks = (Task(**(_values(task) | {"case_id": case.pk})) for case in made)
    Task.objects.bulk_create(tasks, batch_size=400)


def _values(row: Any) -> dict[str, Any]:
    skipped = {"id", "public_id"}
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in skipped}


def ask(
    filing: Village, form: Any = "csv", way: Way = Way.FILE, user: User | None = None, **more: Any
) -> Job:
    held = more.pop("posts", (("clerk", filing.office.pk),))
    wanted = Wanted(service=KEY, form=form, way=way, language="id", posts=held, **more)
    return services.begin(
        region=filing.region,
        by=user or filing.clerk,
        key=uuid.uuid4(),
        kind=asking.KIND,
        arguments=wanted.as_json(),
        now=filing.now + timedelta(hours=1),
    )


def made(filing: Village, form: Any = "csv", way: Way = Way.FILE, **more: Any) -> bytes:
    """Return the content of a file that was asked for."""
    return content(finish(filing, ask(filing, form, way, **more)))


def finish(filing: Village, job: Job) -> Job:
    working.work(job, now=filing.now + timedelta(hours=1), patience=600, hand_over=True)
    return job


def content(job: Job) -> bytes:
    assert job.file, (job.state, job.why)
    with default_storage.open(job.file, "rb") as file:
        found: bytes = file.read()
    return found


def tables(csv: bytes) -> dict[str, list[list[str]]]:
    """Return the lines of each table of a ZIP of CSV files."""
    with ZipFile(BytesIO(csv)) as archive:
        return {name: list(_lines(archive.read(name))) for name in archive.namelist()}


def _lines(file: bytes) -> Iterator[list[str]]:
    for line in file.decode("utf-8-sig").splitlines():
        yield line.split(";")


def workbook(xlsx: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(xlsx))
