"""A small service whose answers come from everywhere: profile, previous case, link, register."""

from __future__ import annotations

import json
from typing import Any

from tests.runtime import permit
from tests.runtime.permit import text

BY = {"nik": "nik", "tgl_lahir": "birth"}


def _register(value: str) -> dict[str, Any]:
    return {"register": "dukcapil", "by": BY, "value": value}


def question(key: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": text(label), "privacy": "personal", **more}


SEXES = [{"value": "L", "label": text("Laki-laki")}, {"value": "P", "label": text("Perempuan")}]
PURPOSES = [{"value": "kerja", "label": text("Bekerja")}, {"value": "sekolah", "label": text("Sekolah")}]


def pages(*, one_page: bool = False) -> list[dict[str, Any]]:
    who = [
        question("nik", "nik", "NIK", required=True, prefill={"profile": "nik"}),
        question("birth", "date", "Tanggal lahir", required=True, prefill={"profile": "birth_date"}),
    ]
    about = [
        question("name", "text", "Nama", required=True, prefill=_register("nama")),
        question("sex", "choice", "Jenis kelamin", options=SEXES, prefill=_register("jenis_kelamin")),
    ]
    purpose = [
        question("phone", "phone", "Nomor HP", prefill={"profile": "phone"}),
        question("street", "text", "Alamat", prefill={"previous": True}),
        question(
            "purpose", "choice", "Keperluan", options=PURPOSES, privacy="none", prefill={"query": "untuk"}
        ),
        question("day", "date", "Mulai", privacy="none", prefill={"query": "mulai"}),
        question("papers", "file", "Berkas"),
        {"key": "village", "type": "office", "label": text("Kelurahan"), "kinds": ["village"]},
    ]
    check = permit.document()["pages"][-1]
    first = {"key": "who", "title": text("Siapa"), "fields": [*who, *(about if one_page else [])]}
    middle = [] if one_page else [{"key": "about", "title": text("Data"), "fields": about}]
    return [first, *middle, {"key": "rest", "title": text("Lainnya"), "fields": purpose}, check]


def as_text(**changes: Any) -> str:
    document = permit.document(key="domisili", applicant={"name": "name"}, pages=pages()) | changes
    sign = next(action for action in document["workflow"]["actions"] if action["key"] == "sign")
    del sign["when"]  # it asks for an age, which this service does not
    return json.dumps(document)
